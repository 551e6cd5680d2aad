# Every name and text in the SQL has gone through `quoted` or `literal`, or is a constant of this package.
"""Parts: Parquet files of events that DuckDB makes of blocks of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from workbook.errors import Fault, WorkbookError
from workbook.readers.machine.block import Block
from workbook.readers.machine.events_query import events_query
from workbook.readers.machine.inputs import Source, runs_of
from workbook.readers.machine.layout import Layout, literal, quoted
from workbook.readers.machine.lines import LONGEST

READ_AT_ONCE = 8 * 1024 * 1024
"""Bytes of a block that DuckDB reads at once; it holds them for each thread."""

ROWS_AT_ONCE = 30_720
"""Rows that are held before they are written, which bounds the memory of a batch."""

FAULT_SEPARATOR, WORD_SEPARATOR = "\x1e", "\x1f"

BadRow = tuple[int, list[list[str]]]
"""A line, and column, found and expected of each of its faults."""


@dataclass(frozen=True)
class Part:
    """A Parquet file of events, and of rows that proved to be none.

    Attributes
    ----------
    path : pathlib.Path
        Columns ``source``, ``line``, ``fault`` and those of `PART_COLUMNS`.
    rows : int
        All its rows.
    """

    path: Path
    rows: int


def plain_part(connection: duckdb.DuckDBPyConnection, block: Block, *, layout: Layout, path: Path) -> Part | None:
    """Make a part of a block as it is; nothing where a line of it has not the cells of the layout.

    DuckDB refuses lines with fewer or more cells, and passes over empty ones, which the count of rows shows.
    """
    cells = ", ".join(map(quoted, layout.columns))
    rows = (
        f"SELECT *, row_number() OVER () AS at_row FROM {rows_in(block.path, dict.fromkeys(layout.columns, 'VARCHAR'))}"
    )
    read = f"SELECT {block.source_sql()} AS at_source, {block.line_sql()} AS at_line, {cells} FROM ({rows})"
    try:
        # Sorted, a part is passed over but for some row groups when its events of some days are asked for.
        found = _copied(connection, f"{events_query(layout, read)} ORDER BY date_earliest", path=path)
    except duckdb.InvalidInputException:
        return None
    return Part(path, found) if found == block.rows else None


def numbered_part(connection: duckdb.DuckDBPyConnection, file: Path, *, layout: Layout, rows: int, path: Path) -> Part:
    """Make a part of lines that have been looked at, each with its source and its line before it."""
    columns = {"at_source": "INTEGER", "at_line": "BIGINT"} | dict.fromkeys(layout.columns, "VARCHAR")
    return _written(connection, events_query(layout, f"SELECT * FROM {rows_in(file, columns)}"), rows=rows, path=path)


def parquet_part(connection: duckdb.DuckDBPyConnection, file: str, *, layout: Layout, number: int, path: Path) -> Part:
    """Make a part of a Parquet file with the vendor's columns, the source of this number."""
    columns = parquet_columns(connection, file)
    found = connection.execute(f"SELECT count(*) FROM read_parquet({literal(file)})").fetchone()
    cells = ", ".join(_cell(name, columns.get(name)) for name in layout.columns)
    read = f"SELECT {number} AS at_source, file_row_number + 1 AS at_line, {cells} FROM {_numbered_parquet(file)}"
    return _written(connection, events_query(layout, read), rows=int(found[0]) if found else 0, path=path)


def parquet_columns(connection: duckdb.DuckDBPyConnection, file: str) -> dict[str, str]:
    """Return the names of a Parquet file's columns and their types."""
    described = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({literal(file)})").fetchall()
    return {str(row[0]): str(row[1]) for row in described}


def raw_rows(connection: duckdb.DuckDBPyConnection, source: Source, lines: Iterable[int]) -> Iterator[bytes]:
    """Go through the rows on certain lines of a source, which is read again; the lines ascend."""
    if source.is_parquet:
        yield from (_parquet_row(connection, source.path, line) for line in lines)
        return
    runs = runs_of(source)
    run = next(runs)
    held = run.lines
    for line in lines:
        while line >= run.first + len(held):
            run = next(runs)
            held = run.lines
        yield held[line - run.first]


