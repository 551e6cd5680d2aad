"""The chart of waves: a bar a wave on one axis of time."""

from __future__ import annotations

from calendar import month_abbr
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.marks import iso
from workbook.charts.spans import LABELS, padded
from workbook.charts.template import SIDE_COLOURS, empty, finished, hover, shown
from workbook.charts.undrawn import not_drawn
from workbook.dates import in_words
from workbook.events import counted, counted_within
from workbook.measures import Waves

ROW, MOST = 40, 40
THINNEST, THICKEST = 0.08, 0.42
EDGE = 3
BELOW = 0.18
DAY = 24 * 60 * 60 * 1000


def waves_over_time(found: Waves, *, most: int = MOST) -> go.Figure:
    """Draw each wave as a bar from its first to its last day, the thicker the more allegations, with its numbers.

    Parameters
    ----------
    found : Waves
        From `workbook.measures.waves`.
    most : int
        How many waves have room: the largest are drawn, and the others counted in the caption.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> figure = waves_over_time(workbook.measures.waves(chosen))
    >>> figure.layout.yaxis.ticktext[1]
    '2 · 30 Mar 2023 · 5 allegations, 0 denials'
    """
    by_size = found.table.sort_values(["allegations", "wave"], ascending=[False, True])
    drawn = by_size.head(most).sort_values("wave")
    caption = (
        f"A wave begins after more than {counted(found.choices['gap_days'], 'day')} without an allegation. A bar lasts "
        "from the first to the last day of a wave and is the thicker the more allegations are in it; with it stand "
        "these, and the denials that fall in it; a question mark stands after a day that is not known for sure."
        f"{not_drawn(by_size['allegations'], most=most, noun='wave', unit='allegation')} {found.basis.caption()}"
    )
    if drawn.empty:
        return empty(why="There is no wave: no dated allegation matches these parameters.", caption=caption)
    figure = go.Figure(go.Bar(_bars(drawn, found)))
    figure.update_xaxes(type="date", range=padded(drawn["first_earliest"].min(), drawn["last_latest"].max()))
    places = list(range(len(drawn)))
    labels = [shown(_label(row)) for row in drawn.to_dict("records")]
    figure.update_yaxes(tickvals=[place - 0.12 for place in places], ticktext=labels, **LABELS)
    figure.update_yaxes(range=[len(drawn) - 0.4, -0.75])
    return finished(figure, alt=_alt(drawn, found), caption=caption, height=90 + ROW * len(drawn))


def _bars(rows: pd.DataFrame, found: Waves) -> dict[str, object]:
    days = (rows["last_latest"] - rows["first_earliest"]).dt.days + 1
    colour = SIDE_COLOURS["alleges"]
    return {
        "base": iso(rows["first_earliest"]),
        "x": [int(day) * DAY for day in days],
        "y": [place + BELOW for place in range(len(rows))],
        "width": _thick(rows).tolist(),
        "orientation": "h",
        # An edge that is wider than a day is on a phone: a wave of one day is to be seen.
        "marker": {"color": colour, "line": {"color": colour, "width": EDGE}},
        "name": "waves",
        "showlegend": False,
        "hovertext": [_words(row, found) for row in rows.to_dict("records")],
        "hoverinfo": "text",
    }


def _thick(rows: pd.DataFrame) -> pd.Series:
    return THINNEST + (THICKEST - THINNEST) * rows["allegations"] / rows["allegations"].max()


def _label(row: dict[str, Any]) -> str:
    return f"{row['wave']} · {_span(row)} · {counted(row['allegations'], 'allegation')}, {_denials(row)}"


def _span(row: dict[str, Any]) -> str:
    """Write the first and the last day shortly: a label has to fit on a phone."""
    first, last = row["first_earliest"], row["last_latest"]
    if first == last:
        return _day(first)
    start = f"{first.day} {month_abbr[first.month]}" if first.year == last.year else _day(first)
    doubts = ["" if row[f"{end}_earliest"] == row[f"{end}_latest"] else "?" for end in ("first", "last")]
    return f"{start}{doubts[0]} – {_day(last)}{doubts[1]}"


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {month_abbr[day.month]} {day.year}"


def _denials(row: dict[str, Any]) -> str:
    return counted_within(row["denials"], row["denials_most"], "denial")


def _words(row: dict[str, Any], found: Waves) -> str:
    speakers = found.speakers[found.speakers["wave"] == row["wave"]].head(4)
    claims = found.claims[found.claims["wave"] == row["wave"]].head(3)
    return hover(
        f"Wave {row['wave']}: {_span(row)}",
        f"{counted(row['allegations'], 'allegation')}, {_denials(row)}, {counted(row['outlets'], 'outlet')}",
        ", ".join(f"{each.actor_name} {each.allegations}" for each in speakers.itertuples()),
        *(f"{each.claim} ({each.allegations})" for each in claims.itertuples()),
    )


def _alt(rows: pd.DataFrame, found: Waves) -> str:
    largest = rows.loc[rows["allegations"].idxmax()]
    first, last = in_words(found.table["first_text"].iloc[0]), in_words(found.table["last_text"].iloc[-1])
    return (
        f"Bars of {counted(len(found.table), 'wave')} of allegation, begun {first} and ended {last}. The largest, wave "
        f"{largest['wave']}, has {counted(int(largest['allegations']), 'allegation')}: {_span(largest.to_dict())}."
    )
