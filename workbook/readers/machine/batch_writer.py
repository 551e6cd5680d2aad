"""Writes the parts of a batch: lines in, events out, the rest aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import duckdb

from workbook.errors import Fault, WorkbookError
from workbook.readers.machine.aside import Aside
from workbook.readers.machine.block import (
    Part,
    as_faults,
    bad_rows,
    block_part,
    numbered,
    parquet_columns,
    parquet_part,
    parquet_rows,
    sound_part,
    sources_with_bad_rows,
)
from workbook.readers.machine.events_query import load_tables
from workbook.readers.machine.formats import layout_of, named_layout_of
from workbook.readers.machine.inputs import BrokenFileError, Source, runs_of, sources_of
from workbook.readers.machine.layout import TAB, Layout
from workbook.readers.machine.lines import Run, unsound

BLOCK_BYTES = 96 * 1024 * 1024
"""Bytes of lines that DuckDB gets at once."""


@dataclass(frozen=True)
class Resources:
    """What a process may use."""

    threads: int = 1
    memory: int = 512 * 1024 * 1024


@dataclass(frozen=True)
class Counted:
    """What became of a file: rows read, and those of them kept aside."""

    path: str
    sha256: str
    rows: int
    aside: int


class BatchWriter:
    """Takes files one after the other; `end` closes the batch.

    Attributes
    ----------
    sources : list of Source
        By their number in the parts.
    files : list of Counted
        What became of each file that could be read.
    parts : list of Part
        What was written.
    aside : Aside
        Rows that are no events.
    broken : list of Fault
        Files that could not be read.
    """

    def __init__(self, folder: Path, aside: Aside, *, name: str, resources: Resources) -> None:
        self.sources: list[Source] = []
        self.files: list[Counted] = []
        self.parts: list[Part] = []
        self.broken: list[Fault] = []
        self.aside = aside
        self._folder, self._name = folder, name
        self._connection = connected(folder, resources)
        load_tables(self._connection)
        self._block = folder / "block.tsv"
        self._layout: Layout | None = None
        self._waiting = self._bytes = 0
        self._file = self._block.open("wb")
        self._broken_sources: set[int] = set()
        self._rows: dict[int, int] = {}
        self._aside_of: dict[int, int] = {}

    def take(self, path: str, *, sha256: str) -> None:
        """Take a file with all that is in it, or nothing of it where it cannot be read to its end."""
        first, before = len(self.sources), self.aside.place()
        try:
            for source in sources_of(path):
                self._take_source(source)
        except BrokenFileError as error:
            self.broken.append(error.fault)
            self._broken_sources |= set(range(first, len(self.sources)))
            self.aside.back_to(before)
            return
        self.files.append(Counted(path, sha256, rows=0, aside=0))

    def end(self) -> None:
        """Write what waits, set aside what proved to be no event, and count."""
        self._flush()
        self._file.close()
        self._block.unlink()
        for number in sorted(set(chain(*(sources_with_bad_rows(self._connection, part) for part in self.parts)))):
            if number not in self._broken_sources:
                self._set_aside(number)
        self.parts = [sound_part(self._connection, part, but=self._broken_sources) for part in self.parts]
        self._connection.close()
        self.files = [self._counted(file) for file in self.files]
        out = sum(file.rows - file.aside for file in self.files)
        if out != sum(part.rows for part in self.parts):
            raise WorkbookError(f"{self._folder}: {sum(part.rows for part in self.parts)} events of {out} sound rows")

    def _take_source(self, source: Source) -> None:
        number = len(self.sources)
        self.sources.append(source)
        if source.is_parquet:
            self._take_parquet(source, number)
            return
        layout = layout_of(source, name=self._name)
        if layout != self._layout or self._bytes >= BLOCK_BYTES:
            self._flush()
            self._layout = layout
        for run in runs_of(source):
            self._take_run(_below_header(run, layout), number, layout)
            if layout.cuts and self._bytes >= BLOCK_BYTES:
                self._flush()

    def _take_parquet(self, source: Source, number: int) -> None:
        self._flush()
        try:
            columns = parquet_columns(self._connection, source.path)
        except duckdb.Error as error:
            expected = "a whole Parquet file: fetch it again"
            raise BrokenFileError(Fault(source.place, None, "", f"no Parquet file: {error}", expected)) from error
        layout = named_layout_of(source, columns=tuple(columns), name=self._name)
        part = parquet_part(
            self._connection, source.path, layout=layout, columns=columns, number=number, path=self._next_part()
        )
        self.parts.append(part)
        self._rows[number] = part.rows

    def _take_run(self, run: Run, number: int, layout: Layout) -> None:
        lines = run.lines
        self._rows[number] = self._rows.get(number, 0) + len(lines)
        is_regular = run.is_plain and not layout.is_json
        if is_regular and [line.count(TAB) for line in lines] == [layout.tabs] * len(lines) and all(lines):
            content, sound = numbered(lines, source=number, first=run.first), len(lines)
        else:
            rows = list(self._sound_lines(run, number, layout))
            content, sound = b"".join(rows), len(rows)
        self._file.write(content)
        self._bytes += len(content)
        self._waiting += sound

    def _sound_lines(self, run: Run, number: int, layout: Layout) -> Iterator[bytes]:
        """Go through the lines that can be read, numbered; the others are set aside."""
        place = self.sources[number].place
        for at, raw in enumerate(run.lines, start=run.first):
            line = raw.removesuffix(b"\r")
            wrong = "" if run.is_plain else unsound(line)
            fitted = None if wrong else layout.fitted(line)
            if fitted is not None:
                yield numbered([fitted], source=number, first=at)
                continue
            width = line.count(TAB) + 1 if line else 0
            expected = "UTF-8 in one line" if wrong else layout.width_words()
            self._put(number, [Fault(place, at, "", wrong or _width_words(width), expected)], raw)

    def _flush(self) -> None:
        self._file.close()
        if self._waiting and self._layout:
            path = self._next_part()
            part = block_part(self._connection, self._block, layout=self._layout, rows=self._waiting, path=path)
            self.parts.append(part)
        self._file = self._block.open("wb")
        self._waiting = self._bytes = 0

    def _set_aside(self, number: int) -> None:
        """Set the rows of a source aside that proved to be no events, in the order of their lines."""
        source = self.sources[number]
        found = chain.from_iterable(bad_rows(self._connection, part, source=number) for part in self.parts)
        if source.is_parquet:
            for line, words in found:
                raw = parquet_rows(self._connection, source.path, line)
                self._put(number, as_faults(words, place=source.place, line=line), raw)
            return
        for line, words, raw in _with_raw(found, source):
            self._put(number, as_faults(words, place=source.place, line=line), raw)

    def _put(self, number: int, faults: list[Fault], raw: bytes) -> None:
        self.aside.put(faults, raw)
        self._aside_of[number] = self._aside_of.get(number, 0) + 1

    def _next_part(self) -> Path:
        return self._folder / f"part-{len(self.parts):05}.parquet"

    def _counted(self, file: Counted) -> Counted:
        numbers = [at for at, source in enumerate(self.sources) if source.path == file.path]
        rows = sum(self._rows.get(number, 0) for number in numbers)
        return replace(file, rows=rows, aside=sum(self._aside_of.get(number, 0) for number in numbers))


def connected(folder: Path, resources: Resources) -> duckdb.DuckDBPyConnection:
    """Open DuckDB with bounds: threads, memory, and a folder for what does not fit into it."""
    limits: dict[str, str | bool | int | float | list[str]] = {
        "threads": resources.threads,
        "memory_limit": f"{resources.memory // 1024**2}MiB",
        "temp_directory": str(folder / "spilled"),
    }
    return duckdb.connect(config=limits)


def _below_header(run: Run, layout: Layout) -> Run:
    if run.first > layout.header_line:
        return run
    skipped = layout.header_line - run.first + 1
    return replace(run, first=run.first + skipped, lines=run.lines[skipped:])


def _with_raw(
    bad: Iterable[tuple[int, list[list[str]]]], source: Source
) -> Iterator[tuple[int, list[list[str]], bytes]]:
    """Go through the bad rows of a source with their bytes, which are read again."""
    runs = runs_of(source)
    run = next(runs)
    for line, words in bad:
        while line >= run.first + len(run.lines):
            run = next(runs)
        yield line, words, run.lines[line - run.first]


def _width_words(width: int) -> str:
    return f"{width} cell{'' if width == 1 else 's'}" if width else "an empty line"
