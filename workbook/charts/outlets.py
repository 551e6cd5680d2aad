"""The chart of outlets: how large a part of allegations and denials one outlet carries, two, and so on."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.template import SIDE_COLOURS, empty, finished, hover, keys
from workbook.events import counted
from workbook.measures import Measured
from workbook.measures.outlets import ONE_SOURCE

NAMES = {"alleges": ("allegation", ""), "denies": ("denial", "/")}
"""Word and pattern of each side."""


def outlets_by_side(measured: Measured) -> go.Figure:
    """Draw by number of outlets the share of allegations and the share of denials that so many carry.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.outlets`.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> outlets_by_side(workbook.measures.outlets(chosen)).layout.meta["alt"]
    'Bars by number of outlets: 88 % of 26 allegations and 100 % of 5 denials are in one outlet alone.'
    """
    table = measured.table[measured.table["side"].isin(list(NAMES))]
    caption = (
        "How many outlets (publishers, however many articles of theirs) carry an allegation or a denial, as a share "
        f"of each. {measured.basis.caption()}"
    )
    if measured.basis.noun == "event":
        return empty(why=ONE_SOURCE, caption=caption)
    if table.empty:
        return empty(why="Nothing here alleges or denies: no statement matches these parameters.", caption=caption)
    most = int(table["outlets"].max())
    counts = table.pivot_table(index="outlets", columns="side", values="statements", aggfunc="sum", fill_value=0)
    counts = counts.reindex(range(min(1, int(table["outlets"].min())), most + 1), fill_value=0)
    figure = go.Figure([go.Bar(_bars(counts[side], side=str(side))) for side in counts.columns])
    figure.update_layout(barmode="group")
    ends = [counts.index[0] - 0.6, most + 0.6]
    figure.update_xaxes(title_text="outlets that carry it", dtick=max(1, most // 12), range=ends)
    figure.update_yaxes(title_text="% of each side", rangemode="tozero")
    parts = [_alone(counts[side], noun=NAMES[str(side)][0]) for side in counts.columns]
    alt = f"Bars by number of outlets: {' and '.join(parts)} are in one outlet alone."
    return finished(figure, alt=alt, caption=caption, height=340)


def _bars(counts: pd.Series, *, side: str) -> dict[str, object]:
    noun, pattern = NAMES[side]
    total = int(counts.sum())
    return {
        "x": counts.index.tolist(),
        "y": (100 * counts / total).round(2).tolist(),
        "name": f"{noun}s (n = {total})",
        "marker": {"color": SIDE_COLOURS[side], "pattern": {"shape": pattern, "size": 5}},
        "text": [str(count) if count else "" for count in counts],
        "textposition": "outside",
        "textfont": {"size": 11},
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "hovertext": [
            hover(counted(int(outlets), "outlet"), f"{int(count)} of {counted(total, noun)}")
            for outlets, count in counts.items()
        ],
        "hoverinfo": "text",
        "customdata": keys([""] * len(counts)),
    }


def _alone(counts: pd.Series, *, noun: str) -> str:
    total = int(counts.sum())
    return f"{100 * int(counts.get(1, 0)) / total:.0f} % of {counted(total, noun)}"
