"""How statements came out of two codings: both coders' units, their matching, and every decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbook.coding_desk.adjudication.comparison import NOT_CODED, UNIT
from workbook.coding_desk.adjudication.decisions import Adjudication, Decision, outcome
from workbook.coding_desk.adjudication.units import LINKS, Row, Unit, rows_of
from workbook.coding_desk.rows import next_keys
from workbook.measures.agreement import FIELDS
from workbook.readers.coded import CodedPackage

FIRST = {"matches": "x001", "decisions": "d001"}
NOTHING = "none"
"""What stands in the decisions where an empty cell was decided."""


def record_rows(adjudication: Adjudication, keys: Mapping[str, str]) -> dict[str, list[Row]]:
    """Return the new rows of units, harmonised units, matches and decisions.

    Parameters
    ----------
    adjudication : Adjudication
        With a decision about every difference.
    keys : mapping of str to str
        The statement that each pair becomes; empty where it becomes none.
    """
    comparison = adjudication.comparison
    decisions, against = _decisions(adjudication, keys)
    units, harmonised = [], []
    for pair in comparison.pairs:
        for unit in pair.units:
            ends = {"statement_id": keys[pair.key], "decision_id": against.get(pair.key, "")}
            own = comparison.own[comparison.coders.index(unit.coder)]
            units.append(_as_written(unit, own=own) | ends)
            harmonised.append({"unit_id": unit.unit_id} | {name: unit.compared(name) for name in FIELDS})
    both = [
        (pair.first.unit_id, pair.second.unit_id, pair.note) for pair in comparison.pairs if pair.first and pair.second
    ]
    numbers = _next(comparison.base, "matches", "match_id", count=len(both))
    matches = [
        {"match_id": number, "unit_a": a, "unit_b": b, "note": note}
        for number, (a, b, note) in zip(numbers, both, strict=True)
    ]
    return {"units": units, "harmonised": harmonised, "matches": matches, "decisions": decisions}


def _next(base: CodedPackage, table: str, column: str, *, count: int) -> list[str]:
    return next_keys([row[column] for row in rows_of(base, table)], first=FIRST[table], count=count)


def _as_written(unit: Unit, *, own: CodedPackage) -> Row:
    """Return a unit as its coder wrote it; what the table has no column for stands in the note."""
    cells = unit.written
    wording = {row["claim_id"]: row["claim"] for row in rows_of(own, "claims")}
    links = {name: " ".join(f"{unit.coder}-{key}" for key in cells[name].split()) for name in LINKS}
    concern = "expresses concern" if cells["expresses_concern"] == "true" else ""
    referred = "Referred back to" if cells["is_referred"] == "true" else ""
    maybe = f"may be the same as {links['may_be_same_as']}" if links["may_be_same_as"] else ""
    note = [cells["note"], ", ".join(part for part in (referred, maybe) if part)]
    better = f"{cells['said_best']} ({cells['said_best_certainty']}: {cells['said_best_ground']})"
    return {
        "unit_id": unit.unit_id,
        "coder": unit.coder,
        "date_said": cells["said"],
        "date_basis": cells["said_basis"],
        "strength": ", ".join(part for part in (cells["hedge"], concern) if part),
        "claim": wording[cells["claim_id"]],
        "via": cells["relay"],
        "responds_to": links["answers"],
        "date_external": better if cells["said_best"] else "",
        "confidence": cells["certainty"],
        "note": " | ".join(part for part in note if part),
        "sources": " ".join(f"{source}:{form}" for source, form in unit.forms.items()),
        **{name: cells[name] for name in ("speaker", "act", "target", "attribution", "channel", "summary")},
    }


def _decisions(adjudication: Adjudication, keys: Mapping[str, str]) -> tuple[list[Row], dict[str, str]]:
    """Return the decisions as rows, and by pair the decision against it."""
    taken = [each for each in _in_order(adjudication) if each.rule]
    numbers = _next(adjudication.comparison.base, "decisions", "decision_id", count=len(taken))
    rows, against = [], {}
    for number, each in zip(numbers, taken, strict=True):
        at = each.difference
        pair = adjudication.comparison.pair_of.get(at.item)
        rows.append(
            {
                "decision_id": number,
                "unit_a": pair.first.unit_id if pair and pair.first else "",
                "unit_b": pair.second.unit_id if pair and pair.second else "",
                "field": at.field if pair else f"{at.field} of {at.item}",
                "value_a": at.value_a,
                "value_b": at.value_b,
                "decided": _decided(each, keys),
                "statement_id": keys.get(at.item, ""),
                "rule": each.rule,
                "reason": each.reason,
            }
        )
        if pair and at.field == UNIT and outcome(adjudication, pair) == NOT_CODED:
            against[at.item] = number
    return rows, against


def _in_order(adjudication: Adjudication) -> Sequence[Decision]:
    """Put decisions in the order of what they are about."""
    items = [*(term.item for term in adjudication.comparison.terms), *adjudication.comparison.pair_of]
    place = {item: at for at, item in enumerate(items)}
    return sorted(adjudication.decisions.values(), key=lambda each: place[each.difference.item])


def _decided(decision: Decision, keys: Mapping[str, str]) -> str:
    """Say what was decided as it stands in the tables."""
    if decision.difference.field == UNIT:
        return NOT_CODED if decision.decided == NOT_CODED else "coded"
    named = decision.decided.split() if decision.difference.field in LINKS else [decision.decided]
    return " ".join(keys.get(each) or each for each in named) or NOTHING
