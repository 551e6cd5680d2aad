"""Events shared out among bins of time, uncertain dates included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from workbook.dates import PERIODS, period_bins
from workbook.dates.periods import MONTHS_IN
from workbook.errors import ParameterError, unknown_value
from workbook.events import Selection, counted

UNCERTAIN = ("spread", "midpoint", "leave_out")
"""``spread``: over all bins that the bounds cover, by days; ``midpoint``: all of it in the bin of the middle day (of
two the earlier); ``leave_out``: not at all."""

NAMED_AT_MOST = 12
LEAST_SAID = 0.005
"""A weight below this rounds to nothing."""

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Binned:
    """Weights by bin and group, and what stands in no bin.

    Attributes
    ----------
    table : pandas.DataFrame
        ``bin_start``, ``group``, ``certain``, ``uncertain``, ``events``: only where there are any.
    bins : tuple of (pandas.Timestamp, pandas.Timestamp)
        First and last day of every bin, without a gap.
    notes : tuple of str
        What stands in no bin, in sentences.
    """

    table: pd.DataFrame
    bins: tuple[tuple[pd.Timestamp, pd.Timestamp], ...]
    notes: tuple[str, ...]


def binned(counts: pd.DataFrame, *, period: str, uncertain: str, selection: Selection) -> Binned:
    """Share counted events out among bins.

    Parameters
    ----------
    counts : pandas.DataFrame
        ``date_earliest``, ``date_latest``, ``group``, ``events`` (how many are alike) and ``units`` (what they count).
    period, uncertain : str
        One of `workbook.dates.PERIODS`, one of `UNCERTAIN`.
    selection : Selection
        Whose start and end clip the bins.

    Returns
    -------
    Binned
        The weights of events with both bounds sum to their units, less what lies outside; the notes say how much
        that is of events that count once each.

    Raises
    ------
    ParameterError
        Unknown period or way of treating uncertain dates.
    """
    _check(period=period, uncertain=uncertain)
    dated = _dated(counts)
    edges = _bins(dated, period=period, selection=selection)
    placed = _clipped(_placed(dated, uncertain=uncertain, period=period), selection)
    # What is left out or moved to its middle day may need fewer bins than all dates do.
    bins = _bins(placed, period=period, selection=selection) if uncertain != "spread" else edges
    notes = [
        _undated_note(counts, selection=selection),
        _uncertain_note(dated, period=period, uncertain=uncertain, selection=selection),
        _outside_note(placed, period=period, uncertain=uncertain, selection=selection),
    ]
    ends = tuple((pd.Timestamp(first), pd.Timestamp(last)) for first, last in bins)
    return Binned(_weights(placed, bins=bins), ends, tuple(note for note in notes if note))


def gapless(found: Binned, *, groups: pd.DataFrame) -> pd.DataFrame:
    """Fill every bin of every group, with zeros where nothing is.

    Parameters
    ----------
    found : Binned
        From `binned`.
    groups : pandas.DataFrame
        One row a group: ``group`` and what else describes it.

    Returns
    -------
    pandas.DataFrame
        ``bin_start``, ``bin_end``, the groups' columns, ``certain``, ``uncertain``, ``total``, ``events``; ordered by
        group, then bin.
    """
    bins = pd.DataFrame(list(found.bins), columns=["bin_start", "bin_end"]).astype("datetime64[us]")
    table = groups.merge(bins, how="cross").merge(found.table, on=["group", "bin_start"], how="left")
    counts = ["certain", "uncertain"]
    table[counts] = table[counts].astype("float64").fillna(0.0)
    table["total"] = table["certain"] + table["uncertain"]
    table["events"] = table["events"].fillna(0).astype("int64")
    return table[["bin_start", "bin_end", *groups.columns, *counts, "total", "events"]]


def _check(*, period: str, uncertain: str) -> None:
    asked = {"period": (period, PERIODS), "uncertain": (uncertain, UNCERTAIN)}
    faults = [
        unknown_value("parameters", name, value, known) for name, (value, known) in asked.items() if value not in known
    ]
    if faults:
        raise ParameterError("measure", faults)


def _dated(counts: pd.DataFrame) -> pd.DataFrame:
    """Keep what has both bounds, as day numbers."""
    rows = counts[counts["date_earliest"].notna() & counts["date_latest"].notna()]
    days = {
        name: rows[column].to_numpy().astype("datetime64[D]").astype("int64")
        for name, column in (("from_day", "date_earliest"), ("to_day", "date_latest"))
    }
    return rows[["group", "events", "units"]].assign(**days).reset_index(drop=True)


def bin_numbers(days: np.ndarray, *, period: str) -> np.ndarray:
    """Give the bins in which days lie a number, which days of one bin, and they alone, share.

    Parameters
    ----------
    days : numpy.ndarray
        Days since 1970-01-01.
    period : str
        One of `workbook.dates.PERIODS`; a week begins on Monday.

    Examples
    --------
    >>> bin_numbers(np.array([-1, 0, 3, 4]), period="week").tolist()
    [0, 0, 0, 1]
    """
    if period == "day":
        return days
    if period == "week":
        # 1970-01-01 is a Thursday: three days after a Monday.
        weeks: np.ndarray = (days + 3) // 7
        return weeks
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype("int64")
    return months // MONTHS_IN[period]


def _is_within_one(dated: pd.DataFrame, *, period: str) -> np.ndarray:
    first, last = (bin_numbers(dated[name].to_numpy(), period=period) for name in ("from_day", "to_day"))
    within: np.ndarray = first == last
    return within


def _placed(dated: pd.DataFrame, *, uncertain: str, period: str) -> pd.DataFrame:
    """Mark what lies in one bin for sure; move or drop the others as asked."""
    rows = dated.assign(is_certain=_is_within_one(dated, period=period))
    if uncertain == "leave_out":
        return rows[rows["is_certain"]].reset_index(drop=True)
    if uncertain == "midpoint":
        middle = (rows["from_day"] + rows["to_day"]) // 2
        return rows.assign(from_day=middle, to_day=middle)
    return rows


def _clipped(rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Cut the days outside the selection off; ``inside`` is the share that is left, ``days`` the whole span."""
    days = rows["to_day"] - rows["from_day"] + 1
    first, last = rows["from_day"], rows["to_day"]
    if selection.start:
        first = first.clip(lower=_day_number(selection.start))
    if selection.end:
        last = last.clip(upper=_day_number(selection.end))
    left = (last - first + 1).clip(lower=0)
    return rows.assign(from_day=first, to_day=last, days=days, inside=left / days)


