"""Single statements on an axis of time, and how both sides grow."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from workbook.events import Selection, collected
from workbook.measures.actors import joined_names
from workbook.measures.measured import Measured

COLUMNS = (
    *("event_id", "side", "act", "hedge", "claim_id", "claim", "short_claim", "topic", "speaker_names"),
    *("target_names", "actor_country", "date_text", "date_earliest", "date_latest", "date_mid", "publishers"),
    *("mention_count", "certainty", "summary"),
)


def timeline_events(selection: Selection) -> Measured:
    """List what alleges or denies, a row a statement.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.

    Returns
    -------
    Measured
        Table with ``event_id``, ``side``, ``act``, ``hedge``, ``claim_id``, ``claim``, ``short_claim``, ``topic``,
        ``speaker_names``, ``target_names``, ``actor_country``, ``date_text``, ``date_earliest``, ``date_latest``,
        ``date_mid`` (day in the middle of the bounds; the known bound where one is open), ``publishers``,
        ``mention_count``, ``certainty``, ``summary``; ordered by date.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> len(workbook.measures.timeline_events(chosen).table)
    31
    """
    return _rows(selection, nw.col("side") != "neither")


def ledger_events(selection: Selection) -> Measured:
    """List all statements with their claims, a row a statement; columns as for `timeline_events`.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> len(workbook.measures.ledger_events(chosen).table)
    54
    """
    return _rows(selection, ~nw.col("event_id").is_null())


def _rows(selection: Selection, holds: nw.Expr) -> Measured:
    rows = collected(selection.events.filter(holds))
    claims = selection.words.claims[["claim_id", "claim", "short_claim"]]
    rows = rows.merge(claims, on="claim_id", how="left")
    for role in ("speaker", "target"):
        rows = rows.merge(joined_names(selection, role=role), on="event_id", how="left")
    rows = rows.merge(_publishers(selection), on="event_id", how="left").assign(date_mid=_middle(rows))
    names = ["speaker_names", "target_names", "publishers"]
    rows[names] = rows[names].fillna("")
    rows = rows.sort_values(["date_mid", "event_id"], ignore_index=True)
    return Measured(rows[list(COLUMNS)], selection.basis, {})


def _middle(rows: pd.DataFrame) -> pd.Series:
    first, last = rows["date_earliest"], rows["date_latest"]
    middle = (first + (last - first) / 2).dt.floor("D")
    return middle.fillna(last).fillna(first)


def _publishers(selection: Selection) -> pd.DataFrame:
    names = selection.words.sources.set_index("source_id")["publisher"]
    carried = collected(selection.mentions.select("event_id", "source_id").unique()).sort_values("source_id")
    carried = carried.assign(publisher=carried["source_id"].map(names))
    joined = carried.groupby("event_id")["publisher"].agg(lambda each: "; ".join(dict.fromkeys(each)))
    return joined.rename("publishers").reset_index()


def cumulative(selection: Selection) -> Measured:
    """Count how many allegations and denials there have been by each day.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.

    Returns
    -------
    Measured
        Table with ``side``, ``day``, ``low`` (certainly made by that day: latest date on or before it) and ``high``
        (may have been made: earliest date on or before it; without an earliest date from the first day on).

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> table = workbook.measures.cumulative(chosen).table
    >>> table.groupby("side")["high"].max().to_dict()
    {'alleges': 26, 'denies': 5}
    """
    sides = collected(
        selection.events.filter(nw.col("side") != "neither").select("side", "date_earliest", "date_latest")
    )
    days = sorted({*sides["date_earliest"].dropna(), *sides["date_latest"].dropna()})
    tables = [
        pd.DataFrame(
            {
                "side": side,
                "day": days,
                "low": [int((rows["date_latest"] <= day).sum()) for day in days],
                "high": [int((rows["date_earliest"].isna() | (rows["date_earliest"] <= day)).sum()) for day in days],
            }
        )
        for side, rows in sides.groupby("side")
    ]
    empty = pd.DataFrame({"side": [], "day": [], "low": [], "high": []})
    return Measured(pd.concat(tables, ignore_index=True) if tables else empty, selection.basis, {})
