"""The chart of claims: a lane a claim, a mark a statement."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.marks import date_spans, stacked, statement_legend, statement_marks
from workbook.charts.template import MUTED, SIDE_COLOURS, SIDE_WORDS, apart, empty, finished, hover, shown, stands_for
from workbook.charts.undrawn import drawn_of, not_drawn
from workbook.errors import WorkbookError
from workbook.measures import Measured

LANE, LEVEL, TOPIC = 24, 7, 15
"""Pixels: of a lane whose marks stand side by side, of each further level of marks in it, of a topic's heading."""

MARK, DROP = 6, 6
MARKS_ACROSS = 84
"""How many marks stand side by side before they touch, on a page's width."""

HEAD, BELOW = 66, 44
MOST_CLAIMS = 40
NO_TOPIC = "no topic"
BAR = 27
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


def claim_lanes(events: Measured, ledger: Measured, *, most: int = MOST_CLAIMS) -> go.Figure:
    """Draw each claim as a lane, its name and status above its line and its statements as marks below.

    Parameters
    ----------
    events : Measured
        From `workbook.measures.ledger_events`.
    ledger : Measured
        From `workbook.measures.ledger`, of the same selection.
    most : int
        How many claims are drawn: the most spoken of, in the order of the ledger, by topic. The caption counts the
        others.

    Raises
    ------
    WorkbookError
        `most` is less than one, or there are too many statements for a chart.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> figure = claim_lanes(workbook.measures.ledger_events(chosen), workbook.measures.ledger(chosen))
    >>> figure.layout.yaxis.ticktext[:2]
    ('<b>barter</b>', 'North Korea seeks food aid · <i>alleged, not denied</i>')
    """
    if most < 1:
        raise WorkbookError(f"claim_lanes: most {most}; expected 1 or more. Choose how many claims are drawn.")
    ranked = _most_spoken_of(ledger.table)
    claims = ranked.head(most).sort_index()
    caption = (
        "A lane is a claim; below its line is a mark for each statement about it, at the middle of its possible dates, "
        "with a line over the span of these. Marks of near dates stand one below the other. After the claim stands "
        "what has been done to it, not whether it is true."
        f"{not_drawn(ranked['statements'], most=most, noun='claim')} {ledger.basis.caption()}"
    )
    if claims.empty:
        return empty(why="No claim is spoken of: no statement matches these parameters.", caption=caption)
    rows = _on_levels(events.table[events.table["claim_id"].isin(claims["claim_id"])])
    ticks = _ticks(claims, rows)
    lines = ticks.dropna().set_index("claim_id")["line"]
    rows = rows.assign(y=rows["claim_id"].map(lines) - DROP - LEVEL * rows["level"])
    marks = [statement_marks(of_side, side=str(side), size=MARK) for side, of_side in rows.groupby("side", sort=True)]
    figure = go.Figure([go.Scatter(each) for each in (*date_spans(rows), *marks)] + statement_legend(rows))
    bottom = float(rows["y"].min()) - DROP
    figure.update_yaxes(
        tickmode="array",
        tickvals=ticks["line"].tolist(),
        ticktext=ticks["label"].tolist(),
        range=[bottom, TOPIC],
        **LANES,
    )
    figure.update_xaxes(range=_days(rows))
    # Room for two lines of days: a margin that adapts itself would draw all lanes twice.
    figure.update_xaxes(automargin=False).update_layout(margin_b=BELOW)
    alt = _alt(ranked, most=most, shape="Lanes", each="a mark for each statement")
    return finished(figure, alt=alt, caption=caption, height=round(HEAD + TOPIC - bottom))


def _most_spoken_of(claims: pd.DataFrame) -> pd.DataFrame:
    return claims.sort_values(["statements", "claim_id"], ascending=[False, True])


