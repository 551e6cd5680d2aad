"""Charts of counts by every rule, and of the trend under each."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.marks import iso
from workbook.charts.template import MUTED, OTHER_COLOURS, SIDE_COLOURS, empty, finished, hover, keys, stands_for
from workbook.dates import period_label
from workbook.measures import CountingRules, Measured

PANEL, GAP = 96, 0.035
ROW = 46
TREND_LOOKS = {
    "rises": ("triangle-up", SIDE_COLOURS["alleges"]),
    "falls": ("triangle-down", SIDE_COLOURS["denies"]),
    "no clear trend": ("circle-open", SIDE_COLOURS["neither"]),
}


def counting_rules(rules: CountingRules) -> go.Figure:
    """Draw the counts by every rule one below the other, each on its own scale, over one axis of time.

    Parameters
    ----------
    rules : CountingRules
        From `workbook.measures.counting_rules`.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> counting_rules(workbook.measures.counting_rules(chosen, period="year")).layout.meta["alt"].partition(":")[2]
    ' rows 14 to 39, unique events 14 to 39, one a day 11 to 29, mentions 14 to 44, sources 2 to 4.'
    """
    period = str(rules.choices["period"])
    caption = (
        f"The same events a {period}, counted by each rule; every panel has its own scale, from zero. "
        f"{rules.basis.caption()}"
    )
    if rules.table.empty or not rules.table["rows"].sum():
        return empty(why="Nothing falls into any bin: no event matches these parameters.", caption=caption)
    panels = list(zip(rules.totals["rule"], rules.totals["label"], strict=True))
    figure = go.Figure()
    height = (1 - GAP * (len(panels) - 1)) / len(panels)
    for place, (rule, label) in enumerate(panels):
        bottom = 1 - height - place * (height + GAP)
        axis = "" if not place else str(place + 1)
        figure.add_scatter(
            **_line(rules.table, rule, label, period=period, colour=OTHER_COLOURS[place]), yaxis=f"y{axis}"
        )
        top = float(rules.table[rule].max()) or 1.0
        layout = {
            "domain": [bottom, bottom + 0.78 * height],
            "range": [0, 1.06 * top],
            "nticks": 3,
            "tickformat": ",~f",
        }
        figure.update_layout({f"yaxis{axis}": layout})
        title = {"x": 0, "xref": "paper", "xanchor": "left", "yref": "paper", "yanchor": "top"}
        figure.add_annotation(text=f"<b>{label}</b>", y=bottom + height + 0.01, showarrow=False, **title)
    figure.update_xaxes(anchor="free", position=0)
    figure.update_layout(showlegend=False)
    ranges = ", ".join(
        f"{label} {_number(rules.table[rule].min())} to {_number(rules.table[rule].max())}" for rule, label in panels
    )
    alt = f"Lines a {period}, one a rule of counting, lowest and highest: {ranges}."
    return finished(figure, alt=alt, caption=caption, height=60 + PANEL * len(panels))


def _line(table: pd.DataFrame, rule: str, label: str, *, period: str, colour: str) -> dict[str, object]:
    return {
        "x": iso(table["bin_start"]),
        "y": table[rule].round(3).tolist(),
        "mode": "lines+markers",
        "name": label,
        "line": {"color": colour, "width": 1.6},
        "marker": {"color": colour, "size": 4},
        "fill": "tozeroy",
        "hovertext": [
            hover(period_label(start.date(), period), f"{label}: {_number(value)}")
            for start, value in zip(table["bin_start"], table[rule], strict=True)
        ],
        "hoverinfo": "text",
        "customdata": stands_for([(day, rule) for day in iso(table["bin_start"])]),
    }


def _number(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def trends_by_rule(measured: Measured) -> go.Figure:
    """Draw the trend under each rule of counting: the change a bin, in parts of the mean, with its interval.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.sensitivity`.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> trends_by_rule(workbook.measures.sensitivity(chosen, period="quarter")).layout.meta["alt"].partition(":")[0]
    'Change a quarter by rule of counting'
    """
    period = str(measured.choices["period"])
    caption = (
        f"Theil and Sen's slope a {period} in percent of the mean, with its 95 % interval, by rule of counting; the "
        f"mark is a triangle where Kendall's test finds a rise or a fall (p < 0.05). {measured.basis.caption()}"
    )
    table = measured.table.dropna(subset=["slope"]).reset_index(drop=True)
    if table.empty or not table["mean"].sum():
        return empty(why="There are too few bins for a trend.", caption=caption)
    figure = go.Figure()
    for trend, (symbol, colour) in TREND_LOOKS.items():
        rows = table[table["trend"] == trend]
        if len(rows):
            figure.add_scatter(**_marks(rows, trend, symbol=symbol, colour=colour, period=period))
    figure.add_vline(x=0, line={"color": MUTED, "width": 1})
    labels = table["label"].tolist()
    figure.update_yaxes(
        tickvals=list(range(len(labels))), ticktext=labels, range=[len(labels) - 0.5, -0.5], showgrid=False
    )
    figure.update_xaxes(title_text=f"change a {period}, % of the mean", tickformat=",~f")
    figure.update_layout(showlegend=True)
    words = ", ".join(f"{row.label} {100 * row.change:+.1f} % ({row.trend})" for row in table.itertuples())
    return finished(
        figure, alt=f"Change a {period} by rule of counting: {words}.", caption=caption, height=130 + ROW * len(table)
    )


def _marks(rows: pd.DataFrame, trend: str, *, symbol: str, colour: str, period: str) -> dict[str, object]:
    percent = 100 * rows[["change", "change_low", "change_high"]]
    return {
        "x": percent["change"].round(3).tolist(),
        "y": rows.index.tolist(),
        "mode": "markers",
        "name": trend,
        "marker": {"symbol": symbol, "color": colour, "size": 11, "line": {"color": colour, "width": 1.5}},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": (percent["change_high"] - percent["change"]).round(3).tolist(),
            "arrayminus": (percent["change"] - percent["change_low"]).round(3).tolist(),
            "thickness": 1.5,
            "color": colour,
        },
        "hovertext": [
            hover(
                row.label,
                f"{row.slope:+,.2f} a {period} (95 % interval {row.slope_low:+,.2f} to {row.slope_high:+,.2f})",
                f"Kendall's tau {row.tau:.2f}, p = {row.p_value:.3f}, {row.bins} bins",
            )
            for row in rows.itertuples()
        ],
        "hoverinfo": "text",
        "customdata": keys([""] * len(rows)),
    }
