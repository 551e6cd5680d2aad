"""What one coder has: a unit is a statement as that coder coded it in the articles that are compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from workbook.measures.agreement import FIELDS
from workbook.readers.coded import CodedPackage

Row = dict[str, str]

KEYED = ("speaker", "target", "relay", "answers", "may_be_same_as")
"""Fields that hold several keys, parted by blanks; their order is no difference."""

LINKS = KEYED[3:]
ROLES = KEYED[:3]

DECIDED = (
    *FIELDS,
    "relay",
    "said_basis",
    "said_best",
    "said_best_certainty",
    "expresses_concern",
    "is_referred",
    "may_be_same_as",
    "answers",
    "certainty",
)
"""Fields of a statement in which a difference is decided: those that agreement is computed from, then the others."""

WORDINGS = ("said_best_ground", "summary", "note")
"""A coder's own words: no two coders write the same, so they are chosen and not decided."""


@dataclass(frozen=True)
class Stretch:
    """A passage by where it stands, in characters of the normalised article."""

    source_id: str
    sha256: str
    length: int
    offset: int

    def shared_with(self, other: Stretch) -> int:
        """Return how many characters both have.

        Examples
        --------
        >>> Stretch("s1", "", 10, 0).shared_with(Stretch("s1", "", 10, 6))
        4
        """
        if self.source_id != other.source_id:
            return 0
        ends = min(self.offset + self.length, other.offset + other.length)
        return max(0, ends - max(self.offset, other.offset))


@dataclass(frozen=True)
class Unit:
    """A statement as one coder coded it.

    Attributes
    ----------
    unit_id : str
        Key among the units of the base package.
    coder, statement_id : str
        Whose it is, and its key in the coder's own package.
    values : mapping of str to str
        Cells by field (`DECIDED` and `WORDINGS`), under the keys that stand for both coders; several keys are parted
        by blanks and stand in the coder's order.
    written : mapping of str to str
        The same cells as the coder wrote them.
    forms : mapping of str to str
        Form of the mention by article.
    passages : tuple of Stretch
        What carries it.
    became : str
        The statement of the base that an earlier unit of the same statement became; empty if there is none.
    """

    unit_id: str
    coder: str
    statement_id: str
    values: Mapping[str, str]
    written: Mapping[str, str]
    forms: Mapping[str, str]
    passages: tuple[Stretch, ...] = ()
    became: str = ""

    def renamed(self, names: Mapping[str, str], *, fields: Iterable[str]) -> Unit:
        """Return the unit with other keys in some fields; a key without another name stays."""
        changed = {name: [names.get(key, key) for key in self.values[name].split()] for name in fields}
        cells = {name: " ".join(dict.fromkeys(keys)) for name, keys in changed.items()}
        return replace(self, values={**self.values, **cells})

    def compared(self, name: str) -> str:
        """Return what stands in a field so that the order of several keys makes no difference."""
        return " ".join(sorted(self.values[name].split())) if name in KEYED else self.values[name]


@dataclass(frozen=True)
class _Coded:
    """Rows of a coder's package, by statement."""

    statements: list[Row]
    people: dict[str, list[Row]] = field(default_factory=dict)
    mentions: dict[str, list[Row]] = field(default_factory=dict)
    passages: dict[str, list[Row]] = field(default_factory=dict)


def rows_of(package: CodedPackage, table: str) -> list[Row]:
    """Return the rows of a table as text, empty cells as the empty text; none where there is no such table."""
    if table not in package.tables:
        return []
    return [{str(name): str(cell) for name, cell in row.items()} for row in _filled(package, table)]


def _filled(package: CodedPackage, table: str) -> list[dict[object, object]]:
    rows: list[dict[object, object]] = package.tables[table].fillna("").to_dict("records")
    return rows


def units_of(coded: CodedPackage, *, coder: str, base: CodedPackage, sources: Iterable[str]) -> tuple[Unit, ...]:
    """Return a coder's units in some articles.

    Parameters
    ----------
    coded : CodedPackage
        The coder's own package.
    coder : str
        Whose it is.
    base : CodedPackage
        The package that is coded for; its units say which keys are taken.
    sources : iterable of str
        The articles; a statement without a mention in any of them is no unit.

    Returns
    -------
    tuple of Unit
        In the order of the coder's rows.
    """
    among = frozenset(sources)
    rows = _Coded(
        rows_of(coded, "statements"),
        _grouped(rows_of(coded, "participants"), "statement_id"),
        _grouped(rows_of(coded, "mentions"), "statement_id"),
        _grouped(rows_of(coded, "passages"), "mention_id"),
    )
    earlier = {row["unit_id"]: row["statement_id"] for row in rows_of(base, "units")}
    made = (_unit(row, rows, coder=coder, among=among, earlier=earlier) for row in rows.statements)
    return tuple(unit for unit in made if unit is not None)


def _grouped(rows: list[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def _unit(row: Row, rows: _Coded, *, coder: str, among: frozenset[str], earlier: dict[str, str]) -> Unit | None:
    own = row["statement_id"]
    mentions = [mention for mention in rows.mentions.get(own, ()) if mention["source_id"] in among]
    if not mentions:
        return None
    people = rows.people.get(own, [])
    roles = {role: " ".join(each["actor_id"] for each in people if each["role"] == role) for role in ROLES}
    values = {name: row.get(name, "") for name in (*DECIDED, *WORDINGS)} | roles
    unit_id, became = _own_key(f"{coder}-{own}", earlier)
    return Unit(
        unit_id=unit_id,
        coder=coder,
        statement_id=own,
        values=values,
        written=values,
        forms={mention["source_id"]: mention["form"] for mention in mentions},
        passages=tuple(
            Stretch(mention["source_id"], passage["sha256"], int(passage["length"]), int(passage["offset"]))
            for mention in mentions
            for passage in rows.passages.get(mention["mention_id"], ())
        ),
        became=became,
    )


def _own_key(plain: str, earlier: dict[str, str]) -> tuple[str, str]:
    """Return a key that no unit has yet, and what the last unit of the same statement became.

    A statement comes back as a unit when an article that was compared later mentions it again.
    """
    key, became, count = plain, "", 1
    while key in earlier:
        became = earlier[key] or became
        count += 1
        key = f"{plain}.{count}"
    return key, became
