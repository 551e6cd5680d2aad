"""The chart of who answers whom: a bar a pair of accuser and accused."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.template import SIDE_COLOURS, empty, finished, hover, stands_for, wrapped
from workbook.charts.undrawn import not_drawn
from workbook.events import counted, counted_within
from workbook.measures import Measured

ROW, LABEL, MOST = 40, 28, 12
PALE = "rgba(213, 94, 0, 0.28)"
PARTS = {
    "answered": ("answered by the accused", SIDE_COLOURS["denies"], ""),
    "unanswered": ("not answered by the accused", PALE, ""),
    "unasked": ("about others, answered all the same", SIDE_COLOURS["denies"], "/"),
}
"""Words, colour and pattern of each part of a bar."""


def answers_by_pair(measured: Measured, *, most: int = MOST) -> go.Figure:
    """Draw a bar a pair: what the first alleges about the second, and how much of it the second answers.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.who_answers_whom`.
    most : int
        How many pairs have room: those with most allegations are drawn, and the others counted in the caption.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> linked = workbook.measures.exchanges(chosen)
    >>> figure = answers_by_pair(workbook.measures.who_answers_whom(linked, selection=chosen))
    >>> [trace.name for trace in figure.data]
    ['answered by the accused', 'not answered by the accused', 'about others, answered all the same']
    """
    table = measured.table.head(most)
    rest = not_drawn(measured.table["allegations"], most=most, noun="pair", unit="allegation")
    caption = (
        "Allegations by accuser and accused, and how many of them the accused answers with a denial. A joint "
        f"allegation counts for each pair in it.{rest} {measured.basis.caption()}"
    )
    if table.empty:
        return empty(why="Nobody alleges anything about anybody: nothing matches these parameters.", caption=caption)
    if table["answered"].isna().any():
        return empty(why="Nobody has coded what answers what: who answers whom cannot be told.", caption=caption)
    pairs = [f"{row.accuser} → {row.denier}" for row in table.itertuples()]
    places = list(range(len(table)))
    figure = go.Figure(_bars(table.assign(unanswered=table["allegations"] - table["answered"])))
    figure.update_layout(barmode="stack")
    figure.update_xaxes(title_text="allegations", rangemode="tozero", tickformat=",d")
    labels = [wrapped(pair, width=LABEL) for pair in pairs]
    figure.update_yaxes(tickvals=places, ticktext=labels, tickfont_size=11, range=[len(table) - 0.5, -0.5])
    return finished(figure, alt=_alt(table, pairs), caption=caption, height=140 + ROW * len(table))


def _bars(table: pd.DataFrame) -> list[go.Bar]:
    common = {
        "y": list(range(len(table))),
        "orientation": "h",
        "hovertext": [_words(row) for row in table.to_dict("records")],
        "hoverinfo": "text",
        "customdata": stands_for(table[["accuser_id", "denier_id"]].to_numpy().tolist()),
    }
    # A bar of no length would still show its edge.
    return [go.Bar(x=[count or None for count in table[part]], **_look(part), **common) for part in PARTS]


def _look(part: str) -> dict[str, object]:
    name, colour, pattern = PARTS[part]
    line = {"color": SIDE_COLOURS["alleges"] if part == "unanswered" else SIDE_COLOURS["denies"], "width": 0.8}
    return {"name": name, "marker": {"color": colour, "line": line, "pattern": {"shape": pattern, "size": 5}}}


def _words(row: dict[str, Any]) -> str:
    unasked = counted(int(row["unasked"]), "answer")
    return hover(
        f"{row['accuser']} → {row['denier']}",
        f"{int(row['answered'])} of {counted(row['allegations'], 'allegation')} answered",
        f"{unasked} to what is about others" if row["unasked"] else "",
        *(f"{which} after {_lag(row, which)}" for which in ("fastest", "slowest") if pd.notna(row[f"{which}_low"])),
    )


def _lag(row: dict[str, Any], which: str) -> str:
    return counted_within(row[f"{which}_low"], row[f"{which}_high"], "day")


def _alt(table: pd.DataFrame, pairs: list[str]) -> str:
    rows = zip(pairs, table.itertuples(), strict=True)
    parts = [f"{pair} {row.allegations}, {int(row.answered)} answered" for pair, row in rows]
    return f"Horizontal bars of allegations by accuser and accused. Most: {'; '.join(parts[:4])}."
