"""What the desk shows, as text and HTML: a state in, words out. No widget is needed to see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from workbook.coding_desk.draft import StatementDraft
from workbook.coding_desk.hints import Hint
from workbook.coding_desk.package_rows import Rows
from workbook.coding_desk.same import KnownStatement, statement_in_words
from workbook.coding_desk.similar import actor_in_words, claim_in_words
from workbook.coding_desk.state import DeskState
from workbook.coding_desk.suggestions import Suggestion
from workbook.coding_desk.vocabulary import in_plain_words, meanings
from workbook.dates import EdtfError, bounds, in_words
from workbook.errors import Fault, FaultsError
from workbook.events import counted
from workbook.markup import templates

CHOSEN, FREE = "☑", "☐"
MOST_LISTED = 200
"""Statements that can be chosen from a list at once."""

LABELS = {
    "claim_id": "Claim",
    "said": "Said",
    "said_basis": "Rests on",
    "said_best": "Better date",
    "said_best_ground": "Its ground",
    "said_best_certainty": "How sure",
    "published_basis": "Known by",
    "published_note": "About the day",
    "url": "Address",
    "actor_id": "Key",
    "parent_id": "Belongs to",
    "cameo_code": "CAMEO code",
    "short_claim": "For charts",
    "short_name": "For charts",
    "may_be_same_as": "May be",
    "form": "Form",
}
"""Labels of fields whose name says too little."""

Options = tuple[tuple[str, str], ...]
"""Labels and values of a list."""


def _rendered(name: str, **values: Any) -> str:
    return templates("workbook.coding_desk").get_template(name).render(**values).strip()


def style_html() -> str:
    """Return the desk's style sheet as an element."""
    style = files("workbook.coding_desk").joinpath("templates/desk.css").read_text(encoding="utf-8")
    return f"<style>{style}</style>"


def label_of(field: str) -> str:
    """Return the label of a field.

    Examples
    --------
    >>> label_of("said_basis"), label_of("published")
    ('Rests on', 'Published')
    """
    return LABELS.get(field, in_plain_words(field).capitalize())


def sentence_text(state: DeskState, number: int) -> str:
    """Return a sentence as its button shows it: chosen or not, and which drafts have it."""
    mark = CHOSEN if state.passages_in(number) else FREE
    labels = ", ".join(each.label for each in state.put_down_in(number))
    return f"{mark} {state.sentence(number).text}{f'  [{labels}]' if labels else ''}"


def guess_text(guess: Suggestion, *, state: DeskState) -> str:
    """Return a guess in a line, as its button shows it."""
    name = _names(state).get(guess.actor_id, guess.speaker) or "speaker not found"
    day = date_in_words(guess.said)
    rests = f" (“{guess.date_words}”)" if guess.date_words else ""
    return f"↳ {in_plain_words(guess.act)}? {name}{f', {day}{rests}' if day else ''}"


def act_html(act: str, *, state: DeskState) -> str:
    """Return what an act is and what it is not; empty for none."""
    rows = [row for row in state.opened.rows("acts") if row["act"] == act]
    return _rendered("act.html", act=rows[0], words=in_plain_words(act)) if rows else ""


def meaning_html(field: str, value: str) -> str:
    """Return what a value of a vocabulary means by the codebook; empty for none."""
    return note_html(meanings().get(field, {}).get(value, ""))


def note_html(words: str) -> str:
    """Return words under a field."""
    return f'<div class="workbook-note">{escape(words)}</div>' if words else ""


def date_in_words(text: str) -> str:
    """Return a date in words with its bounds where they are not plain; empty for what is no date.

    Examples
    --------
    >>> date_in_words("2022-11"), date_in_words("[..2023-06-12]"), date_in_words("June")
    ('November 2022', 'by 12 June 2023', '')
    """
    try:
        return in_words(text)
    except EdtfError:
        return ""


def date_html(text: str) -> str:
    """Return what a date means: in words, and the first and the last day that it allows."""
    words = date_in_words(text)
    if not words:
        return ""
    found = bounds(text)
    if found.precision == "day":
        return note_html(f"{words}, a {found.earliest:%A}")
    first = f"{found.earliest:%a} {found.earliest}" if found.earliest else "open"
    last = f"{found.latest:%a} {found.latest}" if found.latest else "open"
    return note_html(f"{words}: from {first} to {last}")


