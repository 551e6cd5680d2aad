"""Who speaks, how often, from when to when, and about whom."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from workbook.events import Selection, collected
from workbook.measures.actors import described
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
    speaking = speakers(selection, level=level)
    targets = _targets(selection, level=level)
    table = speaking.table.merge(targets, on="actor_id", how="left")
    table["targets"] = table["targets"].fillna(0).astype("int64")
    return Measured(table, speaking.basis, speaking.choices)


def speakers(selection: Selection, *, level: str = "actor") -> Measured:
    """Count what each speaker says; `activity` without the targets, which are costly among millions of events.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.
    level : {"actor", "body", "state"}
        How far actors are rolled up.

    Returns
    -------
    Measured
        Table as of `activity`, but for ``targets``.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"), acts=["denial"])
    >>> speakers(chosen, level="state").table["statements"].tolist()
    [4, 1]
    """
    counts = selection.spans("speaker", "side", level=level)
    table = _by_side(counts, "speaker").merge(_ends(counts), on="speaker", how="left")
    table = table.rename(columns={"speaker": "actor_id"})
    table = table.merge(described(selection, level=level), on="actor_id", how="left").rename(columns=NAMES)
    names = ["name", "short_name"]
    table[names] = table[names].fillna(NOBODY)
    table = table.sort_values(["statements", "name"], ascending=[False, True], ignore_index=True)
    table = _with_intervals(table, total=selection.basis.events)
    return Measured(table[list(COLUMNS)], selection.basis.with_notes(JOINT_NOTE), {"level": level})


NAMES = {
    "actor_name": "name",
    "actor_short_name": "short_name",
    "actor_country": "country",
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
)


def _by_side(counts: pd.DataFrame, *keys: str) -> pd.DataFrame:
    """Add up the statements of each key, whole and by side."""
    sides = {"allegations": "alleges", "denials": "denies", "other": "neither"}
    flags = {name: counts["events"].where(counts["side"] == side, 0) for name, side in sides.items()}
    marked = counts.assign(statements=counts["events"], **flags, **{key: counts[key].fillna("") for key in keys})
    sums = ["statements", *sides, "mentions"]
    return marked.groupby(list(keys), as_index=False)[sums].sum().astype(dict.fromkeys(sums, "int64"))


def _ends(spans: pd.DataFrame) -> pd.DataFrame:
    """Return the first and the last date of each speaker, of those by side."""
    named = spans.dropna(subset="speaker")
    firsts = named.sort_values(["first_earliest", "first_text"]).drop_duplicates("speaker")
    lasts = named.sort_values(["last_latest", "last_text"], ascending=[False, True]).drop_duplicates("speaker")
    first, last = firsts[["speaker", "first_earliest", "first_text"]], lasts[["speaker", "last_latest", "last_text"]]
    return first.merge(last, on="speaker")


def _targets(selection: Selection, *, level: str) -> pd.DataFrame:
    # Each pair once, then the pairs: engines take longer to count what is different within a group.
    pairs = selection.with_carried("speaker", "target", level=level).group_by("speaker", "target").agg(nw.len())
    named = pairs.filter(~nw.col("speaker").is_null(), ~nw.col("target").is_null()).group_by("speaker")
    return collected(named.agg(nw.len().alias("targets"))).rename(columns={"speaker": "actor_id"})


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
    counts = selection.tally("speaker", "target", "side", level=level)
    table = _by_side(counts, "speaker", "target").drop(columns="mentions")
    table = table.rename(columns={"speaker": "actor_id", "target": "target_id"})
    table = table.merge(described(selection, level=level), on="actor_id", how="left")
    table = table.merge(described(selection, level=level, prefix="target"), on="target_id", how="left")
    names = ["actor_name", "actor_short_name", "target_name", "target_short_name"]
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
