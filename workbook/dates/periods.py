"""Bins of time: days, ISO weeks, months, quarters, years."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, get_args

from workbook.dates.edtf import DateBounds

Period = Literal["day", "week", "month", "quarter", "year"]

PERIODS: tuple[str, ...] = get_args(Period)
"""Widths of a bin."""

MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


def period_of(day: date, *, period: str) -> tuple[date, date]:
    """Return the first and the last day of the bin in which a day lies.

    Parameters
    ----------
    day : datetime.date
        Any day.
    period : {"day", "week", "month", "quarter", "year"}
        Width of the bin; a week is an ISO week and begins on Monday.

    Examples
    --------
    >>> period_of(date(2022, 9, 8), period="week")
    (datetime.date(2022, 9, 5), datetime.date(2022, 9, 11))
    """
    if period == "day":
        return day, day
    if period == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    width = MONTHS_IN[period]
    first = (day.month - 1) // width * width + 1
    last = first + width - 1
    return date(day.year, first, 1), date(day.year, last, calendar.monthrange(day.year, last)[1])


def period_bins(first: date, last: date, *, period: str) -> list[tuple[date, date]]:
    """Return all bins from the one of the first day to the one of the last, without a gap.

    Examples
    --------
    >>> len(period_bins(date(2022, 9, 8), date(2023, 1, 1), period="month"))
    5
    """
    bins = [period_of(first, period=period)]
    while bins[-1][1] < last:
        bins.append(period_of(bins[-1][1] + timedelta(days=1), period=period))
    return bins


def period_label(day: date, period: str) -> str:
    """Name the bin in which a day lies.

    Examples
    --------
    >>> [period_label(date(2022, 9, 8), period) for period in PERIODS]
    ['2022-09-08', '2022 W36', 'Sep 2022', '2022 Q3', '2022']
    """
    if period == "day":
        return day.isoformat()
    if period == "week":
        year, week, _ = day.isocalendar()
        return f"{year} W{week:02}"
    if period == "month":
        return f"{calendar.month_abbr[day.month]} {day.year}"
    return f"{day.year} Q{(day.month + 2) // 3}" if period == "quarter" else str(day.year)


def weights(found: DateBounds, bins: Sequence[tuple[date, date]]) -> list[float]:
    """Return the share of the possible days that lies in each bin.

    Parameters
    ----------
    found : DateBounds
        Bounds of a date.
    bins : sequence of (datetime.date, datetime.date)
        First and last days, both included.

    Returns
    -------
    list of float
        One for each bin. Bins without gaps that cover the bounds give a sum of one; a date with an open bound
        has no weight in any.

    Examples
    --------
    >>> weights(DateBounds(date(2022, 9, 29), date(2022, 10, 2), "range"), period_bins(
    ...     date(2022, 9, 1), date(2022, 10, 31), period="month"))
    [0.5, 0.5]
    """
    if found.earliest is None or found.latest is None:
        return [0.0] * len(bins)
    days = (found.latest - found.earliest).days + 1
    return [max(0, (min(found.latest, last) - max(found.earliest, first)).days + 1) / days for first, last in bins]


def period_named(first: date, last: date) -> tuple[str, str]:
    """Name the year, quarter, month or week which two days bound exactly: its width and its code; empty if none.

    Examples
    --------
    >>> period_named(date(2023, 2, 1), date(2023, 2, 28)), period_named(date(2022, 1, 1), date(2022, 12, 31))
    (('month', '2023-02'), ('year', '2022'))
    >>> period_named(date(2022, 9, 5), date(2022, 9, 11)), period_named(date(2022, 7, 1), date(2022, 9, 30))
    (('week', '2022-W36'), ('quarter', '2022-Q3'))
    >>> period_named(date(2022, 9, 5), date(2022, 9, 12))
    ('', '')
    """
    for period in ("year", "quarter", "month", "week"):
        if period_of(first, period=period) == (first, last):
            label = first.strftime("%Y-%m") if period == "month" else period_label(first, period).replace(" ", "-")
            return period, label
    return "", ""
