"""Events shared out among bins of time, uncertain dates included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import narwhals as nw
import pandas as pd

from workbook.dates import PERIODS, period_bins
from workbook.errors import ParameterError, unknown_value
from workbook.events import Selection, collected, counted
from workbook.measures.engine import alike, bin_day, day_number

UNCERTAIN = ("spread", "midpoint", "leave_out")
"""``spread``: over all bins that the bounds cover, by days; ``midpoint``: all of it in the bin of the middle day (of
two the earlier); ``leave_out``: not at all."""

NAMED_AT_MOST = 12
LEAST_SAID = 0.005
"""A weight below this rounds to nothing."""


@dataclass(frozen=True)
class Binned:
    """Weights by bin and group, and what stands in no bin.

    Attributes
    ----------
    table : pandas.DataFrame
        ``bin_start``, the keys, ``certain``, ``uncertain``, ``events``: only where there are any.
    bins : tuple of (pandas.Timestamp, pandas.Timestamp)
        First and last day of every bin, without a gap.
    notes : tuple of str
        What stands in no bin, in sentences.
    """

    table: pd.DataFrame
    bins: tuple[tuple[pd.Timestamp, pd.Timestamp], ...]
    notes: tuple[str, ...]


def binned(
    rows: nw.LazyFrame[Any], *, keys: Sequence[str], period: str, uncertain: str, selection: Selection
) -> Binned:
    """Share events out among bins.

    Parameters
    ----------
    rows : narwhals.LazyFrame
        Events with ``event_id``, ``date_earliest``, ``date_latest``, ``units`` (what each counts) and the keys; an
        event may stand in several rows, of different keys.
    keys : sequence of str
        Columns to count apart.
    period, uncertain : str
        One of `workbook.dates.PERIODS`, one of `UNCERTAIN`.
    selection : Selection
        Whose start and end clip the bins.

    Returns
    -------
    Binned
        The weights of an event with both bounds, over all bins and what the notes say to lie outside, sum to its
        units.

    Raises
    ------
    ParameterError
        Unknown period or way of treating uncertain dates.
    """
    _check(period=period, uncertain=uncertain)
    noun = selection.basis.noun
    rows = rows.select("event_id", "date_earliest", "date_latest", "units", *keys)
    dated = _clipped(_marked(rows, period=period, uncertain=uncertain), selection)
    span = collected(
        dated.select(
            nw.col("from_day").min().alias("first"),
            nw.col("to_day").max().alias("last"),
            (nw.col("units") * (1 - nw.col("inside"))).sum().alias("outside"),
        )
    ).iloc[0]
    notes = [
        _undated_note(rows, noun=noun),
        _uncertain_note(rows, period=period, uncertain=uncertain, noun=noun),
        _outside_note(float(span["outside"] or 0), noun=noun),
    ]
    bins = _bins(span, period=period, selection=selection)
    table = _weights(dated, bins=bins, keys=list(keys))
    return Binned(table, tuple((_timestamp(a), _timestamp(b)) for a, b in bins), tuple(note for note in notes if note))


def gapless(found: Binned, *, groups: pd.DataFrame) -> pd.DataFrame:
    """Fill every bin of every group, with zeros where nothing is.

    Parameters
    ----------
    found : Binned
        From `binned`, with the groups' key columns.
    groups : pandas.DataFrame
        One row a group: its key columns and what else describes it.

    Returns
    -------
    pandas.DataFrame
        ``bin_start``, ``bin_end``, the groups' columns, ``certain``, ``uncertain``, ``total``, ``events``; ordered by
        group, then bin.
    """
    bins = pd.DataFrame(list(found.bins), columns=["bin_start", "bin_end"]).astype("datetime64[us]")
    grid = groups.merge(bins, how="cross")
    keys = [name for name in groups.columns if name in found.table.columns]
    table = grid.merge(found.table, on=[*keys, "bin_start"], how="left")
    counts = ["certain", "uncertain"]
    table[counts] = table[counts].astype("float64").fillna(0.0)
    table["total"] = table["certain"] + table["uncertain"]
    table["events"] = table["events"].fillna(0).astype("int64")
    ends = ["certain", "uncertain", "total", "events"]
    return table[["bin_start", "bin_end", *groups.columns, *ends]]


def _check(*, period: str, uncertain: str) -> None:
    asked = {"period": (period, PERIODS), "uncertain": (uncertain, UNCERTAIN)}
    faults = [
        unknown_value("parameters", name, value, known) for name, (value, known) in asked.items() if value not in known
    ]
    if faults:
        raise ParameterError("measure", faults)


def _marked(rows: nw.LazyFrame[Any], *, period: str, uncertain: str) -> nw.LazyFrame[Any]:
    """Keep the rows with both bounds and mark those that lie in one bin; move or drop the others as asked."""
    dated = rows.filter(~nw.col("date_earliest").is_null(), ~nw.col("date_latest").is_null())
    dated = dated.with_columns(
        bin_day("date_earliest", period=period, of=rows).alias("bin_day"),
        bin_day("date_latest", period=period, of=rows).alias("last_bin_day"),
        day_number("date_earliest", of=rows).alias("from_day"),
        day_number("date_latest", of=rows).alias("to_day"),
    ).with_columns((nw.col("bin_day") == nw.col("last_bin_day")).alias("is_certain"))
    if uncertain == "leave_out":
        return dated.filter(nw.col("is_certain"))
    if uncertain == "midpoint":
        middle = (nw.col("from_day") + nw.col("to_day")) // 2
        return dated.with_columns(middle.alias("from_day"), middle.alias("to_day"))
    return dated


def _clipped(dated: nw.LazyFrame[Any], selection: Selection) -> nw.LazyFrame[Any]:
    """Cut the days outside the selection off; ``inside`` is the share that is left, ``days`` the whole span."""
    days = (nw.col("to_day") - nw.col("from_day") + 1).cast(nw.Float64)
    dated = dated.with_columns(days.alias("days"))
    if selection.start:
        first = nw.lit(_days_since_1970(selection.start))
        dated = dated.with_columns(nw.max_horizontal("from_day", first).alias("from_day"))
    if selection.end:
        last = nw.lit(_days_since_1970(selection.end))
        dated = dated.with_columns(nw.min_horizontal("to_day", last).alias("to_day"))
    left = nw.max_horizontal(nw.col("to_day") - nw.col("from_day") + 1, nw.lit(0)).cast(nw.Float64)
    return dated.with_columns((left / nw.col("days")).alias("inside"))


def _bins(span: pd.Series, *, period: str, selection: Selection) -> list[tuple[date, date]]:
    if pd.isna(span["first"]) and not (selection.start and selection.end):
        return []
    first = selection.start or _day(span["first"])
    last = selection.end or _day(span["last"])
    return period_bins(first, max(first, last), period=period)


def _weights(dated: nw.LazyFrame[Any], *, bins: list[tuple[date, date]], keys: list[str]) -> pd.DataFrame:
    if not bins:
        nothing = pd.DataFrame(columns=["bin_start", *keys, "certain", "uncertain", "events"])
        return nothing.astype({"bin_start": "datetime64[us]", **dict.fromkeys(keys, "str")})
    edges = pd.DataFrame(
        {"first": [_days_since_1970(a) for a, _ in bins], "last": [_days_since_1970(b) for _, b in bins]}
    )
    inside = dated.filter(nw.col("inside") > 0)
    # Most events lie in one bin: these are grouped as they are, and the others alone are joined with the bins.
    alone = inside.filter(nw.col("is_certain")).with_columns(
        (nw.col("units") * nw.col("inside")).alias("weight"), nw.col("bin_day").alias("first")
    )
    starts = alike(inside, edges)
    spread = (
        inside.filter(~nw.col("is_certain"))
        .join(starts, how="cross")
        .filter(nw.col("from_day") <= nw.col("last"), nw.col("to_day") >= nw.col("first"))
    )
    overlap = nw.min_horizontal("to_day", "last") - nw.max_horizontal("from_day", "first") + 1
    spread = spread.with_columns((nw.col("units") * overlap.cast(nw.Float64) / nw.col("days")).alias("weight"))
    certain = _grouped(alone, keys=keys, name="certain")
    uncertain = _grouped(spread, keys=keys, name="uncertain")
    both = certain.merge(uncertain, on=["first", *keys], how="outer", suffixes=("", "_uncertain"))
    events = both["events"].fillna(0) + both["events_uncertain"].fillna(0)
    both = both.assign(
        events=events.astype("int64"),
        bin_start=pd.to_datetime(both["first"].astype("int64"), unit="D").astype("datetime64[us]"),
        **{name: both[name].astype("float64").fillna(0.0) for name in ("certain", "uncertain")},
    )
    return both[["bin_start", *keys, "certain", "uncertain", "events"]]


def _grouped(rows: nw.LazyFrame[Any], *, keys: list[str], name: str) -> pd.DataFrame:
    grouped = rows.group_by("first", *keys).agg(
        nw.col("weight").sum().alias(name), nw.col("event_id").n_unique().alias("events")
    )
    return collected(grouped)


def _undated_note(rows: nw.LazyFrame[Any], *, noun: str) -> str:
    open_end = rows.filter(nw.col("date_earliest").is_null() | nw.col("date_latest").is_null())
    ids = collected(open_end.select("event_id").unique().sort("event_id"))["event_id"].tolist()
    if not ids:
        return ""
    named = ", ".join(ids[:NAMED_AT_MOST]) + (" and others" if len(ids) > NAMED_AT_MOST else "")
    return f"{counted(len(ids), noun)} without an earliest or a latest date in no bin: {named}."


def _uncertain_note(rows: nw.LazyFrame[Any], *, period: str, uncertain: str, noun: str) -> str:
    if uncertain != "leave_out":
        return "Uncertain dates count at their middle day." if uncertain == "midpoint" else ""
    across = bin_day("date_earliest", period=period, of=rows) != bin_day("date_latest", period=period, of=rows)
    dated = rows.filter(~nw.col("date_earliest").is_null(), ~nw.col("date_latest").is_null())
    count = len(collected(dated.filter(across).select("event_id").unique()))
    return f"Left out, because the date does not fall into one {period}: {counted(count, noun)}." if count else ""


def _outside_note(outside: float, *, noun: str) -> str:
    if outside < LEAST_SAID:
        return ""
    return f"The weight of {outside:.2f} {noun}s lies outside the days chosen."


def _days_since_1970(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _day(number: float) -> date:
    return date(1970, 1, 1) + timedelta(days=int(number))


def _timestamp(day: date) -> pd.Timestamp:
    return pd.Timestamp(day)
