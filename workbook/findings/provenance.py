"""Where the numbers come from: the last words of a notebook."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.events import EventData, Selection


@dataclass(frozen=True)
class Provenance:
    """Which data a notebook used, a line each, as ``key: value``."""

    lines: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return "\n".join(f"{key}: {value}" for key, value in self.lines)


def provenance(data: EventData, selection: Selection | None = None) -> Provenance:
    """Say which data, in which version, a notebook stands on.

    Parameters
    ----------
    data : EventData
        The whole data set.
    selection : Selection, optional
        What was chosen from it.

    Returns
    -------
    Provenance
        Without a clock: the same data give the same text.

    Examples
    --------
    >>> import workbook
    >>> provenance(workbook.load("arms_transfers")).lines[1]
    ('data version', '1.0.1')
    """
    lines = [
        ("data set", f"{data.name}, {data.title}"),
        ("data version", data.version),
        ("data checksum (SHA-256)", data.checksum),
    ]
    if selection is not None:
        lines.append(("selection", selection.basis.caption()))
    return Provenance(tuple(lines))
