# Every text in the SQL has gone through `literal`, or is a constant of this package.
"""Days that are sorted and written together: as many as memory holds, so that it does not grow with the events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from workbook.readers.machine.layout import literal

BEFORE = -1
"""Stands for the output that was there before in the place of a part's number."""


@dataclass(frozen=True)
class DayCount:
    """How many events a part has on a day.

    Attributes
    ----------
    month : datetime.date or None
        The month to whose file they go; nothing where all go to one file.
    day : str or None
        Their first day, as DuckDB writes it; nothing where that is open.
    part : int
        The part, or `BEFORE`.
    events : int
        How many there are.
    """

    month: date | None
    day: str | None
    part: int
    events: int


@dataclass(frozen=True)
class Span:
    """Days that follow each other in one file.

    Attributes
    ----------
    month : datetime.date or None
        As in `DayCount`.
    first, last : str or None
        The days; nothing for the events whose first day is open, which come last.
    parts : frozenset of int
        Where their events are.
    events : int
        How many there are.
    """

    month: date | None
    first: str | None
    last: str | None
    parts: frozenset[int]
    events: int

    def condition(self, last: str) -> str:
        """Return SQL that holds for the events of these days; ``last`` is SQL of an event's last day."""
        if self.first is None or self.last is None:
            in_month = f" AND {month_sql(last)} = DATE '{self.month:%Y-%m-%d}'" if self.month else ""
            return f"date_earliest IS NULL{in_month}"
        return f"date_earliest BETWEEN TIMESTAMP {literal(self.first)} AND TIMESTAMP {literal(self.last)}"


NO_DAYS = Span(None, None, None, frozenset(), 0)
"""Where there is no event."""


def spans(counted: Iterable[DayCount], *, most: int) -> Iterator[Span]:
    """Put days together until they have as many events as are sorted at once; one day is never parted.

    Parameters
    ----------
    counted : iterable of DayCount
        In the order of months and days.
    most : int
        Events at which a span is full.

    Examples
    --------
    >>> days = [DayCount(None, f"2023-09-0{day}", 0, 40) for day in (1, 2, 3)]
    >>> [(span.first, span.last, span.events) for span in spans(days, most=100)]
    [('2023-09-01', '2023-09-02', 80), ('2023-09-03', '2023-09-03', 40)]
    """
    waiting: Span | None = None
    for (month, day), group in groupby(counted, key=lambda each: (each.month, each.day)):
        rows = list(group)
        one = Span(month, day, day, frozenset(row.part for row in rows), sum(row.events for row in rows))
        if waiting and _fit(waiting, one, most=most):
            events = waiting.events + one.events
            waiting = replace(waiting, last=day, parts=waiting.parts | one.parts, events=events)
        else:
            if waiting:
                yield waiting
            waiting = one
    if waiting:
        yield waiting


def _fit(one: Span, other: Span, *, most: int) -> bool:
    same_file = one.month == other.month and (one.first is None) == (other.first is None)
    return same_file and one.events + other.events <= most


def month_sql(last: str) -> str:
    """Return SQL of the month in which an event belongs: that of its first day, or of its last where that is open."""
    return f"date_trunc('month', coalesce(date_earliest, {last}))"
