"""Dates as EDTF (ISO 8601-2) texts, and the first and last day that each allows.

The forms are those of the codebook; a form outside it is refused rather than read by guess. They are read here and not
by a library because the bounds are the project's own subject: the usual padding of an approximate date (``~``) is years
wide, and seasons or digits left open (``202X``) have no place in a coding.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, get_args

from workbook.errors import WorkbookError

Precision = Literal["day", "month", "year", "range", "set", "before", "after", "interval", "about"]

PRECISIONS: tuple[str, ...] = get_args(Precision)
"""Forms of a date: what kind of bounds it has."""

FORMS = (
    "2023-06-12, 2022-09, 2022, [2022-09-01..2022-09-10] (some time within), [..2023-06-12] (on or before), "
    "[2022-09-01..] (on or after), [2022-09-08,2022-09-15] (one of), 2022-11~ (about), 2023-07-25/2023-07-27 (lasted)"
)

ABOUT_DAYS = {"day": 3, "month": 15, "year": 183}
"""How many days "about" reaches beyond a day, a month or a year on either side: half a month, half a year."""

FIRST_YEAR, LAST_YEAR = 1000, 2999

_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MONTHS = tuple(calendar.month_name)


class EdtfError(WorkbookError):
    """A text that is no date in the forms of the codebook."""

    def __init__(self, text: object, why: str) -> None:
        super().__init__(f"{text!r}: {why}; forms: {FORMS}")


@dataclass(frozen=True)
class DateBounds:
    """First and last day on which something can have been.

    Attributes
    ----------
    earliest, latest : datetime.date or None
        The bounds, both included; ``None`` where the text leaves one open.
    precision : str
        The form of the date, one of `PRECISIONS`.
    """

    earliest: date | None
    latest: date | None
    precision: Precision


@lru_cache(maxsize=4096)
def bounds(text: str) -> DateBounds:
    """Return the first and the last day that a date allows.

    Parameters
    ----------
    text : str
        A date in one of the forms of the codebook. ``?`` (uncertain) leaves the bounds as they are; ``~`` (about)
        and ``%`` (both) widen them by `ABOUT_DAYS`.

    Returns
    -------
    DateBounds
        For a one-of set the first and the last of its members; the days between them are then allowed too.

    Raises
    ------
    EdtfError
        The text is no such date; impossible days are refused.

    Examples
    --------
    >>> bounds("[2022-09-01..2022-09-10]")
    DateBounds(earliest=datetime.date(2022, 9, 1), latest=datetime.date(2022, 9, 10), precision='range')
    >>> bounds("[..2023-06-12]").earliest is None
    True
    """
    if not isinstance(text, str) or not text:
        raise EdtfError(text, "no date")
    if text.startswith("[") and text.endswith("]"):
        return _one_of(text)
    if "/" in text and not _looks_slashed(text):
        return _interval(text)
    if text[-1] in "?~%":
        return _qualified(text)
    first, last, precision = _point(text, text)
    return DateBounds(first, last, precision)


def _point(part: str, text: str) -> tuple[date, date, Literal["day", "month", "year"]]:
    match = _POINT.fullmatch(part)
    if not match:
        raise EdtfError(text, _slip(part))
    year, month, day = (int(piece) if piece else None for piece in match.groups())
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise EdtfError(text, f"the year {match[1]} is not from {FIRST_YEAR} to {LAST_YEAR}")
    if month is None:
        return date(year, 1, 1), date(year, 12, 31), "year"
    if not 1 <= month <= len(_MONTHS) - 1:
        raise EdtfError(text, f"there is no month {month}")
    days = calendar.monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, days), "month"
    if not 1 <= day <= days:
        raise EdtfError(text, f"{_MONTHS[month]} {year} has {days} days, there is no day {day}")
    return date(year, month, day), date(year, month, day), "day"


def _one_of(text: str) -> DateBounds:
    inside = text[1:-1]
    if ".." in inside and "," not in inside:
        return _range(inside, text)
    members = [_point(part, text) for part in inside.split(",")]
    if len(members) == 1:
        raise EdtfError(text, f"a set of one date; write {inside}")
    firsts, lasts = [first for first, _, _ in members], [last for _, last, _ in members]
    if firsts != sorted(set(firsts)):
        raise EdtfError(text, "the dates of a set stand once each, the earliest first")
    return DateBounds(firsts[0], max(lasts), "set")


def _range(inside: str, text: str) -> DateBounds:
    start, _, end = inside.partition("..")
    if not start and not end:
        raise EdtfError(text, "a range without a bound")
    if not start:
        return DateBounds(None, _point(end, text)[1], "before")
    if not end:
        return DateBounds(_point(start, text)[0], None, "after")
    return _ordered(_point(start, text)[0], _point(end, text)[1], "range", text)


def _interval(text: str) -> DateBounds:
    start, _, end = text.partition("/")
    if start == ".." and end == "..":
        raise EdtfError(text, "an interval without a bound")
    first = None if start == ".." else _point(start, text)[0]
    last = None if end == ".." else _point(end, text)[1]
    return _ordered(first, last, "interval", text)


def _ordered(first: date | None, last: date | None, precision: Precision, text: str) -> DateBounds:
    if first and last and first > last:
        raise EdtfError(text, "it begins after it ends")
    return DateBounds(first, last, precision)


def _qualified(text: str) -> DateBounds:
    first, last, precision = _point(text[:-1], text)
    if text[-1] == "?":
        return DateBounds(first, last, precision)
    reach = timedelta(days=ABOUT_DAYS[precision])
    return DateBounds(first - reach, last + reach, "about")


def _looks_slashed(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,2}/\d{1,2}/\d{2,4}", text))


def _slip(part: str) -> str:
    """Name the likeliest slip of the pen."""
    if part != part.strip() or " .." in part:
        return "blanks"
    short = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", part)
    if short:
        return f"months and days have two digits: {short[1]}-{int(short[2]):02}-{int(short[3]):02}"
    if _looks_slashed(part):
        return "day and month cannot be told apart with slashes; write year-month-day"
    named = re.fullmatch(r"(?:(\d{1,2}) )?([A-Za-z]+) (\d{4})", part)
    if named and named[2].capitalize() in _MONTHS:
        day = f"-{int(named[1]):02}" if named[1] else ""
        return f"months are written as numbers: {named[3]}-{_MONTHS.index(named[2].capitalize()):02}{day}"
    return "no date"


def parse_day(text: str) -> date:
    """Read a single day, as a parameter gives it.

    Parameters
    ----------
    text : str
        YYYY-MM-DD.

    Raises
    ------
    EdtfError
        The text is no day.

    Examples
    --------
    >>> parse_day("2023-06-12")
    datetime.date(2023, 6, 12)
    """
    found = bounds(text)
    if found.precision != "day" or found.earliest is None:
        raise EdtfError(text, "a single day is needed, YYYY-MM-DD")
    return found.earliest
