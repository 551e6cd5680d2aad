"""What goes wrong, said so that the reader can mend it: where, found, expected, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
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
