"""Statements as marks in time: what each looks like, its possible dates, its words, its place in the legend."""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Iterable, Sequence

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.template import (
    HEDGE_SYMBOLS,
    HEDGE_WORDS,
    SIDE_COLOURS,
    SIDE_SYMBOLS,
    SIDE_WORDS,
    hover,
    keys,
    legend_mark,
)
from workbook.dates import in_words

SIZE, EDGE = 11, 2
MOST_PUBLISHERS = 4
LOOK = ["side", "is_open"]


def iso(days: pd.Series) -> list[str]:
    """Write days as plotly reads them."""
    return [str(day) for day in days.dt.strftime("%Y-%m-%d")]


def statement_marks(rows: pd.DataFrame, *, side: str, size: int = SIZE) -> dict[str, object]:
    """Return the marks of one side, at `date_mid` and `y`: colour by side, shape by hedge, or else by side."""
    colour = SIDE_COLOURS[side]
    return {
        "x": iso(rows["date_mid"]),
        "y": rows["y"].tolist(),
        "mode": "markers",
        "name": side,
        "showlegend": False,
        "marker": {
            "symbol": [HEDGE_SYMBOLS.get(hedge, SIDE_SYMBOLS[side]) for hedge in rows["hedge"].fillna("")],
            "color": colour,
            "size": size,
            "line": {"color": colour, "width": EDGE},
        },
        "hovertext": [_words(row) for row in rows.to_dict("records")],
        "hoverinfo": "text",
        "customdata": keys(rows["event_id"].tolist()),
    }


def _words(row: dict[str, object]) -> str:
    hedge = f", {row['hedge']}" if isinstance(row["hedge"], str) else ""
    claim = f": {row['claim']}" if isinstance(row["claim"], str) else ""
    return hover(
        str(row["speaker_names"]),
        f"{str(row['act']).replace('_', ' ')}{hedge}{claim}",
        in_words(str(row["date_text"])),
        _few(str(row["publishers"])),
        str(row["event_id"]),
    )


def _few(publishers: str) -> str:
    """Name the first publishers and count the others: a hover text has to fit on a phone; the table names all."""
    names = publishers.split("; ")
    rest = len(names) - MOST_PUBLISHERS
    return publishers if rest <= 1 else f"{'; '.join(names[:MOST_PUBLISHERS])} and {rest} more"


def stacked(places: Sequence[float], *, apart: float) -> list[int]:
    """Give each mark a level so that no two on one level are nearer than `apart`.

    Parameters
    ----------
    places : sequence of float
        Places on the axis; who comes first takes the lower level.
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
    taken: list[list[float]] = []
    levels = []
    for place in places:
        level = next((at for at, others in enumerate(taken) if _is_free(place, others, apart=apart)), len(taken))
        if level == len(taken):
            taken.append([])
        insort(taken[level], place)
        levels.append(level)
    return levels


def _is_free(place: float, others: Sequence[float], *, apart: float) -> bool:
    at = bisect(others, place)
    return all(abs(place - other) >= apart for other in others[max(at - 1, 0) : at + 1])


def date_spans(rows: pd.DataFrame) -> list[dict[str, object]]:
    """Return lines over the possible dates of statements that are not of one day; dotted where a bound is open.

    All lines of one look are one trace with gaps: a page draws a few traces quickly, and hundreds slowly.
    """
    first, last = rows["date_mid"].min(), rows["date_mid"].max()
    is_spread = (rows["date_earliest"] != rows["date_latest"]) | rows["date_earliest"].isna()
    spread = rows.assign(
        is_open=rows["date_earliest"].isna() | rows["date_latest"].isna(),
        start=iso(rows["date_earliest"].fillna(first)),
        end=iso(rows["date_latest"].fillna(last)),
    )[is_spread]
    return [_spans(of_look, side=str(side), is_open=is_open) for (side, is_open), of_look in spread.groupby(LOOK)]


def _spans(rows: pd.DataFrame, *, side: str, is_open: bool) -> dict[str, object]:
    gaps = [None] * len(rows)
    return {
        "x": with_gaps(rows["start"], rows["end"], gaps),
        "y": with_gaps(rows["y"], rows["y"], gaps),
        "line": {"color": SIDE_COLOURS[side], "width": 1.5, "dash": "dot" if is_open else "solid"},
        **{"mode": "lines", "connectgaps": False, "hoverinfo": "skip", "showlegend": False},
    }


def with_gaps(*parts: Iterable[object]) -> list[object]:
    """Return the first of each part, then the second of each, and so on.

    Examples
    --------
    >>> with_gaps([1, 2], [3, 4], [None, None])
    [1, 3, None, 2, 4, None]
    """
    return [each for together in zip(*parts, strict=True) for each in together]


def statement_legend(rows: pd.DataFrame) -> list[go.Scatter]:
    """Return legend entries for the marks that occur."""
    hedges, sides = set(rows["hedge"].dropna()), set(rows["side"])
    marks = [
        legend_mark(name=HEDGE_WORDS[hedge], symbol=symbol, colour=SIDE_COLOURS["alleges"])
        for hedge, symbol in HEDGE_SYMBOLS.items()
        if hedge in hedges
    ]
    return marks + [
        legend_mark(name=SIDE_WORDS[side], symbol=SIDE_SYMBOLS[side], colour=SIDE_COLOURS[side])
        for side in ("denies", "neither")
        if side in sides
    ]
