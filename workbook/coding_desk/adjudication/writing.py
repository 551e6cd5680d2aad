"""Writing an adjudication: the base gets its rows and the coders' own ones go, in one step that can be undone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from workbook.coding_desk.adjudication.decisions import Adjudication
from workbook.coding_desk.adjudication.drafts import draft_path, kept
from workbook.coding_desk.adjudication.remaining import remaining
from workbook.coding_desk.adjudication.statement_rows import adjudicated_rows, statement_keys
from workbook.coding_desk.coders import SHARED
from workbook.coding_desk.opened import OpenedPackage, open_package
from workbook.coding_desk.rows import read_table
from workbook.coding_desk.saving import DESCRIPTOR, ChangedOnDiskError, FileChange, save
from workbook.errors import Fault, FaultsError
from workbook.events import counted
from workbook.readers.coded import CodedPackage, read_package
from workbook.readers.coded.files import RawTable
from workbook.readers.coded.meaning import CODINGS
from workbook.readers.coded.tables import resources, table_schemas


def write(adjudication: Adjudication) -> str:
    """Write an adjudication into the base package, whole or not at all.

    The base gets the statements with all that belongs to them, both coders' units as they were, the matching and the
    decisions. What the coders had of these articles stands there now and is taken out of their own packages in the same
    step; a package without rows goes. `workbook.coding_desk.saving.undo_last` brings everything back.

    Parameters
    ----------
    adjudication : Adjudication
        With a decision about every difference.

    Returns
    -------
    str
        What was written, in words.

    Raises
    ------
    WorkbookError
        Differences are open, a package was changed since it was compared, or cannot be written.
    FaultsError
        A package would have faults; all of them, and nothing was written.
    """
    comparison = adjudication.comparison
    rows = adjudicated_rows(adjudication)
    base = _with_codings(open_package(comparison.base.folder))
    changes = _unchanged(comparison.base, base).changes(rows)
    after = {change.path: change.after for change in changes}
    vocabulary = {name: after[base.folder / base.tables[name].path] or b"" for name in SHARED}
    checked = [base.folder]
    for coder, own in zip(comparison.coders, comparison.own, strict=True):
        coded = _unchanged(own, open_package(comparison.base.folder, coder=coder))
        files, has_rows = remaining(coded, sources=comparison.sources, vocabulary=vocabulary)
        changes += files
        checked += [coded.folder] if has_rows else []
    changes += [_put_away(comparison.base.folder, comparison.coders)]
    title = _title(adjudication, rows)
    try:
        save(changes, package=base.folder, checked=checked, title=title)
    except FaultsError as error:
        statements = base.tables["statements"]
        lines = _statement_lines(after[base.folder / statements.path] or b"", table=statements)
        units = {key: unit for unit, key in statement_keys(adjudication).items() if key}
        raise FaultsError(error.where, [_at_unit(fault, units, lines=lines) for fault in error.faults]) from None
    return title


def _statement_lines(content: bytes, *, table: RawTable) -> dict[tuple[str, int | None], str]:
    """Return the key of the statement on each line of the table as it would be."""
    after = read_table(content, schema=table.schema, path=table.path)
    return {(table.path, line): row["statement_id"] for line, row in after.numbered()}


def _at_unit(fault: Fault, units: Mapping[str, str], *, lines: Mapping[tuple[str, int | None], str]) -> Fault:
    """Name the unit whose decisions make a fault: nobody can look at a line that was not written."""
    unit = units.get(lines.get((fault.place, fault.row), ""), "")
    return replace(fault, place=f"{unit}, {fault.place}") if unit else fault


def _put_away(package: Path, coders: tuple[str, str]) -> FileChange:
    return FileChange(draft_path(package, coders), kept(package, coders), None)


def _unchanged(compared: CodedPackage, opened: OpenedPackage) -> OpenedPackage:
    """Refuse rows that came after the comparison: they would be taken out without having been compared."""
    if read_package(opened.folder).checksum != compared.checksum:
        raise ChangedOnDiskError(
            f"{opened.folder.name}: found other rows than were compared; nothing was written; "
            "compare again, decisions about what is unchanged stay"
        )
    return opened


def _with_codings(base: OpenedPackage) -> OpenedPackage:
    """Add the tables of codings to a package that has none yet."""
    new = [each for each in resources() if each["name"] in CODINGS and each["name"] not in base.tables]
    if not new:
        return base
    before, content = base.files[DESCRIPTOR]
    descriptor = json.loads(content)
    descriptor["resources"] = [*descriptor["resources"], *new]
    files = {**base.files, DESCRIPTOR: (before, (json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n").encode())}
    tables = dict(base.tables)
    for resource in new:
        schema = table_schemas()[resource["name"]]
        header = (",".join(column.name for column in schema.columns) + "\n").encode()
        files[resource["path"]] = (None, header)
        tables[schema.name] = read_table(header, schema=schema, path=resource["path"])
    return replace(base, files=files, tables=tables)


def _title(adjudication: Adjudication, rows: Mapping[str, Sequence[object]]) -> str:
    first, second = adjudication.comparison.coders
    return (
        f"adjudication of {first} and {second} in {counted(len(adjudication.comparison.sources), 'article')}: "
        f"{counted(len(rows['statements']), 'statement')}, {counted(len(rows['units']), 'unit')}, "
        f"{counted(len(rows['decisions']), 'decision')}"
    )
