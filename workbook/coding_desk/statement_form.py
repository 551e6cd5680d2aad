"""The form for one statement, or for the mention of one that is known already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import ipywidgets as widgets

from workbook.coding_desk.draft import Span, StatementDraft
from workbook.coding_desk.faults import statement_faults
from workbook.coding_desk.fields import WIDTH, Choice, Field, button, fold, heading
from workbook.coding_desk.hints import hints
from workbook.coding_desk.passages import trimmed
from workbook.coding_desk.same import known_statements
from workbook.coding_desk.search import ClaimSearch, People
from workbook.coding_desk.state import Apply, DeskState
from workbook.coding_desk.view import (
    act_html,
    beside_html,
    date_html,
    known_text,
    label_of,
    missing_text,
    note_html,
    statement_options,
)

NAMING = ("attribution", "channel", "hedge", "expresses_concern")
DATE = ("said", "said_basis")
BETTER_DATE = ("said_best", "said_best_ground", "said_best_certainty")
WORDS = ("certainty", "summary", "note")
LINKS = ("answers", "may_be_same_as")


class Passages:
    """The passages of the form, each to be trimmed to the words that carry the statement."""

    def __init__(self, apply: Apply) -> None:
        self._apply = apply
        self._shown: tuple[tuple[Span, ...], str] | None = None
        self._list, self._beside = widgets.VBox(), widgets.HTML()
        self.box = widgets.VBox([self._list, self._beside])

    def show(self, state: DeskState, *, beside: str) -> None:
        """Show the passages; a field that is being written in stays."""
        text = state.here.article.text
        if self._shown != (state.form.passages, text):
            self._shown = (state.form.passages, text)
            how = widgets.HTML(note_html("Choose the sentences that carry it, on the left."))
            self._list.children = [self._field(span, text) for span in state.form.passages] or [how]
        self._beside.value = beside

    def _field(self, span: Span, text: str) -> Any:
        layout = widgets.Layout(width="98%")
        field = widgets.Textarea(description="Passage", value=text[slice(*span)], rows=4, style=WIDTH, layout=layout)
        note = widgets.HTML()

        def trim(_: object) -> None:
            found = trimmed(text, field.value, within=span)
            note.value = "" if found else note_html("These words do not stand in the passage: take words out alone.")

        def take() -> None:
            found = trimmed(text, field.value, within=span)
            if found:
                self._apply(lambda state: state.with_form(state.form.without_passage(span).with_passage(found)))

        field.observe(trim, "value")
        return widgets.VBox([field, note, button("Trim to these words", take)])


class StatementForm:
    """All fields of a statement, with what is wrong and what is odd beside them."""

    def __init__(self, apply: Apply, *, acts: Sequence[str]) -> None:
        self._apply = apply
        self._is_showing = False
        names = (*NAMING, *DATE, *BETTER_DATE, "is_referred", *WORDS)
        self._fields = {name: Field(name, table="statements", on_change=self._changed) for name in names}
        self._fields["act"] = Field("act", table="statements", on_change=self._changed, allowed=acts)
        self._fields["form"] = Field("form", table="mentions", on_change=self._changed)
        self._links = {name: _link(name) for name in LINKS}
        for each in self._links.values():
            each.observe(lambda _: self._changed(), "value")
        self._passages, self._people, self._claim = Passages(apply), People(apply), ClaimSearch(apply)
        self._known = Choice("Statements that are known already", rows=4)
        self._mention = button("Make it a mention of this statement", self._make_mention)
        self._statement = button("Make it a statement of its own", self._make_statement)
        self._offer = widgets.VBox([widgets.HTML(), self._known.box, self._mention])
        self._own = widgets.VBox()
        self._missing = widgets.HTML()
        self._put = button("Put down", lambda: apply(DeskState.put_down), style="primary")
        clear = button("Clear the form", lambda: apply(lambda state: state.with_form(StatementDraft())))
        self._title = widgets.HTML()
        fields = widgets.VBox(self._parts())
        fields.add_class("workbook-scroll")
        self.box = widgets.VBox([self._title, fields, self._missing, widgets.HBox([self._put, clear])])

    def _parts(self) -> list[Any]:
        boxes = {name: field.box for name, field in self._fields.items()}
        better = fold("Better date from outside the article", widgets.VBox([boxes[name] for name in BETTER_DATE]))[1]
        links = fold("What it answers", self._links["answers"])[1]
        self._own.children = [
            boxes["act"],
            heading("Who"),
            self._people.box,
            heading("Claim"),
            self._claim.box,
            heading("When"),
            *(boxes[name] for name in DATE),
            self._offer,
            better,
            heading("How"),
            *(boxes[name] for name in NAMING),
            boxes["is_referred"],
            self._links["may_be_same_as"],
            links,
            *(boxes[name] for name in WORDS),
        ]
        return [self._passages.box, boxes["form"], self._statement, self._own]

    def show(self, state: DeskState) -> None:
        """Show the form of a state."""
        form = state.form
        faults = statement_faults(form, coding=state.here, opened=state.opened)
        odd = hints(form, coding=state.here, opened=state.opened)
        self._is_showing = True
        self._title.value = f"<h2>{'Change ' + form.label if form.label else 'A statement'}</h2>"
        meanings = {"act": act_html(form.act, state=state)} | {
            name: date_html(getattr(form, name)) for name in ("said", "said_best")
        }
        for name, field in self._fields.items():
            value = getattr(form, name)
            field.show(value, faults=faults, hints=odd, meaning=meanings.get(name, ""))
        self._passages.show(state, beside=beside_html("passages", faults=faults))
        self._people.show(state, faults=faults, hints=odd)
        self._claim.show(state, faults=faults, hints=odd)
        self._show_links(state)
        self._show_known(state)
        self._missing.value = note_html(missing_text(faults))
        self._put.description = "Change in the list" if form.label else "Put down"
        self._is_showing = False

    def _show_links(self, state: DeskState) -> None:
        options = statement_options(state)
        offered = {key for _, key in options}
        for name, widget in self._links.items():
            if tuple(widget.options) != options:
                widget.options = options
            widget.value = [key for key in getattr(state.form, name) if key in offered]
        self._links["may_be_same_as"].layout.display = None if state.form.is_referred else "none"

    def _show_known(self, state: DeskState) -> None:
        form, here = state.form, state.here
        known = () if form.same_as else known_statements(form, source_id=here.source_id, opened=state.opened)
        lines = tuple((known_text(each, source_id=here.source_id), each.statement_id) for each in known)
        self._known.offer(lines)
        self._offer.layout.display = None if known else "none"
        words = "Known already from another article? The same speaker and act, and a date that can be the same:"
        self._offer.children[0].value = note_html(words)
        self._own.layout.display = "none" if form.same_as else None
        self._statement.layout.display = None if form.same_as else "none"
        if form.same_as:
            self._title.value = f"<h2>A mention of {form.same_as}</h2>"

    def _changed(self) -> None:
        if self._is_showing:
            return
        written: dict[str, Any] = {name: field.value for name, field in self._fields.items()}
        written |= {name: tuple(widget.value) for name, widget in self._links.items()}
        self._apply(lambda state: state.with_form(replace(state.form, **written)))

    def _make_mention(self) -> None:
        key = self._known.value
        if key:
            self._apply(lambda state: state.with_form(replace(state.form, same_as=key)))

    def _make_statement(self) -> None:
        self._apply(lambda state: state.with_form(replace(state.form, same_as="")))


def _link(name: str) -> Any:
    layout = widgets.Layout(width="98%")
    return widgets.SelectMultiple(description=label_of(name), rows=5, style=WIDTH, layout=layout)
