"""Charts of how often: bars over time, and the share of denials."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.marks import iso
from workbook.charts.template import (
    MUTED,
    SIDE_COLOURS,
    SIDE_WORDS,
    apart,
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
MOST_GROUPS = 16
OTHERS = "\x00others"
"""No group of a data set is called so."""

MOST_NUMBERS = 26
"""Bins that can have their numbers above them on a phone's width; of more, the hover texts tell."""

MOST_SAID = 12
NUMBERS = 110
"""Where a share's number stands on the axis of percents."""

NOUNS = {"mention": "mentions", "statement": "statements", "one_a_day": "statements, one a day"}
HATCH = "/"


def statement_frequency(measured: Measured, *, most: int = MOST_GROUPS) -> go.Figure:
    """Draw bars over time, stacked by group, with the part that rests on uncertain dates hatched.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.frequency`.
    most : int
        How many parts a bar has at most; where there are more groups, the smallest are one part, called others.

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
    table = _folded(_labelled(table), most=most)
    table = table.assign(bin=[period_label(start.date(), period) for start in table["bin_start"]])
    labels = list(dict.fromkeys(table["bin"]))
    traces = [
        _bars(rows, part=part, pattern=pattern, colour=MUTED if group == OTHERS else group_colour(str(group), place))
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
    figure.update_yaxes(title_text=f"{noun_of(measured)} a {period}", rangemode="tozero", tickformat=",~f")
    return finished(figure, alt=_alt(measured, table), caption=_caption(measured), height=400)


def _labelled(table: pd.DataFrame) -> pd.DataFrame:
    """Tell groups of one name, such as two articles of one publisher, apart by their keys."""
    groups = table.drop_duplicates("group")
    labels = apart(groups["label"].tolist(), groups["group"].tolist())
    return table.assign(label=table["group"].map(dict(zip(groups["group"], labels, strict=True))))


def _folded(table: pd.DataFrame, *, most: int) -> pd.DataFrame:
    """Put the smallest groups together, so that a legend can be read; their part stands for no group."""
    totals = table.groupby("group", sort=False)["total"].sum().sort_values(ascending=False, kind="stable")
    if len(totals) <= most:
        return table
    few = table["group"].isin(totals.index[: most - 1])
    others = table[~few].groupby(["bin_start", "bin_end"], as_index=False)[["certain", "uncertain", "total"]].sum()
    name = f"{len(totals) - most + 1} others"
    return pd.concat([table[few], others.assign(group=OTHERS, label=name)], ignore_index=True)


def noun_of(measured: Measured) -> str:
    """Name what a frequency counts, as a plural."""
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
        "customdata": _stand_for(str(rows["group"].iloc[0]), iso(rows["bin_start"])),
    }


def _stand_for(group: str, days: list[str]) -> list[list[str]]:
    return keys([""] * len(days)) if group == OTHERS else stands_for([(day, group) for day in days])


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


def _alt(measured: Measured, table: pd.DataFrame) -> str:
    period = str(measured.choices["period"])
    totals = table.groupby("bin_start")["total"].sum()
    first, last = (period_label(totals.index[place].date(), period) for place in (0, -1))
    groups = table.groupby("label", sort=False)["total"].sum()
    parts = ", ".join(f"{label} {value:.1f}".removesuffix(".0") for label, value in groups.items())
    top = period_label(totals.idxmax().date(), period)
    return (
        f"Stacked bars of {noun_of(measured)} a {period} from {first} to {last}. In all: {parts}. "
        f"The highest bar is {top} with {totals.max():.1f}.".replace(".0.", ".")
    )


def _caption(measured: Measured) -> str:
    noun = noun_of(measured).capitalize()
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
    >>> denial_share(workbook.measures.denial_share(chosen, period="year")).data[1].text
    ('7', '24')
    """
    table = measured.table.dropna(subset=["share"])
    period = str(measured.choices["period"])
    caption = (
        f"Denials as a share of what alleges or denies, by {period}, with Wilson's 95 % interval; n is how many allege "
        f"or deny, and a {period} without any has no mark. {measured.basis.caption()}"
    )
    if table.empty:
        return empty(why="Nothing in this selection alleges or denies, so there is no share.", caption=caption)
    bins = [period_label(start.date(), period) for start in measured.table["bin_start"]]
    labels = [period_label(start.date(), period) for start in table["bin_start"]]
    figure = go.Figure(_shares(table, labels))
    if len(bins) <= MOST_NUMBERS:
        figure.add_scatter(**_numbers(table, labels))
        figure.add_annotation(text="n", x=0, xref="paper", xanchor="right", xshift=-8, y=NUMBERS, showarrow=False)
    figure.update_yaxes(title_text="share of denials, %", range=[-4, NUMBERS + 5], tickvals=[0, 25, 50, 75, 100])
    figure.update_xaxes(
        type="category", categoryarray=bins, range=[-0.5, len(bins) - 0.5], nticks=MOST_TICKS, autorange=False
    )
    figure.update_layout(showlegend=False)
    alt = f"Share of denials by {period}, with 95 % intervals: {_shares_in_words(table, labels)}."
    return finished(figure, alt=alt, caption=caption, height=340)


def _shares_in_words(table: pd.DataFrame, labels: list[str]) -> str:
    """Say each share, or of many the lowest, the middle one and the highest."""
    if len(table) <= MOST_SAID:
        return ", ".join(f"{label} {100 * share:.0f} %" for label, share in zip(labels, table["share"], strict=True))
    low, middle, high = (100 * table["share"].quantile(at) for at in (0, 0.5, 1))
    return f"{len(table)} from {labels[0]} to {labels[-1]}, from {low:.0f} to {high:.0f} %, median {middle:.0f} %"


def _shares(table: pd.DataFrame, labels: list[str]) -> go.Scatter:
    """Return a mark a bin with its interval."""
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
        mode="markers",
        error_y=interval,
        marker={"color": SIDE_COLOURS["denies"], "symbol": "square", "size": 9},
        hovertext=_share_hover(table, labels),
        hoverinfo="text",
        customdata=keys([""] * len(table)),
        cliponaxis=False,
    )


def _numbers(table: pd.DataFrame, labels: list[str]) -> dict[str, object]:
    """Return how many each share stands on, as a row of numbers above them."""
    both = table["denials"] + table["allegations"]
    return {
        "x": labels,
        "y": [NUMBERS] * len(table),
        "mode": "text",
        "text": [f"{number:.1f}".removesuffix(".0") for number in both],
        "textfont": {"size": 9},
        "hoverinfo": "skip",
    }


def _share_hover(table: pd.DataFrame, labels: list[str]) -> list[str]:
    return [
        hover(
            label,
            f"{100 * row.share:.0f} % denials (95 % interval {100 * row.low:.0f} to {100 * row.high:.0f} %)",
            f"{row.denials:.2f} denials, {row.allegations:.2f} allegations",
        )
        for label, row in zip(labels, table.itertuples(), strict=True)
    ]
