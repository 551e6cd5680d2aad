"""Charts of both sides in time: the two lanes, how both grow, and how long an answer takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.template import (
    HEDGE_SYMBOLS,
    HEDGE_WORDS,
    MUTED,
    SIDE_COLOURS,
    SIDE_DASHES,
    SIDE_SYMBOLS,
    empty,
    finished,
    hover,
    keys,
    legend_mark,
)
from workbook.dates import in_words
from workbook.measures import Exchanges, Measured
from workbook.measures.survival import MedianLag

MARKS_ACROSS = 42
"""How many marks stand side by side before they touch, on a phone's width."""

STEP = 22
MEDIAN = 0.5
ARC_POINTS = 24


def stacked(days: Sequence[float], *, apart: float) -> list[int]:
    """Give each mark a level so that no two on one level are nearer than `apart`.

    Parameters
    ----------
    days : sequence of float
        Places on the axis, in ascending order.
    apart : float
        The least distance on a level.

    Returns
    -------
    list of int
        Levels from 0; each mark takes the lowest that is free.

    Examples
    --------
    >>> stacked([0, 1, 5, 5], apart=2)
    [0, 1, 0, 1]
    """
    last: list[float] = []
    levels = []
    for day in days:
        level = next((place for place, taken in enumerate(last) if day - taken >= apart), len(last))
        last[level : level + 1] = [day]
        levels.append(level)
    return levels


def denials_timeline(timeline: Measured, linked: Exchanges) -> go.Figure:
    """Draw allegations above and denials below one axis of time, with arcs from a denial to what it answers.

    Parameters
    ----------
    timeline : Measured
        From `workbook.measures.timeline_events`.
    linked : Exchanges
        From `workbook.measures.exchanges`.
    """
    caption = (
        "Each mark is a statement, at the middle of its possible dates; marks of near dates are stacked. A line "
        "through a mark spans its possible dates, a dotted one is open to the left. An arc leads from a denial to the "
        f"allegation that it answers. {timeline.basis.caption()}"
    )
    if timeline.table.empty:
        return empty(why="Nothing here alleges or denies: no statement matches these parameters.", caption=caption)
    rows = _placed(timeline.table)
    figure = go.Figure()
    for arc in _arcs(rows, linked.table):
        figure.add_scatter(**arc)
    for whisker in _whiskers(rows):
        figure.add_scatter(**whisker)
    for side, marks in rows.groupby("side", sort=True):
        figure.add_scatter(**_marks(marks, side=str(side)))
    figure.add_traces(_legend(rows))
    figure.add_hline(y=0, line={"color": MUTED, "width": 1})
    top, bottom = max(rows["y"].max(), 1), min(rows["y"].min(), -1)
    figure.update_yaxes(visible=False, range=[bottom - 1.4, top + 1.6])
    for text, y in (("allegations", top + 1.0), ("denials", bottom - 0.9)):
        figure.add_annotation(text=f"<b>{text}</b>", x=0, xref="paper", xanchor="left", y=y, showarrow=False)
    return finished(
        figure, alt=_timeline_alt(rows, linked), caption=caption, height=int(150 + STEP * (top - bottom + 3))
    )


def _placed(table: pd.DataFrame) -> pd.DataFrame:
    """Put each statement on its level: allegations upwards, denials downwards."""
    days = (table["date_mid"] - table["date_mid"].min()).dt.days.astype("float64")
    apart = max(float(days.max()) / MARKS_ACROSS, 1.0)
    rows = table.assign(place=days)
    parts = []
    for side, marks in rows.groupby("side", sort=True):
        ordered = marks.sort_values(["place", "event_id"])
        levels = pd.Series(stacked(ordered["place"].tolist(), apart=apart), index=ordered.index) + 1
        parts.append(ordered.assign(y=levels if side == "alleges" else -levels))
    return pd.concat(parts)


def _marks(rows: pd.DataFrame, *, side: str) -> dict[str, object]:
    symbols = [HEDGE_SYMBOLS.get(hedge, SIDE_SYMBOLS[side]) for hedge in rows["hedge"].fillna("")]
    colour = SIDE_COLOURS[side]
    return {
        "x": _iso(rows["date_mid"]),
        "y": rows["y"].tolist(),
        "mode": "markers",
        "name": side,
        "showlegend": False,
        "marker": {"symbol": symbols, "color": colour, "size": 11, "line": {"color": colour, "width": 2}},
        "hovertext": [_hover(row) for row in rows.to_dict("records")],
        "hoverinfo": "text",
        "customdata": keys(rows["event_id"].tolist()),
    }


