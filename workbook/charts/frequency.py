"""Charts of how often: bars over time, and the share of denials."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.marks import iso
from workbook.charts.template import (
    SIDE_COLOURS,
    SIDE_WORDS,
    empty,
    finished,
    group_colour,
    hover,
    keys,
    shown,
    stands_for,
)
from workbook.dates import period_label
from workbook.measures import Measured

MOST_TICKS = 12
NOUNS = {"mention": "mentions", "statement": "statements", "one_a_day": "statements, one a day"}
HATCH = "/"


def statement_frequency(measured: Measured) -> go.Figure:
    """Draw bars over time, stacked by group, with the part that rests on uncertain dates hatched.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.frequency`.

    Returns
    -------
    plotly.graph_objects.Figure

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> figure = statement_frequency(workbook.measures.frequency(chosen, period="year", split_by="side"))
    >>> figure.layout.meta["alt"].partition(".")[0]
    'Stacked bars of statements a year from 2022 to 2023'
    """
    table = measured.table
    if table.empty or not table["total"].sum():
        return empty(
            why="No statement falls into any bin: nothing matches these parameters.",
            caption=_caption(measured),
        )
    period = str(measured.choices["period"])
    table = table.assign(bin=[period_label(start.date(), period) for start in table["bin_start"]])
    labels = list(dict.fromkeys(table["bin"]))
    traces = [
        _bars(rows, part=part, pattern=pattern, colour=group_colour(str(group), place))
        for place, (group, rows) in enumerate(table.groupby("group", sort=False))
        for part, pattern in (("certain", ""), ("uncertain", HATCH))
        if part == "certain" or rows[part].sum()
    ]
    if table["uncertain"].sum():
        traces.append(_hatch_in_legend())
    figure = go.Figure([go.Bar(trace) for trace in traces])
    figure.update_layout(barmode="stack")
    figure.update_xaxes(
        type="category", categoryarray=labels, range=[-0.5, len(labels) - 0.5], nticks=MOST_TICKS, autorange=False
    )
    figure.update_yaxes(title_text=f"{_noun(measured)} a {period}", rangemode="tozero", tickformat=",~f")
    return finished(figure, alt=_alt(measured), caption=_caption(measured), height=400)


def _noun(measured: Measured) -> str:
    if measured.choices["count"] == "statement":
        return f"{measured.basis.noun}s"
    return NOUNS[str(measured.choices["count"])]


def _bars(rows: pd.DataFrame, *, part: str, pattern: str, colour: str) -> dict[str, object]:
    """Return one trace: a bar for each bin in which there is something; the axis knows the others."""
    rows = rows[(rows[part] > 0) | (rows.index == rows.index[0])]
    bins = rows["bin"].tolist()
    label = SIDE_WORDS.get(rows["group"].iloc[0], rows["label"].iloc[0])
    certainty = "dates certain" if part == "certain" else "share of statements with uncertain dates"
    return {
        "x": bins,
        "y": rows[part].round(3).tolist(),
        "name": shown(label),
        "legendgroup": label,
        "showlegend": part == "certain",
        "marker": {"color": colour, "pattern": _hatched(colour, pattern)},
        "hovertext": [
            hover(bin_label, f"{label}: {value:.2f}".rstrip("0").rstrip("."), certainty)
            for bin_label, value in zip(bins, rows[part], strict=True)
        ],
        "hoverinfo": "text",
        "customdata": stands_for([(day, str(rows["group"].iloc[0])) for day in iso(rows["bin_start"])]),
    }


def _hatched(colour: str, pattern: str) -> dict[str, object]:
    return {
        "shape": pattern,
        "bgcolor": colour,
        "fgcolor": "#ffffff",
        "fgopacity": 0.9,
        "size": 7,
        "solidity": 0.3,
    }


def _hatch_in_legend() -> dict[str, object]:
    marker = {"color": SIDE_COLOURS["neither"], "pattern": _hatched(SIDE_COLOURS["neither"], HATCH)}
    return {
        "x": [None],
        "y": [None],
        "name": "hatched: date uncertain",
        "marker": marker,
        "hoverinfo": "skip",
    }


def _alt(measured: Measured) -> str:
    table, period = measured.table, str(measured.choices["period"])
    totals = table.groupby("bin_start")["total"].sum()
    first, last = (period_label(totals.index[place].date(), period) for place in (0, -1))
    groups = table.groupby("label", sort=False)["total"].sum()
    parts = ", ".join(f"{label} {value:.1f}".removesuffix(".0") for label, value in groups.items())
    top = period_label(totals.idxmax().date(), period)
    return (
        f"Stacked bars of {_noun(measured)} a {period} from {first} to {last}. In all: {parts}. "
        f"The highest bar is {top} with {totals.max():.1f}.".replace(".0.", ".")
    )


def _caption(measured: Measured) -> str:
    noun = _noun(measured).capitalize()
    return f"{noun} a {measured.choices['period']}. {measured.basis.caption()}"


def denial_share(measured: Measured) -> go.Figure:
    """Draw the share of denials among what alleges or denies, with its interval and what it stands on.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.denial_share`.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> denial_share(workbook.measures.denial_share(chosen, period="year")).data[0].text
    ('n = 7', 'n = 24')
    """
    table = measured.table.dropna(subset=["share"])
    period = str(measured.choices["period"])
    caption = (
        f"Denials as a share of what alleges or denies, by {period}, with Wilson's 95 % interval; "
        f"n is how many allege or deny. {measured.basis.caption()}"
    )
    if table.empty:
        return empty(why="Nothing in this selection alleges or denies, so there is no share.", caption=caption)
    both = table["denials"] + table["allegations"]
    labels = [period_label(start.date(), period) for start in table["bin_start"]]
    figure = go.Figure(_shares(table, labels, both=both))
    figure.update_yaxes(title_text="share of denials, %", range=[-4, 104], tickvals=[0, 25, 50, 75, 100])
    figure.update_xaxes(type="category", range=[-0.5, len(labels) - 0.1], nticks=MOST_TICKS)
    shares = ", ".join(f"{label} {100 * share:.0f} %" for label, share in zip(labels, table["share"], strict=True))
    return finished(
        figure,
        alt=f"Share of denials by {period}, with wide intervals: {shares}.",
        caption=caption,
        height=340,
    )


def _shares(table: pd.DataFrame, labels: list[str], *, both: pd.Series) -> go.Scatter:
    """Return a mark a bin with its interval, and behind it what it stands on."""
    interval = {
        "type": "data",
        "symmetric": False,
        "array": (100 * (table["high"] - table["share"])).round(1).tolist(),
        "arrayminus": (100 * (table["share"] - table["low"])).round(1).tolist(),
        "thickness": 1.5,
    }
    return go.Scatter(
        x=labels,
        y=(100 * table["share"]).round(1).tolist(),
        mode="markers+text",
        text=[f"n = {number:.1f}".removesuffix(".0") for number in both],
        textposition="middle right",
        textfont={"size": 11},
        error_y=interval,
        marker={"color": SIDE_COLOURS["denies"], "symbol": "square", "size": 10},
        hovertext=_share_hover(table, labels),
        hoverinfo="text",
        customdata=keys([""] * len(table)),
        cliponaxis=False,
    )


def _share_hover(table: pd.DataFrame, labels: list[str]) -> list[str]:
    return [
        hover(
            label,
            f"{100 * row.share:.0f} % denials (95 % interval {100 * row.low:.0f} to {100 * row.high:.0f} %)",
            f"{row.denials:.2f} denials, {row.allegations:.2f} allegations",
        )
        for label, row in zip(labels, table.itertuples(), strict=True)
    ]
