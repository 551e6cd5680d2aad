"""The explorer: filters, linked views and cards, wired together. What is shown is computed elsewhere, from a state."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import lru_cache, partial, wraps
from html import escape
from pathlib import Path
from typing import Any, TypeVar

import ipywidgets as widgets

from workbook.errors import WorkbookError
from workbook.events import Choice, EventData, EventIndex, Selection, index_events
from workbook.explorers.card import statement_card
from workbook.explorers.choosing import chosen
from workbook.explorers.controls import Controls
from workbook.explorers.exports import default_out
from workbook.explorers.facets import facets
from workbook.explorers.history import History
from workbook.explorers.listing import rows_of
from workbook.explorers.outbox import Outbox
from workbook.explorers.panel import HEADINGS, Message, Panel, view_text
from workbook.explorers.passages import ArticleFolder
from workbook.explorers.picking import pick_of
from workbook.explorers.state import ExplorerState
from workbook.explorers.views import view
from workbook.explorers.wording import state_in_words
from workbook.readers.frame import events_from_frame

MOST_TEXTS = 64
"""Drawn views that are kept: who resets, goes back or takes a filter away sees a state that was drawn before."""

Heard = TypeVar("Heard", bound=Callable[..., None])


def said(method: Heard) -> Heard:
    """Let what a person can mend be said on the page instead of being lost in a log."""

    @wraps(method)
    def heard(self: Explorer, *arguments: Any) -> None:
        try:
            method(self, *arguments)
        except WorkbookError as error:
            self.say(str(error))

    return heard  # type: ignore[return-value]


class Explorer:
    """An explorer of events, as `explore` makes it; a cell that ends in it shows it.

    Attributes
    ----------
    index : EventIndex
        The events.
    articles : ArticleFolder
        The analyst's own copies of the articles.
    panel, controls, outbox
        Its widgets.
    """

    def __init__(self, index: EventIndex, state: ExplorerState, *, articles: ArticleFolder, out: Path) -> None:
        self.index, self.articles = index, articles
        self._history = History(state)
        self._drawn: dict[str, object] = {}
        self._text = lru_cache(maxsize=MOST_TEXTS)(self._view_text)
        self.panel, self.controls = Panel(), Controls(changed=self.go)
        self.outbox = Outbox(index, out=out, panel=self.panel, state=lambda: self.state, restore=self._restore)
        self.words_line, self.message = widgets.HTML(), widgets.HTML()
        self.undo = _button("Undo", "Go back to the selection before this one", self._undo)
        self.reset = _button("Reset", "Take all filters and picks away", self._reset)
        self.panel.on_message(self._heard)
        self._show()
        self.widget = self._laid_out()
        _let_stay()

    @property
    def state(self) -> ExplorerState:
        """The present state; ``str`` of it restores it."""
        return self._history.state

    @property
    def selection(self) -> Selection:
        """The events that are selected, for any measure."""
        return chosen(self.index, self.state)

    def words(self) -> str:
        """Say what is selected."""
        basis = self.selection.basis
        return state_in_words(self.index.data, self.state, left=basis.events, noun=basis.noun)

    def say(self, text: str) -> None:
        """Say something on the page, or nothing."""
        self.message.value = f'<pre role="alert" style="white-space: pre-wrap">{escape(text)}</pre>' if text else ""

    def _repr_mimebundle_(self, **options: Any) -> Any:
        bundle = self.widget._repr_mimebundle_(**options)
        bundle["text/plain"] = self.words()
        return bundle

    def _laid_out(self) -> widgets.VBox:
        buttons = widgets.HBox([self.undo, self.reset])
        self.panel.layout = widgets.Layout(flex="1 1 0", min_width="0")
        main = widgets.HBox([self.controls.box, self.panel], layout=widgets.Layout(align_items="flex-start"))
        top = widgets.HBox([buttons, self.words_line], layout=widgets.Layout(align_items="center"))
        return widgets.VBox([top, self.message, main, self.outbox.box])

    def _view_text(self, name: str, state: ExplorerState) -> str:
        return view_text(view(self.index, state, name=name), is_picked=name in dict(state.picks))

    def _show(self) -> None:
        """Draw what the state changes; a view that sees the same as before stays as it is."""
        state = self.state
        seen = {name: (state.choices(but=name), state.pick_in(name), state.settings()) for name in HEADINGS}
        stale = [name for name in HEADINGS if self._drawn.get(name) != seen[name]]
        for name in stale:
            self.panel.draw(name, self._text(name, state))
            self._drawn[name] = seen[name]
        self.panel.settle(rows_of(self.index, state))
        self.words_line.value = f'<span role="status" style="white-space: normal">{escape(self.words())}</span>'
        self.undo.disabled = not self._history.before
        self.controls.show(state, facets(self.index, state))
        self.outbox.show(state)

    @said
    def go(self, state: ExplorerState) -> None:
        """Go on to a state; to one that cannot be, not at all."""
        before = self._history
        self._history = before.then(state)
        try:
            self._show()
        except WorkbookError:
            self._history = before
            self._show()
            raise
        self.say("")

    @said
    def _undo(self, _: object) -> None:
        self._history = self._history.back()
        self._show()

    def _reset(self, _: object) -> None:
        self.go(self.state.cleared())

    @said
    def _restore(self, text: str) -> None:
        self.go(ExplorerState.read(text))

    @said
    def _heard(self, message: Message) -> None:
        """Answer to the page: a click on a statement opens its card, on a bar picks it; a box picks what is in it."""
        kind, name = message["kind"], message.get("view", "")
        point = message.get("point") or [""]
        if kind == "close":
            self.panel.show_card("", view="")
        elif kind == "clear":
            self.go(self.state.picked(name, Choice()))
        elif kind in ("click", "row") and point[0]:
            card = statement_card(self.index.data, point[0], articles=self.articles)
            self.panel.show_card(card.html(), view=name)
        elif kind in ("click", "box"):
            points = message.get("points") or [point]
            pick = pick_of(self.index, self.state, view=name, points=points, days=message.get("days", ()))
            self.go(self.state.picked(name, pick))


def _let_stay() -> None:
    """Keep what is imported and indexed out of garbage collections: to walk it takes 70 ms in the middle of a click."""
    gc.collect()
    gc.freeze()


def _button(words: str, tooltip: str, pressed: Callable[[object], None]) -> widgets.Button:
    button = widgets.Button(description=words, tooltip=tooltip, layout=widgets.Layout(width="auto"))
    button.on_click(partial(pressed))
    return button


def explore(
    events: EventData | Any,
    *,
    selection: str = "",
    articles: str | Path | None = None,
    out: str | Path | None = None,
) -> Explorer:
    """Explore events: filters, linked views, and the statement and the article behind every mark.

    Parameters
    ----------
    events : EventData or a frame
        From `workbook.load`, or one's own frame of events as `workbook.readers.frame.events_from_frame` takes it.
    selection : str
        A state to begin with, as the explorer writes it.
    articles : str or pathlib.Path, optional
        Folder with one's own copies of the articles; without it ``articles`` in the folder of the data package.
    out : str or pathlib.Path, optional
        Folder for what is saved; without it ``reports/explored`` of a checkout, or ``explored`` here.

    Returns
    -------
    Explorer
        A cell that ends in it shows it; its ``selection`` goes into any measure.

    Raises
    ------
    FaultsError
        One's own frame has faults; all of them are listed.
    ParameterError
        The selection cannot be read, or asks for what the data do not know.

    Examples
    --------
    >>> import workbook
    >>> explorer = explore(workbook.load("arms_transfers"), selection="actors=PRK&acts=denial")
    >>> explorer.words()
    '4 statements: by North Korea, act denial.'
    """
    data = events if isinstance(events, EventData) else events_from_frame(events)
    folder = Path(articles) if articles else Path(data.path or ".") / "articles"
    return Explorer(
        index_events(data),
        ExplorerState.read(selection),
        articles=ArticleFolder(folder),
        out=Path(out) if out else default_out(),
    )
