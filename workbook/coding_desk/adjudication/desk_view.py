"""What the compare desk shows, as text and HTML: a state in, words out. No widget is needed to see them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from workbook.coding_desk.adjudication.codebook import rules
from workbook.coding_desk.adjudication.comparison import FORM, MENTION, UNIT
from workbook.coding_desk.adjudication.decisions import values_at
from workbook.coding_desk.adjudication.desk_state import CompareState
from workbook.coding_desk.adjudication.excerpts import excerpts
from workbook.coding_desk.adjudication.pairs import Pair
from workbook.coding_desk.adjudication.terms import Term
from workbook.coding_desk.adjudication.units import LINKS, ROLES, Unit
from workbook.coding_desk.view import date_in_words, label_of
from workbook.coding_desk.vocabulary import in_plain_words
from workbook.events import counted
from workbook.findings.wording import percent
from workbook.markup import templates
from workbook.measures import Agreement, agreement
from workbook.measures.agreement import can_be_same_day

OPEN, DONE, SAME = "○", "✓", "="
DATES = ("said", "said_best", "published", "about")
VOCABULARIES = ("act", "attribution", "channel", "hedge", "said_basis", "published_basis")
"""Fields whose values are keys that read as words."""

PLACES = {"claims": "New claim", "actors": "New actor", "sources": "Article"}
NOTHING = "–"


@dataclass(frozen=True)
class FieldRow:
    """A field with either coder's value, as the table shows it."""

    label: str
    first: str
    second: str
    differs: bool
    decided: str | None
    is_open: bool
    is_here: bool


def _rendered(name: str, **values: Any) -> str:
    return templates("workbook.coding_desk.adjudication").get_template(name).render(**values).strip()


def compare_style_html() -> str:
    """Return the desk's style sheet as an element."""
    path = files("workbook.coding_desk.adjudication").joinpath("templates/compare.css")
    return f"<style>{path.read_text(encoding='utf-8')}</style>"


def standing_text(state: CompareState) -> str:
    """Say who is compared, over what, and how much is still open."""
    comparison = state.adjudication.comparison
    matched = sum(len(pair.units) > 1 for pair in comparison.pairs)
    first, second = comparison.coders
    alone = [
        sum(pair.units[0].coder == coder for pair in comparison.pairs if len(pair.units) == 1)
        for coder in (first, second)
    ]
    waiting = len(state.open)
    left = f"{waiting} of {counted(len(comparison.differences), 'difference')} open" if waiting else "nothing is open"
    return (
        f"{first} and {second} in {counted(len(comparison.sources), 'article')} ({', '.join(comparison.sources)}): "
        f"{matched} matched, {alone[0]} of {first} alone, {alone[1]} of {second} alone; {left}."
    )


def item_options(state: CompareState) -> tuple[tuple[str, str], ...]:
    """Return all items with what agrees and differs in each, as the list shows them."""
    waiting: dict[str, list[str]] = {}
    for each in state.open:
        waiting.setdefault(each.item, []).append(field_label(each.field))
    differing = {each.item for each in state.adjudication.comparison.differences}
    comparison = state.adjudication.comparison
    words = {term.item: _term_words(term) for term in comparison.terms}
    words |= {key: _pair_words(pair, state) for key, pair in comparison.pair_of.items()}
    return tuple((f"{_mark(item, waiting, differing)} {words[item]}", item) for item in state.items)


def _mark(item: str, waiting: dict[str, list[str]], differing: set[str]) -> str:
    if item in waiting:
        return f"{OPEN} {', '.join(waiting[item])} |"
    return f"{DONE} decided |" if item in differing else f"{SAME} no difference |"


def _term_words(term: Term) -> str:
    row = term.first or term.second or {}
    words = row.get("claim") or row.get("name") or row.get("title") or term.key
    return f"{PLACES[term.table]}: {words}"


def _pair_words(pair: Pair, state: CompareState) -> str:
    unit = pair.units[0]
    names = _actor_names(state)
    who = ", ".join(names.get(actor, actor) for actor in unit.values["speaker"].split())
    alone = f" ({unit.coder} alone)" if len(pair.units) == 1 else ""
    return f"{in_plain_words(unit.values['act'])}: {who}{alone}: {unit.values['summary']}"


def field_label(name: str) -> str:
    """Return the label of a field.

    Examples
    --------
    >>> field_label("claim_id"), field_label("form of s005"), field_label("unit")
    ('Claim', 'Form of s005', 'Coded or not')
    """
    if name == UNIT:
        return "Coded or not"
    return f"{name[:1].upper()}{name[1:]}" if name.startswith((FORM, MENTION)) else label_of(name)


def value_text(name: str, value: str, *, state: CompareState) -> str:
    """Return a value as a reader sees it: names for keys, dates in words too."""
    if not value:
        return NOTHING
    if name in ROLES:
        names = _actor_names(state)
        return ", ".join(names.get(actor, actor) for actor in value.split())
    if name == "claim_id":
        return _claim_wordings(state).get(value, value)
    pairs = state.adjudication.comparison.pair_of
    if name in LINKS or (name == UNIT and value in pairs):
        return "; ".join(f"{key}: {_pair_words(pairs[key], state)}" if key in pairs else key for key in value.split())
    if name in DATES:
        words = date_in_words(value)
        return f"{value} ({words})" if words and words != value else value
    return in_plain_words(value) if name in VOCABULARIES else value


