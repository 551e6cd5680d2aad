"""The article sentence by sentence, and the list of what was put down of it."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from workbook.coding_desk.fields import button, heading
from workbook.coding_desk.sentences import Sentence
from workbook.coding_desk.state import Apply, DeskState
from workbook.coding_desk.suggestions import Suggestion
from workbook.coding_desk.view import draft_text, guess_text, sentence_text


class Sentences:
    """A button for each sentence, and under it one for each guess of what it states."""

    def __init__(self, apply: Apply) -> None:
        self._apply = apply
        self._shown: tuple[tuple[Sentence, ...], tuple[Suggestion, ...]] = ((), ())
        self._buttons: list[Any] = []
        self._list = widgets.VBox()
        self._list.add_class("workbook-scroll")
        how = "<div>A click takes a sentence as a passage; marked sentences probably carry a statement.</div>"
        self.box = widgets.VBox([heading("Sentences"), widgets.HTML(how), self._list])

    def show(self, state: DeskState) -> None:
        """Show the sentences of a state, and which are chosen."""
        if self._shown != (state.sentences, state.suggestions):
            self._shown = (state.sentences, state.suggestions)
            self._buttons = [self._sentence(each, state) for each in state.sentences]
            self._list.children = [
                line
                for sentence, made in zip(state.sentences, self._buttons, strict=True)
                for line in (made, *(self._guess(guess, state) for guess in state.guesses(sentence.number)))
            ]
        for sentence, made in zip(state.sentences, self._buttons, strict=True):
            made.description = sentence_text(state, sentence.number)
            (made.add_class if state.passages_in(sentence.number) else made.remove_class)("workbook-chosen")

    def _sentence(self, sentence: Sentence, state: DeskState) -> Any:
        made = button("", lambda: self._apply(lambda state: state.toggled(sentence.number)))
        made.add_class("workbook-sentence")
        if state.guesses(sentence.number):
            made.add_class("workbook-marked")
        before = state.sentences[sentence.number - 2].end if sentence.number > 1 else 0
        if "\n" in state.here.article.text[before : sentence.start]:
            made.add_class("workbook-gap")
        return made

    def _guess(self, guess: Suggestion, state: DeskState) -> Any:
        words = guess_text(guess, state=state)
        made = button(
            words, lambda: self._apply(lambda state: state.taking_over(guess)), tooltip="\n".join(guess.grounds)
        )
        made.add_class("workbook-guess")
        return made


class Drafts:
    """What was put down and not saved yet: each to be changed or taken out."""

    def __init__(self, apply: Apply) -> None:
        self._apply = apply
        self._shown: list[tuple[str, str]] | None = None
        self._list = widgets.VBox()
        self.box = widgets.VBox([heading("To be saved"), self._list])

    def show(self, state: DeskState) -> None:
        """Show the list of a state."""
        lines = [(each.label, draft_text(each, state=state)) for each in state.here.statements]
        if self._shown != lines:
            self._shown = lines
            self._list.children = [self._line(*line) for line in lines] or [widgets.HTML("<div>Nothing yet.</div>")]

    def _line(self, label: str, words: str) -> Any:
        change = button(words, lambda: self._apply(lambda state: state.changing(label)), tooltip="Change")
        change.add_class("workbook-draft")
        out = button("✕", lambda: self._apply(lambda state: state.without(label)), tooltip=f"Take {label} out")
        return widgets.HBox([change, out])
