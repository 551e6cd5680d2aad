"""How every chart looks: colours and marks of sides and acts, one template, words for whoever cannot see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from workbook.errors import WorkbookError

SIDE_COLOURS = {"alleges": "#d55e00", "denies": "#0072b2", "neither": "#7d838c"}
"""After Okabe and Ito; at least 3:1 against white and against the dark page, so that one set serves both."""

SIDE_SYMBOLS = {"alleges": "circle", "denies": "square", "neither": "triangle-up"}
SIDE_DASHES = {"alleges": "solid", "denies": "dash", "neither": "dot"}
SIDE_WORDS = {"alleges": "alleges", "denies": "denies", "neither": "neither alleges nor denies"}

HEDGE_SYMBOLS = {"hedged": "circle-open", "asserted": "circle", "confirmed": "diamond"}
HEDGE_WORDS = {
    "hedged": "alleges, hedged",
    "asserted": "alleges, as a fact",
    "confirmed": "alleges, called confirmed",
}

ACT_COLOURS = {
    "allegation": "#d55e00",
    "denial": "#0072b2",
    "counter_accusation": "#c2609a",
    "qualification": "#00916a",
    "no_comment": "#7d838c",
    "criticism": "#b04a9c",
    "assessment": "#6f86a6",
    "announcement": "#2b918a",
    "warning": "#b07d0a",
    "demand": "#a56a33",
    "pledge": "#3c8a3f",
    "sanction": "#b8416f",
    "contact": "#4f7fd0",
    "recognition": "#8470cc",
    "vote": "#8a8a2b",
    "delivery": "#cc3f2b",
}
OTHER_COLOURS = (
    *("#4f7fd0", "#b07d0a", "#2b918a", "#b8416f", "#8470cc", "#3c8a3f", "#a56a33", "#7d838c"),
    *("#c2609a", "#8a8a2b", "#6f86a6", "#cc3f2b"),
)
"""For groups without a colour of their own, in turn: topics, sources, acts that a data set defines itself."""

MUTED = "#8a9099"
SEQUENTIAL = ((0.0, "#b9d3ea"), (0.5, "#4d8fc4"), (1.0, "#0a4a82"))
MOST_POINTS = 10_000
HOVER_WIDTH = 64

pio.templates["workbook"] = go.layout.Template(
    layout={
        "font": {"family": "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif", "size": 13},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
        "legend": {
            "orientation": "h",
            "traceorder": "normal",
            "x": 0,
            "xanchor": "left",
            "y": 1.02,
            "yanchor": "bottom",
            "title": {"text": ""},
        },
        "hoverlabel": {"align": "left"},
        "hovermode": "closest",
        "xaxis": {"automargin": True, "gridcolor": "rgba(128,134,142,0.25)", "zeroline": False},
        "yaxis": {"automargin": True, "gridcolor": "rgba(128,134,142,0.25)", "zeroline": False},
        "bargap": 0.15,
    }
)


def group_colour(group: str, place: int) -> str:
    """Return the colour of a side or an act, or one in turn for anything else."""
    return SIDE_COLOURS.get(group) or ACT_COLOURS.get(group) or OTHER_COLOURS[place % len(OTHER_COLOURS)]


def finished(figure: go.Figure, *, alt: str, caption: str, height: int) -> go.Figure:
    """Give a figure its template, its height and its words.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        As drawn; it is changed and returned.
    alt : str
        What the chart shows, for whoever cannot see it.
    caption : str
        What is counted, and what the numbers stand on.
    height : int
        Pixels.

    Raises
    ------
    WorkbookError
        There are more than 10,000 points: a browser would choke, and nobody could read it.
    """
    points = sum(_points(trace) for trace in figure.data)
    if points > MOST_POINTS:
        raise WorkbookError(
            f"chart: {points:,} points; expected at most {MOST_POINTS:,}. Choose fewer events, or a longer period."
        )
    return figure.update_layout(template="workbook", height=height, meta={"alt": alt, "caption": caption})


def _points(trace: Any) -> int:
    values = trace.x if getattr(trace, "z", None) is None else trace.z
    return 0 if values is None else len(values)


def empty(*, why: str, caption: str) -> go.Figure:
    """Return a chart that says in words why there is nothing to draw."""
    figure = go.Figure().add_annotation(
        text="<br>".join(wrap(shown(why), 46)), x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False
    )
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    return finished(figure, alt=f"An empty chart. {why}", caption=caption, height=180)


def shown(text: str) -> str:
    """Escape text from data: plotly reads a few HTML tags in labels and hover texts.

    Examples
    --------
    >>> shown("<b>loud</b> & clear")
    '&lt;b&gt;loud&lt;/b&gt; &amp; clear'
    """
    return escape(text, quote=False)


@lru_cache(maxsize=MOST_POINTS)
def hover(*parts: str) -> str:
    """Lay out a hover text: escaped, wrapped, a part a line; the first one bold.

    Kept, because an explorer asks for the same texts with each click, and wrapping is slow.

    Examples
    --------
    >>> hover("A & B", "denies")
    '<b>A &amp; B</b><br>denies'
    """
    lines = ["<br>".join(shown(line) for line in wrap(part, HOVER_WIDTH)) for part in parts if part]
    return "<br>".join([f"<b>{lines[0]}</b>", *lines[1:]]) if lines else ""


def wrapped(text: str, *, width: int) -> str:
    """Wrap an escaped label over lines."""
    return "<br>".join(shown(line) for line in wrap(text, width))


def apart(labels: Sequence[str], keys: Sequence[str]) -> list[str]:
    """Put its key behind each label that another one has too: an axis would put the two together.

    Examples
    --------
    >>> apart(["Mail", "Times", "Mail"], ["s1", "s2", "s3"])
    ['Mail (s1)', 'Times', 'Mail (s3)']
    """
    counts = Counter(labels)
    return [label if counts[label] == 1 else f"{label} ({key})" for label, key in zip(labels, keys, strict=True)]


def keys(values: Sequence[str]) -> list[list[str]]:
    """Return the keys of statements as a chart's custom data: what a click on a mark leads to."""
    return [[value] for value in values]


def stands_for(parts: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return what marks that are no statement stand for, as custom data: no key, then a bin, a group or an actor."""
    return [["", *part] for part in parts]


def legend_mark(*, name: str, symbol: str, colour: str) -> go.Scatter:
    """Return a mark that stands in the legend alone."""
    marker = {"symbol": symbol, "color": colour, "size": 10, "line": {"color": colour, "width": 1.5}}
    return go.Scatter(x=[None], y=[None], mode="markers", name=name, marker=marker, hoverinfo="skip")
