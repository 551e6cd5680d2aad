"""How many outlets carry what: publishers, however many articles of theirs carry it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import narwhals as nw
import pandas as pd

from workbook.events import Selection, alike, collected
from workbook.measures.actors import joined_names
from workbook.measures.exchanges import Exchanges
from workbook.measures.measured import Measured

MOST = 3
ONE_SOURCE = "A machine-coded event names one source alone: how many outlets carry it cannot be told."


def outlets(selection: Selection) -> Measured:
    """Count the statements that one outlet carries, two, and so on, by side.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.

    Returns
    -------
    Measured
        Table with ``side``, ``outlets`` (how many publishers carry it) and ``statements``.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> table = outlets(chosen).table
    >>> table[table["side"] == "alleges"].to_dict("records")
    [{'side': 'alleges', 'outlets': 1, 'statements': 23}, {'side': 'alleges', 'outlets': 2, 'statements': 3}]
    """
    rows = _with_outlets(selection).group_by("side", "outlets").agg(nw.len().alias("statements"))
    table = collected(rows).astype({"outlets": "int64"}).sort_values(["side", "outlets"], ignore_index=True)
    return Measured(table, selection.basis)


def most_carried(selection: Selection, *, most: int = MOST) -> Measured:
    """List the allegations and the denials that most outlets carry.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.
    most : int
        How many of each side; of several that as many outlets carry the one whose key sorts first.

    Returns
    -------
    Measured
        Table with ``side``, ``event_id``, ``speaker_names``, ``claim_id``, ``claim`` (missing where an event names
        none), ``date_text``, ``outlets``; of each side the most carried first.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> most_carried(chosen, most=1).table[["event_id", "outlets"]].to_numpy().tolist()
    [['st006', 2], ['st015', 1]]
    """
    columns = ["side", "event_id", "claim_id", "date_text", "outlets"]
    rows = _with_outlets(selection).select(*columns)
    firsts = [
        collected(rows.filter(nw.col("side") == side).sort("outlets", "event_id", descending=[True, False]).head(most))
        for side in ("alleges", "denies")
    ]
    table = pd.concat(firsts, ignore_index=True).astype({"outlets": "int64", "claim_id": "str"})
    named = joined_names(_only(selection, table["event_id"]), role="speaker")
    table = table.merge(named, on="event_id", how="left")
    table = table.merge(selection.words.claims[["claim_id", "claim"]], on="claim_id", how="left")
    chosen = ["side", "event_id", "speaker_names", "claim_id", "claim", "date_text", "outlets"]
    return Measured(table[chosen], selection.basis, {"most": most})


def outlets_of_answers(linked: Exchanges, *, selection: Selection) -> Measured:
    """Set beside each denial how many outlets carry it, and how many what it answers.

    Parameters
    ----------
    linked : Exchanges
        From `workbook.measures.exchanges`.
    selection : Selection
        The selection that it is from.

    Returns
    -------
    Measured
        Table with ``allegation_id``, ``denial_id``, ``allegation_outlets``, ``denial_outlets``: a row for each
        allegation and denial that answers it.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> table = outlets_of_answers(workbook.measures.exchanges(chosen), selection=chosen).table
    >>> table[["allegation_outlets", "denial_outlets"]].to_numpy().tolist()
    [[1, 1], [1, 1], [1, 1]]
    """
    table = linked.table.loc[linked.table["answered"], ["allegation_id", "denial_id"]].reset_index(drop=True)
    keys = pd.concat([table["allegation_id"], table["denial_id"]])
    counts = collected(_with_outlets(_only(selection, keys)).select("event_id", "outlets"))
    by_event = counts.set_index("event_id")["outlets"].astype("int64")
    for side in ("allegation", "denial"):
        table[f"{side}_outlets"] = table[f"{side}_id"].map(by_event).astype("int64")
    return Measured(table, linked.basis, dict(linked.choices))


def _with_outlets(selection: Selection) -> nw.LazyFrame[Any]:
    """Put beside each event how many publishers carry it."""
    carried = selection.mentions.select("event_id", "source_id")
    publishers = alike(carried, selection.words.sources[["source_id", "publisher"]])
    once = carried.join(publishers, on="source_id").select("event_id", "publisher").unique()
    counts = once.group_by("event_id").agg(nw.len().alias("outlets"))
    return selection.events.join(counts, on="event_id", how="left").with_columns(nw.col("outlets").fill_null(0))


def _only(selection: Selection, keys: Iterable[str]) -> Selection:
    """Keep a few events, and who takes part in them."""
    is_wanted = nw.col("event_id").is_in(list(keys))
    events, people = (frame.filter(is_wanted).to_native() for frame in (selection.events, selection.participants))
    return replace(selection, data=replace(selection.data, events=events, participants=people))
