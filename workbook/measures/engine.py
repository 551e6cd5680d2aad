"""Days and bins as numbers, in every engine."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from workbook.dates.periods import MONTHS_IN

MILLISECONDS = 24 * 60 * 60 * 1000
EPOCH = 719_163
"""1970-01-01 as a day counted from 0001-01-01, which is day 1."""

WEEKS = 102_741
"""Weeks of some 1,969 years."""


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


def bin_number(column: str, *, period: str, of: nw.LazyFrame[Any]) -> nw.Expr:
    """Return the numbers that `workbook.measures.bins.bin_numbers` gives to bins; missing where the day is."""
    if period in ("day", "week"):
        days = day_number(column, of=of)
        # 1970-01-01 is a Thursday; no week has a negative number, which engines would divide each in its own way.
        return days if period == "day" else (days + 3 + 7 * WEEKS) // 7 - WEEKS
    width = MONTHS_IN[period]
    months = nw.col(column).dt.year() * 12 + nw.col(column).dt.month() - 1
    return months // width - 1970 * 12 // width
