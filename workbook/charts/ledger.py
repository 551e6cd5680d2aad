"""The chart of claims: a lane a claim, a mark a statement."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.marks import date_spans, statement_legend, statement_marks
from workbook.charts.template import MUTED, SIDE_COLOURS, SIDE_WORDS, empty, finished, hover, shown, stands_for
from workbook.measures import Measured

TALLEST = 800
"""Pixels: with its heading a chart fits on a printed page."""

LANE = 27
APART = 0.3
MARK = 8
BELOW = 44
MOST_BARS = 30
LANES = {
    "ticklabelposition": "inside top",
    "ticklabeloverflow": "allow",
    "automargin": False,
    "tickfont": {"size": 10},
    "gridcolor": MUTED,
    "gridwidth": 0.4,
}
"""A lane is a line of the grid, and its label a label of the axis: one list each, where shapes are drawn one by one."""

BAR_SIDES = {"alleged": "alleges", "denied": "denies", "other": "neither"}


def claim_lanes(events: Measured, ledger: Measured) -> go.Figure:
    """Draw each claim as a lane, named above it with its status, and each statement about it as a mark.

    Parameters
    ----------
    events : Measured
        From `workbook.measures.ledger_events`.
    ledger : Measured
        From `workbook.measures.ledger`, of the same selection.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> figure = claim_lanes(workbook.measures.ledger_events(chosen), workbook.measures.ledger(chosen))
    >>> len(figure.layout.yaxis.ticktext)
    38
    """
    caption = (
        "A lane is a claim, a mark a statement about it at the middle of its possible dates, a line the span of these. "
        f"After the claim stands what has been done to it, not whether it is true. {ledger.basis.caption()}"
    )
    claims = ledger.table
    if claims.empty:
        return empty(why="No claim is spoken of: no statement matches these parameters.", caption=caption)
    lanes = {claim: -place for place, claim in enumerate(claims["claim_id"])}
    rows = _in_lanes(events.table, lanes)
    marks = [statement_marks(of_side, side=str(side), size=MARK) for side, of_side in rows.groupby("side", sort=True)]
    figure = go.Figure([go.Scatter(each) for each in (*date_spans(rows), *marks)] + statement_legend(rows))
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(lanes.values()),
        ticktext=[_label(claim) for claim in claims.to_dict("records")],
        range=[-len(claims) + 0.4, 0.9],
        **LANES,
    )
    # Room for two lines of days: a margin that adapts itself would draw all lanes twice.
    figure.update_xaxes(automargin=False).update_layout(margin_b=BELOW)
    height = 110 + min(LANE * len(claims), TALLEST)
    return finished(figure, alt=_alt(claims), caption=caption, height=height)


def _in_lanes(events: pd.DataFrame, lanes: dict[str, int]) -> pd.DataFrame:
    """Put each mark on its lane; marks of one lane and day are set apart, so that none hides another."""
    same = events.groupby(["claim_id", "date_mid"])["event_id"]
    place = same.cumcount() - (same.transform("size") - 1) / 2
    return events.assign(y=events["claim_id"].map(lanes) + place * APART)


def _label(claim: dict[str, object]) -> str:
    status = f"<i>{shown(str(claim['status']))}</i>" if claim["alleged"] or claim["denied"] else ""
    return f"{shown(str(claim['short_claim']))}{' · ' if status else ''}{status}"


def _alt(claims: pd.DataFrame) -> str:
    counts = claims["status"].value_counts()
    parts = ", ".join(f"{count} {status}" for status, count in counts.items())
    return f"{len(claims)} lanes of claims with a mark for each statement. By status: {parts}."


def claim_bars(ledger: Measured) -> go.Figure:
    """Draw a bar a claim, by what the statements do to it: for more claims or statements than lanes can show.

    Parameters
    ----------
    ledger : Measured
        From `workbook.measures.claim_counts` or `workbook.measures.ledger`.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> claim_bars(workbook.measures.claim_counts(chosen)).data[0].y[0]
    'North Korea supplies weapons'
    """
    table = ledger.table.sort_values(["statements", "claim_id"], ascending=[False, True]).head(MOST_BARS)
    rest = len(ledger.table) - len(table)
    caption = (
        "Statements by claim and by what they do to it"
        f"{f'; {rest} claims with fewer are not drawn' if rest else ''}. {ledger.basis.caption()}"
    )
    if table.empty:
        return empty(why="No claim is spoken of: nothing matches, or these events name no claims.", caption=caption)
    table = table.assign(other=table["other"] + table["qualified"])
    labels = [shown(claim) for claim in table["short_claim"]]
    figure = go.Figure([_claim_bar(table, column, labels=labels) for column in BAR_SIDES])
    figure.update_layout(barmode="stack")
    figure.update_xaxes(title_text=f"{ledger.basis.noun}s", rangemode="tozero", tickformat=",d")
    figure.update_yaxes(autorange="reversed", type="category")
    return finished(figure, alt=_alt(ledger.table), caption=caption, height=110 + LANE * len(table))


def _claim_bar(table: pd.DataFrame, column: str, *, labels: list[str]) -> go.Bar:
    texts = [
        hover(row.claim, f"{row.alleged} allege, {row.denied} deny, {row.other} neither", row.status)
        for row in table.itertuples()
    ]
    side = BAR_SIDES[column]
    return go.Bar(
        y=labels,
        x=table[column].tolist(),
        orientation="h",
        name=SIDE_WORDS[side],
        marker={"color": SIDE_COLOURS[side]},
        hovertext=texts,
        hoverinfo="text",
        customdata=stands_for([[claim] for claim in table["claim_id"]]),
    )