def sources_with_bad_rows(connection: duckdb.DuckDBPyConnection, part: Part) -> list[int]:
    """Return the sources in a part of which a row is no event."""
    query = f"SELECT DISTINCT source FROM read_parquet({literal(str(part.path))}) WHERE fault IS NOT NULL"
    return [int(row[0]) for row in connection.execute(query).fetchall()]


def bad_rows(connection: duckdb.DuckDBPyConnection, part: Part, *, source: int) -> Iterator[BadRow]:
    """Go through the rows of a source in a part that are no events."""
    found = connection.cursor().execute(
        f"SELECT line, fault FROM read_parquet({literal(str(part.path))}) "
        f"WHERE fault IS NOT NULL AND source = {source} ORDER BY line"
    )
    while rows := found.fetchmany(1000):
        for line, fault in rows:
            yield line, [each.split(WORD_SEPARATOR) for each in fault.split(FAULT_SEPARATOR)]


def as_faults(words: list[list[str]], *, place: str, line: int) -> list[Fault]:
    """Return what a part says is wrong with a row as faults."""
    return [Fault(place, line, column, found, expected) for column, found, expected in words]


def sound_part(connection: duckdb.DuckDBPyConnection, part: Part) -> Part:
    """Return a part whose rows are all events."""
    sound = f"FROM read_parquet({literal(str(part.path))}) WHERE fault IS NULL"
    found = connection.execute(f"SELECT count(*) {sound}").fetchone()
    rows = int(found[0]) if found else 0
    if rows == part.rows:
        return part
    return _written(connection, f"SELECT * {sound}", rows=rows, path=part.path.with_suffix(".sound.parquet"))


def rows_in(file: Path, columns: dict[str, str]) -> str:
    """Return SQL that reads tab-separated lines, of columns of these types, unquoted; empty cells are null."""
    types = ", ".join(f"{literal(name)}: '{kind}'" for name, kind in columns.items())
    return (
        f"read_csv({literal(str(file))}, columns = {{{types}}}, delim = '\t', header = false, quote = '', "
        "escape = '', comment = '', nullstr = '', new_line = '\\n', auto_detect = false, strict_mode = true, "
        f"max_line_size = {LONGEST + 64}, buffer_size = {READ_AT_ONCE})"
    )


def _parquet_row(connection: duckdb.DuckDBPyConnection, file: str, line: int) -> bytes:
    """Return the row of a Parquet file that has this number, as cells parted by tabs."""
    where = f"WHERE file_row_number = {line - 1}"
    query = f"SELECT * EXCLUDE file_row_number FROM {_numbered_parquet(file)} {where}"
    row = connection.cursor().execute(query).fetchone()
    return "\t".join("" if cell is None else str(cell) for cell in row or ()).encode()


def _written(connection: duckdb.DuckDBPyConnection, query: str, *, rows: int, path: Path) -> Part:
    written = _copied(connection, query, path=path)
    if written != rows:
        raise WorkbookError(f"{path.name}: {written} rows came of {rows}; nothing was written")
    return Part(path, rows)


def _copied(connection: duckdb.DuckDBPyConnection, query: str, *, path: Path) -> int:
    target = f"{literal(str(path))} (FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE {ROWS_AT_ONCE})"
    written = connection.execute(f"COPY ({query}) TO {target}").fetchone()
    return int(written[0]) if written else 0


def _numbered_parquet(file: str) -> str:
    return f"read_parquet({literal(file)}, file_row_number = true)"


def _cell(name: str, kind: str | None) -> str:
    if kind is None:
        return f"NULL AS {quoted(name)}"
    if kind == "DATE" or kind.startswith("TIMESTAMP"):
        return f"strftime({quoted(name)}, '%Y-%m-%d') AS {quoted(name)}"
    return f"nullif(CAST({quoted(name)} AS VARCHAR), '') AS {quoted(name)}"
