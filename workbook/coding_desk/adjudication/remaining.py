"""What a coder still has once articles are adjudicated: the rows of the other articles, in the words of the base."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from workbook.coding_desk.adjudication.terms import KEYS
from workbook.coding_desk.adjudication.units import LINKS, Row
from workbook.coding_desk.opened import OpenedPackage
from workbook.coding_desk.rows import read_table, with_rows
from workbook.coding_desk.saving import FileChange
from workbook.readers.coded.files import RawTable


def remaining(
    coded: OpenedPackage, *, sources: Iterable[str], vocabulary: Mapping[str, bytes]
) -> tuple[list[FileChange], bool]:
    """Return what becomes of a coder's files when articles are taken out that stand in the base now.

    A statement stays while another article mentions it, or while one that stays answers it or may be the same. The
    claims, actors and acts become the base's, with the coder's own new ones as far as rows that stay need them; so the
    next article is coded in the words that were decided on.

    Parameters
    ----------
    coded : OpenedPackage
        The coder's package.
    sources : iterable of str
        The articles that are taken out.
    vocabulary : mapping of str to bytes
        The base's claims, actors and acts as files, by table.

    Returns
    -------
    tuple of (list of FileChange, bool)
        All files of the coder, and whether any row of a statement stays; if none does, all files go.
    """
    out = frozenset(sources)
    mentions = {row["mention_id"] for row in coded.rows("mentions") if row["source_id"] not in out}
    statements = _with_linked(
        {row["statement_id"] for row in coded.rows("mentions") if row["mention_id"] in mentions},
        rows=coded.rows("statements"),
    )
    if not statements:
        return [FileChange(coded.folder / path, before, None) for path, (before, _) in coded.files.items()], False
    stays: dict[str, Callable[[Row], bool]] = {
        "sources": lambda row: row["source_id"] not in out,
        "statements": lambda row: row["statement_id"] in statements,
        "participants": lambda row: row["statement_id"] in statements,
        "mentions": lambda row: row["mention_id"] in mentions,
        "passages": lambda row: row["mention_id"] in mentions,
    }
    after = {
        coded.tables[name].path: _without(coded.files[coded.tables[name].path][1], table=coded.tables[name], stays=test)
        for name, test in stays.items()
    }
    for name, content in vocabulary.items():
        own = _needed(name, coded, statements=statements)
        table = read_table(content, schema=coded.tables[name].schema, path=coded.tables[name].path)
        known = table.column(table.schema.primary_key[0])
        new = [row for row in own if row[table.schema.primary_key[0]] not in known]
        after[table.path] = with_rows(content, table=table, rows=new)
    changes = [
        FileChange(coded.folder / path, before, after.get(path, start)) for path, (before, start) in coded.files.items()
    ]
    return changes, True


def _with_linked(statements: set[str], *, rows: Sequence[Row]) -> set[str]:
    """Add what statements answer or may be the same as, and what that answers, and so on."""
    links = {row["statement_id"]: {key for name in LINKS for key in row[name].split()} for row in rows}
    found: set[str] = set()
    waiting = set(statements)
    while waiting:
        found |= waiting
        waiting = {key for statement in waiting for key in links[statement]} - found
    return found


def _needed(table: str, coded: OpenedPackage, *, statements: set[str]) -> list[Row]:
    """Return the coder's rows of a vocabulary that statements use; an actor with all above it."""
    if table not in KEYS:
        return []
    rows = {row[KEYS[table]]: row for row in coded.rows(table)}
    if table == "claims":
        return [
            rows[key]
            for key in dict.fromkeys(r["claim_id"] for r in coded.rows("statements") if r["statement_id"] in statements)
        ]
    used = {row["actor_id"] for row in coded.rows("participants") if row["statement_id"] in statements}
    while above := {rows[actor]["parent_id"] for actor in used} - used - {""}:
        used |= above
    return [row for key, row in rows.items() if key in used]


def _without(content: bytes, *, table: RawTable, stays: Callable[[Row], bool]) -> bytes:
    """Return the bytes of a table without the rows that do not stay."""
    lines = content.splitlines(keepends=True)
    starts = [1, *table.lines[:-1]]
    kept = [
        line
        for start, end, row in zip(starts, table.lines, table.rows, strict=True)
        if stays(row)
        for line in lines[start:end]
    ]
    return b"".join([lines[0], *kept])
