"""What every measure needs of an engine, in one place: lookup tables, day numbers, bins."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd

TRUNCATIONS = {"month": "1mo", "quarter": "1q", "year": "1y"}
"""Bins that narwhals can cut; it knows no weeks."""

MONDAY = 3
"""1970-01-01 is a Thursday: three days after a Monday."""

MILLISECONDS = 24 * 60 * 60 * 1000
EPOCH = 719_163
"""1970-01-01 as a day counted from 0001-01-01, which is day 1."""


def alike(frame: nw.LazyFrame[Any], table: pd.DataFrame) -> nw.LazyFrame[Any]:
    """Return a small pandas table as a lazy frame of the same engine as another frame."""
    if frame.implementation.is_pandas():
        small: nw.LazyFrame[Any] = nw.from_native(table).lazy()
        return small
    columns = {str(name): table[name].tolist() for name in table.columns}
    return nw.from_dict(columns, backend="pyarrow").lazy(backend=frame.implementation)


def day_number(column: str, *, of: nw.LazyFrame[Any]) -> nw.Expr:
    """Return a column's days since 1970-01-01 as whole numbers, so that spans are subtractions in any engine."""
    return _days(nw.col(column), of=of)


def _days(day: nw.Expr, *, of: nw.LazyFrame[Any]) -> nw.Expr:
    return days_by_clock(day) if of.implementation.is_pandas() else days_by_calendar(day)


def days_by_clock(day: nw.Expr) -> nw.Expr:
    """Count the days since 1970-01-01 from a time stamp: quick, and unknown to some engines."""
    return day.dt.timestamp("ms") // MILLISECONDS


def days_by_calendar(day: nw.Expr) -> nw.Expr:
    """Count the days since 1970-01-01 by year and day of the year (proleptic Gregorian): what all engines know."""
    past = day.dt.year().cast(nw.Int64) - 1
    return past * 365 + past // 4 - past // 100 + past // 400 + day.dt.ordinal_day().cast(nw.Int64) - EPOCH


def bin_day(column: str, *, period: str, of: nw.LazyFrame[Any]) -> nw.Expr:
    """Return the first day of the bin in which a column's day lies, as a day number; a week begins on Monday."""
    if period == "day":
        return day_number(column, of=of)
    if period == "week":
        return (day_number(column, of=of) + MONDAY) // 7 * 7 - MONDAY
    return _days(nw.col(column).dt.truncate(TRUNCATIONS[period]), of=of)
