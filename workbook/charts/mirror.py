"""Both sides on one axis of time, counted: for more statements than marks can show."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.frequency import noun_of
from workbook.charts.marks import iso
from workbook.charts.template import MUTED, SIDE_COLOURS, empty, finished, hover, stands_for
from workbook.dates import period_label
from workbook.measures import Measured

MOST_TICKS = 12
DIRECTIONS = {"alleges": 1, "denies": -1}
WORDS = {"alleges": "allegations", "denies": "denials"}


def sides_over_time(measured: Measured) -> go.Figure:
    """Draw allegations as bars upwards and denials as bars downwards, bin by bin.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.frequency`, split by side.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> figure = sides_over_time(workbook.measures.frequency(chosen, period="year", split_by="side"))
    >>> figure.layout.meta["alt"]
    'Bars of statements a year from 2022 to 2023: allegations 26 upwards, denials 5 downwards.'
    """
    period = str(measured.choices["period"])
    noun = noun_of(measured)
    caption = f"Allegations upwards and denials downwards, {noun} a {period}. {measured.basis.caption()}"
    table = measured.table[measured.table["group"].isin(list(DIRECTIONS))]
    if table.empty or not table["total"].sum():
        return empty(why=f"Nothing here alleges or denies: no {measured.basis.noun} matches.", caption=caption)
    table = table.assign(bin=[period_label(start.date(), period) for start in table["bin_start"]])
    labels = list(dict.fromkeys(table["bin"]))
    figure = go.Figure([go.Bar(_bars(rows, side=str(side))) for side, rows in table.groupby("group", sort=True)])
    figure.update_layout(barmode="relative")
    figure.update_xaxes(type="category", categoryarray=labels, nticks=MOST_TICKS)
    figure.update_yaxes(title_text=f"{noun} a {period}", tickformat=",~f", zeroline=True, zerolinecolor=MUTED)
    return finished(figure, alt=_alt(table, labels=labels, what=f"{noun} a {period}"), caption=caption, height=300)


def _bars(rows: pd.DataFrame, *, side: str) -> dict[str, object]:
    return {
        "x": rows["bin"].tolist(),
        "y": (rows["total"] * DIRECTIONS[side]).round(3).tolist(),
        "name": f"{WORDS[side]} {'above' if DIRECTIONS[side] > 0 else 'below'}",
        "marker": {"color": SIDE_COLOURS[side]},
        "hovertext": [
            hover(label, f"{WORDS[side]}: {total:,.2f}".rstrip("0").rstrip("."))
            for label, total in zip(rows["bin"], rows["total"], strict=True)
        ],
        "hoverinfo": "text",
        "customdata": stands_for([(day, side) for day in iso(rows["bin_start"])]),
    }


def _alt(table: pd.DataFrame, *, labels: list[str], what: str) -> str:
    totals = table.groupby("group")["total"].sum()
    parts = [
        f"{WORDS[side]} {totals.get(side, 0):,.1f}".removesuffix(".0") + (" upwards" if way > 0 else " downwards")
        for side, way in DIRECTIONS.items()
    ]
    return f"Bars of {what} from {labels[0]} to {labels[-1]}: {', '.join(parts)}."
