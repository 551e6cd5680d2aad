"""Both sides on one axis of time, and what answers what."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.marks import EDGE, SIZE, date_spans, stacked, statement_legend, statement_marks
from workbook.charts.template import MUTED, empty, finished, hover, keys
from workbook.dates import in_words
from workbook.events import counted, counted_within
from workbook.measures import Exchanges, Measured

MARKS_ACROSS = 42
"""How many marks stand side by side before they touch, on a phone's width."""

TALLEST = 800
STEP, LEAST_STEP = 22, 10
ROOM = 22
"""Pixels: of the stacks, of a level of them, and of the words above and below; a level shrinks until marks would
touch, so that the chart fits on a printed page."""

AXIS = {
    **{"type": "line", "x0": 0, "x1": 1, "xref": "x domain", "y0": 0, "y1": 0, "yref": "y"},
    "line": {"color": MUTED, "width": 1},
}
ARC_POINTS = 24


def denials_timeline(timeline: Measured, linked: Exchanges) -> go.Figure:
    """Draw allegations above and denials below one axis of time, with arcs from a denial to what it answers.

    Parameters
    ----------
    timeline : Measured
        From `workbook.measures.timeline_events`.
    linked : Exchanges
        From `workbook.measures.exchanges`.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> events, linked = workbook.measures.timeline_events(chosen), workbook.measures.exchanges(chosen)
    >>> denials_timeline(events, linked).layout.meta["alt"].partition(";")[2]
    ' 1 of the allegations is linked to a denial.'
    """
    caption = (
        "Each mark is a statement, at the middle of its possible dates; marks of near dates are stacked, what answers "
        "or is answered next to the axis. A line through a mark spans its possible dates, a dotted one is open at "
        f"its far end. An arc leads from a denial to the allegation that it answers. {timeline.basis.caption()}"
    )
    if timeline.table.empty:
        return empty(why="Nothing here alleges or denies: no statement matches these parameters.", caption=caption)
    rows = _placed(timeline.table, linked=_ends(linked.table))
    top, bottom = max(rows["y"].max(), 1), min(rows["y"].min(), -1)
    step = min(STEP, max(TALLEST / (top - bottom), LEAST_STEP))
    size = min(SIZE, int(step) - EDGE)
    marks = [statement_marks(of_side, side=str(side), size=size) for side, of_side in rows.groupby("side", sort=True)]
    drawn = [*_arcs(rows, linked.table), *date_spans(rows), *marks]
    figure = go.Figure([go.Scatter(each) for each in drawn] + statement_legend(rows))
    # All at once: plotly checks all shapes and labels again for each that is added.
    figure.update_layout(
        shapes=[AXIS],
        annotations=[_label("allegations", y=top + ROOM / step), _label("denials", y=bottom - ROOM / step)],
    )
    figure.update_yaxes(visible=False, range=[bottom - 1.5 * ROOM / step, top + 1.5 * ROOM / step])
    height = int(150 + step * (top - bottom) + 3 * ROOM)
    return finished(figure, alt=_timeline_alt(rows, linked), caption=caption, height=height)


def _label(text: str, *, y: float) -> dict[str, object]:
    return {"text": f"<b>{text}</b>", "x": 0, "xref": "paper", "xanchor": "left", "y": y, "showarrow": False}


def _ends(pairs: pd.DataFrame) -> set[str]:
    """Return the statements at the ends of arcs."""
    return set(pairs.loc[pairs["answered"], ["denial_id", "allegation_id"]].to_numpy().ravel())


def _placed(table: pd.DataFrame, *, linked: set[str]) -> pd.DataFrame:
    """Put each statement on its level: allegations upwards, denials downwards, the linked ones first.

    So arcs are short, and do not run through statements that they have nothing to do with.
    """
    days = (table["date_mid"] - table["date_mid"].min()).dt.days.astype("float64").fillna(0)
    apart = max(float(days.max()) / MARKS_ACROSS, 1.0)
    rows = table.assign(place=days, is_far=~table["event_id"].isin(linked))
    parts = []
    for side, marks in rows.groupby("side", sort=True):
        ordered = marks.sort_values(["is_far", "place", "event_id"])
        levels = pd.Series(stacked(ordered["place"].tolist(), apart=apart), index=ordered.index) + 1
        parts.append(ordered.assign(y=levels if side == "alleges" else -levels))
    return pd.concat(parts)


def _arcs(rows: pd.DataFrame, pairs: pd.DataFrame) -> list[dict[str, object]]:
    """Draw a curve from each denial to each allegation that it answers, and a dot in its middle that has its words.

    The ends of a curve lie under marks, which a pointer must reach: so the curve itself answers to no pointer.
    """
    placed = {key: (day, y) for key, day, y in zip(rows["event_id"], rows["date_mid"], rows["y"], strict=True)}
    drawn = pairs[pairs["denial_id"].isin(placed) & pairs["allegation_id"].isin(placed)]
    if drawn.empty:
        return []
    curves = [
        _curve(placed[denial], placed[allegation])
        for denial, allegation in zip(drawn["denial_id"], drawn["allegation_id"], strict=True)
    ]
    x, y = ([place for curve in curves for place in (*curve[axis], None)] for axis in (0, 1))
    middles = [[curve[axis][ARC_POINTS // 2] for curve in curves] for axis in (0, 1)]
    common = {"name": "answers", "legendgroup": "answers"}
    line = {"color": MUTED, "width": 1.5, "shape": "spline"}
    lines = {"x": x, "y": y, "mode": "lines", "connectgaps": False, "line": line, "hoverinfo": "skip"}
    dots = {"x": middles[0], "y": middles[1], "mode": "markers", "marker": {"color": MUTED, "size": 6}}
    words = {"hovertext": [_answer_words(pair) for pair in drawn.to_dict("records")], "hoverinfo": "text"}
    return [
        {**common, **lines},
        {**common, **dots, **words, "showlegend": False, "customdata": keys([""] * len(drawn))},
    ]


def _answer_words(pair: dict[str, Any]) -> str:
    lag = _lag_words(pair["lag_low"], pair["lag_high"])
    return hover(f"{pair['denier_names']} answers {pair['alleger_names']}", lag)


def _curve(start: tuple[pd.Timestamp, float], end: tuple[pd.Timestamp, float]) -> tuple[list[str], list[float]]:
    """Bend a line from one mark to the other."""
    days, levels = zip(start, end, strict=True)
    x, y = [], []
    for step in range(ARC_POINTS + 1):
        share = step / ARC_POINTS
        x.append((days[0] + (days[1] - days[0]) * (share**2)).strftime("%Y-%m-%d %H:%M"))
        y.append(round(levels[0] + (levels[1] - levels[0]) * (1 - (1 - share) ** 2), 3))
    return x, y


def _lag_words(low: float, high: float) -> str:
    if pd.isna(low) or pd.isna(high):
        return "lag unknown"
    return f"after {counted_within(low, high, 'day')}"


def _timeline_alt(rows: pd.DataFrame, linked: Exchanges) -> str:
    counts = rows["side"].value_counts()
    days = rows[["date_earliest", "date_mid", "date_latest"]]
    first, last = (in_words(day.strftime("%Y-%m-%d")) for day in (days.min().min(), days.max().max()))
    answered = linked.table.loc[linked.table["answered"], "allegation_id"].nunique()
    return (
        f"Time line from {first} to {last}: {counted(counts.get('alleges', 0), 'allegation')} above, "
        f"{counted(counts.get('denies', 0), 'denial')} below; {answered} of the allegations "
        f"{'is' if answered == 1 else 'are'} linked to a denial."
    )
