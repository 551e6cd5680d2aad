"""What speaks against an article's date: a page's header can be the day on which somebody saved the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from workbook.coding_desk.published import dateline, day_in_address, header_days, resolved
from workbook.dates import bounds, date_expressions, in_words

DAYS_APART = 2
"""Time zones and the hours before a page is changed make days differ by so much."""

DAYS_SINCE = 45
"""How long after the beginning of a month "early in the month" is news."""

LONG_LINE = 60
"""Characters of a line that is text, not a headline beside it."""

PART_OF_MONTH = re.compile(r"^(?:early|mid|late|earlier in)\b(?!.*\b(?:week|month|year)$)", re.IGNORECASE)
WEEKDAY_AND_DAY = re.compile(
    r"\b((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day),?\s+([A-Z][a-z]{2,8})\.?\s+(\d{1,2})(?!\d|,?\s+\d{4})"
)
YEARS_TRIED = 8


def doubts(text: str, *, published: str, url: str, today: date) -> tuple[str, ...]:
    """Say what speaks against a date of publication.

    Parameters
    ----------
    text : str
        The article, with the lines above it.
    published : str
        EDTF; empty where it is not known.
    url : str
        Its address, which often has a day; empty where it is not known.
    today : datetime.date
        No article is later.

    Returns
    -------
    tuple of str
        A sentence or two for each doubt; empty where nothing speaks against the date.

    Raises
    ------
    EdtfError
        The date is none.

    Examples
    --------
    >>> text = "The duke denied it on Thursday. In early September the ministry had said otherwise, as was told."
    >>> doubts(text, published="2024-04-19", url="", today=date(2024, 5, 1))[0]
    'The text tells of “early September” as news; 19 April 2024 is months later, and may be the day of saving the page.'
    """
    if not published:
        return ()
    day = bounds(published).latest
    if day is None:
        return ()
    prose = "\n".join(line for line in text.splitlines() if len(line) >= LONG_LINE)
    return (
        *_to_come(day, today),
        *_other_days(text, day, url),
        *_later_days(prose, day),
        *_old_news(prose, day),
        *_weekdays(prose, day),
    )


def _words(day: date) -> str:
    return in_words(day.isoformat())


def _to_come(day: date, today: date) -> Iterator[str]:
    if day > today + timedelta(days=1):
        yield f"{_words(day)} is still to come."


def _other_days(text: str, day: date, url: str) -> Iterator[str]:
    """Compare with the other days that the page shows: its lines above the text, its dateline, its address."""
    shown = [("The page also shows", each) for each in header_days(text)]
    line = dateline(text)
    if line and line.day:
        shown.append(("The dateline is of", resolved(line, header=day.isoformat())))
    shown.append(("The address has", day_in_address(url)))
    for what, other in shown:
        if other and abs((date.fromisoformat(other) - day).days) > DAYS_APART:
            yield f"{what} {in_words(other)}, not {_words(day)}: which is the article's own?"


def _later_days(prose: str, day: date) -> Iterator[str]:
    for each in date_expressions(prose, published=""):
        earliest = bounds(each.edtf).earliest
        if earliest and earliest > day + timedelta(days=1):
            yield f"The text names “{each.words}”, which is after {_words(day)}: right only of something to come."


def _old_news(prose: str, day: date) -> Iterator[str]:
    for each in date_expressions(prose, published=day.isoformat()):
        latest = bounds(each.edtf).latest
        if each.basis == "relative" and PART_OF_MONTH.match(each.words) and latest and (day - latest).days > DAYS_SINCE:
            yield (
                f"The text tells of “{each.words}” as news; {_words(day)} is months later, "
                "and may be the day of saving the page."
            )
            return


def _weekdays(prose: str, day: date) -> Iterator[str]:
    """Look for a day and a weekday that do not go together in the article's year, and the year in which they do."""
    for match in WEEKDAY_AND_DAY.finditer(prose):
        fitting = [year for year in range(day.year - YEARS_TRIED, day.year + 1) if _fits(match, year)]
        if fitting and not {day.year, day.year - 1} & set(fitting):
            yield f"“{match[0]}” was no {match[1]} in {day.year} or the year before; it was in {fitting[-1]}."


def _fits(match: re.Match[str], year: int) -> bool:
    found = date_expressions(f"{match[2]} {match[3]}, {year}", published="")
    return bool(found) and f"{date.fromisoformat(found[0].edtf):%A}" == match[1]
