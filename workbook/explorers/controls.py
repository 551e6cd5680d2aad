"""Filters and settings as widgets: they show a state, and say what a person asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import ipywidgets as widgets

from workbook.events import LISTS
from workbook.explorers.facets import FacetValue
from workbook.explorers.panel import FacetList
from workbook.explorers.state import SETTINGS, ExplorerState

TITLES = {
    "actors": "Speakers",
    "acts": "Acts",
    "sides": "Sides",
    "topics": "Topics",
    "claims": "Claims",
    "sources": "Sources",
}
OPEN = ("actors", "acts")
FIRST_YEAR = 1000
"""While somebody types a year, the browser gives the years 2, 20 and 202 as well."""

LABELS = {
    "period": "A bar is a",
    "split_by": "Split by",
    "count": "Count",
    "uncertain": "Uncertain dates",
    "dates": "Whose dates",
    "level": "Speakers as",
}
WORDS = {
    "statement": "statements",
    "mention": "mentions",
    "one_a_day": "one a day",
    "spread": "spread",
    "midpoint": "at the middle day",
    "leave_out": "left out",
    "best": "the best known",
    "source": "the article's",
    "actor": "named",
    "body": "bodies",
    "state": "states",
}
"""What a value means, where its name does not say it; `split_by` has names of its own."""

SPLIT_WORDS = {"actor": "speaker"}
WIDE = widgets.Layout(width="100%")


class Controls:
    """Widgets of the filters and settings.

    Attributes
    ----------
    box : ipywidgets.VBox
        All of them.
    """

    def __init__(self, *, changed: Callable[[ExplorerState], None]) -> None:
        self._changed = changed
        self._state = ExplorerState()
        self._is_showing = False
        self.days = {
            name: widgets.DatePicker(description=words, layout=WIDE)
            for name, words in (("start", "From"), ("end", "Until"))
        }
        self.facets = {part: FacetList(title=TITLES[part], is_open=part in OPEN) for part in LISTS}
        self.settings = {name: _dropdown(name) for name in LABELS}
        self.referred = widgets.Checkbox(description="with what is only referred to", indent=False, layout=WIDE)
        for name, picker in self.days.items():
            picker.observe(self._on("filters", name, lambda day: day.isoformat() if day else ""), "value")
        for part, facet in self.facets.items():
            facet.observe(self._on("filters", part, tuple), "chosen")
        for name, dropdown in self.settings.items():
            dropdown.observe(self._on("settings", name, str), "value")
        self.referred.observe(self._on("settings", "referred", bool), "value")
        heading = widgets.HTML("<b>Dates</b>")
        counting = widgets.HTML("<b>How it is counted</b>")
        self.box = widgets.VBox(
            [heading, *self.days.values(), *self.facets.values(), counting, *self.settings.values(), self.referred],
            layout=widgets.Layout(width="280px", flex="0 0 280px", padding="0 12px 0 0"),
        )

    def show(self, state: ExplorerState, values: Mapping[str, Sequence[FacetValue]]) -> None:
        """Show a state and what each filter would leave, without a word to whoever listens."""
        self._state = state
        with self._showing():
            for name, picker in self.days.items():
                text = getattr(state.filters, name)
                picker.value = date.fromisoformat(text) if text else None
            for part, facet in self.facets.items():
                facet.show(values[part], chosen=getattr(state.filters, part))
            for name, dropdown in self.settings.items():
                dropdown.value = getattr(state, name)
            self.referred.value = state.referred

    @contextmanager
    def _showing(self) -> Iterator[None]:
        self._is_showing = True
        try:
            yield
        finally:
            self._is_showing = False

    def _on(self, kind: str, name: str, read: Callable[[Any], Any]) -> Callable[[Any], None]:
        """Return what listens to one widget."""

        def heard(change: Any) -> None:
            new = change["new"]
            if self._is_showing or (isinstance(new, date) and new.year < FIRST_YEAR):
                return
            part = {name: read(new)}
            self._changed(self._state.filtered(**part) if kind == "filters" else replace(self._state, **part))

        return heard


def _dropdown(name: str) -> widgets.Dropdown:
    words = SPLIT_WORDS if name == "split_by" else WORDS
    options = [(words.get(value, value), value) for value in SETTINGS[name]]
    style = {"description_width": "105px"}
    return widgets.Dropdown(options=options, description=LABELS[name], layout=WIDE, style=style)
