"""New rows in the bytes of a table: all that stands there stays as it is, to the byte."""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from workbook.readers.coded.files import RawTable
from workbook.readers.coded.tables import TableSchema

Row = Mapping[str, str]

FIRST_KEYS = {"sources": "s000", "statements": "st001", "mentions": "m001", "passages": "p001"}
"""Keys with which a table begins that has none of this form yet."""

_NUMBERED = re.compile(r"(.*?)(\d+)")


def with_rows(content: bytes, *, table: RawTable, rows: Sequence[Row]) -> bytes:
    r"""Put rows into the bytes of a table.

    Parameters
    ----------
    content : bytes
        The file as it stands.
    table : RawTable
        The same file as it was read; it has no fault.
    rows : sequence of mapping of str to str
        Cells by column; a column that a row lacks is empty.

    Returns
    -------
    bytes
        The old lines, none of them changed, and the new ones. Where the old rows stand in the order of their keys (the
        case of letters aside, numbers as numbers) each new row stands at its place; else all stand at the end.

    Examples
    --------
    >>> from workbook.readers.coded.tables import table_schemas
    >>> content = b"mention_id,statement_id,source_id,form\nm001,st001,s000,mixed\nm003,st003,s000,direct\n"
    >>> table = read_table(content, schema=table_schemas()["mentions"], path="mentions.csv")
    >>> row = {"mention_id": "m002", "statement_id": "st002", "source_id": "s000", "form": "direct"}
    >>> print(with_rows(content, table=table, rows=[row]).decode(), end="")
    mention_id,statement_id,source_id,form
    m001,st001,s000,mixed
    m002,st002,s000,direct
    m003,st003,s000,direct
    """
    whole = content if content.endswith(b"\n") else content + b"\n"
    lines = whole.splitlines(keepends=True)
    keys = [_order(row, table.schema) for row in table.rows]
    ends = [1, *table.lines]
    at_place: dict[int, list[Row]] = {}
    is_ordered = keys == sorted(keys)
    for row in sorted(rows, key=lambda row: _order(row, table.schema)) if is_ordered else rows:
        place = bisect_right(keys, _order(row, table.schema)) if is_ordered else len(keys)
        at_place.setdefault(ends[place], []).append(row)
    parts, done = [], 0
    for end, new in sorted(at_place.items()):
        parts += [*lines[done:end], _written(new, table.columns)]
        done = end
    return b"".join([*parts, *lines[done:]])


def read_table(content: bytes, *, schema: TableSchema, path: str) -> RawTable:
    """Read the bytes of a table without a fault."""
    reader = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
    columns = tuple(next(reader))
    rows, lines = [], []
    for cells in reader:
        rows.append(dict(zip(columns, cells, strict=True)))
        lines.append(reader.line_num)
    return RawTable(schema, path, columns, tuple(rows), tuple(lines))


def next_keys(keys: Iterable[str], *, first: str, count: int) -> list[str]:
    """Return the keys that follow: the last prefix, the next numbers, as many digits.

    Parameters
    ----------
    keys : iterable of str
        Keys that are taken, in the order of their rows.
    first : str
        The key to begin with where none ends in a number.
    count : int
        How many.

    Examples
    --------
    >>> next_keys(["st057", "st058"], first="st001", count=2), next_keys([], first="st001", count=1)
    (['st059', 'st060'], ['st001'])
    """
    numbered = [match for match in map(_NUMBERED.fullmatch, keys) if match]
    if not numbered:
        prefix, digits = _NUMBERED.fullmatch(first).groups()  # type: ignore[union-attr]
        last, width = int(digits) - 1, len(digits)
    else:
        prefix = numbered[-1][1]
        digits = max((match[2] for match in numbered if match[1] == prefix), key=int)
        last, width = int(digits), len(digits)
    return [f"{prefix}{last + step:0{width}}" for step in range(1, count + 1)]


def _order(row: Row, schema: TableSchema) -> list[list[str | int]]:
    """Return by what rows are ordered: letters without case, numbers as numbers."""
    return [
        [int(part) if part.isdecimal() else part for part in re.split(r"([0-9]+)", row.get(name, "").casefold())]
        for name in schema.primary_key
    ]


def _written(rows: Iterable[Row], columns: Sequence[str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return text.getvalue().encode("utf-8")
