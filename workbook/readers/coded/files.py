"""The files of a coded data package, byte by byte: found, decoded, parted into cells."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from workbook.errors import Fault, nearest
from workbook.readers.coded.tables import TableSchema, table_schemas

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class RawTable:
    """A table as it stands in its file.

    Attributes
    ----------
    schema : TableSchema
        What the table should be.
    path : str
        Where it stands, relative to the package.
    columns : tuple of str
        Header.
    rows : tuple of dict
        Cells by column; an empty cell is the empty text.
    lines : tuple of int
        Line of the file on which each row ends; the header is line 1.
    """

    schema: TableSchema
    path: str
    columns: tuple[str, ...] = ()
    rows: tuple[dict[str, str], ...] = ()
    lines: tuple[int, ...] = ()

    def numbered(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Go through the rows with their lines."""
        return zip(self.lines, self.rows, strict=True)

    def column(self, name: str) -> set[str]:
        """Return the values of a column, empty cells left out."""
        return {row[name] for row in self.rows if row.get(name)}


@dataclass
class PackageFiles:
    """What was read of a package, and what could not be."""

    descriptor: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, RawTable] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_files(folder: Path) -> PackageFiles:
    """Read the descriptor and all tables of a package; faults are collected, not raised."""
    read = PackageFiles()
    descriptor = _descriptor(folder, read.faults)
    if descriptor is None:
        return read
    read.descriptor = descriptor
    for name, path in _paths(descriptor, read.faults).items():
        content = _bytes(folder, path, read.faults)
        if content is not None:
            read.raw[name] = content
            read.tables[name] = _table(content, schema=table_schemas()[name], path=path, faults=read.faults)
    return read


def _descriptor(folder: Path, faults: list[Fault]) -> dict[str, Any] | None:
    place = "datapackage.json"
    try:
        descriptor = json.loads((folder / place).read_bytes().decode("utf-8"))
    except FileNotFoundError:
        faults.append(Fault(place, None, "", "no file", f"a Frictionless descriptor in {folder}"))
        return None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        faults.append(Fault(place, None, "", f"no JSON: {error}", "JSON in UTF-8"))
        return None
    if not isinstance(descriptor, dict):
        faults.append(Fault(place, None, "", "no object", 'an object with "name", "version" and "resources"'))
        return None
    for key in ("name", "title", "version"):
        if not isinstance(descriptor.get(key), str) or not descriptor[key]:
            faults.append(Fault(place, None, key, "nothing", f"a {key} as text"))
    return descriptor


def _paths(descriptor: dict[str, Any], faults: list[Fault]) -> dict[str, str]:
    listed = {}
    for resource in descriptor.get("resources") or []:
        if isinstance(resource, dict):
            listed[str(resource.get("name"))] = str(resource.get("path"))
    paths = {}
    for name, schema in table_schemas().items():
        if name not in listed and not schema.optional:
            faults.append(Fault("datapackage.json", None, "resources", f"no {name}", f"a resource {name!r}"))
        elif name in listed and _leads_out(listed[name]):
            expected = "a path inside the package, with forward slashes"
            faults.append(Fault("datapackage.json", None, "resources", f"path {listed[name]!r}", expected))
        elif name in listed:
            paths[name] = listed[name]
    return paths


def _leads_out(path: str) -> bool:
    parts = PurePosixPath(path)
    return parts.is_absolute() or ".." in parts.parts or "\\" in path or ":" in path


def _bytes(folder: Path, path: str, faults: list[Fault]) -> bytes | None:
    try:
        return (folder / path).read_bytes()
    except OSError:
        faults.append(Fault(path, None, "", "no readable file", "the file that datapackage.json names"))
        return None


def _table(content: bytes, *, schema: TableSchema, path: str, faults: list[Fault]) -> RawTable:
    text = _text(content, path, faults)
    reader = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline=""), strict=True)
    columns: tuple[str, ...] = ()
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    try:
        columns = tuple(next(reader, ()))
        _check_header(columns, schema=schema, path=path, faults=faults)
        for cells in reader:
            row = _row(cells, columns=columns, path=path, line=reader.line_num, faults=faults)
            if row is not None:
                rows.append(row)
                lines.append(reader.line_num)
    except csv.Error as error:
        faults.append(Fault(path, reader.line_num, "", f"broken CSV: {error}", "quotes that open and close"))
    # Coders who agree in everything leave nothing to decide.
    if not rows and not schema.optional:
        faults.append(Fault(path, None, "", "no row", "at least one row below the header"))
    return RawTable(schema, path, columns, tuple(rows), tuple(lines))


def _text(content: bytes, path: str, faults: list[Fault]) -> str:
    if content.startswith(BYTE_ORDER_MARK):
        faults.append(Fault(path, 1, "", "a byte order mark", "UTF-8 without one: save as 'UTF-8', not 'UTF-8 BOM'"))
        content = content.removeprefix(BYTE_ORDER_MARK)
    if b"\r" in content:
        line = content[: content.index(b"\r")].count(b"\n") + 1
        faults.append(Fault(path, line, "", "a carriage return (CRLF)", "lines that end in LF alone"))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = f"byte 0x{content[error.start]:02x}, which is no UTF-8"
        faults.append(Fault(path, line, "", found, "UTF-8: convert the file from its encoding"))
        return content.decode("utf-8", errors="replace")


def _check_header(columns: tuple[str, ...], *, schema: TableSchema, path: str, faults: list[Fault]) -> None:
    expected = [column.name for column in schema.columns]
    for name in expected:
        if name not in columns:
            faults.append(Fault(path, 1, name, "no such column", f"the columns {', '.join(expected)}"))
    for name in dict.fromkeys(columns):
        if columns.count(name) > 1:
            faults.append(Fault(path, 1, name, f"the column {columns.count(name)} times", "each column once"))
        if name not in expected:
            known = f"the columns {', '.join(expected)}{nearest(name, expected)}"
            faults.append(Fault(path, 1, name, "an unknown column", known))


def _row(
    cells: list[str], *, columns: tuple[str, ...], path: str, line: int, faults: list[Fault]
) -> dict[str, str] | None:
    if not cells:
        faults.append(Fault(path, line, "", "an empty line", "no empty lines"))
        return None
    if len(cells) != len(columns):
        found = f"{len(cells)} cells"
        faults.append(Fault(path, line, "", found, f"{len(columns)} cells, as in the header: mind commas and quotes"))
    padded = cells[: len(columns)] + [""] * (len(columns) - len(cells))
    return dict(zip(columns, padded, strict=True))
