"""What was decided between two coders, what is still open, and the rows that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbook.coding_desk.adjudication.comparison import CODED, FORM, MENTION, NOT_CODED, UNIT, Comparison, Difference
from workbook.coding_desk.adjudication.pairs import Pair
from workbook.coding_desk.adjudication.terms import KEYS, TERM_FIELDS, Term
from workbook.coding_desk.adjudication.units import DECIDED, WORDINGS, Row, Unit, rows_of


@dataclass(frozen=True)
class Decision:
    """What was decided about one field.

    Attributes
    ----------
    difference : Difference
        Between what; the two values can be the same where both coders go against the codebook.
    decided : str
        What is to stand in the tables. Of a unit: ``coded``, ``not coded``, the statement of the base that it is, or
        the pair that is the same statement: three outlets with one official's words are one, and keep three mentions.
    rule, reason : str
        Heading of the codebook, and why in a sentence; both empty for a wording, which is only chosen.
    """

    difference: Difference
    decided: str
    rule: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Adjudication:
    """A comparison with the decisions that were taken.

    Attributes
    ----------
    comparison : Comparison
        What is compared.
    decisions : mapping of (str, str) to Decision
        By item and field.
    added : mapping of str to tuple of dict
        New rows of claims and actors, by table, that neither coder has.
    """

    comparison: Comparison
    decisions: Mapping[tuple[str, str], Decision] = field(default_factory=dict)
    added: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    def decided(self, item: str, name: str) -> str | None:
        """Return what was decided about a field, if anything was."""
        found = self.decisions.get((item, name))
        return found.decided if found else None

    def known(self, table: str) -> list[str]:
        """Return the keys of claims, actors or articles that a decision can name."""
        key = KEYS[table]
        terms = [term.key for term in self.comparison.terms if term.table == table]
        added = [row[key] for row in self.added.get(table, ())]
        return [*(row[key] for row in rows_of(self.comparison.base, table)), *terms, *added]


def outcome(adjudication: Adjudication, pair: Pair) -> str:
    """Return what comes of a pair: ``coded``, ``not coded``, what else it is, or nothing while that is open."""
    decided = adjudication.decided(pair.key, UNIT)
    return decided or (CODED if pair.first and pair.second else "")


def open_differences(adjudication: Adjudication) -> tuple[Difference, ...]:
    """Return the differences that nobody has decided; of a unit that is not coded, or known already, none is left."""
    pairs = adjudication.comparison.pair_of
    return tuple(
        each
        for each in adjudication.comparison.differences
        if (each.item, each.field) not in adjudication.decisions
        and (each.item not in pairs or outcome(adjudication, pairs[each.item]) in (CODED, ""))
    )


def statement_values(adjudication: Adjudication, pair: Pair) -> dict[str, str]:
    """Return the cells of the statement that comes of a pair: as decided, else as the coders have it.

    Where the coders' own words differ and nobody chose, the first coder's stand; the ground of a better date is that
    of whoever has the date.
    """
    leading = pair.units[0]
    values = {
        name: adjudication.decided(pair.key, name)
        if (pair.key, name) in adjudication.decisions
        else leading.values[name]
        for name in (*DECIDED, *WORDINGS)
    }
    cells = {name: value or "" for name, value in values.items()}
    if (pair.key, "said_best_ground") not in adjudication.decisions:
        owners = [unit for unit in pair.units if unit.values["said_best"] == cells["said_best"]]
        cells["said_best_ground"] = owners[0].values["said_best_ground"] if owners and cells["said_best"] else ""
    return cells


def mention_forms(adjudication: Adjudication, pair: Pair) -> dict[str, str]:
    """Return the articles that mention what comes of a pair, with the form of each mention."""
    forms: dict[str, str] = {}
    for source in sorted({source for unit in pair.units for source in unit.forms}):
        if adjudication.decided(pair.key, f"{MENTION}{source}") != NOT_CODED:
            own = next(unit.forms[source] for unit in pair.units if source in unit.forms)
            forms[source] = adjudication.decided(pair.key, f"{FORM}{source}") or own
    return forms


def term_row(adjudication: Adjudication, term: Term) -> Row:
    """Return the row of a term: as decided, else the first coder's, and the second's words where the first has none."""
    first, second = term.first or term.second or {}, term.second or term.first or {}
    row = {name: cell or (second[name] if name not in TERM_FIELDS[term.table] else "") for name, cell in first.items()}
    decided = {name: adjudication.decided(term.item, name) for name in TERM_FIELDS[term.table]}
    return {**row, **{name: value for name, value in decided.items() if value is not None}, KEYS[term.table]: term.key}


def values_at(comparison: Comparison, item: str, name: str) -> tuple[str, str] | None:
    """Return what either coder has in a field; nothing where there is no such item or field."""
    pair = comparison.pair_of.get(item)
    if pair:
        has_field = name in (UNIT, *DECIDED, *WORDINGS) or name in mention_fields(pair)
        return (_value(pair.first, name), _value(pair.second, name)) if has_field else None
    term = next((each for each in comparison.terms if each.item == item), None)
    if term is None or name not in TERM_FIELDS[term.table]:
        return None
    return (term.first or {}).get(name, ""), (term.second or {}).get(name, "")


def _value(unit: Unit | None, name: str) -> str:
    if unit is None:
        return NOT_CODED if name == UNIT or name.startswith(MENTION) else ""
    if name == UNIT:
        return CODED
    if name.startswith(MENTION):
        return CODED if name.removeprefix(MENTION) in unit.forms else NOT_CODED
    return unit.forms.get(name.removeprefix(FORM), "") if name.startswith(FORM) else unit.compared(name)


def mention_fields(pair: Pair) -> set[str]:
    """Return the fields of a pair that are about its mentions."""
    sources = {source for unit in pair.units for source in unit.forms}
    return {f"{kind}{source}" for kind in (FORM, MENTION) for source in sources}
