"""The ways in which English writes a date, and the days that each means in a text of a certain day."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from workbook.dates.edtf import FIRST_YEAR, LAST_YEAR
from workbook.dates.periods import period_of

WORDS: dict[str, Any] = json.loads(files("workbook.dates").joinpath("expressions.json").read_text(encoding="utf-8"))
"""Names of months and weekdays, and the words that go with dates."""

DAYS_AHEAD = 31
"""A day without a year that comes so soon after the text may be one that is still to come."""

MONTHS_AHEAD = 2
"""So may a month without a year."""

DAYS_A_WEEK, MONTHS_A_YEAR, LONGEST_MONTH = 7, 12, 31


@dataclass(frozen=True)
class Span:
    """First and last day, both included, ``None`` where open; what lasts takes all the days, else it is one of them."""

    first: date | None
    last: date | None
    lasts: bool = False


@dataclass(frozen=True)
class Form:
    """A way to write a date.

    Attributes
    ----------
    basis : str
        As in the codebook.
    pattern : re.Pattern
        Has the groups ``bound`` (since, until) and ``date``.
    span : callable
        Takes a match and the day of the text; returns the days, ``None`` where they cannot be told.
    is_complete : bool
        Means the same whenever the text appeared.
    """

    basis: str
    pattern: re.Pattern[str]
    span: Callable[[re.Match[str], date], Span | None]
    is_complete: bool = False


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of these words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


BOUND = any_of([*WORDS["from_then_on"], *WORDS["up_to_then"]])
MONTH = rf"(?P<month>{any_of(WORDS['months'])})\b\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s?[-–]\s?(?P<last_day>\d{1,2}))?(?!\d)"
YEAR = r"(?P<year>\d{4})\b"
AFTER_A_WORD = "|".join(rf"(?<=\b(?i:{word})\s)" for word in WORDS["before_a_month_or_year"])
PART = rf"(?:(?P<part>(?i:{any_of(WORDS['parts_of_a_month'])}))[\s-])"
WEEKDAY = rf"(?P<weekday>{any_of(WORDS['weekdays'])})"
EARLIER = r"(?:(?i:earlier|late|early)\s+)?"
WITH_WEEKDAY = (
    rf"{EARLIER}(?:(?i:on)\s+)?(?:(?P<weekday>{any_of([*WORDS['weekdays'], *WORDS['short_weekdays']])})\.?,?\s+)?"
)
NUMBER = rf"(?P<number>\d{{1,2}}|(?i:{any_of(WORDS['numbers'])}))"


def _pattern(date_words: str) -> re.Pattern[str]:
    bound = rf"(?:\b(?P<bound>(?i:{BOUND}))\s+(?:(?:on|in|the)\s+)?)?"
    return re.compile(rf"{bound}(?P<date>(?<![\w/-])(?:{date_words})(?!\w|[/-]\w))")


def _the_day(year: int, month: int, day: int) -> date | None:
    """Return a day of the calendar; ``None`` where there is none such."""
    if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= MONTHS_A_YEAR:
        return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None
    return None


def _full_day(match: re.Match[str], _: date) -> Span | None:
    year, month = int(match["year"]), WORDS["months"][match["month"]]
    first, last = (_the_day(year, month, int(match[part] or match["day"])) for part in ("day", "last_day"))
    return Span(first, last, lasts=True) if first and last and first <= last else None


def _numeric_day(match: re.Match[str], _: date) -> Span | None:
    """Read 2022-09-22, 22/09/2022 and 09/22/2022, but no day of which either number may be the month."""
    year, numbers = int(match["year"]), (int(match["one"]), int(match["other"]))
    if match.start("one") > match.start("year"):
        choices = {_the_day(year, *numbers)}
    else:
        choices = {_the_day(year, *numbers), _the_day(year, *reversed(numbers))} - {None}
    day = choices.pop() if len(choices) == 1 else None
    return Span(day, day) if day else None


def _day_of_a_year_untold(match: re.Match[str], text_day: date) -> Span | None:
    """Take the last such day up to the text; ``None`` where one is soon to come or the weekday does not fit."""
    month, day = WORDS["months"][match["month"]], int(match["day"])
    near = [_the_day(text_day.year - back, month, day) for back in range(-1, 9)]
    past = max((each for each in near if each and each <= text_day), default=None)
    to_come = min((each for each in near if each and each > text_day), default=None)
    if not past or (to_come and (to_come - text_day).days <= DAYS_AHEAD):
        return None
    if match["weekday"] and past.weekday() != (WORDS["weekdays"] | WORDS["short_weekdays"])[match["weekday"]]:
        return None
    last = _the_day(past.year, month, int(match["last_day"] or day))
    return Span(past, last, lasts=True) if last and past <= last <= text_day else None


def _in_month(year: int, month: int, part: str | None) -> Span:
    length = calendar.monthrange(year, month)[1]
    first, last = WORDS["parts_of_a_month"][part.lower()] if part else (1, length)
    return Span(date(year, month, first), date(year, month, min(last, length)))


def _full_month(match: re.Match[str], _: date) -> Span | None:
    year, month = int(match["year"]), WORDS["months"][match["month"]]
    return _in_month(year, month, match["part"]) if _the_day(year, month, 1) else None


def _month_of_a_year_untold(match: re.Match[str], text_day: date) -> Span | None:
    """Take the last such month up to the text; ``None`` where one is soon to come."""
    month = WORDS["months"][match["month"]]
    if 1 <= (month - text_day.month) % MONTHS_A_YEAR <= MONTHS_AHEAD:
        return None
    return _in_month(text_day.year - (month > text_day.month), month, match["part"])


def _last_month_named(match: re.Match[str], text_day: date) -> Span:
    """Resolve "last November": in a November that of the year before."""
    month = WORDS["months"][match["month"]]
    return _in_month(text_day.year - (month >= text_day.month), month, match["part"])


def _this_month_named(match: re.Match[str], text_day: date) -> Span | None:
    month = WORDS["months"][match["month"]]
    return _in_month(text_day.year, month, match["part"]) if month <= text_day.month else None


def _full_year(match: re.Match[str], _: date) -> Span | None:
    return _period(date(int(match["year"]), 1, 1), "year") if FIRST_YEAR <= int(match["year"]) <= LAST_YEAR else None


def _period(day: date, unit: str) -> Span:
    return Span(*period_of(day, period=unit))


def _weekday(match: re.Match[str], text_day: date) -> Span:
    """Take the last such weekday up to the text."""
    back = (text_day.weekday() - WORDS["weekdays"][match["weekday"]]) % DAYS_A_WEEK
    day = text_day - timedelta(days=back)
    return Span(day, day)


def _last_weekday(match: re.Match[str], text_day: date) -> Span:
    """Resolve "last Monday" to one of two days where a Monday of this week has passed."""
    weekday = WORDS["weekdays"][match["weekday"]]
    before = text_day - timedelta(days=text_day.weekday() + DAYS_A_WEEK - weekday)
    this_week = before + timedelta(days=DAYS_A_WEEK)
    return Span(before, this_week if this_week < text_day else before)


def _weekend(_: re.Match[str], text_day: date) -> Span:
    sunday = text_day + timedelta(days=6 - text_day.weekday())
    if text_day.weekday() < WORDS["weekdays"]["Saturday"]:
        sunday -= timedelta(days=DAYS_A_WEEK)
    return Span(sunday - timedelta(days=1), sunday)


def _today(_: re.Match[str], text_day: date) -> Span:
    return Span(text_day, text_day)


def _yesterday(_: re.Match[str], text_day: date) -> Span:
    return Span(text_day - timedelta(days=1), text_day - timedelta(days=1))


def _ago(match: re.Match[str], text_day: date) -> Span | None:
    """Resolve "two weeks ago" to that week: such numbers are rounded."""
    number = int(match["number"]) if match["number"].isdigit() else WORDS["numbers"][match["number"].lower()]
    return _back(text_day, number, match["unit"])


def _this_or_last(match: re.Match[str], text_day: date) -> Span | None:
    """Resolve "this week", "last month"; "last week" on a Sunday may be the one that is about to end."""
    if match["which"].lower() == "this":
        return _back(text_day, 0, match["unit"])
    found = _back(text_day, 1, match["unit"])
    is_sunday = text_day.weekday() == WORDS["weekdays"]["Sunday"]
    return replace(found, last=text_day) if found and is_sunday and match["unit"] == "week" else found


def _back(text_day: date, number: int, unit: str) -> Span | None:
    """Go back a number of days, weeks, months or years, to all the days of that one."""
    if unit in ("day", "week"):
        return _period(text_day - timedelta(days=number * (1 if unit == "day" else DAYS_A_WEEK)), unit)
    months = text_day.year * MONTHS_A_YEAR + text_day.month - 1 - number * (1 if unit == "month" else MONTHS_A_YEAR)
    year, month = divmod(months, MONTHS_A_YEAR)
    return _period(date(year, month + 1, 1), unit) if year >= FIRST_YEAR else None


def _some_time_ago(_: re.Match[str], text_day: date) -> Span:
    return Span(None, text_day)


def _untold(_: re.Match[str], __: date) -> None:
    """Understand words of which no day can be told, so that no part of them is taken for a date."""


DAY_OF_MONTH, MONTH_AND_DAY = rf"{WITH_WEEKDAY}(?:the\s+)?{DAY}\s+(?:of\s+)?{MONTH}", rf"{WITH_WEEKDAY}{MONTH}\s+{DAY}"
SOME_TIME_AGO = rf"(?i:{any_of(WORDS['some_time_ago'])})(?!\s+(?:than|in|on|this|last|{any_of(WORDS['weekdays'])}))"

FORMS = (
    Form("explicit", _pattern(rf"{DAY_OF_MONTH},?\s+{YEAR}"), _full_day, is_complete=True),
    Form("explicit", _pattern(rf"{MONTH_AND_DAY},?\s+{YEAR}"), _full_day, is_complete=True),
    Form("explicit", _pattern(rf"{YEAR}(?P<mark>[-./])(?P<one>\d\d?)(?P=mark)(?P<other>\d\d?)"), _numeric_day, True),
    Form("explicit", _pattern(rf"(?P<one>\d\d?)(?P<mark>[-./])(?P<other>\d\d?)(?P=mark){YEAR}"), _numeric_day, True),
    Form("explicit", _pattern(rf"{PART}?{MONTH},?\s+{YEAR}"), _full_month, is_complete=True),
    Form("explicit", _pattern(rf"(?:{AFTER_A_WORD}){YEAR}"), _full_year, is_complete=True),
    Form("explicit", _pattern(DAY_OF_MONTH), _day_of_a_year_untold),
    Form("explicit", _pattern(MONTH_AND_DAY), _day_of_a_year_untold),
    Form("relative", _pattern(rf"(?:(?i:earlier\s+in)\s+|{PART}|{AFTER_A_WORD}){MONTH}"), _month_of_a_year_untold),
    Form("relative", _pattern(rf"(?i:last)\s+{PART}?{MONTH}"), _last_month_named),
    Form("relative", _pattern(rf"(?i:this)\s+{PART}?{MONTH}"), _this_month_named),
    Form("weekday", _pattern(rf"{EARLIER}(?:(?i:on|this)\s+)?{WEEKDAY}"), _weekday),
    Form("weekday", _pattern(rf"{EARLIER}(?i:last)\s+{WEEKDAY}"), _last_weekday),
    Form("weekday", _pattern(rf"(?:on|the)\s+(?:{any_of(WORDS['other_weekdays'])})\s+{WEEKDAY}"), _untold),
    Form("weekday", _pattern(rf"(?i:{any_of(WORDS['other_weekdays'])})\s+(?:{WEEKDAY}|{MONTH})"), _untold),
    Form("relative", _pattern(r"(?i:over|at|during)\s+the\s+weekend"), _weekend),
    Form("relative", _pattern(r"(?i:today)"), _today),
    Form("relative", _pattern(r"(?i:yesterday)"), _yesterday),
    Form("relative", _pattern(rf"{NUMBER}\s+(?P<unit>day|week|month|year)s?\s+ago"), _ago),
    Form("relative", _pattern(rf"{EARLIER}(?P<which>(?i:last|this))\s+(?P<unit>week|month|year)"), _this_or_last),
    Form("relative", _pattern(SOME_TIME_AGO), _some_time_ago),
    Form("relative", _pattern(rf"(?i:{any_of(WORDS['still_to_come'])})"), _untold),
)
"""Of matches that begin together the longest counts."""
