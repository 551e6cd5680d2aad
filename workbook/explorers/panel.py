"""The page's side of an explorer: charts, rows and a card in one widget, filters with counts in others.

One widget draws all charts with one plotly.js. Four `plotly.graph_objects.FigureWidget` bring it four times (20 MB
and 14 s until all stand there) and redraw in three steps each; this one does it in one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import anywidget
import plotly.io as pio
import traitlets
from plotly.io.json import to_json_plotly

from workbook.charts.plotlyjs import LICENSE, PLOTLY, plotly_asset
from workbook.explorers.facets import FacetValue
from workbook.explorers.views import View

HEADINGS = {
    "frequency": "How often",
    "activity": "Who speaks",
    "timeline": "Allegations and denials",
    "ledger": "Claims",
}
"""The views, in the order in which they stand, and what they are called."""

Message = Mapping[str, Any]


@cache
def _asset(name: str) -> str:
    return files("workbook.explorers").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def _panel_script() -> str:
    licence, plotly = (plotly_asset(name).decode("utf-8") for name in (LICENSE, PLOTLY))
    return f"/*\n{licence}*/\n{plotly}\n{_asset('panel.js')}"


class Panel(anywidget.AnyWidget):
    """Views, rows and a card; says what is clicked and selected."""

    _esm = traitlets.Unicode(_panel_script()).tag(sync=True)
    _css = traitlets.Unicode(_asset("explorer.css")).tag(sync=True)

    headings = traitlets.Dict(HEADINGS).tag(sync=True)
    template = traitlets.Dict(pio.templates["workbook"].to_plotly_json()).tag(sync=True)
    frequency = traitlets.Unicode().tag(sync=True)
    activity = traitlets.Unicode().tag(sync=True)
    timeline = traitlets.Unicode().tag(sync=True)
    ledger = traitlets.Unicode().tag(sync=True)
    rows = traitlets.Dict({"lines": [], "note": ""}).tag(sync=True)
    card = traitlets.Dict({"view": "", "html": ""}).tag(sync=True)
    revision = traitlets.Int(0).tag(sync=True)
    """Counts the redraws; the page shows it when all of one are drawn."""

    def on_message(self, said: Callable[[Message], None]) -> None:
        """Call this with each message of the page: ``kind`` click, row, box, clear, close or picture, and its parts."""
        self.on_msg(lambda _, message, __: said(message))

    def draw(self, name: str, text: str) -> None:
        """Draw a view again, from `view_text`; the page draws it while the kernel makes the next."""
        setattr(self, name, text)

    def settle(self, rows: Mapping[str, object]) -> None:
        """List rows, put the card away, and say that all views of this redraw are there."""
        with self.hold_sync():
            self.rows = dict(rows)
            self.card = {"view": "", "html": ""}
        self.revision += 1

    def show_card(self, html: str, *, view: str) -> None:
        """Show a card below a view; an empty one puts it away."""
        self.card = {"view": view, "html": html}


def view_text(view: View, *, is_picked: bool) -> str:
    """Return a view as it travels to the page.

    Parameters
    ----------
    view : View
        What is drawn.
    is_picked : bool
        Whether something is picked in it.

    Returns
    -------
    str
        JSON with ``data`` and ``layout`` without the template that all views share, ``caption``, ``alt``, ``picked``.
    """
    figure = view.figure.to_plotly_json()
    layout = {name: value for name, value in figure["layout"].items() if name not in ("template", "meta")}
    # A box selects where time, or the list, runs; zooming is a button of the mode bar.
    layout |= {"dragmode": "select", "selectdirection": "h" if view.runs_across else "v"}
    body = {"data": figure["data"], "layout": layout}
    words = {"caption": view.caption, "alt": view.alt, "picked": is_picked}
    text: str = to_json_plotly({**body, **words})
    return text


class FacetList(anywidget.AnyWidget):
    """A filter: values as check boxes, each with how many statements it would leave."""

    _esm = traitlets.Unicode(_asset("facet.js")).tag(sync=True)
    _css = traitlets.Unicode(_asset("explorer.css")).tag(sync=True)

    title = traitlets.Unicode().tag(sync=True)
    values = traitlets.List().tag(sync=True)
    chosen = traitlets.List(traitlets.Unicode()).tag(sync=True)
    is_open = traitlets.Bool(default_value=False).tag(sync=True)

    def show(self, values: Sequence[FacetValue], *, chosen: Sequence[str]) -> None:
        """List values and check those chosen."""
        with self.hold_sync():
            self.values = [[value.key, value.label, value.depth, value.left] for value in values]
            self.chosen = list(chosen)
