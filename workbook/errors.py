"""What goes wrong, said so that the reader can mend it: where, found, expected, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

MOST_NAMED = 40
"""Of a longer vocabulary the first are named: nobody reads two hundred actors."""


@dataclass(frozen=True)
class Fault:
    """One fault of a data package, a file of events or a set of parameters.

    Attributes
    ----------
    place : str
        The table, file or command in which the fault stands.
    row : int or None
        The line of the file, the header being line 1; ``None`` where the fault is not in one row.
    column : str
        The column or parameter; empty where the fault is not in one.
    found : str
        What stands there.
    expected : str
        What should stand there, and what to do about it.
    """

    place: str
    row: int | None
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        line = f", line {self.row}" if self.row is not None else ""
        column = f", {self.column}" if self.column else ""
        return f"{self.place}{line}{column}: found {self.found}; expected {self.expected}"


class WorkbookError(Exception):
    """Whatever a user of the workbook can mend; the command line shows it without a traceback."""


class FaultsError(WorkbookError):
    """All the faults that were found in one go.

    Attributes
    ----------
    faults : tuple of Fault
        Every fault, in the order in which the tables and their rows stand.

    Examples
    --------
    >>> fault = Fault("statements.csv", 4, "act", "'alegation'", "one of allegation, denial")
    >>> print(FaultsError("data/mine", [fault]))
    data/mine: 1 fault
      statements.csv, line 4, act: found 'alegation'; expected one of allegation, denial
    """

    def __init__(self, where: str, faults: Sequence[Fault]) -> None:
        self.where = where
        self.faults = tuple(faults)
        count = f"{len(self.faults)} fault{'' if len(self.faults) == 1 else 's'}"
        super().__init__("\n".join([f"{where}: {count}", *(f"  {fault}" for fault in self.faults)]))


class ParameterError(FaultsError):
    """Parameters that cannot be: unknown names, wrong types, values that the data do not know."""


def unknown_value(place: str, column: str, value: object, known: Sequence[str]) -> Fault:
    """Describe a value outside its vocabulary, with the nearest spelling if there is one; a long list is cut.

    Examples
    --------
    >>> print(unknown_value("parameters", "act", "denail", ["allegation", "denial"]))
    parameters, act: found 'denail'; expected one of allegation, denial (nearest: denial)
    """
    more = f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED + 1 else ""
    listed = ", ".join(known[:MOST_NAMED] if more else known)
    return Fault(place, None, column, repr(value), f"one of {listed}{more}{nearest(value, known)}")


def nearest(value: object, known: Sequence[str]) -> str:
    """Name the nearest spelling in brackets; nothing where none is near.

    Examples
    --------
    >>> nearest("reporter", ["report", "check"])
    ' (nearest: report)'
    """
    folded = {word.casefold(): word for word in known}
    near = get_close_matches(str(value).casefold(), folded, n=1, cutoff=0.6)
    return f" (nearest: {folded[near[0]]})" if near else ""