def _on_levels(events: pd.DataFrame) -> pd.DataFrame:
    """Give each mark a level in its lane, so that none hides another."""
    days = (events["date_mid"] - events["date_mid"].min()).dt.days.astype("float64").fillna(0)
    apart = max(float(days.max()) / MARKS_ACROSS, 1.0)
    rows = events.assign(place=days).sort_values(["place", "event_id"])
    levels = [
        pd.Series(stacked(of_claim["place"].tolist(), apart=apart), index=of_claim.index)
        for _, of_claim in rows.groupby("claim_id")
    ]
    return rows.assign(level=pd.concat(levels))


def _ticks(claims: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the labels from top to bottom with the heights of their lines: each topic's, then its claims'.

    A lane is as tall as its levels of marks.
    """
    levels = rows.groupby("claim_id")["level"].max()
    ticks: list[tuple[str | None, str, int]] = []
    top = 0
    for topic, of_topic in claims.groupby(claims["topic"].fillna(NO_TOPIC), sort=False):
        ticks.append((None, f"<b>{shown(str(topic))}</b>", top))
        top -= TOPIC
        for claim in of_topic.to_dict("records"):
            ticks.append((claim["claim_id"], _label(claim), top))
            top -= LANE + LEVEL * int(levels[claim["claim_id"]])
    return pd.DataFrame(ticks, columns=["claim_id", "label", "line"])


def _days(rows: pd.DataFrame) -> list[str]:
    """Return the days that the axis shows: of all marks and all known bounds, with room for half a mark at the ends."""
    first, last = rows[["date_mid", "date_earliest"]].min().min(), rows[["date_mid", "date_latest"]].max().max()
    room = max((last - first) / MARKS_ACROSS, pd.Timedelta(days=1))
    return [day.strftime("%Y-%m-%d") for day in (first - room, last + room)]


def _label(claim: dict[str, object]) -> str:
    status = f"<i>{shown(str(claim['status']))}</i>" if claim["alleged"] or claim["denied"] else ""
    return f"{shown(str(claim['short_claim']))}{' · ' if status else ''}{status}"


def _alt(ledger: pd.DataFrame, *, most: int, shape: str, each: str) -> str:
    counts = ledger["status"].value_counts()
    parts = ", ".join(f"{count} {status}" for status, count in counts.items())
    claims = drawn_of(len(ledger), most=most, noun="claim")
    return f"{shape} for {claims} with {each}. All claims by status: {parts}."


def claim_bars(ledger: Measured, *, most: int = MOST_BARS) -> go.Figure:
    """Draw a bar a claim, by what the statements do to it: for more claims or statements than lanes can show.

    Parameters
    ----------
    ledger : Measured
        From `workbook.measures.claim_counts` or `workbook.measures.ledger`.
    most : int
        How many claims are drawn, the most spoken of first; the caption counts the others.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> claim_bars(workbook.measures.claim_counts(chosen)).data[0].y[0]
    'North Korea supplies weapons'
    """
    ranked = _most_spoken_of(ledger.table)
    table = ranked.head(most)
    rest = not_drawn(ranked["statements"], most=most, noun="claim", unit=ledger.basis.noun)
    caption = f"{ledger.basis.noun.capitalize()}s by claim and by what they do to it.{rest} {ledger.basis.caption()}"
    if table.empty:
        return empty(why="No claim is spoken of: nothing matches, or these events name no claims.", caption=caption)
    table = table.assign(other=table["other"] + table["qualified"])
    labels = [shown(claim) for claim in apart(table["short_claim"].tolist(), table["claim_id"].tolist())]
    figure = go.Figure([_claim_bar(table, column, labels=labels) for column in BAR_SIDES])
    figure.update_layout(barmode="stack")
    figure.update_xaxes(title_text=f"{ledger.basis.noun}s", rangemode="tozero", tickformat=",d")
    figure.update_yaxes(autorange="reversed", type="category")
    alt = _alt(ranked, most=most, shape="Bars", each="what the statements do to each")
    return finished(figure, alt=alt, caption=caption, height=110 + BAR * len(table))


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
