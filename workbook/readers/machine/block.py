# Every name and text in the SQL has gone through `quoted` or `literal`, or is a constant of this package.
"""Blocks of sound lines on their way into DuckDB, and the parts that become of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from workbook.errors import Fault, WorkbookError
from workbook.readers.machine.events_query import events_query
from workbook.readers.machine.layout import Layout, literal, quoted

LONGEST_LINE = 4 * 1024 * 1024
"""Above the longest line that is taken for sound, and its number."""

FAULT_SEPARATOR, WORD_SEPARATOR = "\x1e", "\x1f"


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


def numbered(lines: list[bytes], *, source: int, first: int) -> bytes:
    r"""Return lines with their source's number and their own before them.

    Examples
    --------
    >>> numbered([b"a\tb", b"c\td"], source=2, first=7)
    b'2\t7\ta\tb\n2\t8\tc\td\n'
    """
    form = b"%d\t%%d\t%%b" % source
    return b"\n".join([form % row for row in enumerate(lines, start=first)]) + b"\n" if lines else b""


def block_part(connection: duckdb.DuckDBPyConnection, block: Path, *, layout: Layout, rows: int, path: Path) -> Part:
    """Make a part of a block of numbered lines.

    Raises
    ------
    WorkbookError
        Other rows came out than went in.
    """
    columns = {"source": "INTEGER", "line": "BIGINT"} | dict.fromkeys(layout.columns, "VARCHAR")
    types = ", ".join(f"{literal(name)}: '{kind}'" for name, kind in columns.items())
    read = (
        f"SELECT * FROM read_csv({literal(str(block))}, columns = {{{types}}}, delim = '\t', header = false, "
        "quote = '', escape = '', comment = '', nullstr = '', new_line = '\\n', auto_detect = false, "
        f"strict_mode = true, max_line_size = {LONGEST_LINE})"
    )
    return _written(connection, events_query(layout, read), rows=rows, path=path)


def parquet_part(
    connection: duckdb.DuckDBPyConnection,
    file: str,
    *,
    layout: Layout,
    columns: dict[str, str],
    number: int,
    path: Path,
) -> Part:
    """Make a part of a Parquet file with the vendor's columns; ``columns`` says their names and types."""
    found = connection.execute(f"SELECT count(*) FROM read_parquet({literal(file)})").fetchone()
    rows = int(found[0]) if found else 0
    cells = ", ".join(_cell(name, columns.get(name)) for name in layout.columns)
    read = f"SELECT {number} AS source, file_row_number + 1 AS line, {cells} FROM {_numbered_parquet(file)}"
    return _written(connection, events_query(layout, read), rows=rows, path=path)


def parquet_columns(connection: duckdb.DuckDBPyConnection, file: str) -> dict[str, str]:
    """Return the names of a Parquet file's columns and their types."""
    described = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({literal(file)})").fetchall()
    return {str(row[0]): str(row[1]) for row in described}


def parquet_rows(connection: duckdb.DuckDBPyConnection, file: str, line: int) -> bytes:
    """Return the row of a Parquet file that has this number, as cells parted by tabs."""
    where = f"WHERE file_row_number = {line - 1}"
    row = connection.execute(f"SELECT * EXCLUDE file_row_number FROM {_numbered_parquet(file)} {where}").fetchone()
    return "\t".join("" if cell is None else str(cell) for cell in row or ()).encode()


def sources_with_bad_rows(connection: duckdb.DuckDBPyConnection, part: Part) -> list[int]:
    """Return the sources in a part of which a row is no event."""
    query = f"SELECT DISTINCT source FROM read_parquet({literal(str(part.path))}) WHERE fault IS NOT NULL"
    return [int(row[0]) for row in connection.execute(query).fetchall()]


def sound_part(connection: duckdb.DuckDBPyConnection, part: Part, *, but: set[int]) -> Part:
    """Return a part whose rows are all events, none of them from certain sources."""
    where = f"fault IS NULL AND source NOT IN ({', '.join(map(str, but))})" if but else "fault IS NULL"
    read = f"read_parquet({literal(str(part.path))})"
    found = connection.execute(f"SELECT count(*) FROM {read} WHERE {where}").fetchone()
    rows = int(found[0]) if found else 0
    if rows == part.rows:
        return part
    path = part.path.with_suffix(".sound.parquet")
    return _written(connection, f"SELECT * FROM {read} WHERE {where}", rows=rows, path=path)


def bad_rows(
    connection: duckdb.DuckDBPyConnection, part: Part, *, source: int
) -> Iterator[tuple[int, list[list[str]]]]:
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


def _written(connection: duckdb.DuckDBPyConnection, query: str, *, rows: int, path: Path) -> Part:
    written = connection.execute(
        f"COPY ({query}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd)"
    ).fetchone()
    if written is None or written[0] != rows:
        raise WorkbookError(f"{path.name}: {written and written[0]} rows came of {rows}; nothing was written")
    return Part(path, rows)


def _numbered_parquet(file: str) -> str:
    return f"read_parquet({literal(file)}, file_row_number = true)"


def _cell(name: str, kind: str | None) -> str:
    if kind is None:
        return f"NULL AS {quoted(name)}"
    if kind == "DATE" or kind.startswith("TIMESTAMP"):
        return f"strftime({quoted(name)}, '%Y-%m-%d') AS {quoted(name)}"
    return f"nullif(CAST({quoted(name)} AS VARCHAR), '') AS {quoted(name)}"