def _iso(days: pd.Series) -> list[str]:
    return [str(day) for day in days.dt.strftime("%Y-%m-%d")]


def _hover(row: dict[str, object]) -> str:
    hedge = f", {row['hedge']}" if isinstance(row["hedge"], str) else ""
    return hover(
        str(row["speaker_names"]),
        f"{str(row['act']).replace('_', ' ')}{hedge}: {row['claim']}",
        in_words(str(row["date_text"])),
        str(row["publishers"]),
        str(row["event_id"]),
    )


def _whiskers(rows: pd.DataFrame) -> list[dict[str, object]]:
    """Draw the possible dates of each statement that is not of one day."""
    first, last = rows["date_mid"].min(), rows["date_mid"].max()
    spread = rows[(rows["date_earliest"] != rows["date_latest"]) | rows["date_earliest"].isna()]
    lines = []
    for row in spread.itertuples():
        is_open = pd.isna(row.date_earliest) or pd.isna(row.date_latest)
        ends = [first if pd.isna(row.date_earliest) else row.date_earliest]
        ends.append(last if pd.isna(row.date_latest) else row.date_latest)
        line = {"color": SIDE_COLOURS[row.side], "width": 1.5, "dash": "dot" if is_open else "solid"}
        x = [end.strftime("%Y-%m-%d") for end in ends]
        lines.append(
            {
                "x": x,
                "y": [row.y, row.y],
                "mode": "lines",
                "line": line,
                "hoverinfo": "skip",
                "showlegend": False,
            }
        )
    return lines


def _arcs(rows: pd.DataFrame, pairs: pd.DataFrame) -> list[dict[str, object]]:
    """Draw a curve from each denial to each allegation that it answers."""
    placed = rows.set_index("event_id")
    arcs: list[tuple[dict[str, object], dict[str, object]]] = []
    for pair in pairs.dropna(subset=["denial_id"]).itertuples():
        if not {pair.denial_id, pair.allegation_id} <= set(placed.index):
            continue
        ends = placed.loc[[pair.denial_id, pair.allegation_id]]
        x, y = _curve(ends["date_mid"].tolist(), ends["y"].tolist())
        text = hover(f"{pair.denier_names} answers {pair.alleger_names}", _lag_words(pair.lag_low, pair.lag_high))
        arcs.append(_arc(x, y, text=text, is_first=not arcs))
    return [trace for arc in arcs for trace in arc]


def _arc(x: list[str], y: list[float], *, text: str, is_first: bool) -> tuple[dict[str, object], dict[str, object]]:
    """Return a curve and the dot in its middle that carries its words.

    The ends of a curve lie under marks, which a pointer must reach: so the curve itself answers to no pointer.
    """
    common = {"name": "answers", "legendgroup": "answers"}
    line = {"color": MUTED, "width": 1.5, "shape": "spline"}
    middle = ARC_POINTS // 2
    curve = {"x": x, "y": y, "mode": "lines", "line": line, "hoverinfo": "skip", "showlegend": is_first}
    dot = {"x": [x[middle]], "y": [y[middle]], "mode": "markers", "marker": {"color": MUTED, "size": 6}}
    words = {"hovertext": [text], "hoverinfo": "text", "showlegend": False, "customdata": keys([""])}
    return {**common, **curve}, {**common, **dot, **words}


def _curve(days: list[pd.Timestamp], levels: list[float]) -> tuple[list[str], list[float]]:
    """Bend a line from one mark to the other."""
    x, y = [], []
    for step in range(ARC_POINTS + 1):
        share = step / ARC_POINTS
        x.append((days[0] + (days[1] - days[0]) * (share**2)).strftime("%Y-%m-%d %H:%M"))
        y.append(round(levels[0] + (levels[1] - levels[0]) * (1 - (1 - share) ** 2), 3))
    return x, y


def _lag_words(low: float, high: float) -> str:
    if pd.isna(low) or pd.isna(high):
        return "lag unknown"
    return f"after {low:.0f} days" if low == high else f"after {low:.0f} to {high:.0f} days"


