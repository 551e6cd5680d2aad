"""Fields of the desk's forms: a widget, and under it what its value means, what is wrong with it and what is odd."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import ipywidgets as widgets

from workbook.coding_desk.hints import Hint
from workbook.coding_desk.view import Options, beside_html, label_of, meaning_html, note_html
from workbook.coding_desk.vocabulary import columns, in_plain_words
from workbook.errors import Fault

WIDTH = {"description_width": "8.5em"}
LONG = ("summary", "note", "claim", "published_note")
"""Fields whose text is long."""


class Field:
    """A field of a form.

    Attributes
    ----------
    name : str
        Column of the table.
    box : ipywidgets.VBox
        The widget with what stands under it.
    """

    def __init__(self, name: str, *, table: str, on_change: Callable[[], None], allowed: Sequence[str] = ()) -> None:
        self.name = name
        self.widget = _widget(name, table=table, allowed=allowed)
        self._meaning, self._beside = widgets.HTML(), widgets.HTML()
        self.box = widgets.VBox([self.widget, self._meaning, self._beside])
        self._is_showing = False
        self._on_change = on_change
        self.widget.observe(self._changed, "value")

    @property
    def value(self) -> Any:
        """What stands in the field."""
        return self.widget.value

    def show(self, value: Any, *, faults: Iterable[Fault] = (), hints: Iterable[Hint] = (), meaning: str = "") -> None:
        """Show a value, what it means, and what is wrong with it."""
        self._is_showing = True
        if isinstance(self.widget, widgets.Dropdown) and value not in [each for _, each in self.widget.options]:
            value = ""
        self.widget.value = value
        self._is_showing = False
        self._meaning.value = meaning or (meaning_html(self.name, value) if isinstance(value, str) else "")
        self._beside.value = beside_html(self.name, faults=faults, hints=hints)
        for each in (self._meaning, self._beside):
            each.layout.display = None if each.value else "none"

    def _changed(self, _: object) -> None:
        if not self._is_showing:
            self._on_change()


def _widget(name: str, *, table: str, allowed: Sequence[str]) -> Any:
    column = columns(table)[name]
    vocabulary = allowed or column.allowed
    is_own_key = column.unique and name.endswith("_id")
    common = {"description": "Key" if is_own_key else label_of(name), "tooltip": column.description, "style": WIDTH}
    if column.kind == "boolean":
        return widgets.Checkbox(**common, indent=True)
    layout = widgets.Layout(width="98%")
    if vocabulary:
        return widgets.Dropdown(options=choices(vocabulary), value="", layout=layout, **common)
    if name in LONG:
        return widgets.Textarea(rows=2, layout=layout, **common)
    return widgets.Text(layout=layout, **common)


def choices(values: Sequence[str]) -> list[tuple[str, str]]:
    """Return a vocabulary as a list shows it, with nothing first."""
    return [("", ""), *((in_plain_words(value), value) for value in values)]


class Choice:
    """A list from which one is chosen, with the whole line of the chosen one under it.

    Attributes
    ----------
    box : ipywidgets.VBox
        The list and the line.
    """

    def __init__(self, words: str, *, rows: int) -> None:
        self._select = widgets.Select(description=words, rows=rows, layout=widgets.Layout(width="98%"))
        self._select.add_class("workbook-choice")
        self._line = widgets.HTML()
        self._select.observe(self._changed, "index")
        self.box = widgets.VBox([self._select, self._line])

    @property
    def value(self) -> str:
        """What is chosen; empty for nothing."""
        return self._select.value or ""

    def offer(self, options: Options, *, first: bool = False) -> None:
        """Offer these; what is chosen stays chosen as long as the list is the same.

        Parameters
        ----------
        options : tuple of (str, str)
            Labels and values.
        first : bool
            Whether the first is chosen at once, as where it is the likeliest.
        """
        set_options(self._select, options, first=first)
        self._changed(None)

    def _changed(self, _: object) -> None:
        self._line.value = note_html(self._select.label or "")


def set_options(select: Any, options: Options, *, first: bool = True) -> None:
    """Set what a list of one offers, where that is something else, and choose the first or none."""
    if tuple(select.options) != options:
        select.options = options
        select.index = 0 if first and options else None


def button(words: str, on_click: Callable[[], object], *, style: str = "", tooltip: str = "") -> Any:
    """Return a button as wide as its words."""
    layout = widgets.Layout(width="auto", align_self="flex-start")
    made = widgets.Button(description=words, tooltip=tooltip, button_style=style, layout=layout)
    made.on_click(lambda _: on_click())
    return made


def heading(words: str) -> Any:
    """Return a heading; the words are the desk's own."""
    return widgets.HTML(f"<h2>{words}</h2>")


def fold(words: str, box: Any) -> tuple[Any, Any]:
    """Return a button that shows a box and hides it again, and both in a column."""
    box.layout.display = "none"
    box.add_class("workbook-fold")
    layout = widgets.Layout(width="auto", align_self="flex-start")
    toggle = widgets.ToggleButton(description=f"▸ {words}", layout=layout)

    def turn(_: object) -> None:
        box.layout.display = None if toggle.value else "none"
        toggle.description = f"{'▾' if toggle.value else '▸'} {words}"

    toggle.observe(turn, "value")
    return toggle, widgets.VBox([toggle, box])
