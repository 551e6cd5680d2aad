"""Charts of who speaks: ranking, over time, and about whom."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.heat import heat_map
from workbook.charts.template import SIDE_COLOURS, SIDE_WORDS, apart, empty, finished, hover, shown, stands_for
from workbook.charts.undrawn import drawn_of, not_drawn
from workbook.dates import in_words, period_label
from workbook.events import counted
from workbook.measures import Measured

COUNTS = {"allegations": "alleges", "denials": "denies", "other": "neither"}
MOST_PAIRS = 15
MOST_ACTORS = 30
ROW = 26


def actor_ranking(measured: Measured, *, most: int = MOST_ACTORS) -> go.Figure:
    """Draw a bar a speaker, by what the statements do, with the interval of the count.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.activity`.
    most : int
        How many speakers are drawn, the most active first; the caption counts the others.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> actor_ranking(workbook.measures.activity(chosen)).data[0].y[0]
    'John Kirby'
    """
    table = measured.table.head(most)
    rest = not_drawn(measured.table["statements"], most=most, noun="speaker")
    caption = (
        f"Statements by speaker; the line is Garwood's 95 % interval of the count.{rest} {measured.basis.caption()}"
    )
    if table.empty:
        return empty(why="Nobody speaks: no statement matches these parameters.", caption=caption)
    labels = [shown(name) for name in apart(table["short_name"].tolist(), table["actor_id"].tolist())]
    texts = _ranking_hover(table)
    figure = go.Figure(_side_bars(table, labels=labels, texts=texts, actors=table["actor_id"].tolist()))
    figure.add_scatter(**_interval(table, labels=labels))
    figure.update_layout(barmode="stack")
    figure.update_xaxes(title_text="statements", rangemode="tozero", tickformat=",d")
    figure.update_yaxes(autorange="reversed", type="category")
    top = ", ".join(f"{row.short_name} {row.statements}" for row in table.head(5).itertuples())
    speakers = drawn_of(len(measured.table), most=most, noun="speaker")
    alt = f"Horizontal bars of statements for {speakers}. The most active: {top}."
    return finished(figure, alt=alt, caption=caption, height=110 + ROW * len(table))


def _side_bars(table: pd.DataFrame, *, labels: list[str], texts: list[str], actors: list[str]) -> list[go.Bar]:
    return [
        go.Bar(
            y=labels,
            x=table[column].tolist(),
            orientation="h",
            name=SIDE_WORDS[side],
            marker={"color": SIDE_COLOURS[side]},
            hovertext=texts,
            hoverinfo="text",
            customdata=stands_for([[actor] for actor in actors]),
        )
        for column, side in COUNTS.items()
    ]


def _interval(table: pd.DataFrame, *, labels: list[str]) -> dict[str, object]:
    return {
        "x": table["statements"].tolist(),
        "y": labels,
        "mode": "markers",
        "name": "95 % interval",
        "marker": {"size": 1, "color": "#555b63"},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": (table["rate_high"] - table["statements"]).round(2).tolist(),
            "arrayminus": (table["statements"] - table["rate_low"]).round(2).tolist(),
            "thickness": 1.2,
            "width": 3,
            "color": "#8a9099",
        },
        "hoverinfo": "skip",
    }


def _ranking_hover(table: pd.DataFrame) -> list[str]:
    return [
        hover(
            row.name,
            _what(row),
            f"first {in_words(row.first_text)}, last {in_words(row.last_text)}"
            if isinstance(row.first_text, str)
            else "",
        )
        for row in table.rename(columns={"name": "name_"}).assign(name=table["name"]).itertuples(index=False)
    ]


def _what(row: Any) -> str:
    return f"{counted(row.statements, 'statement')}: {row.allegations} allege, {row.denials} deny, {row.other} neither"


def actor_heatmap(measured: Measured, *, most: int = MOST_ACTORS) -> go.Figure:
    """Draw actors by time; the number in a cell is how many statements fall into it.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.activity_over_time`.
    most : int
        How many speakers are drawn, the most active first; the caption counts the others.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> actor_heatmap(workbook.measures.activity_over_time(chosen, period="year")).data[0].x
    ('2022', '2023')
    """
    period = str(measured.choices["period"])
    table = measured.table
    totals = table.groupby("actor_id", sort=False)["weight"].sum().sort_values(ascending=False, kind="stable")
    rest = not_drawn(totals, most=most, noun="speaker")
    caption = f"Statements by speaker and {period}; an empty cell has none.{rest} {measured.basis.caption()}"
    if table.empty or not table["weight"].sum():
        return empty(why="Nobody speaks in any bin: no statement matches these parameters.", caption=caption)
    order = totals.index[:most]
    grid = table.pivot(index="actor_id", columns="bin_start", values="weight").loc[order]
    names = table.drop_duplicates("actor_id").set_index("actor_id")["short_name"].loc[order]
    labels = [period_label(start.date(), period) for start in grid.columns]
    down = [shown(name) for name in apart(names.tolist(), order.tolist())]
    figure = heat_map(grid, across=labels, down=down, words="%{y}<br>%{x}: %{text}")
    figure.update_xaxes(nticks=12)
    busiest = names.iloc[0]
    speakers = drawn_of(len(totals), most=most, noun="speaker")
    alt = f"Heat map of statements by {speakers} over {len(labels)} bins of a {period}. Most: {busiest}."
    return finished(figure, alt=alt, caption=caption, height=90 + ROW * len(names))


def who_about_whom(measured: Measured, *, most: int = MOST_PAIRS) -> go.Figure:
    """Draw a bar a pair of speaker and target, by what the statements do.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.who_about_whom`.
    most : int
        How many pairs are drawn, the most frequent first; the caption counts the others.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> who_about_whom(workbook.measures.who_about_whom(chosen)).data[0].y[0]
    'United States → Russia'
    """
    table = measured.table.head(most)
    rest = not_drawn(measured.table["statements"], most=most, noun="pair")
    caption = f"Statements by pair of speaker and target.{rest} {measured.basis.caption()}"
    if table.empty:
        return empty(why="Nobody speaks about anybody: no statement matches these parameters.", caption=caption)
    pairs = apart(
        [f"{row.actor_short_name} → {row.target_short_name}" for row in table.itertuples()],
        [f"{row.actor_id} → {row.target_id}" for row in table.itertuples()],
    )
    texts = [
        hover(
            pair,
            _what(row),
        )
        for pair, row in zip(pairs, table.itertuples(), strict=True)
    ]
    figure = go.Figure(
        _side_bars(table, labels=[shown(pair) for pair in pairs], texts=texts, actors=table["actor_id"].tolist())
    )
    figure.update_layout(barmode="stack")
    figure.update_xaxes(title_text="statements", rangemode="tozero", tickformat=",d")
    figure.update_yaxes(autorange="reversed", type="category")
    top = ", ".join(f"{pair} {row.statements}" for pair, row in zip(pairs[:4], table.itertuples(), strict=False))
    drawn = drawn_of(len(measured.table), most=most, noun="pair")
    alt = f"Horizontal bars of who speaks about whom, {drawn}. The most frequent: {top}."
    return finished(figure, alt=alt, caption=caption, height=110 + ROW * len(table))
