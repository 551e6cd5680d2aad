"""How often: events in bins of time, whole and by side, act, actor or source."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from workbook.errors import ParameterError, unknown_value
from workbook.events import COUNTS, SIDES, Selection, collected
from workbook.measures.actors import described
from workbook.measures.bins import binned, gapless
from workbook.measures.measured import Measured

SPLITS = ("act", "side", "family", "topic", "actor", "source")
"""What a frequency can be split by."""

ONE_A_DAY = ("actor_id", "target_id", "act", "date_precision")
"""What has to be alike, besides an exact day, so that several rows count as one."""


def frequency(
    selection: Selection,
    *,
    period: str = "month",
    split_by: str | None = None,
    count: str = "statement",
    uncertain: str = "spread",
    level: str = "actor",
) -> Measured:
    """Count events in bins of time.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`; its start and end clip the bins.
    period : {"day", "week", "month", "quarter", "year"}
        Width of a bin.
    split_by : {"act", "side", "family", "topic", "actor", "source"}, optional
        What to count apart. By actor a joint statement counts once for each speaker, by source once for each source.
    count : {"statement", "mention", "one_a_day"}
        What an event counts: one, its mentions, or one for speaker, target and act a day (the filter that is usual
        with machine-coded events, where many reports of one event become many rows).
    uncertain : {"spread", "midpoint", "leave_out"}
        What becomes of an event whose bounds reach over several bins. Spread: a share in each, by days.
    level : {"actor", "body", "state"}
        With ``split_by="actor"``: how far actors are rolled up.

    Returns
    -------
    Measured
        Table with ``bin_start``, ``bin_end``, ``group``, ``label``, ``certain`` (what lies in one bin for sure),
        ``uncertain`` (what is spread over several), ``total``, ``events`` (that touch the bin); every group in every
        bin, zeros included.

    Raises
    ------
    ParameterError
        A value that is not one of those named.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"), acts=["denial"])
    >>> table = workbook.measures.frequency(chosen, period="year").table
    >>> list(table["group"].unique())
    ['all']
    """
    _check(split_by=split_by, count=count)
    counts = _counts(selection, split_by=split_by, count=count, level=level)
    found = binned(counts, period=period, uncertain=uncertain, selection=selection)
    table = gapless(found, groups=_groups(counts, selection=selection, split_by=split_by, level=level))
    basis = selection.basis.with_notes(*found.notes, _count_note(count), _split_note(split_by))
    choices = {"period": period, "split_by": split_by, "count": count, "uncertain": uncertain, "level": level}
    return Measured(table, basis, choices)


def _check(*, split_by: str | None, count: str) -> None:
    faults = [] if count in COUNTS else [unknown_value("parameters", "count", count, COUNTS)]
    if split_by is not None and split_by not in SPLITS:
        faults.append(unknown_value("parameters", "split_by", split_by, SPLITS))
    if faults:
        raise ParameterError("frequency", faults)


def _counts(selection: Selection, *, split_by: str | None, count: str, level: str) -> pd.DataFrame:
    """Count what is alike in group and dates, and say what it counts: `date_earliest` to `units`, as `binned` asks."""
    group = {"actor": ["speaker"]}.get(split_by or "", [split_by] if split_by else [])
    keys = ["date_earliest", "date_latest", *group]
    if count == "one_a_day":
        counts = _once_a_day(selection, *keys, level=level)
    else:
        counts = selection.tally(*keys, level=level)
        # A source carries its own mention of an event, whatever others do.
        by_mention = count == "mention" and split_by != "source"
        counts = counts.assign(units=counts["mentions" if by_mention else "events"].astype("float64"))
    return counts.assign(group=counts[group[0]].fillna("none") if group else "all")


def _once_a_day(selection: Selection, *keys: str, level: str) -> pd.DataFrame:
    """Tally, with ``units`` of which what is alike on an exact day is one; only sums leave the engine."""
    apart = [key for key in ONE_A_DAY if key not in keys]
    is_exact = nw.col("date_precision") == "day"
    units = nw.when(is_exact).then(nw.lit(1)).otherwise(nw.col("events")).alias("units")
    sums = [nw.col(name).sum().alias(name) for name in ("events", "mentions", "units")]
    alike = selection.tallied(*keys, *apart, level=level)
    return collected(alike.with_columns(units).group_by(*keys).agg(*sums)).astype({"units": "float64"})


def _groups(counts: pd.DataFrame, *, selection: Selection, split_by: str | None, level: str) -> pd.DataFrame:
    """List the groups that occur, the most frequent first; the sides in their own order."""
    totals = counts.groupby("group", as_index=False)["units"].sum()
    if split_by == "side":
        order = [side for side in SIDES if side in set(totals["group"])]
    else:
        order = totals.sort_values(["units", "group"], ascending=[False, True])["group"].tolist()
    labels = _labels(selection, split_by=split_by, level=level)
    return pd.DataFrame(
        {"group": order, "label": [labels.get(group, group.replace("_", " ")) for group in order]},
        dtype="str",
    )


def _labels(selection: Selection, *, split_by: str | None, level: str) -> dict[str, str]:
    if split_by == "actor":
        return dict(described(selection, level=level)[["actor_id", "actor_short_name"]].itertuples(index=False))
    if split_by == "source":
        return dict(selection.words.sources[["source_id", "publisher"]].itertuples(index=False))
    return {}


def _count_note(count: str) -> str:
    notes = {
        "mention": "Counted by mention: a statement in five articles counts five times.",
        "one_a_day": "Counted once a day for speaker, target and act; without an exact day each counts for itself.",
    }
    return notes.get(count, "")


def _split_note(split_by: str | None) -> str:
    notes = {
        "actor": "A joint statement counts once for each of its speakers.",
        "source": "A statement counts once for each source that carries it.",
    }
    return notes.get(split_by or "", "")


def denial_share(selection: Selection, *, period: str = "month", uncertain: str = "spread") -> Measured:
    """Measure the share of denials among what alleges or denies.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.
    period, uncertain : str
        As for `frequency`.

    Returns
    -------
    Measured
        Table with ``bin_start``, ``bin_end``, ``denials``, ``allegations``, ``share`` (missing where there is
        neither), ``low``, ``high``: the 95 % interval of Wilson (1927).

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> table = workbook.measures.denial_share(chosen, period="year").table
    >>> [round(share, 2) for share in table["share"]]
    [0.71, 0.0]
    """
    from workbook.measures.intervals import wilson

    split = frequency(selection, period=period, split_by="side", uncertain=uncertain)
    bins = split.table.pivot_table(index=["bin_start", "bin_end"], columns="group", values="total", aggfunc="sum")
    bins = bins.reindex(columns=["denies", "alleges"], fill_value=0.0)
    table = bins.rename(columns={"denies": "denials", "alleges": "allegations"}).reset_index()
    both = table["denials"] + table["allegations"]
    intervals = [wilson(hits, total) for hits, total in zip(table["denials"], both, strict=True)]
    table = table.assign(
        share=(table["denials"] / both).where(both > 0),
        low=[low for low, _ in intervals],
        high=[high for _, high in intervals],
    )
    table[["low", "high"]] = table[["low", "high"]].where(both > 0)
    table.columns.name = None
    return Measured(table, split.basis, {"period": period, "uncertain": uncertain})