def pair_html(state: CompareState) -> str:
    """Return the item that is looked at as a table: each field with either coder's value and what was decided."""
    if not state.item:
        return ""
    return _rendered(
        "pair.html", title=_title(state), coders=state.adjudication.comparison.coders, rows=_field_rows(state)
    )


def _title(state: CompareState) -> str:
    if state.pair:
        return ", ".join(unit.unit_id for unit in state.pair.units) + (
            f" ({state.pair.note})" if state.pair.note else ""
        )
    return state.item


def _field_rows(state: CompareState) -> list[FieldRow]:
    waiting = {each.field for each in state.open if each.item == state.item}
    differing = {each.field for each in state.adjudication.comparison.differences if each.item == state.item}
    rows = []
    for name in state.fields():
        first, second = values_at(state.adjudication.comparison, state.item, name) or ("", "")
        decided = state.adjudication.decided(state.item, name)
        if first or second or decided is not None:
            words = [value_text(name, value, state=state) for value in (first, second, decided or "")]
            verdict = None if decided is None else words[2]
            flags = {"differs": name in differing, "is_open": name in waiting, "is_here": name == state.field}
            rows.append(FieldRow(field_label(name), words[0], words[1], decided=verdict, **flags))
    return rows


def day_text(state: CompareState) -> str:
    """Say whether two different dates can be the same day; empty where no dates are looked at."""
    first, second = state.values
    if state.field not in DATES or not first or not second or first == second:
        return ""
    return (
        "The two dates can be the same day."
        if can_be_same_day(first, second)
        else "The two dates have no day in common."
    )


def excerpts_html(state: CompareState, *, articles: Path) -> str:
    """Return the passages that either coder marked, where the article's text is there."""
    return _rendered("excerpts.html", excerpts=excerpts(state.pair, articles=articles)) if state.pair else ""


def rule_html(package: Path, heading: str) -> str:
    """Return the text of a rule of the codebook, a page of Markdown; markup that stands in it is shown, not obeyed."""
    import mistune

    written = mistune.create_markdown(escape=True, plugins=["table"])
    return f'<div class="workbook-rule" tabindex="0">{written(rules(package)[heading])}</div>'


def agreement_html(agreed: Agreement, *, when: str) -> str:
    """Return the table of agreement, folded, with the share of matched units beside its title."""
    rows = [
        {
            "field": field_label(row["field"]) if row["field"] != "date_overlap" else "Dates can be one day",
            "agreed": row["agreed"],
            "units": row["units"],
            "share": _share(row["share"]),
            "alpha": _coefficient(row["alpha"]),
            "ac1": _coefficient(row["ac1"]),
        }
        for row in agreed.table.to_dict("records")
    ]
    units = f"{agreed.matched} matched units of {agreed.units_a} and {agreed.units_b}"
    return _rendered("agreement.html", rows=rows, when=when, matched=f"{units}, {_share(agreed.matched_share)} of all")


def agreed_now(state: CompareState) -> Agreement:
    """Return how far the two agree in what is compared, before any decision."""
    return agreement(state.adjudication.comparison.codings())


def partner_options(state: CompareState) -> tuple[tuple[str, str], ...]:
    """Return the other coder's units with which the one that is looked at can be joined."""
    units = {unit.unit_id: unit for pair in state.adjudication.comparison.pairs for unit in pair.units}
    return (("", ""), *((_unit_words(units[key], state), key) for key in state.partners()))


def same_options(state: CompareState) -> tuple[tuple[str, str], ...]:
    """Return the claims or actors that the one that is looked at can be in other words."""
    term = state.term
    if not term or term.table not in ("claims", "actors"):
        return ()
    words = _claim_wordings(state) if term.table == "claims" else _actor_names(state)
    known = state.adjudication.known(term.table)
    return (("", ""), *((f"{words.get(key, key)} ({key})", key) for key in known if key != term.key))


def left_out_lines(state: CompareState) -> Sequence[str]:
    """Say which decisions no longer fit and were left out."""
    return [
        f"Left out: {each.difference.item}, {field_label(each.difference.field)}: {each.decided or NOTHING}; "
        "what was decided between is there no more."
        for each in state.left_out
    ]


def _unit_words(unit: Unit, state: CompareState) -> str:
    names = _actor_names(state)
    who = ", ".join(names.get(actor, actor) for actor in unit.values["speaker"].split())
    return f"{unit.unit_id}: {in_plain_words(unit.values['act'])}: {who}: {unit.values['summary']}"


def _actor_names(state: CompareState) -> dict[str, str]:
    return _words_of(state, "actors", key="actor_id", words="name")


def _claim_wordings(state: CompareState) -> dict[str, str]:
    return _words_of(state, "claims", key="claim_id", words="claim")


def _words_of(state: CompareState, table: str, *, key: str, words: str) -> dict[str, str]:
    base = state.adjudication.comparison.base.tables[table]
    found = dict(zip(base[key], base[words], strict=True))
    terms = [
        row
        for each in state.adjudication.comparison.terms
        if each.table == table
        for row in [each.second, each.first]
        if row
    ]
    return {**found, **{row[key]: row[words] for row in [*terms, *state.adjudication.added.get(table, ())]}}


def _share(share: float) -> str:
    return NOTHING if math.isnan(share) else percent(share)


def _coefficient(value: float) -> str:
    return NOTHING if math.isnan(value) else f"{value:.2f}"
