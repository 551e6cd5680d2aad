"""Writes the parts of a batch: lines in, events out, the rest aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, tee
from pathlib import Path

import duckdb

from workbook.errors import Fault, WorkbookError
from workbook.readers.machine import part as parts
from workbook.readers.machine.aside import Aside
from workbook.readers.machine.block import Block
from workbook.readers.machine.events_query import load_tables
from workbook.readers.machine.inputs import BrokenFileError, Source, runs_of
from workbook.readers.machine.layout import TAB, Layout
from workbook.readers.machine.lines import unsound
from workbook.readers.machine.part import Part

BLOCK_BYTES = 32 * 1024 * 1024
"""Bytes of lines that DuckDB gets at once."""


@dataclass(frozen=True)
class Resources:
    """What a batch may use."""

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
    """Takes sources one after the other; `end` closes the batch.

    A block is made a part while the next one is being read.

    Attributes
    ----------
    sources : list of Source
        By their number in the parts.
    parts : list of Part
        What was written; after `end` all their rows are events.
    """

    def __init__(self, folder: Path, aside: Aside, *, resources: Resources, tell: Callable[[int], None]) -> None:
        self.sources: list[Source] = []
        self.parts: list[Part] = []
        self._aside, self._tell = aside, tell
        self._folder = folder
        self._connection = connected(folder, resources)
        # DuckDB takes a file of lines for smaller than the code tables, and would hold all lines to look codes up in.
        self._connection.execute("SET disabled_optimizers = 'build_side_probe_side'")
        load_tables(self._connection)
        self._rows: Counter[int] = Counter()
        self._aside_of: Counter[int] = Counter()
        self._layout: Layout | None = None
        self._blocks = 0
        self._block = self._next_block()
        self._thread = ThreadPoolExecutor(1)
        self._making: Future[None] | None = None

    def take(self, source: Source, layout: Layout) -> None:
        """Take all lines of a source.

        Raises
        ------
        BrokenFileError
            It cannot be read to its end; what was written is of no use then.
        """
        number = len(self.sources)
        self.sources.append(source)
        if source.is_parquet:
            self._take_parquet(source, layout, number)
            return
        if layout != self._layout or self._block.size >= BLOCK_BYTES:
            self._flush()
            self._layout = layout
        for run in runs_of(source):
            self._tell(len(run.content) + 1 if source.is_plain else 0)
            rows = run.below(layout.header_line)
            if rows is not None:
                self._rows[number] += rows.count
                self._block.add(rows, source=number)
            if layout.cuts and self._block.size >= BLOCK_BYTES:
                self._flush()

    def end(self) -> None:
        """Write what waits, and set aside what proved to be no event."""
        self._flush()
        self._wait()
        self.close()
        for number in sorted(set(chain(*(parts.sources_with_bad_rows(self._connection, part) for part in self.parts)))):
            self._set_aside(number)
        self.parts = [parts.sound_part(self._connection, part) for part in self.parts]
        self._connection.close()
        sound = self._rows.total() - self._aside_of.total()
        if sound != sum(part.rows for part in self.parts):
            raise WorkbookError(f"{self._folder}: {sum(part.rows for part in self.parts)} events of {sound} sound rows")

    def close(self) -> None:
        """End the thread and remove the block that waits."""
        self._thread.shutdown()
        self._block.close()
        self._block.path.unlink(missing_ok=True)

    def counted(self, path: str, *, sha256: str) -> Counted:
        """Return what became of a file."""
        numbers = [number for number, source in enumerate(self.sources) if source.path == path]
        rows = sum(self._rows[number] for number in numbers)
        return Counted(path, sha256, rows, aside=sum(self._aside_of[number] for number in numbers))

    def _take_parquet(self, source: Source, layout: Layout, number: int) -> None:
        self._flush()
        self._wait()
        try:
            part = parts.parquet_part(
                self._connection, source.path, layout=layout, number=number, path=self._part_path()
            )
        except (duckdb.InvalidInputException, duckdb.IOException) as error:
            expected = "a whole Parquet file: fetch it again"
            raise BrokenFileError(Fault(source.place, None, "", f"no readable Parquet: {error}", expected)) from error
        self.parts.append(part)
        self._rows[number] += part.rows

    def _flush(self) -> None:
        self._wait()
        block, layout = self._block, self._layout
        if block.rows and layout:
            block.close()
            self._block = self._next_block()
            self._making = self._thread.submit(self._make_part, block, layout)

    def _wait(self) -> None:
        if self._making:
            self._making.result()
            self._making = None

    def _make_part(self, block: Block, layout: Layout) -> None:
        path = self._part_path()
        part = parts.plain_part(self._connection, block, layout=layout, path=path) if block.is_plain else None
        self.parts.append(part or self._careful_part(block, layout, path))
        block.path.unlink()

    def _careful_part(self, block: Block, layout: Layout, path: Path) -> Part:
        """Make a part of those lines of a block that can be read; the others are set aside."""
        numbered, rows = block.path.with_suffix(".numbered.tsv"), 0
        with numbered.open("wb") as file:
            for source, at, raw in block.numbered():
                fitted = self._sound(raw, layout, source=source, at=at)
                if fitted is not None:
                    file.write(b"%d\t%d\t%b\n" % (source, at, fitted))
                    rows += 1
        part = parts.numbered_part(self._connection, numbered, layout=layout, rows=rows, path=path)
        numbered.unlink()
        return part

    def _sound(self, raw: bytes, layout: Layout, *, source: int, at: int) -> bytes | None:
        """Return a line as the layout wants it; set it aside where that cannot be."""
        line = raw.removesuffix(b"\r")
        wrong = unsound(line)
        fitted = None if wrong else layout.fitted(line)
        if fitted is None:
            expected = "UTF-8 in one line" if wrong else layout.width_words()
            fault = Fault(self.sources[source].place, at, "", wrong or _width_words(line), expected)
            self._put(source, [fault], raw)
        return fitted

    def _set_aside(self, number: int) -> None:
        """Set the rows of a source aside that proved to be no events, in the order of their lines."""
        source = self.sources[number]
        bad = chain.from_iterable(parts.bad_rows(self._connection, part, source=number) for part in self.parts)
        found, again = tee(bad)
        raw_rows = parts.raw_rows(self._connection, source, (line for line, _ in again))
        for (line, words), raw in zip(found, raw_rows, strict=True):
            self._put(number, parts.as_faults(words, place=source.place, line=line), raw)

    def _put(self, number: int, faults: list[Fault], raw: bytes) -> None:
        self._aside.put(faults, raw)
        self._aside_of[number] += 1

    def _next_block(self) -> Block:
        self._blocks += 1
        return Block(self._folder / f"block-{self._blocks:05}.tsv")

    def _part_path(self) -> Path:
        return self._folder / f"part-{len(self.parts):05}.parquet"


def connected(folder: Path, resources: Resources) -> duckdb.DuckDBPyConnection:
    """Open DuckDB with bounds: threads, memory, and a folder for what does not fit into it."""
    limits: dict[str, str | bool | int | float | list[str]] = {
        "threads": resources.threads,
        "memory_limit": f"{resources.memory // 1024**2}MiB",
        "temp_directory": str(folder / "spilled"),
    }
    connection = duckdb.connect(config=limits)
    connection.execute("SET enable_progress_bar = false")
    return connection


def _width_words(line: bytes) -> str:
    width = line.count(TAB) + 1 if line else 0
    return f"{width} cell{'' if width == 1 else 's'}" if width else "an empty line"
