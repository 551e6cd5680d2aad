"""The rows that come of an adjudication: statements with all that belongs to them, and the record of how they came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workbook.coding_desk.adjudication.comparison import CODED, NOT_CODED
from workbook.coding_desk.adjudication.decisions import (
    Adjudication,
    mention_forms,
    open_differences,
    outcome,
    statement_values,
    term_row,
)
from workbook.coding_desk.adjudication.pairs import Pair
from workbook.coding_desk.adjudication.record_rows import record_rows
from workbook.coding_desk.adjudication.terms import KEYS
from workbook.coding_desk.adjudication.units import LINKS, ROLES, Row, Stretch, rows_of
from workbook.coding_desk.rows import FIRST_KEYS, next_keys
from workbook.errors import Fault, FaultsError, WorkbookError
from workbook.readers.coded import CodedPackage
from workbook.readers.coded.tables import table_schemas

LISTED = 5


@dataclass(frozen=True)
class _Statement:
    """What comes of a pair: the base's key of the statement, its cells and its mentions."""

    key: str
    is_new: bool
    values: dict[str, str]
    forms: dict[str, str]
    passages: tuple[Stretch, ...]


def adjudicated_rows(adjudication: Adjudication) -> dict[str, list[Row]]:
    """Return the rows that an adjudication adds to the base, by table.

    Parameters
    ----------
    adjudication : Adjudication
        With a decision about every difference.

    Returns
    -------
    dict of str to list of dict
        New rows of all tables but the acts. A statement that the base has already gives mentions and passages alone.

    Raises
    ------
    WorkbookError
        Differences are open.
    FaultsError
        A statement answers, or may be the same as, what was decided against; or no article mentions it.
    """
    _check_decided(adjudication)
    base, pairs = adjudication.comparison.base, adjudication.comparison.pairs
    keys = statement_keys(adjudication)
    _check_whole(adjudication, keys)
    made = [_statement(adjudication, pair, keys) for pair in pairs if keys[pair.key]]
    new = [each for each in made if each.is_new]
    participants = [
        {"statement_id": each.key, "actor_id": actor, "role": role}
        for each in new
        for role in ROLES
        for actor in each.values[role].split()
    ]
    mentions, passages = _evidence(made, base=base)
    columns = [column.name for column in table_schemas()["statements"].columns]
    return {
        **_terms(adjudication, new, participants),
        "statements": [{name: ({"statement_id": each.key} | each.values)[name] for name in columns} for each in new],
        "participants": participants,
        "mentions": mentions,
        "passages": passages,
        **record_rows(adjudication, keys),
    }


def statement_keys(adjudication: Adjudication) -> dict[str, str]:
    """Return what each pair becomes: a key that follows the base's, one that the base has, or nothing.

    A pair that is the same statement as another pair becomes what that one becomes.
    """
    base, pairs = adjudication.comparison.base, adjudication.comparison.pairs
    ends = {pair.key: outcome(adjudication, pair) for pair in pairs}
    new = [key for key, end in ends.items() if end == CODED]
    taken = [row["statement_id"] for row in rows_of(base, "statements")]
    given = dict(zip(new, next_keys(taken, first=FIRST_KEYS["statements"], count=len(new)), strict=True))
    at_last = {key: _at_last(key, ends) for key in ends}
    return {key: given.get(last, "" if ends.get(last, last) == NOT_CODED else last) for key, last in at_last.items()}


def _at_last(key: str, ends: Mapping[str, str]) -> str:
    """Follow pairs that are the same as another; return the last one, or the base's statement that it is."""
    path = [key]
    while (end := ends.get(path[-1], "")) and end not in (CODED, NOT_CODED):
        if end in path:
            found = " is ".join((*path, end))
            raise FaultsError("adjudication", [Fault(key, None, "unit", found, "one of them coded by itself")])
        path.append(end)
    return path[-1]


def _check_decided(adjudication: Adjudication) -> None:
    waiting = open_differences(adjudication)
    if waiting:
        first = "; ".join(f"{each.item}, {each.field}" for each in waiting[:LISTED])
        more = f"; and {len(waiting) - LISTED} more" if len(waiting) > LISTED else ""
        raise WorkbookError(
            f"{len(waiting)} open: {first}{more}. Nothing was written; expected a decision about every difference"
        )


