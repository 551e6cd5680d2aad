"""Rows that are no events: kept aside, with their place and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from workbook.errors import Fault

LISTED = 300
"""Faults that an error lists; how many there are is said, too."""

HEADER = b"file\tline\twhy\trow\n"


@dataclass
class Aside:
    """Writes bad rows to a file as they come, and remembers the first of their faults.

    Attributes
    ----------
    file : binary file
        Each row becomes a line: file, line, why, and the row's bytes unchanged, parted by tabs.
    rows : int
        How many there are.
    faults : list of Fault
        Those of the first rows, at most `LISTED`.
    """

    file: BinaryIO
    rows: int = 0
    faults: list[Fault] = field(default_factory=list)

    def put(self, faults: list[Fault], raw: bytes) -> None:
        """Keep one row with all that is wrong with it."""
        self.file.write(aside_line(faults, raw))
        self.rows += 1
        self.faults += faults[: LISTED - len(self.faults)]


def aside_line(faults: list[Fault], raw: bytes) -> bytes:
    """Return the line that a row has in the file of rows kept aside."""
    first = faults[0]
    why = "; ".join(f"{fault.column + ': ' if fault.column else ''}{fault.found}" for fault in faults)
    cells = (first.place, "" if first.row is None else str(first.row), f"{why}; expected {first.expected}")
    return b"\t".join([*(_one_cell(cell) for cell in cells), raw]) + b"\n"


def aside_path(out: Path) -> Path:
    """Return where the rows kept aside lie: beside the output.

    Examples
    --------
    >>> aside_path(Path("events.parquet")).name
    'events.parquet.aside.tsv'
    """
    return out.with_name(f"{out.name}.aside.tsv")


def copied(paths: Iterable[Path], *, block: int = 1024 * 1024) -> Iterator[bytes]:
    """Go through the bytes of several files."""
    for path in paths:
        with path.open("rb") as file:
            while chunk := file.read(block):
                yield chunk


def _one_cell(text: str) -> bytes:
    plain = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)
    return plain.encode("utf-8", errors="backslashreplace")