def _legend(rows: pd.DataFrame) -> list[go.Scatter]:
    hedges = [hedge for hedge in HEDGE_SYMBOLS if hedge in set(rows["hedge"].dropna())]
    marks = [
        legend_mark(name=HEDGE_WORDS[hedge], symbol=HEDGE_SYMBOLS[hedge], colour=SIDE_COLOURS["alleges"])
        for hedge in hedges
    ]
    if (rows["side"] == "denies").any():
        marks.append(legend_mark(name="denies", symbol=SIDE_SYMBOLS["denies"], colour=SIDE_COLOURS["denies"]))
    return marks


def _timeline_alt(rows: pd.DataFrame, linked: Exchanges) -> str:
    counts = rows["side"].value_counts()
    first, last = (in_words(day.strftime("%Y-%m-%d")) for day in (rows["date_mid"].min(), rows["date_mid"].max()))
    answered = linked.table.loc[linked.table["answered"], "allegation_id"].nunique()
    return (
        f"Time line from {first} to {last}: {counts.get('alleges', 0)} allegations above, "
        f"{counts.get('denies', 0)} denials below; {answered} of the allegations are linked to a denial."
    )


def cumulative_sides(measured: Measured) -> go.Figure:
    """Draw how allegations and denials add up; a band where dates are uncertain.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.cumulative`.
    """
    caption = (
        "Allegations and denials up to each day: the lower edge of a band counts what was certainly said by then, "
        f"the upper edge what may have been. {measured.basis.caption()}"
    )
    if measured.table.empty:
        return empty(why="Nothing here alleges or denies: no statement matches these parameters.", caption=caption)
    figure = go.Figure()
    ends = []
    for side, rows in measured.table.groupby("side", sort=True):
        figure.add_traces(_band(rows, side=str(side)))
        ends.append(f"{rows['low'].iloc[-1]} {'allegations' if side == 'alleges' else 'denials'}")
    figure.update_yaxes(title_text="statements so far", rangemode="tozero", tickformat=",d")
    return finished(figure, alt=f"Step lines that end at {' and '.join(ends)}.", caption=caption, height=340)


def _band(rows: pd.DataFrame, *, side: str) -> list[go.Scatter]:
    colour, name = SIDE_COLOURS[side], "allegations" if side == "alleges" else "denials"
    common = {
        "x": _iso(rows["day"]),
        "mode": "lines",
        "legendgroup": name,
        "customdata": keys([""] * len(rows)),
    }
    texts = [
        hover(in_words(day.strftime("%Y-%m-%d")), f"{low} {name}" if low == high else f"{low} to {high} {name}")
        for day, low, high in zip(rows["day"], rows["low"], rows["high"], strict=True)
    ]
    low = go.Scatter(
        **common,
        y=rows["low"].tolist(),
        name=name,
        line={"color": colour, "shape": "hv", "dash": SIDE_DASHES[side], "width": 2.5},
        hovertext=texts,
        hoverinfo="text",
    )
    high = go.Scatter(
        **common,
        y=rows["high"].tolist(),
        name=name,
        showlegend=False,
        line={"color": colour, "shape": "hv", "width": 0},
        fill="tonexty",
        fillcolor=f"rgba{(*_rgb(colour), 0.25)}",
        hoverinfo="skip",
    )
    return [low, high]


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


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
    """
    words = (
        "Share of allegations still without a denial, by days (Kaplan-Meier); the band is the 95 % interval, a tick an "
        f"allegation that is unanswered when observation ends. {caption}"
    ).strip()
    total = medians["shortest"].answered + medians["shortest"].censored
    if not total:
        return empty(why="There is no allegation whose answer could be awaited.", caption=words)
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
    alt = f"Survival curve of {total} allegations: {last:.0f} % are unanswered at its end. {median}."
    return finished(figure, alt=alt, caption=words, height=360)


def _median_words(medians: Mapping[str, MedianLag]) -> str:
    days = [medians[bound].median for bound in ("shortest", "longest")]
    if None in days:
        return "median not reached"
    return f"median {days[0]:.0f} to {days[1]:.0f} days"


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
        "hovertext": [hover(f"{row.censored} unanswered after {row.day:.0f} days") for row in waiting.itertuples()],
        "hoverinfo": "text",
    }