def _check_whole(adjudication: Adjudication, keys: Mapping[str, str]) -> None:
    faults = []
    for pair in adjudication.comparison.pairs:
        if keys[pair.key] and not mention_forms(adjudication, pair):
            faults.append(
                Fault(pair.key, None, "mention", "none in any article", "a mention, or a unit that is not coded")
            )
        if outcome(adjudication, pair) == CODED:
            faults += _link_faults(adjudication, pair, keys)
    if faults:
        raise FaultsError("adjudication", faults)


def _link_faults(adjudication: Adjudication, pair: Pair, keys: Mapping[str, str]) -> Iterator[Fault]:
    known = {row["statement_id"] for row in rows_of(adjudication.comparison.base, "statements")}
    values = statement_values(adjudication, pair)
    for name in LINKS:
        for link in values[name].split():
            if not keys.get(link) and link not in known:
                why = "which is not coded" if link in keys else "which is neither compared nor in the package"
                expected = "a decision that names what becomes a statement"
                yield Fault(pair.key, None, name, f"{link!r}, {why}", expected)


def _statement(adjudication: Adjudication, pair: Pair, keys: Mapping[str, str]) -> _Statement:
    values = statement_values(adjudication, pair)
    linked = {name: " ".join(dict.fromkeys(keys.get(key) or key for key in values[name].split())) for name in LINKS}
    forms = mention_forms(adjudication, pair)
    found = (passage for unit in pair.units for passage in unit.passages if passage.source_id in forms)
    is_new = outcome(adjudication, pair) == CODED
    return _Statement(keys[pair.key], is_new, values | linked, forms, _longest(found))


def _longest(passages: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Keep each stretch once: where two coders' passages overlap, the longer one."""
    kept: list[Stretch] = []
    for passage in sorted(passages, key=lambda each: (-each.length, each.source_id, each.offset)):
        if not any(passage.shared_with(other) for other in kept):
            kept.append(passage)
    return tuple(sorted(kept, key=lambda each: (each.source_id, each.offset)))


def _evidence(made: Iterable[_Statement], *, base: CodedPackage) -> tuple[list[Row], list[Row]]:
    """Return new mentions and passages; a mention that the base has gets what it lacks."""
    mention_of = {(row["statement_id"], row["source_id"]): row["mention_id"] for row in rows_of(base, "mentions")}
    had = {(row["mention_id"], row["sha256"]) for row in rows_of(base, "passages")}
    mentions: list[Row] = []
    passages: list[Row] = []
    free = _keys(base, "mentions", "mention_id")
    numbers = _keys(base, "passages", "passage_id")
    for each in made:
        for source, form in each.forms.items():
            at = (each.key, source)
            if at not in mention_of:
                mention_of[at] = next(free)
                mentions.append(
                    {"mention_id": mention_of[at], "statement_id": each.key, "source_id": source, "form": form}
                )
        for passage in each.passages:
            mention = mention_of[each.key, passage.source_id]
            if (mention, passage.sha256) not in had:
                had.add((mention, passage.sha256))
                row = {"passage_id": next(numbers), "mention_id": mention, "sha256": passage.sha256}
                passages.append(row | {"length": str(passage.length), "offset": str(passage.offset)})
    return mentions, passages


def _keys(base: CodedPackage, table: str, column: str) -> Iterator[str]:
    """Go on with the keys of a table."""
    taken = [row[column] for row in rows_of(base, table)]
    while True:
        taken += next_keys(taken, first=FIRST_KEYS[table], count=1)
        yield taken[-1]


def _terms(adjudication: Adjudication, new: Iterable[_Statement], participants: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the new claims and actors that the new statements need, and the new articles."""
    rows = {
        table: {
            **{term.key: term_row(adjudication, term) for term in adjudication.comparison.terms if term.table == table},
            **{row[key]: row for row in adjudication.added.get(table, ())},
        }
        for table, key in KEYS.items()
    }
    actors = {row["actor_id"] for row in participants}
    while more := {rows["actors"][actor]["parent_id"] for actor in actors if actor in rows["actors"]} - actors - {""}:
        actors |= more
    needed = {"sources": set(rows["sources"]), "claims": {each.values["claim_id"] for each in new}, "actors": actors}
    return {table: [row for key, row in rows[table].items() if key in needed[table]] for table in rows}
