"""Where an article comes in: pasted, from a file, or one to go on with; and what is to be known of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields as fields_of
from typing import Any

import ipywidgets as widgets

from workbook.coding_desk.article import article_from_bytes, article_from_text
from workbook.coding_desk.draft import SourceDraft
from workbook.coding_desk.faults import source_faults
from workbook.coding_desk.fields import WIDTH, Field, button, heading, set_options
from workbook.coding_desk.intake import go_on_with, saved_articles
from workbook.coding_desk.state import Apply, DeskState
from workbook.coding_desk.view import date_html, missing_text, note_html, notes_html
from workbook.evidence import ARTICLE_ENDINGS


class ArticleIntake:
    """Paste a text, choose a file, or go on with an article that is saved."""

    def __init__(self, apply: Apply) -> None:
        self._apply = apply
        wide = widgets.Layout(width="99%")
        self._paste = widgets.Textarea(
            description="Paste a text", placeholder="The article's text", rows=6, style=WIDTH, layout=wide
        )
        self._upload = widgets.FileUpload(
            accept=",".join(ARTICLE_ENDINGS), description="or choose a file", layout=widgets.Layout(width="auto")
        )
        self._upload.observe(self._chosen, "value")
        self._saved = widgets.Dropdown(description="or go on with", style=WIDTH, layout=widgets.Layout(width="60%"))
        self._go_on = widgets.HBox([self._saved, button("Go on with it", self._gone_on)])
        take = button("Take in the text", self._pasted, style="primary")
        self.box = widgets.VBox([heading("The article"), self._paste, widgets.HBox([take, self._upload]), self._go_on])

    def show(self, state: DeskState) -> None:
        """Show which articles can be gone on with."""
        set_options(
            self._saved, tuple((f"{key} {title}", key) for key, title in saved_articles(state.opened)), first=True
        )
        self._go_on.layout.display = None if self._saved.options else "none"

    def _pasted(self) -> None:
        text = self._paste.value
        self._apply(lambda state: state.with_article(article_from_text(text)))

    def _chosen(self, _: object) -> None:
        files = self._upload.value
        if files:
            self._upload.value = ()
            name, content = files[0]["name"], bytes(files[0]["content"])
            self._apply(lambda state: state.with_article(article_from_bytes(content, name=name)))

    def _gone_on(self) -> None:
        key = self._saved.value
        self._apply(lambda state: state.with_intake(go_on_with(key, opened=state.opened)))


class SourceForm:
    """What is known of the article, for the coder to confirm or to give."""

    def __init__(self, apply: Apply, *, another: Callable[[], None]) -> None:
        self._apply = apply
        names = [each.name for each in fields_of(SourceDraft)]
        self._fields = {name: Field(name, table="sources", on_change=self._changed) for name in names}
        self._title, self._notes, self._missing = widgets.HTML(), widgets.HTML(), widgets.HTML()
        half = widgets.Layout(width="50%")
        left = [self._fields[name].box for name in ("title", "publisher", "agency", "language")]
        right = [self._fields[name].box for name in ("published", "published_basis", "published_note", "url")]
        columns = widgets.HBox([widgets.VBox(left, layout=half), widgets.VBox(right, layout=half)])
        self._alike = widgets.HBox()
        self._offered: tuple[str, ...] = ()
        another_one = button("Another article", another)
        self.box = widgets.VBox([self._title, self._notes, self._alike, columns, self._missing, another_one])

    def show(self, state: DeskState) -> None:
        """Show the article of a state; one that is coded already keeps its row."""
        here = state.here
        faults = source_faults(here.source)
        self._title.value = f"<h2>The article {here.source_id}</h2>"
        self._notes.value = notes_html(state.notes)
        self._missing.value = note_html(missing_text(faults))
        if self._offered != state.alike:
            self._offered = state.alike
            self._alike.children = [self._same_article(key) for key in state.alike]
        for name, field in self._fields.items():
            value = getattr(here.source, name)
            field.show(value, faults=faults, meaning=date_html(value) if name == "published" else "")
            field.widget.disabled = here.is_known

    def _same_article(self, key: str) -> Any:
        return button(f"It is {key}: go on with that", lambda: self._apply(lambda state: state.with_article_of(key)))

    def _changed(self) -> None:
        source = SourceDraft(**{name: field.value for name, field in self._fields.items()})
        self._apply(lambda state: state.with_source(source))
