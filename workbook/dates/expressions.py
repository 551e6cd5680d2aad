"""Dates in the words of an English text, resolved against its publication as a reader would.

"On Monday" is the last Monday up to the publication, "last November" the one of the year before where the month has not
come round again. Where the words leave a choice the result says so (a one-of set, a bound); where nothing can be
concluded, as of a day that is still to come, there is no result rather than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from workbook.dates.edtf import DateBounds, bounds
from workbook.dates.expression_forms import FORMS, WORDS, Form, Span, any_of
from workbook.dates.periods import period_of

MOST_DAYS = 92
"""How uncertain a publication may be, in days, for words to be resolved against it."""

MOST_MEMBERS = 14
"""How many days a one-of set lists; of more, the first and the last."""

PLANNED = re.compile(
    rf"(?:\b(?:{any_of(WORDS['plans'])})\b(?:(?!\b(?:{any_of(WORDS['told'])})\b)[^.,;:“”\"]){{0,60}}|\bby\s+)$",
    re.IGNORECASE,
)
"""What stands before a date that is still to come: a plan that nobody has been said to tell since, or "by"."""


@dataclass(frozen=True)
class DateExpression:
    """Words of a text that tell a date.

    Attributes
    ----------
    words : str
        As they stand in the text.
    start, end : int
        Where: ``text[start:end]``.
    edtf : str
        What they tell, in one of the forms of the codebook.
    basis : str
        ``"explicit"`` (a day, or a month with its year), ``"weekday"``, ``"relative"`` (also a month without a year) or
        ``"bound"`` (since, until, before).
    """

    words: str
    start: int
    end: int
    edtf: str
    basis: str


def date_expressions(text: str, *, published: str) -> tuple[DateExpression, ...]:
    """Find the dates that a text tells, in its order.

    Parameters
    ----------
    text : str
        English. Whether words are a quotation, in which "today" is the day of the speaker, is for the caller to know.
    published : str
        EDTF: when the text appeared. Where it is empty or has an open bound, only dates with their year are resolved;
        where it is one of several days, so is what is resolved against it.

    Returns
    -------
    tuple of DateExpression
        They do not overlap. None is later than the publication, unless the text gives its year.

    Raises
    ------
    EdtfError
        The publication is no date.

    Examples
    --------
    >>> [each.edtf for each in date_expressions("said on Monday, but not last November", published="2023-06-13")]
    ['2023-06-12', '2022-11']
    >>> date_expressions("on Thursday", published="[2022-09-08..2022-09-30]")[0].edtf
    '[2022-09-08,2022-09-15,2022-09-22,2022-09-29]'
    """
    days = _possible_days(bounds(published)) if published else ()
    found = [(match, form) for form in FORMS for match in form.pattern.finditer(text)]
    found.sort(key=lambda each: (each[0].start(), -each[0].end()))
    expressions = [_expression(match, form, days=days) for match, form in _apart(found)]
    return tuple(each for each in expressions if each)


def _possible_days(published: DateBounds) -> tuple[date, ...]:
    if published.earliest is None or published.latest is None:
        return ()
    count = (published.latest - published.earliest).days + 1
    return tuple(published.earliest + timedelta(days=n) for n in range(count)) if count <= MOST_DAYS else ()


def _apart(found: list[tuple[re.Match[str], Form]]) -> Iterator[tuple[re.Match[str], Form]]:
    """Keep of matches that overlap the first, of those that begin together the longest."""
    reached = 0
    for match, form in found:
        if match.start() >= reached:
            reached = match.end()
            yield match, form


def _expression(match: re.Match[str], form: Form, *, days: tuple[date, ...]) -> DateExpression | None:
    spans = {_meant(match, form, day=day) for day in days or (None,)}
    known = {span for span in spans if span}
    if not known or known != spans:
        return None
    start, words = (match.start(), match[0]) if match["bound"] else (match.start("date"), match["date"])
    return DateExpression(words, start, match.end(), _written(known), "bound" if match["bound"] else form.basis)


def _meant(match: re.Match[str], form: Form, *, day: date | None) -> Span | None:
    """Return the days that a date means in a text of a certain day, or of one that is not known."""
    if not form.is_complete and (
        day is None or PLANNED.search(match.string, max(0, match.start() - 80), match.start())
    ):
        return None
    span = form.span(match, day or date.max)
    if span and day and not form.is_complete:
        if span.first and span.first > day:
            return None
        span = replace(span, last=min(span.last or day, day))
    return _bounded(span, word=match["bound"].lower(), day=day) if span and match["bound"] else span


def _bounded(span: Span, *, word: str, day: date | None) -> Span | None:
    """Turn the days of "Monday" into those of "since Monday" or "until Monday"."""
    if word in WORDS["up_to_then"]:
        return Span(None, span.last)
    return Span(span.first, day) if not day or not span.first or span.first <= day else None


def _written(spans: set[Span]) -> str:
    """Write what is meant; where that depends on the day of publication, all that it can be."""
    firsts, lasts = [span.first for span in spans], [span.last for span in spans]
    first = None if None in firsts else min(each for each in firsts if each)
    last = None if None in lasts else max(each for each in lasts if each)
    if all(span.first == span.last for span in spans) and 1 < len(spans) <= MOST_MEMBERS:
        return f"[{','.join(str(each) for each in sorted(each for each in firsts if each))}]"
    if first == last:
        return str(first)
    if first and last and next(iter(spans)).lasts and len(spans) == 1:
        return f"{first}/{last}"
    for period, written in (("month", "%Y-%m"), ("year", "%Y")):
        if first and last and period_of(first, period=period) == (first, last):
            return first.strftime(written)
    return f"[{first or ''}..{last or ''}]"
