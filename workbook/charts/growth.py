"""How allegations and denials add up."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.marks import iso
from workbook.charts.template import SIDE_COLOURS, SIDE_DASHES, empty, finished, hover, keys
from workbook.dates import in_words
from workbook.events import counted_within
from workbook.measures import Measured

NOUNS = {"alleges": "allegation", "denies": "denial"}


def cumulative_sides(measured: Measured) -> go.Figure:
    """Draw how allegations and denials add up; a band where dates are uncertain.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.cumulative`.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> cumulative_sides(workbook.measures.cumulative(chosen)).layout.meta["alt"]
    'Step lines that end at 26 allegations and 5 denials.'
    """
    caption = (
        "Allegations and denials up to each day: the lower edge of a band counts what was certainly said by then, "
        f"the upper edge what may have been. {measured.basis.caption()}"
    )
    if measured.table.empty:
        return empty(why="Nothing here alleges or denies: no statement matches these parameters.", caption=caption)
    figure = go.Figure()
    ends = []
    for side, rows in measured.table.groupby("side", sort=True):
        figure.add_traces(_band(rows, side=str(side)))
        ends.append(counted_within(rows["low"].iloc[-1], rows["high"].iloc[-1], NOUNS[str(side)]))
    figure.update_yaxes(title_text="statements so far", rangemode="tozero", tickformat=",d")
    return finished(figure, alt=f"Step lines that end at {' and '.join(ends)}.", caption=caption, height=340)


def _band(rows: pd.DataFrame, *, side: str) -> list[go.Scatter]:
    colour, name = SIDE_COLOURS[side], f"{NOUNS[side]}s"
    common = {
        "x": iso(rows["day"]),
        "mode": "lines",
        "legendgroup": name,
        "customdata": keys([""] * len(rows)),
    }
    texts = [
        hover(in_words(day.strftime("%Y-%m-%d")), counted_within(low, high, NOUNS[side]))
        for day, low, high in zip(rows["day"], rows["low"], rows["high"], strict=True)
    ]
    low = go.Scatter(
        **common,
        y=rows["low"].tolist(),
        name=name,
        line={"color": colour, "shape": "hv", "dash": SIDE_DASHES[side], "width": 2.5},
        hovertext=texts,
        hoverinfo="text",
    )
    high = go.Scatter(
        **common,
        y=rows["high"].tolist(),
        name=name,
        showlegend=False,
        line={"color": colour, "shape": "hv", "width": 0},
        fill="tonexty",
        fillcolor=f"rgba{(*_rgb(colour), 0.25)}",
        hoverinfo="skip",
    )
    return [low, high]


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
