"""Who speaks, how often, from when to when, and about whom."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd

from workbook.events import Selection, collected
from workbook.measures.actors import described, rolled_up
from workbook.measures.frequency import frequency
from workbook.measures.intervals import garwood, wilson
from workbook.measures.measured import Measured

NOBODY = "nobody named"
JOINT_NOTE = "A joint statement counts once for each of its speakers."


def activity(selection: Selection, *, level: str = "actor") -> Measured:
    """Count what each speaker says.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.
    level : {"actor", "body", "state"}
        How far actors are rolled up.

    Returns
    -------
    Measured
        Table with a row a speaker, the most active first: ``actor_id``, ``name``, ``short_name``, ``country``,
        ``statements``, ``allegations``, ``denials``, ``other``, ``mentions``, ``share`` of all statements with ``low``
        and ``high`` (Wilson 1927), ``rate_low`` and ``rate_high`` (Garwood 1936, of the count), ``first_text``,
        ``last_text`` (EDTF of the first and the last dated statement), ``first_earliest``, ``last_latest`` (days),
        ``targets`` (whom it spoke about, at the same level).

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> states = workbook.measures.activity(chosen, level="state").table
    >>> states["name"].iloc[0]
    'United States'
    """
    speakers = rolled_up(selection, role="speaker", level=level)
    spoken = selection.events.drop("actor_id", "actor_name", "actor_country").join(speakers, on="event_id")
    table = collected(_counts(spoken, "actor_id")).merge(_spans(spoken), on="actor_id", how="left")
    table = table.merge(_targets(selection, speakers, level=level), on="actor_id", how="left")
    table = table.merge(described(selection, level=level), on="actor_id", how="left")
    table = table.rename(columns=NAMES)
    table = table.sort_values(["statements", "name"], ascending=[False, True], ignore_index=True)
    table = _with_intervals(table, total=selection.basis.events)
    table["targets"] = table["targets"].fillna(0).astype("int64")
    return Measured(table[list(COLUMNS)], selection.basis.with_notes(JOINT_NOTE), {"level": level})


NAMES = {
    "actor_name": "name",
    "actor_short_name": "short_name",
    "actor_country": "country",
    "mention_count": "mentions",
}
COLUMNS = (
    *(
        "actor_id",
        "name",
        "short_name",
        "country",
        "statements",
        "allegations",
        "denials",
        "other",
        "mentions",
    ),
    *(
        "share",
        "low",
        "high",
        "rate_low",
        "rate_high",
        "first_text",
        "last_text",
        "first_earliest",
        "last_latest",
    ),
    "targets",
)


def _counts(rows: nw.LazyFrame[Any], *keys: str) -> nw.LazyFrame[Any]:
    """Count the statements of each key, whole and by side."""
    sides = {"allegations": "alleges", "denials": "denies", "other": "neither"}
    flags = [(nw.col("side") == side).cast(nw.Int64).alias(name) for name, side in sides.items()]
    sums = [nw.col(name).sum() for name in (*sides, "mention_count")]
    return rows.with_columns(*flags).group_by(*keys).agg(nw.len().alias("statements"), *sums)


def _spans(spoken: nw.LazyFrame[Any]) -> pd.DataFrame:
    """Return the first and last dated statement of each actor; a date with an open bound is neither."""
    dated = spoken.filter(~nw.col("date_earliest").is_null(), ~nw.col("date_latest").is_null())
    ends = dated.group_by("actor_id").agg(
        nw.col("date_earliest").min().alias("first_earliest"),
        nw.col("date_latest").max().alias("last_latest"),
    )
    marked = dated.join(ends, on="actor_id")
    first = marked.filter(nw.col("date_earliest") == nw.col("first_earliest"))
    last = marked.filter(nw.col("date_latest") == nw.col("last_latest"))
    texts = [
        collected(rows.group_by("actor_id").agg(nw.col("date_text").min().alias(name)))
        for rows, name in ((first, "first_text"), (last, "last_text"))
    ]
    return collected(ends).merge(texts[0], on="actor_id").merge(texts[1], on="actor_id")


def _targets(selection: Selection, speakers: nw.LazyFrame[Any], *, level: str) -> pd.DataFrame:
    targets = rolled_up(selection, role="target", level=level, prefix="target")
    pairs = speakers.join(targets, on="event_id")
    return collected(pairs.group_by("actor_id").agg(nw.col("target_id").n_unique().alias("targets")))


def _with_intervals(table: pd.DataFrame, *, total: int) -> pd.DataFrame:
    shares = [wilson(count, total) for count in table["statements"]]
    rates = [garwood(count) for count in table["statements"]]
    return table.assign(
        share=table["statements"] / total if total else 0.0,
        low=[low for low, _ in shares],
        high=[high for _, high in shares],
        rate_low=[low for low, _ in rates],
        rate_high=[high for _, high in rates],
    )


def activity_over_time(
    selection: Selection,
    *,
    period: str = "month",
    level: str = "actor",
    count: str = "statement",
    uncertain: str = "spread",
) -> Measured:
    """Count what each speaker says, bin by bin.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.
    period, level, count, uncertain : str
        As for `workbook.measures.frequency`.

    Returns
    -------
    Measured
        Table with ``actor_id``, ``short_name``, ``bin_start``, ``bin_end``, ``weight``: every speaker in every bin.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> table = workbook.measures.activity_over_time(chosen, period="year", level="state").table
    >>> table[table["actor_id"] == "PRK"]["weight"].tolist()
    [6.0, 5.0]
    """
    split = frequency(selection, period=period, split_by="actor", level=level, count=count, uncertain=uncertain)
    columns = {"group": "actor_id", "label": "short_name", "total": "weight"}
    table = split.table.rename(columns=columns)[["actor_id", "short_name", "bin_start", "bin_end", "weight"]]
    return Measured(table, split.basis, split.choices)


def who_about_whom(selection: Selection, *, level: str = "state") -> Measured:
    """Count who speaks about whom.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.
    level : {"actor", "body", "state"}
        How far speakers and targets are rolled up.

    Returns
    -------
    Measured
        Table with ``actor_id``, ``actor_name``, ``actor_short_name``, ``target_id``, ``target_name``,
        ``target_short_name``, ``statements``, ``allegations``, ``denials``, ``other``; the most frequent pair first. A
        statement with several speakers or targets counts in each pair; without a target under "nobody named".

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> pair = workbook.measures.who_about_whom(chosen).table.iloc[0]
    >>> pair["actor_id"], pair["target_id"]
    ('USA', 'RUS')
    """
    speakers = rolled_up(selection, role="speaker", level=level)
    targets = rolled_up(selection, role="target", level=level, prefix="target")
    pairs = speakers.join(targets, on="event_id", how="left").with_columns(nw.col("target_id").fill_null(""))
    sides = selection.events.select("event_id", "side", "mention_count")
    counts = _counts(pairs.join(sides, on="event_id"), "actor_id", "target_id").drop("mention_count")
    table = collected(counts).merge(described(selection, level=level), on="actor_id", how="left")
    table = table.merge(described(selection, level=level, prefix="target"), on="target_id", how="left")
    names = ["target_name", "target_short_name"]
    table[names] = table[names].fillna(NOBODY)
    table = table.sort_values(
        ["statements", "actor_name", "target_name"], ascending=[False, True, True], ignore_index=True
    )
    note = "A statement about several counts once for each pair of speaker and target."
    return Measured(
        table.drop(columns=["actor_country", "target_country"]),
        selection.basis.with_notes(note),
        {"level": level},
    )
