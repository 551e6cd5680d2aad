"""Lines that wait for DuckDB in a file of their own, and where each is from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbook.readers.machine.lines import Run, line_runs


@dataclass(frozen=True)
class Stretch:
    """Rows of a block that follow each other in one source.

    Attributes
    ----------
    row : int
        The first of them in the block, counted from 1.
    source : int
        Number of the source.
    line : int
        Line of the source on which that row stands.
    """

    row: int
    source: int
    line: int


class Block:
    """A file of lines of one layout, from one or several sources, unchanged.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    rows, size : int
        Lines and bytes in it.
    is_plain : bool
        Whether no line needs a second look for its bytes.
    stretches : list of Stretch
        Where the rows are from.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = self.size = 0
        self.is_plain = True
        self.stretches: list[Stretch] = []
        self._file = path.open("wb")

    def add(self, run: Run, *, source: int) -> None:
        """Add a run of lines of a source."""
        last = self.stretches[-1] if self.stretches else None
        row = self.rows + 1
        if last is None or last.source != source or run.first - last.line != row - last.row:
            self.stretches.append(Stretch(row, source, run.first))
        self._file.write(run.content)
        self._file.write(b"\n")
        self.rows += run.count
        self.size += len(run.content) + 1
        self.is_plain = self.is_plain and run.is_plain

    def close(self) -> None:
        """End writing."""
        self._file.close()

    def numbered(self) -> Iterator[tuple[int, int, bytes]]:
        """Go through the lines with their source and their line there."""
        starts = [stretch.row for stretch in self.stretches]
        with self.path.open("rb") as file:
            for run in line_runs(file):
                for row, line in enumerate(run.lines, start=run.first):
                    stretch = self.stretches[bisect_right(starts, row) - 1]
                    yield stretch.source, stretch.line + row - stretch.row, line

    def source_sql(self) -> str:
        """Return SQL that gives the source of ``at_row``."""
        return _chosen([(stretch.row, str(stretch.source)) for stretch in self.stretches])

    def line_sql(self) -> str:
        """Return SQL that gives the line of ``at_row`` in its source."""
        return _chosen([(stretch.row, f"at_row + {stretch.line - stretch.row}") for stretch in self.stretches])


def _chosen(cases: list[tuple[int, str]]) -> str:
    """Return SQL that finds the case of ``at_row`` by halving."""
    if len(cases) == 1:
        return cases[0][1]
    half = len(cases) // 2
    return f"CASE WHEN at_row < {cases[half][0]} THEN {_chosen(cases[:half])} ELSE {_chosen(cases[half:])} END"
