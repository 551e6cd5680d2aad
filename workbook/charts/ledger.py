"""The chart of claims: a lane a claim, a mark a statement."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.template import (
    HEDGE_SYMBOLS,
    HEDGE_WORDS,
    MUTED,
    SIDE_COLOURS,
    SIDE_SYMBOLS,
    SIDE_WORDS,
    empty,
    finished,
    hover,
    keys,
    legend_mark,
    shown,
)
from workbook.dates import in_words
from workbook.measures import Measured

TALLEST = 820
LANE = 27


def claim_lanes(events: Measured, ledger: Measured) -> go.Figure:
    """Draw each claim as a lane, named above it with its status, and each statement about it as a mark.

    Parameters
    ----------
    events : Measured
        From `workbook.measures.ledger_events`.
    ledger : Measured
        From `workbook.measures.ledger`, of the same selection.
    """
    caption = (
        "A lane is a claim, a mark a statement about it at the middle of its possible dates, a line the span of these. "
        f"After the claim stands what has been done to it, not whether it is true. {ledger.basis.caption()}"
    )
    claims = ledger.table
    if claims.empty:
        return empty(why="No claim is spoken of: no statement matches these parameters.", caption=caption)
    lanes = {claim: -place for place, claim in enumerate(claims["claim_id"])}
    rows = events.table.assign(y=events.table["claim_id"].map(lanes))
    figure = go.Figure()
    for line in _spans(rows):
        figure.add_scatter(**line)
    for side, marks in rows.groupby("side", sort=True):
        figure.add_scatter(**_marks(marks, side=str(side)))
    figure.add_traces(_legend(rows))
    for claim in claims.to_dict("records"):
        figure.add_annotation(**_label(claim, y=lanes[claim["claim_id"]]))
        figure.add_hline(y=lanes[claim["claim_id"]], line={"color": MUTED, "width": 0.4})
    figure.update_yaxes(visible=False, range=[-len(claims) + 0.4, 0.9])
    height = 110 + min(LANE * len(claims), TALLEST)
    return finished(figure, alt=_alt(claims), caption=caption, height=height)


def _label(claim: dict[str, object], *, y: int) -> dict[str, object]:
    status = f"<i>{shown(str(claim['status']))}</i>" if claim["alleged"] or claim["denied"] else ""
    text = f"{shown(str(claim['short_claim']))}{' · ' if status else ''}{status}"
    place = {"x": 0, "xref": "paper", "xanchor": "left", "y": y, "yanchor": "bottom", "yshift": 4}
    return {**place, "text": text, "showarrow": False, "font": {"size": 11}, "align": "left"}


def _marks(rows: pd.DataFrame, *, side: str) -> dict[str, object]:
    colour = SIDE_COLOURS[side]
    symbols = [HEDGE_SYMBOLS.get(hedge, SIDE_SYMBOLS[side]) for hedge in rows["hedge"].fillna("")]
    return {
        "x": [str(day) for day in rows["date_mid"].dt.strftime("%Y-%m-%d")],
        "y": rows["y"].tolist(),
        "mode": "markers",
        "name": side,
        "showlegend": False,
        "marker": {"symbol": symbols, "color": colour, "size": 10, "line": {"color": colour, "width": 1.8}},
        "hovertext": [_hover(row) for row in rows.to_dict("records")],
        "hoverinfo": "text",
        "customdata": keys(rows["event_id"].tolist()),
    }


def _hover(row: dict[str, object]) -> str:
    hedge = f", {row['hedge']}" if isinstance(row["hedge"], str) else ""
    act = f"{str(row['act']).replace('_', ' ')}{hedge}"
    return hover(
        str(row["claim"]),
        f"{row['speaker_names']}: {act}",
        in_words(str(row["date_text"])),
        str(row["publishers"]),
        str(row["event_id"]),
    )


def _spans(rows: pd.DataFrame) -> list[dict[str, object]]:
    first = rows["date_mid"].min()
    spread = rows[(rows["date_earliest"] != rows["date_latest"]) | rows["date_earliest"].isna()]
    lines = []
    for row in spread.itertuples():
        is_open = pd.isna(row.date_earliest)
        x = [
            (first if is_open else row.date_earliest),
            row.date_mid if pd.isna(row.date_latest) else row.date_latest,
        ]
        line = {"color": SIDE_COLOURS[row.side], "width": 1.5, "dash": "dot" if is_open else "solid"}
        days = [day.strftime("%Y-%m-%d") for day in x]
        lines.append(
            {
                "x": days,
                "y": [row.y, row.y],
                "mode": "lines",
                "line": line,
                "hoverinfo": "skip",
                "showlegend": False,
            }
        )
    return lines


def _legend(rows: pd.DataFrame) -> list[go.Scatter]:
    hedges = set(rows["hedge"].dropna())
    marks = [
        legend_mark(name=HEDGE_WORDS[hedge], symbol=symbol, colour=SIDE_COLOURS["alleges"])
        for hedge, symbol in HEDGE_SYMBOLS.items()
        if hedge in hedges
    ]
    return marks + [
        legend_mark(name=SIDE_WORDS[side], symbol=SIDE_SYMBOLS[side], colour=SIDE_COLOURS[side])
        for side in ("denies", "neither")
        if side in set(rows["side"])
    ]


def _alt(claims: pd.DataFrame) -> str:
    counts = claims["status"].value_counts()
    parts = ", ".join(f"{count} {status}" for status, count in counts.items())
    return f"{len(claims)} lanes of claims with a mark for each statement. By status: {parts}."
