"""Which source carries what, and what stands in one source alone."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd

from workbook.events import Selection, collected
from workbook.measures.measured import Measured

FORMS = ("direct", "mixed", "indirect")


def coverage(selection: Selection) -> Measured:
    """Count what each source carries.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.

    Returns
    -------
    Measured
        Table with a row a source: ``source_id``, ``label`` (publisher and agency), ``published_text`` (EDTF),
        ``statements``, ``only_here`` (statements that no other source carries), ``share_only``, ``direct``, ``mixed``,
        ``indirect`` (mentions by form).

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> table = workbook.measures.coverage(chosen).table.set_index("source_id")
    >>> int(table.at["s002", "statements"]), int(table.at["s002", "only_here"])
    (12, 12)
    """
    carried = _carried(selection)
    alone = selection.events.filter(nw.col("source_count") == 1).select("event_id")
    counts = collected(carried.group_by("source_id").agg(nw.col("event_id").n_unique().alias("statements")))
    only = collected(
        carried.join(alone, on="event_id", how="semi").group_by("source_id").agg(nw.len().alias("only_here"))
    )
    forms = collected(selection.mentions.group_by("source_id", "form").agg(nw.len().alias("mentions")))
    forms = forms.pivot_table(index="source_id", columns="form", values="mentions", aggfunc="sum")
    table = _described(selection).merge(counts, on="source_id").merge(only, on="source_id", how="left")
    table = table.merge(forms.reindex(columns=list(FORMS)).reset_index(), on="source_id", how="left")
    numbers = ["only_here", *FORMS]
    table[numbers] = table[numbers].fillna(0).astype("int64")
    table = table.assign(share_only=table["only_here"] / table["statements"])
    columns = ["source_id", "label", "published_text", "statements", "only_here", "share_only", *FORMS]
    return Measured(table[columns], selection.basis, {})


def shared_coverage(selection: Selection) -> Measured:
    """Count the statements that two sources both carry.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.

    Returns
    -------
    Measured
        Table with ``source_a``, ``label_a``, ``source_b``, ``label_b``, ``statements``: every pair of sources, a
        source with itself too.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> table = workbook.measures.shared_coverage(chosen).table.set_index(["source_a", "source_b"])
    >>> int(table.at[("s000", "s001"), "statements"])
    4
    """
    carried = _carried(selection)
    pairs = carried.join(carried, on="event_id", suffix="_b").group_by("source_id", "source_id_b")
    counts = collected(pairs.agg(nw.len().alias("statements")))
    named = _described(selection)[["source_id", "label"]]
    named = named[named["source_id"].isin(counts["source_id"])]
    grid = named.merge(named, how="cross", suffixes=("", "_b"))
    table = grid.merge(counts, on=["source_id", "source_id_b"], how="left")
    table["statements"] = table["statements"].fillna(0).astype("int64")
    names = {"source_id": "source_a", "label": "label_a", "source_id_b": "source_b"}
    return Measured(table.rename(columns=names), selection.basis, {})


def carried_by(selection: Selection) -> Measured:
    """Count the statements that stand in one source, in two, and so on.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.

    Returns
    -------
    Measured
        Table with ``sources`` (how many) and ``statements``.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> workbook.measures.carried_by(chosen).table["statements"].tolist()
    [49, 5]
    """
    counts = selection.events.group_by("source_count").agg(nw.len().alias("statements"))
    table = collected(counts).rename(columns={"source_count": "sources"}).sort_values("sources", ignore_index=True)
    return Measured(table, selection.basis, {})


def _carried(selection: Selection) -> nw.LazyFrame[Any]:
    return selection.mentions.select("event_id", "source_id").unique()


def _described(selection: Selection) -> pd.DataFrame:
    sources = selection.words.sources
    agency = sources["agency"].fillna("")
    label = sources["publisher"].where(agency == "", sources["publisher"] + " (" + agency + ")")
    return pd.DataFrame({"source_id": sources["source_id"], "label": label, "published_text": sources["published"]})
