"""Days as numbers, in every engine."""

from __future__ import annotations

from typing import Any

import narwhals as nw

MILLISECONDS = 24 * 60 * 60 * 1000
EPOCH = 719_163
"""1970-01-01 as a day counted from 0001-01-01, which is day 1."""


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
