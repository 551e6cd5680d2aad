"""What two coders write in: claims, actors and articles that the base does not have, and which of them are one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workbook.coding_desk.adjudication.pairs import Pair
from workbook.coding_desk.adjudication.units import ROLES, Row, rows_of
from workbook.readers.coded import CodedPackage

KEYS = {"claims": "claim_id", "actors": "actor_id", "sources": "source_id"}

TERM_FIELDS = {
    "claims": ("claim", "topic", "about"),
    "actors": ("name", "kind", "parent_id", "country", "cameo_code"),
    "sources": ("title", "publisher", "agency", "language", "url", "published", "published_basis"),
}
"""Columns of a new row, by table, in which a difference is decided; short names and notes are wordings."""

IDENTITY = {"claims": ("claim",), "actors": ("name", "parent_id")}
"""Columns by which two new rows are one."""

SPELLED = ("claim", "name", "title", "publisher", "agency")
"""Columns in which capitals and points make no difference."""


@dataclass(frozen=True)
class Term:
    """A claim, an actor or an article that the base does not have, as either coder wrote it down.

    Attributes
    ----------
    table, key : str
        Where it goes, and its key there.
    first, second : dict of str to str, or None
        Either coder's row.
    """

    table: str
    key: str
    first: Row | None
    second: Row | None

    @property
    def item(self) -> str:
        """How decisions name it."""
        return f"{self.table} {self.key}"

    def differing(self) -> list[str]:
        """Return the columns in which the two coders differ; none where one coder alone has it."""
        first, second = self.first, self.second
        if first is None or second is None:
            return []
        return [name for name in TERM_FIELDS[self.table] if _compared(first, name) != _compared(second, name)]


def other_keys(
    table: str, *, base: CodedPackage, own: tuple[CodedPackage, CodedPackage], said: Mapping[str, str]
) -> dict[str, str]:
    """Return the keys that stand for other ones, where the same thing was written in twice.

    Parameters
    ----------
    table : {"claims", "actors"}
        What it is.
    base, own : CodedPackage
        The package that is coded for, and the first and the second coder's.
    said : mapping of str to str
        What people said is the same.

    Returns
    -------
    dict of str to str
        The key that stands for it, by a coder's new key: as people said, or where the wording is one that the base or
        the first coder has already, capitals and points aside. Actors must also belong to the same body.
    """
    known = {row[KEYS[table]] for row in rows_of(base, table)}
    key_of: dict[tuple[str, ...], str] = {}
    names = {}
    for row in (row for package in (base, *own) for row in rows_of(package, table)):
        key = row[KEYS[table]]
        stands = key_of.setdefault(tuple(_folded(row[name]) for name in IDENTITY[table]), key)
        if key != stands and key not in known:
            names[key] = stands
    return {key: said.get(name, name) for key, name in {**names, **said}.items()}


def _compared(row: Row, column: str) -> str:
    return _folded(row[column]) if column in SPELLED else row[column]


def _folded(wording: str) -> str:
    return "".join(sign for sign in wording.casefold() if sign.isalnum())


def terms_of(
    pairs: Iterable[Pair],
    *,
    base: CodedPackage,
    own: tuple[CodedPackage, CodedPackage],
    sources: Iterable[str],
    names: Mapping[str, Mapping[str, str]],
) -> Iterator[Term]:
    """Go through the claims, actors and articles that the base lacks and the units need.

    Parameters
    ----------
    pairs : iterable of Pair
        The units, under the keys that stand for both coders.
    base, own : CodedPackage
        The package that is coded for, and the first and the second coder's.
    sources : iterable of str
        The articles that are compared.
    names : mapping of str to mapping of str to str
        By table, from `other_keys`.
    """
    units = [unit for pair in pairs for unit in pair.units]
    rows = {table: [_rows_by_key(package, table, names=names) for package in own] for table in KEYS}
    people = {key for unit in units for name in ROLES for key in unit.values[name].split()}
    needed = {
        "sources": set(sources),
        "actors": _with_parents(people, rows["actors"]),
        "claims": {unit.values["claim_id"] for unit in units},
    }
    for table, keys in needed.items():
        first, second = rows[table]
        for key in sorted(keys - {row[KEYS[table]] for row in rows_of(base, table)}):
            yield Term(table, key, first.get(key), second.get(key))


def _rows_by_key(package: CodedPackage, table: str, *, names: Mapping[str, Mapping[str, str]]) -> dict[str, Row]:
    """Return a coder's rows by the key that stands for each; where two are one, by its own key the one that has it."""
    rows = sorted(rows_of(package, table), key=lambda row: row[KEYS[table]] not in names.get(table, {}))
    found = {names.get(table, {}).get(row[KEYS[table]], row[KEYS[table]]): row for row in rows}
    if table != "actors":
        return found
    above = names["actors"]
    return {key: {**row, "parent_id": above.get(row["parent_id"], row["parent_id"])} for key, row in found.items()}


def _with_parents(actors: Iterable[str], rows: Iterable[Mapping[str, Row]]) -> set[str]:
    found: set[str] = set()
    waiting = list(actors)
    while waiting:
        actor = waiting.pop()
        if actor and actor not in found:
            found.add(actor)
            waiting += [row["parent_id"] for each in rows if (row := each.get(actor))]
    return found