def beside_html(field: str, *, faults: Iterable[Fault], hints: Iterable[Hint] = ()) -> str:
    """Return what is wrong with a field, or odd; empty where nothing is."""
    return _rendered(
        "beside.html",
        faults=[fault for fault in faults if fault.column == field and not is_missing(fault)],
        hints=[hint for hint in hints if hint.field == field],
    )


def is_missing(fault: Fault) -> bool:
    """Tell whether a fault is that something is still to be filled in."""
    return fault.found == "an empty cell" or " without " in f" {fault.found} "


def missing_text(faults: Iterable[Fault]) -> str:
    """Return what is still to be filled in, in a line; empty where nothing is."""
    fields = dict.fromkeys(fault.column for fault in faults if is_missing(fault))
    return f"Still to fill in: {', '.join(label_of(field).lower() for field in fields)}." if fields else ""


def error_lines(error: Exception) -> list[str]:
    """Return what is wrong, a line each; faults of the form by the labels of its fields."""
    if not isinstance(error, FaultsError):
        return [str(error)]
    lines = [
        str(fault)
        if fault.row is not None
        else f"{label_of(fault.column)}: found {fault.found}; expected {fault.expected}"
        for fault in error.faults
    ]
    return [f"{error.where}: {counted(len(lines), 'fault')}", *lines]


def message_html(lines: Sequence[str], *, is_fault: bool) -> str:
    """Return a message that a screen reader reads out when it appears."""
    return _rendered("message.html", lines=lines, is_fault=is_fault) if lines else ""


def notes_html(notes: Sequence[str]) -> str:
    """Return what the coder should know of the article."""
    return _rendered("notes.html", notes=notes)


def draft_text(draft: StatementDraft, *, state: DeskState) -> str:
    """Return a draft of the list in a line."""
    passages = counted(len(draft.passages), "passage")
    if draft.same_as:
        return f"{draft.label}: mention of {draft.same_as}, {draft.form}, {passages}"
    names = _names(state)
    speakers = ", ".join(names.get(actor, actor) for actor in draft.speakers)
    day = date_in_words(draft.said_best or draft.said)
    return f"{draft.label}: {day}: {speakers}, {in_plain_words(draft.act)}: {draft.summary} ({passages})"


def known_text(known: KnownStatement, *, source_id: str) -> str:
    """Return a statement that is known already in a line."""
    where = f"in {source_id} already" if known.mention_id else f"in {', '.join(known.sources)}"
    claim = "same claim" if known.has_same_claim else "another claim"
    return f"{known.statement_id} ({claim}; {where}) {known.words}"


def actor_options(state: DeskState) -> Options:
    """Return all actors as a list shows them."""
    rows = state.actor_rows
    names = {row["actor_id"]: row["name"] for row in rows}
    return tuple((actor_in_words(row, names=names), row["actor_id"]) for row in rows)


def claim_options(state: DeskState) -> Options:
    """Return all claims as a list shows them."""
    return tuple((claim_in_words(row), row["claim_id"]) for row in state.claim_rows)


def statement_options(state: DeskState) -> Options:
    """Return statements that the one in the form can answer: drafts first, then those of its claim, then the others."""
    form = state.form
    drafts = [each for each in state.here.statements if each.label != form.label and not each.same_as]
    rows = sorted(state.opened.rows("statements"), key=lambda row: row["claim_id"] != form.claim_id)
    chosen = {*form.answers, *form.may_be_same_as}
    shown = [row for place, row in enumerate(rows) if place < MOST_LISTED or row["statement_id"] in chosen]
    known = [
        (f"{row['statement_id']} {statement_in_words(row, opened=state.opened)}", row["statement_id"]) for row in shown
    ]
    return (*((draft_text(each, state=state), each.label) for each in drafts), *known)


def actor_words(actor: str, *, state: DeskState) -> str:
    """Return the name of an actor, or its key where it has none."""
    return _names(state).get(actor, actor)


def rows_text(rows: Rows) -> str:
    """Say how many rows of which tables there are."""
    return ", ".join(f"{len(each)} in {name}.csv" for name, each in rows.items() if each)


def _names(state: DeskState) -> Mapping[str, str]:
    return {row["actor_id"]: row["name"] for row in state.actor_rows}
