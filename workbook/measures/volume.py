"""Counts as a share of a whole stream, which grows by itself as more of the world is read."""

from __future__ import annotations

import pandas as pd

from workbook.errors import Fault, ParameterError
from workbook.events import Selection, counted
from workbook.measures.frequency import frequency
from workbook.measures.intervals import wilson
from workbook.measures.measured import Measured

NEARLY = 1e-6


def volume_share(
    selection: Selection, of: Selection, *, period: str = "month", count: str = "statement", uncertain: str = "spread"
) -> Measured:
    """Measure which share of a stream's volume the chosen events are, bin by bin.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.
    of : Selection
        The whole stream, of which the first is a part; its days are cut to those of the first.
    period, count, uncertain : str
        As for `workbook.measures.frequency`.

    Returns
    -------
    Measured
        Table with ``bin_start``, ``bin_end``, ``count``, ``volume``, ``share`` (missing where there is no volume),
        ``low``, ``high``: the 95 % interval of Wilson (1927). It takes counts for independent: repeated stories make it
        too narrow, and a stricter `count` wider.

    Raises
    ------
    ParameterError
        The selection is no part of the stream, or as for `workbook.measures.frequency`.

    Examples
    --------
    >>> import workbook
    >>> data = workbook.load("arms_transfers")
    >>> denials = workbook.select(data, acts=["denial"])
    >>> table = volume_share(denials, workbook.select(data), period="year").table
    >>> table[["count", "volume"]].to_numpy().tolist()
    [[5.0, 14.0], [0.0, 39.0]]
    """
    asked = {"period": period, "count": count, "uncertain": uncertain}
    whole = frequency(_cut_alike(of, selection), **asked).table.set_index("bin_start")
    part = frequency(selection, **asked)
    counts = part.table.set_index("bin_start")["total"]
    table = whole[["bin_end"]].assign(count=counts.reindex(whole.index).fillna(0.0), volume=whole["total"])
    _check_part(counts, table, period=period)
    known = table["volume"] > 0
    intervals = [wilson(hits, total) for hits, total in zip(table["count"], table["volume"], strict=True)]
    bounds = pd.DataFrame(intervals, index=table.index, columns=["low", "high"]).where(known)
    table = table.assign(share=(table["count"] / table["volume"]).where(known)).join(bounds).reset_index()
    note = f"Shares are of the whole stream of the same days: {counted(of.basis.events, of.basis.noun)} in all."
    return Measured(table, part.basis.with_notes(note), asked)


def _cut_alike(of: Selection, selection: Selection) -> Selection:
    """Cut a stream to the days of a selection, so that a bin holds the same days of both."""
    return Selection(of.data, of.basis, selection.start or of.start, selection.end or of.end)


def _check_part(counts: pd.Series, table: pd.DataFrame, *, period: str) -> None:
    if counts.index.isin(table.index).all() and (table["count"] <= table["volume"] + NEARLY).all():
        return
    found = f"a stream with fewer in a {period} than its part"
    raise ParameterError("volume_share", [Fault("parameters", None, "of", found, "a stream that holds all of it")])
