"""What the schema of each table demands: types, vocabularies, keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from workbook.dates import EdtfError, bounds
from workbook.errors import Fault, nearest, unknown_value
from workbook.readers.coded.files import RawTable
from workbook.readers.coded.tables import Column

BOOLEANS = ("true", "false")


def structure_faults(tables: dict[str, RawTable]) -> Iterator[Fault]:
    """Go through all faults against the schemas, table by table, row by row, key by key."""
    for table in tables.values():
        yield from _cell_faults(table)
        yield from _repeated_keys(table)
        yield from _dangling_keys(table, tables)


def _cell_faults(table: RawTable) -> Iterator[Fault]:
    present = [column for column in table.schema.columns if column.name in table.columns]
    wrong = {column.name: _wrong_cells({row[column.name] for row in table.rows}, column) for column in present}
    wrong = {name: cells for name, cells in wrong.items() if cells}
    for line, row in table.numbered() if wrong else ():
        for name, cells in wrong.items():
            for found, expected in cells.get(row[name], ()):
                yield Fault(table.path, line, name, found, expected)


def _wrong_cells(cells: set[str], column: Column) -> dict[str, list[tuple[str, str]]]:
    """Return what is wrong with the different cells of a column; most tables repeat theirs."""
    found = {cell: list(_faults_of(cell, column)) for cell in cells}
    return {cell: faults for cell, faults in found.items() if faults}


def _faults_of(cell: str, column: Column) -> Iterator[tuple[str, str]]:
    if not cell:
        if column.required:
            yield "an empty cell", f"a value: {column.description}"
        return
    if cell != cell.strip():
        yield repr(cell), "no blanks at the ends"
        return
    for check in (_type_fault, _vocabulary_fault, _pattern_fault, _length_fault, _date_fault):
        expected = check(cell, column)
        if expected:
            yield repr(cell), expected
            return


def _type_fault(cell: str, column: Column) -> str:
    if column.kind == "boolean" and cell not in BOOLEANS:
        return "true or false"
    if column.kind == "integer":
        if not re.fullmatch(r"-?\d+", cell):
            return "a whole number"
        if column.minimum is not None and int(cell) < column.minimum:
            return f"a whole number of at least {column.minimum}"
    return ""


def _vocabulary_fault(cell: str, column: Column) -> str:
    if not column.allowed or cell in column.allowed:
        return ""
    return unknown_value("", column.name, cell, column.allowed).expected


def _pattern_fault(cell: str, column: Column) -> str:
    if not column.pattern or re.fullmatch(column.pattern, cell):
        return ""
    return f"a value of the form {column.pattern}: {column.description}"


def _length_fault(cell: str, column: Column) -> str:
    if column.max_length is None or len(cell) <= column.max_length:
        return ""
    return f"at most {column.max_length} characters, not {len(cell)}"


def _date_fault(cell: str, column: Column) -> str:
    if not column.is_edtf:
        return ""
    try:
        bounds(cell)
    except EdtfError as error:
        return f"a date in EDTF: {error}"
    return ""


def _repeated_keys(table: RawTable) -> Iterator[Fault]:
    unique = [(column.name,) for column in table.schema.columns if column.unique]
    for key in dict.fromkeys([table.schema.primary_key, *unique]):
        if not set(key) <= set(table.columns):
            continue
        first: dict[tuple[str, ...], int] = {}
        for line, row in table.numbered():
            value = tuple(row[name] for name in key)
            if all(value) and value in first:
                found = f"{' '.join(value)!r} again, as on line {first[value]}"
                yield Fault(table.path, line, ", ".join(key), found, "each key once")
            first.setdefault(value, line)


def _dangling_keys(table: RawTable, tables: dict[str, RawTable]) -> Iterator[Fault]:
    for key in table.schema.foreign_keys:
        other = tables.get(key.table)
        if key.column in table.columns and other is not None and key.key in other.columns:
            yield from dangling(table, column=key.column, other=other, key=key.key, cells=lambda cell: [cell])


def dangling(
    table: RawTable, *, column: str, other: RawTable, key: str, cells: Callable[[str], list[str]]
) -> Iterator[Fault]:
    """Go through the keys of a column that the other table does not have."""
    known = sorted(other.column(key))
    for line, row in table.numbered():
        for value in cells(row[column]):
            if value and value not in known:
                expected = f"a key that stands in {other.path}, {key}{nearest(value, known)}"
                yield Fault(table.path, line, column, repr(value), expected)