def _bins(rows: pd.DataFrame, *, period: str, selection: Selection) -> list[tuple[date, date]]:
    if rows.empty and not (selection.start and selection.end):
        return []
    first = selection.start or _day(int(rows["from_day"].min()))
    last = selection.end or _day(int(rows["to_day"].max()))
    return period_bins(first, max(first, last), period=period)


def _weights(rows: pd.DataFrame, *, bins: list[tuple[date, date]]) -> pd.DataFrame:
    """Add up what falls into each bin, by group."""
    starts = np.array([_day_number(first) for first, _ in bins], dtype="int64")
    ends = np.array([_day_number(last) for _, last in bins], dtype="int64")
    inside = rows[rows["inside"] > 0]
    places = [np.searchsorted(starts, inside[name].to_numpy(), side="right") - 1 for name in ("from_day", "to_day")]
    reach = places[1] - places[0] + 1
    spread = inside.loc[inside.index.repeat(reach)]
    bin_of = np.repeat(places[0], reach) + _counting_up(reach)
    overlap = np.minimum(spread["to_day"], ends[bin_of]) - np.maximum(spread["from_day"], starts[bin_of]) + 1
    weight = spread["units"] * overlap / spread["days"]
    shared = spread.assign(
        bin_start=starts[bin_of].astype("datetime64[D]").astype("datetime64[us]"),
        certain=weight.where(spread["is_certain"], 0.0),
        uncertain=weight.mask(spread["is_certain"], 0.0),
    )
    columns = ["certain", "uncertain", "events"]
    return shared.groupby(["bin_start", "group"], as_index=False)[columns].sum()


def _counting_up(lengths: np.ndarray) -> np.ndarray:
    """Count from 0 to each length in turn."""
    total = int(lengths.sum())
    places: np.ndarray = np.arange(total) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return places


def _undated_note(counts: pd.DataFrame, *, selection: Selection) -> str:
    if counts[["date_earliest", "date_latest"]].notna().all(axis=None):
        return ""
    ids = selection.undated(most=NAMED_AT_MOST + 1)
    count = selection.tally("date_earliest", "date_latest")
    total = int(count.loc[count["date_earliest"].isna() | count["date_latest"].isna(), "events"].sum())
    named = ", ".join(ids[:NAMED_AT_MOST]) + (" and others" if len(ids) > NAMED_AT_MOST else "")
    return f"{counted(total, selection.basis.noun)} without an earliest or a latest date in no bin: {named}."


def _uncertain_note(dated: pd.DataFrame, *, period: str, uncertain: str, selection: Selection) -> str:
    if uncertain != "leave_out":
        return "Uncertain dates count at their middle day." if uncertain == "midpoint" else ""
    if _is_within_one(dated, period=period).all():
        return ""
    once = _once(selection)
    count = int(once.loc[~_is_within_one(once, period=period), "events"].sum())
    return f"Left out, because the date does not fall into one {period}: {counted(count, selection.basis.noun)}."


def _outside_note(placed: pd.DataFrame, *, period: str, uncertain: str, selection: Selection) -> str:
    """Say how much of events lies outside; mentions and joint speakers count none of them twice."""
    if (placed["inside"] == 1).all():
        return ""
    once = _clipped(_placed(_once(selection), uncertain=uncertain, period=period), selection)
    outside = float((once["units"] * (1 - once["inside"])).sum())
    if outside < LEAST_SAID:
        return ""
    return f"The weight of {outside:.2f} {selection.basis.noun}s lies outside the days chosen."


def _once(selection: Selection) -> pd.DataFrame:
    """Return the dated events, each counted once, whatever is counted otherwise."""
    counts = selection.tally("date_earliest", "date_latest")
    return _dated(counts.assign(group="", units=counts["events"].astype("float64")))


def _day_number(day: date) -> int:
    return (day - EPOCH).days


def _day(number: int) -> date:
    return EPOCH + timedelta(days=number)
