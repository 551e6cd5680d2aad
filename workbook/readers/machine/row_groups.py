"""Parquet files put one after the other into one file: their row groups are copied as they are, not read.

Pages hold no places in the file; the footer does, and these are moved. Its fields are numbered in
https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from workbook.errors import WorkbookError
from workbook.readers.machine.thrift import STRUCT, Struct, read_struct, write_struct

MAGIC = b"PAR1"
COPIED_AT_ONCE = 1024 * 1024

SCHEMA, ROWS, GROUPS = 2, 3, 4
"""Fields of the footer."""

COLUMNS, ORDINAL, GROUP_PLACES = 1, 7, (5,)
"""Fields of a row group; the last are places in the file: of its first page."""

CHUNK, COLUMN_PLACES = 3, (2, 4, 6)
"""Fields of a row group's column; the places are those of its metadata and of both its indexes."""

CHUNK_PLACES = (9, 10, 11, 14)
"""Fields of a column's metadata that are places: its pages of data, index and dictionary, and its Bloom filter."""


class JoinedFile:
    """One Parquet file of several: `add` them in order; the footer is written at the end of the block.

    Of the first file are the schema, which all must have, and the metadata.

    Parameters
    ----------
    path : pathlib.Path
        The file to write.

    Attributes
    ----------
    rows : int
        Rows added so far.
    """

    def __init__(self, path: Path) -> None:
        self.rows = 0
        self._path = path
        self._footer: Struct = {}
        self._groups: list[Struct] = []

    def __enter__(self) -> Self:
        self._file = self._path.open("wb")
        self._file.write(MAGIC)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None and self._footer:
            self._end()
        self._file.close()

    def add(self, path: Path) -> None:
        """Add the row groups of a file.

        Raises
        ------
        WorkbookError
            Its columns are not those of the files before.
        """
        with path.open("rb") as file:
            footer, end = _footer(file)
            first = self._footer or footer
            if footer[SCHEMA] != first[SCHEMA]:
                raise WorkbookError(f"{path.name}: found other columns than in the files before; nothing was written")
            by = self._file.tell() - len(MAGIC)
            file.seek(len(MAGIC))
            _copy(file, self._file, end - len(MAGIC))
        self._footer = first
        self.rows += footer[ROWS][1]
        for group in footer[GROUPS][1][1]:
            self._groups.append(_moved(group, by=by, ordinal=len(self._groups)))

    def _end(self) -> None:
        rows, groups = self._footer[ROWS][0], self._footer[GROUPS][0]
        footer = self._footer | {ROWS: (rows, self.rows), GROUPS: (groups, (STRUCT, self._groups))}
        stream = BytesIO()
        write_struct(footer, stream)
        self._file.write(stream.getvalue() + stream.tell().to_bytes(4, "little") + MAGIC)


def _footer(file: BinaryIO) -> tuple[Struct, int]:
    """Return a file's footer, and where it begins."""
    whole = file.seek(0, 2)
    file.seek(whole - len(MAGIC) - 4)
    begin = whole - len(MAGIC) - 4 - int.from_bytes(file.read(4), "little")
    file.seek(begin)
    return read_struct(BytesIO(file.read(whole - begin))), begin


def _copy(file: BinaryIO, target: BinaryIO, size: int) -> None:
    while size and (chunk := file.read(min(size, COPIED_AT_ONCE))):
        target.write(chunk)
        size -= len(chunk)


def _moved(group: Struct, *, by: int, ordinal: int) -> Struct:
    """Return a row group as it is said of one that stands so many bytes further on."""
    kind, (items, columns) = group[COLUMNS]
    moved = _further(group, GROUP_PLACES, by=by) | {
        COLUMNS: (kind, (items, [_column(each, by=by) for each in columns]))
    }
    return moved | ({ORDINAL: (group[ORDINAL][0], ordinal)} if ORDINAL in group else {})


def _column(column: Struct, *, by: int) -> Struct:
    kind, chunk = column[CHUNK]
    return _further(column, COLUMN_PLACES, by=by) | {CHUNK: (kind, _further(chunk, CHUNK_PLACES, by=by))}


def _further(struct: Struct, places: Iterable[int], *, by: int) -> Struct:
    """Return a struct whose places are further on; 0 stands for none, since no page is where a file begins."""
    return struct | {
        number: (struct[number][0], struct[number][1] + by)
        for number in places
        if number in struct and struct[number][1]
    }
