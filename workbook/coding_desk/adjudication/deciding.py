"""Deciding between two coders: every difference gets a value, the rule of the codebook and the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbook.coding_desk.adjudication.codebook import rules
from workbook.coding_desk.adjudication.comparison import CODED, MENTION, NOT_CODED, UNIT, Comparison, Difference
from workbook.coding_desk.adjudication.decisions import Adjudication, Decision, mention_fields, values_at
from workbook.coding_desk.adjudication.pairs import Pair
from workbook.coding_desk.adjudication.possible import column_of, possible_values
from workbook.coding_desk.adjudication.terms import KEYS, TERM_FIELDS
from workbook.coding_desk.adjudication.units import DECIDED, KEYED, WORDINGS, Row
from workbook.errors import Fault, ParameterError, unknown_value
from workbook.readers.coded.files import RawTable
from workbook.readers.coded.structure import structure_faults
from workbook.readers.coded.tables import table_schemas

PLACE = "decision"


def decide(
    adjudication: Adjudication, *, item: str, field: str, decided: str, rule: str = "", reason: str = ""
) -> Adjudication:
    """Take a decision, or take it anew.

    Parameters
    ----------
    adjudication : Adjudication
        The decisions so far.
    item : str
        Key of a pair, or of a term with its table before it (``claims sells-boats``).
    field : str
        A field, also one in which the two do not differ; ``unit``; ``form of s005``; ``mention in s005``.
    decided : str
        What is to stand in the tables; several keys parted by blanks; see `Decision` for units. What a statement
        answers is named by the key of its pair, or of the base's statement.
    rule : str
        A heading of the codebook.
    reason : str
        Why, in a sentence.

    Returns
    -------
    Adjudication

    Raises
    ------
    ParameterError
        There is no such item, field or rule, or the value cannot stand there.
    """
    values = values_at(adjudication.comparison, item, field)
    if values is None:
        raise ParameterError("decision", [_no_such(adjudication.comparison, item, field)])
    faults = [*_value_faults(adjudication, item, field, decided)]
    if field not in WORDINGS:
        headings = list(rules(adjudication.comparison.base.folder))
        faults += [unknown_value(PLACE, "rule", rule, headings)] if rule not in headings else []
        faults += [Fault(PLACE, None, "reason", "nothing", "why, in a sentence")] if not reason.strip() else []
    if faults:
        raise ParameterError(f"{item}, {field}", faults)
    decision = Decision(Difference(item, field, *values), decided, rule, reason.strip())
    return replace(adjudication, decisions={**adjudication.decisions, (item, field): decision})


def withdraw(adjudication: Adjudication, *, item: str, field: str) -> Adjudication:
    """Take a decision back, so that the difference is open again."""
    kept = {at: each for at, each in adjudication.decisions.items() if at != (item, field)}
    return replace(adjudication, decisions=kept)


def add(adjudication: Adjudication, *, table: str, row: Row) -> Adjudication:
    """Add a claim or an actor that neither coder has, for decisions to name.

    Parameters
    ----------
    adjudication : Adjudication
        The decisions so far.
    table : {"claims", "actors"}
        Where it goes.
    row : dict of str to str
        Its cells; what is missing is empty.

    Raises
    ------
    ParameterError
        The row has a fault, or its key is taken.
    """
    whole = {column.name: row.get(column.name, "") for column in table_schemas()[table].columns}
    faults = [replace(fault, row=None) for fault in _cell_faults(table, whole)]
    faults += _unknown("parent_id", whole.get("parent_id", "").split(), adjudication.known("actors"))
    if whole[KEYS[table]] in adjudication.known(table):
        faults.append(Fault(table, None, KEYS[table], repr(whole[KEYS[table]]), "a key that is not taken"))
    if faults:
        raise ParameterError(table, faults)
    rows = (*adjudication.added.get(table, ()), whole)
    return replace(adjudication, added={**adjudication.added, table: rows})


def over(adjudication: Adjudication, comparison: Comparison) -> tuple[Adjudication, tuple[Decision, ...]]:
    """Carry decisions over to a comparison that was made anew.

    Returns
    -------
    tuple of (Adjudication, tuple of Decision)
        The decisions that still are about the same two values, and those that are not and were left out.
    """
    fits = {at: _fits(each, adjudication.comparison, comparison) for at, each in adjudication.decisions.items()}
    kept = {at: each for at, each in adjudication.decisions.items() if fits[at]}
    left_out = tuple(each for at, each in adjudication.decisions.items() if not fits[at])
    return Adjudication(comparison, kept, adjudication.added), left_out


def _fits(decision: Decision, before: Comparison, now: Comparison) -> bool:
    at = decision.difference
    units = [_unit_keys(comparison.pair_of.get(at.item)) for comparison in (before, now)]
    return units[0] == units[1] and values_at(now, at.item, at.field) == (at.value_a, at.value_b)


def _unit_keys(pair: Pair | None) -> list[str]:
    return [unit.unit_id for unit in pair.units] if pair else []


def _no_such(comparison: Comparison, item: str, name: str) -> Fault:
    items = [*comparison.pair_of, *(term.item for term in comparison.terms)]
    if item not in items:
        return unknown_value(PLACE, "item", item, items)
    pair = comparison.pair_of.get(item)
    if pair is None:
        return unknown_value(PLACE, "field", name, TERM_FIELDS[item.partition(" ")[0]])
    return unknown_value(PLACE, "field", name, [UNIT, *DECIDED, *WORDINGS, *sorted(mention_fields(pair))])


def _value_faults(adjudication: Adjudication, item: str, name: str, decided: str) -> Iterator[Fault]:
    """Go through what speaks against a value."""
    known = possible_values(adjudication, item, name)
    yield from (
        _unknown(name, decided.split() if name in KEYED else [decided] if decided else [], known) if known else ()
    )
    table, column = column_of(item, name)
    cells = {each.name: "" for each in table_schemas()[table].columns}
    if not decided and (name in ("speaker", UNIT) or name.startswith(MENTION)):
        yield Fault(
            PLACE,
            None,
            name,
            "nothing",
            "at least one speaker" if name == "speaker" else f"one of {CODED}, {NOT_CODED}",
        )
    elif column in cells and not (known and decided):
        found = (fault for fault in _cell_faults(table, {**cells, column: decided}) if fault.column == column)
        yield from (Fault(PLACE, None, name, fault.found, fault.expected) for fault in found)


def _unknown(name: str, keys: Sequence[str], known: Sequence[str]) -> Iterator[Fault]:
    return (unknown_value(PLACE, name, key, known) for key in keys if key not in known)


def _cell_faults(table: str, row: Row) -> Iterator[Fault]:
    schema = table_schemas()[table]
    faults = structure_faults({table: RawTable(schema, schema.path, tuple(row), (row,), (1,))})
    # Whether a parent is known is seen from all actors, not from this row alone.
    return (fault for fault in faults if fault.column != "parent_id")
