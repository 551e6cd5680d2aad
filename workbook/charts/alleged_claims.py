"""Charts of claims in time: how long they have waited for a denial, and when they were called confirmed."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.marks import iso, with_gaps
from workbook.charts.spans import LABELS, padded
from workbook.charts.template import HEDGE_SYMBOLS, MUTED, SIDE_COLOURS, empty, finished, hover, shown, stands_for
from workbook.charts.undrawn import not_drawn
from workbook.dates import in_words
from workbook.events import counted, counted_within
from workbook.measures import AllegedClaims

ROW, MOST = 36, 20
SIZE, BELOW = 10, 0.28


def claims_never_denied(found: AllegedClaims, *, most: int = MOST) -> go.Figure:
    """Draw each claim that was never denied as a line from its first allegation to the end of observation.

    Parameters
    ----------
    found : AllegedClaims
        From `workbook.measures.alleged_claims`.
    most : int
        How many claims have room: the most often alleged are drawn, and the others counted in the caption.

    Examples
    --------
    >>> import workbook
    >>> data = workbook.load("arms_transfers")
    >>> found = workbook.measures.alleged_claims(workbook.select(data), denials=workbook.select(data, referred=True))
    >>> claims_never_denied(found).layout.meta["alt"].partition(":")[0]
    'Lines of 19 claims that were alleged and never denied'
    """
    never = found.table[~found.table["is_denied"]]
    waiting = never[never["first_latest"].notna()]
    waiting = waiting.sort_values(["allegations", "first_latest", "claim_id"], ascending=[False, True, True])
    rows = waiting.head(most)
    undated = _undated(never, waiting)
    caption = (
        "A line runs from the last possible day of the first allegation to the end of observation; on it the first and "
        "the last allegation. The most often alleged come first."
        f"{not_drawn(waiting['allegations'], most=most, noun='claim', unit='allegation')}{undated} "
        f"{found.basis.caption()}"
    )
    if rows.empty:
        return empty(why=f"No claim was alleged on a known day and never denied.{undated}", caption=caption)
    texts = [_waiting_words(row) for row in rows.to_dict("records")]
    figure = go.Figure(
        [
            _line(rows["first_latest"], pd.Series([found.end] * len(rows)), colour=MUTED),
            _marks(rows, "first_latest", "circle", texts=texts, name="first alleged"),
            _marks(rows, "last_latest", "circle-open", texts=texts, name="last alleged"),
        ]
    )
    labels = [f"{row.short_claim} · {counted(row.allegations, 'allegation')}" for row in rows.itertuples()]
    days = padded(rows["first_latest"].min(), found.end)
    return _in_rows(figure, labels, days=days, alt=_waiting_alt(waiting, never=len(never)), caption=caption)


def _waiting_alt(waiting: pd.DataFrame, *, never: int) -> str:
    longest = waiting.loc[waiting["waiting_low"].idxmax()]
    return (
        f"Lines of {counted(never, 'claim')} that {'was' if never == 1 else 'were'} alleged and never denied: the "
        f"longest, “{longest['claim']}”, for {counted(int(longest['waiting_low']), 'day')}."
    )


def claims_confirmed(found: AllegedClaims, *, most: int = MOST) -> go.Figure:
    """Draw each claim that a speaker called confirmed, from its first allegation to the first that calls it so.

    Parameters
    ----------
    found : AllegedClaims
        From `workbook.measures.alleged_claims`.
    most : int
        How many claims have room: the first called so are drawn, and the others counted in the caption.

    Examples
    --------
    >>> import workbook
    >>> data = workbook.load("arms_transfers")
    >>> found = workbook.measures.alleged_claims(workbook.select(data), denials=workbook.select(data))
    >>> claims_confirmed(found).layout.yaxis.ticktext
    ('Rockets and missiles for Wagner · at once',)
    """
    called = found.table[found.table["confirmations"] > 0]
    confirmed = called[called["confirmed_latest"].notna()].sort_values(["confirmed_latest", "claim_id"])
    rows = confirmed.head(most)
    rest = not_drawn(confirmed["allegations"], most=most, noun="claim", words="called so later")
    undated = _undated(called, confirmed)
    caption = (
        "From the first allegation of a claim to the first that calls it confirmed, which does not make it true; at "
        f"the last possible days.{rest}{undated} {found.basis.caption()}"
    )
    if rows.empty:
        return empty(why=f"No speaker calls any claim confirmed on a known day.{undated}", caption=caption)
    labels = [f"{row['short_claim']} · {_after(row)}" for row in rows.to_dict("records")]
    texts = [_confirmed_words(row) for row in rows.to_dict("records")]
    figure = go.Figure(
        [
            _line(rows["first_latest"], rows["confirmed_latest"], colour=SIDE_COLOURS["alleges"]),
            _marks(rows, "first_latest", "circle-open", texts=texts, name="first alleged"),
            _marks(rows, "confirmed_latest", HEDGE_SYMBOLS["confirmed"], texts=texts, name="first called confirmed"),
        ]
    )
    alt = f"Lines of {counted(len(rows), 'claim')} called confirmed: {'; '.join(labels)}."
    days = padded(rows["first_latest"].min(), rows["confirmed_latest"].max())
    return _in_rows(figure, labels, days=days, alt=alt, caption=caption)


def _undated(claims: pd.DataFrame, dated: pd.DataFrame) -> str:
    """Count the claims that have no place on the axis."""
    count = len(claims) - len(dated)
    return f" Without a known day: {counted(count, 'claim')}." if count else ""


def _in_rows(figure: go.Figure, labels: list[str], *, days: list[str], alt: str, caption: str) -> go.Figure:
    figure.update_xaxes(type="date", range=days)
    figure.update_yaxes(tickvals=list(range(len(labels))), ticktext=[shown(label) for label in labels], **LABELS)
    figure.update_yaxes(range=[len(labels) - 0.4, -0.75])
    return finished(figure, alt=alt, caption=caption, height=120 + ROW * len(labels))


def _places(rows: pd.DataFrame | pd.Series) -> list[float]:
    return [place + BELOW for place in range(len(rows))]


def _line(starts: pd.Series, ends: pd.Series, *, colour: str) -> go.Scatter:
    places = _places(starts)
    gaps = [None] * len(starts)
    return go.Scatter(
        x=with_gaps(iso(starts), iso(ends), gaps),
        y=with_gaps(places, places, gaps),
        mode="lines",
        connectgaps=False,
        line={"color": colour, "width": 2},
        hoverinfo="skip",
        showlegend=False,
    )


def _marks(rows: pd.DataFrame, day: str, symbol: str, *, texts: list[str], name: str) -> go.Scatter:
    colour = SIDE_COLOURS["alleges"]
    return go.Scatter(
        x=[None if pd.isna(each) else each.date().isoformat() for each in rows[day]],
        y=_places(rows),
        mode="markers",
        name=name,
        marker={"symbol": symbol, "color": colour, "size": SIZE, "line": {"color": colour, "width": 2}},
        hovertext=texts,
        hoverinfo="text",
        customdata=stands_for([[claim] for claim in rows["claim_id"]]),
    )


def _waiting_words(row: dict[str, Any]) -> str:
    return hover(
        str(row["claim"]),
        f"{counted(row['allegations'], 'allegation')} by {counted(row['speakers'], 'speaker')}",
        f"first {in_words(row['first_text'])}" if row["first_text"] else "",
        f"{counted(int(row['waiting_low']), 'day')} or more without a denial",
    )


def _confirmed_words(row: dict[str, Any]) -> str:
    return hover(
        str(row["claim"]),
        f"first alleged {in_words(row['first_text'])}" if row["first_text"] else "",
        f"first called confirmed {in_words(row['confirmed_text'])} by {row['confirmed_by']}",
    )


def _after(row: dict[str, Any]) -> str:
    low, high = row["to_confirmed_low"], row["to_confirmed_high"]
    if high == 0:
        return "at once"
    return f"after {counted_within(low, high, 'day')}"
