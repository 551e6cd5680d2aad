"""Claim by claim: who alleged, confirmed, qualified and denied it, and how it stands on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals as nw
import pandas as pd

from workbook.events import Selection, collected, counted
from workbook.measures.measured import Measured

STATUSES = {
    ("confirmed", "denied"): "called confirmed, and denied",
    ("confirmed", ""): "called confirmed, not denied",
    ("alleged", "denied"): "alleged and denied",
    ("alleged", ""): "alleged, not denied",
    ("", "denied"): "denied only",
    ("", ""): "neither alleged nor denied",
}
"""What has been done to a claim. "Called confirmed" is what who alleges it says; it does not make the claim true."""

KINDS = ("alleged", "confirmed", "qualified", "denied", "other")


def ledger(selection: Selection, *, on: date | None = None) -> Measured:
    """Say for every claim how it stands.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.
    on : datetime.date, optional
        The day on which it stands so; without it, after all statements of the selection. A statement counts on a day
        when its latest date is on or before it: what may lie after it is left out and counted in the note.

    Returns
    -------
    Measured
        Table with a row a claim: ``claim_id``, ``claim``, ``short_claim``, ``topic``, the numbers ``alleged`` (of which
        ``confirmed``), ``qualified``, ``denied``, ``other``, ``statements``; ``alleged_by``, ``confirmed_by``,
        ``denied_by`` (short names, joined), ``first_earliest``, ``last_latest``, ``status`` (one of `STATUSES`).
        Ordered by topic, then by the number of statements. What names no claim is left out and counted in a note.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> table = workbook.measures.ledger(chosen).table.set_index("claim_id")
    >>> table.at["dprk-delivers-rockets-to-wagner", "status"]
    'called confirmed, not denied'
    """
    rows = selection.events.filter(~nw.col("claim_id").is_null()).with_columns(_kind().alias("kind"))
    made = _made_by(rows, on).select("event_id", "claim_id", "kind", "hedge", "date_earliest", "date_latest")
    counts = collected(made).assign(events=1)
    days = counts.groupby("claim_id").agg(first_earliest=("date_earliest", "min"), last_latest=("date_latest", "max"))
    table = _described(_numbers(counts).merge(days.reset_index(), on="claim_id"), selection)
    table = table.merge(_names(selection, counts), on="claim_id", how="left")
    names = ["alleged_by", "confirmed_by", "denied_by"]
    table[names] = table[names].fillna("")
    noun = selection.basis.noun
    notes = [_nameless_note(selection.tally("claim_id"), noun=noun), _later_note(rows, on, noun=noun)]
    return Measured(table, selection.basis.with_notes(*notes), {"on": on})


def claim_counts(selection: Selection) -> Measured:
    """Count by claim what the statements do to it; `ledger` without names and days, for millions of events.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.

    Returns
    -------
    Measured
        Table with ``claim_id``, ``claim``, ``short_claim``, ``topic``, the numbers and ``status`` as of `ledger`.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"), topics=["barter"])
    >>> claim_counts(chosen).table["statements"].sum().item()
    3
    """
    counts = selection.tally("claim_id", "side", "act", "hedge")
    kind = counts["side"].map({"alleges": "alleged", "denies": "denied"}).fillna("other")
    counts = counts.assign(kind=kind.mask((kind == "other") & (counts["act"] == "qualification"), "qualified"))
    basis = selection.basis.with_notes(_nameless_note(counts, noun=selection.basis.noun))
    return Measured(_described(_numbers(counts), selection), basis)


def _kind() -> nw.Expr:
    """Name what a statement does to its claim."""
    return (
        nw.when(nw.col("side") == "alleges")
        .then(nw.lit("alleged"))
        .otherwise(
            nw.when(nw.col("side") == "denies")
            .then(nw.lit("denied"))
            .otherwise(nw.when(nw.col("act") == "qualification").then(nw.lit("qualified")).otherwise(nw.lit("other")))
        )
    )


def _made_by(rows: nw.LazyFrame[Any], on: date | None) -> nw.LazyFrame[Any]:
    return rows if on is None else rows.filter(nw.col("date_latest") <= pd.Timestamp(on).to_pydatetime())


def _nameless_note(counts: pd.DataFrame, *, noun: str) -> str:
    nameless = int(counts.loc[counts["claim_id"].isna(), "events"].sum())
    return f"{counted(nameless, noun)} without a claim left out." if nameless else ""


def _later_note(rows: nw.LazyFrame[Any], on: date | None, *, noun: str) -> str:
    if on is None:
        return ""
    made = _made_by(rows, on).select("event_id")
    later = len(collected(rows.join(made, on="event_id", how="anti").select("event_id")))
    are = "is" if later == 1 else "are"
    return f"As of {on}; {counted(later, noun)} may lie after that day and {are} not counted." if later else ""


def _numbers(counts: pd.DataFrame) -> pd.DataFrame:
    """Add up `events` by claim and by what they do to it."""
    holds = {kind: counts["kind"] == kind for kind in KINDS if kind != "confirmed"}
    holds["confirmed"] = holds["alleged"] & (counts["hedge"] == "confirmed")
    sums = {name: counts["events"].where(mask, 0) for name, mask in holds.items()}
    marks = counts.assign(**sums, statements=counts["events"])
    return marks.groupby("claim_id")[[*KINDS, "statements"]].sum().astype("int64").reset_index()


def _described(table: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Add each claim's words and its status; by topic, then by the number of statements."""
    claims = selection.words.claims[["claim_id", "claim", "short_claim", "topic"]]
    table = claims.merge(table, on="claim_id", how="inner")
    table = table.assign(status=[_status(row) for row in table.to_dict("records")])
    return table.sort_values(["topic", "statements", "claim"], ascending=[True, False, True], ignore_index=True)


def _names(selection: Selection, counts: pd.DataFrame) -> pd.DataFrame:
    people = collected(selection.participants.filter(nw.col("role") == "speaker").select("event_id", "actor_id"))
    names = selection.words.actors.set_index("actor_id")["short_name"]
    rows = counts.merge(people, on="event_id").sort_values(["date_latest", "event_id"])
    rows = rows.assign(name=rows["actor_id"].map(names))
    chosen = {
        "alleged_by": rows["kind"] == "alleged",
        "confirmed_by": (rows["kind"] == "alleged") & (rows["hedge"] == "confirmed"),
        "denied_by": rows["kind"] == "denied",
    }
    columns = [
        rows[holds].groupby("claim_id")["name"].agg(lambda each: "; ".join(dict.fromkeys(each))).rename(name)
        for name, holds in chosen.items()
    ]
    return pd.concat(columns, axis=1).rename_axis("claim_id").reset_index()


def _status(row: dict[str, Any]) -> str:
    alleged = "confirmed" if row["confirmed"] else "alleged" if row["alleged"] else ""
    return STATUSES[alleged, "denied" if row["denied"] else ""]
