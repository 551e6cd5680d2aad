"""How long an allegation waits for a denial."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.template import MUTED, SIDE_COLOURS, empty, finished, hover
from workbook.events import counted, counted_within
from workbook.measures.survival import MedianLag

MEDIAN = 0.5


def lag_curve(survival: pd.DataFrame, medians: Mapping[str, MedianLag], *, caption: str = "") -> go.Figure:
    """Draw the share of allegations still unanswered, day by day.

    Parameters
    ----------
    survival : pandas.DataFrame
        From `workbook.measures.lag_survival`.
    medians : mapping of str to MedianLag
        From `workbook.measures.median_lags`.
    caption : str
        What the table stands on.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> linked = workbook.measures.exchanges(chosen)
    >>> figure = lag_curve(workbook.measures.lag_survival(linked), workbook.measures.median_lags(linked))
    >>> figure.layout.meta["alt"]
    'Survival curve of 26 allegations: 96 % are unanswered at its end. Median not reached.'
    """
    words = (
        "Share of allegations still without a denial, by days (Kaplan-Meier); the band is the 95 % interval, a tick an "
        f"allegation that is unanswered when observation ends. {caption}"
    ).strip()
    total = medians["shortest"].answered + medians["shortest"].censored
    if not total:
        return empty(
            why="There is no allegation of which it can be told how long it waits for a denial.", caption=words
        )
    figure = go.Figure()
    for bound, dash in (("shortest", "solid"), ("longest", "dash")):
        rows = survival[survival["bound"] == bound]
        figure.add_traces(_curve_band(rows) if bound == "shortest" else [])
        figure.add_scatter(**_curve_line(rows, name=f"{bound} possible lags", dash=dash))
    figure.add_scatter(**_ticks(survival[survival["bound"] == "shortest"]))
    figure.add_hline(y=100 * MEDIAN, line={"color": MUTED, "width": 1, "dash": "dot"})
    figure.add_annotation(
        text=_median_words(medians),
        x=1,
        xref="paper",
        xanchor="right",
        y=50,
        yanchor="bottom",
        showarrow=False,
    )
    figure.update_yaxes(title_text="still unanswered, %", range=[0, 104])
    figure.update_xaxes(title_text="days since the allegation", rangemode="tozero")
    last = 100 * survival.loc[survival["bound"] == "shortest", "survival"].iloc[-1]
    median = _median_words(medians).capitalize()
    alt = f"Survival curve of {counted(total, 'allegation')}: {last:.0f} % are unanswered at its end. {median}."
    return finished(figure, alt=alt, caption=words, height=360)


def _median_words(medians: Mapping[str, MedianLag]) -> str:
    low, high = (medians[bound].median for bound in ("shortest", "longest"))
    if low is None and high is None:
        return "median not reached"
    if low is None or high is None:
        ends = ["not reached" if days is None else counted(round(days), "day") for days in (low, high)]
        return f"median {ends[0]} by the shortest lags, {ends[1]} by the longest"
    return f"median {counted_within(round(low), round(high), 'day')}"


def _curve_line(rows: pd.DataFrame, *, name: str, dash: str) -> dict[str, object]:
    texts = [
        hover(f"day {day:.0f}", f"{100 * share:.0f} % unanswered", f"{risk} at risk")
        for day, share, risk in zip(rows["day"], rows["survival"], rows["at_risk"], strict=True)
    ]
    return {
        "x": rows["day"].tolist(),
        "y": (100 * rows["survival"]).round(2).tolist(),
        "mode": "lines",
        "name": name,
        "line": {"shape": "hv", "color": SIDE_COLOURS["alleges"], "width": 2.5, "dash": dash},
        "hovertext": texts,
        "hoverinfo": "text",
    }


def _curve_band(rows: pd.DataFrame) -> list[go.Scatter]:
    known = rows.dropna(subset=["low", "high"])
    line = {"shape": "hv", "width": 0, "color": MUTED}
    return [
        go.Scatter(
            x=known["day"].tolist(),
            y=(100 * known[edge]).round(2).tolist(),
            mode="lines",
            line=line,
            name="95 % interval",
            showlegend=edge == "low",
            fill="tonexty" if edge == "low" else None,
            fillcolor="rgba(125,131,140,0.22)",
            hoverinfo="skip",
        )
        for edge in ("high", "low")
    ]


def _ticks(rows: pd.DataFrame) -> dict[str, object]:
    waiting = rows[rows["censored"] > 0]
    return {
        "x": waiting["day"].tolist(),
        "y": (100 * waiting["survival"]).round(2).tolist(),
        "mode": "markers",
        "name": "unanswered to the end",
        "marker": {"symbol": "line-ns", "size": 10, "line": {"width": 1.5, "color": SIDE_COLOURS["alleges"]}},
        "hovertext": [
            hover(f"{row.censored} unanswered after {counted(int(row.day), 'day')}") for row in waiting.itertuples()
        ],
        "hoverinfo": "text",
    }
