"""The days that a report is about, and whether a chart can show so many bins of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import narwhals as nw
import pandas as pd

from workbook.dates import parse_day, period_bins
from workbook.errors import Fault
from workbook.events import EventData, collected, lazy

DAYS = ("start", "end")

MOST_BINS = 2_000
"""Of a stream, which is drawn by five rules of counting: no chart has more than 10,000 points."""


def span(data: EventData, values: Mapping[str, object]) -> tuple[date | None, date | None]:
    """Return the first and the last day of the reports: those asked for, or the events' own."""
    prefix = "source_date" if values.get("dates") == "source" else "date"
    events = lazy(data.events)
    if not values.get("referred"):
        events = events.filter(~nw.col("is_referred"))
    events = events.select(
        nw.col(f"{prefix}_earliest").min().alias("first"), nw.col(f"{prefix}_latest").max().alias("last")
    )
    known = [None if pd.isna(day) else day.date() for day in collected(events).iloc[0]]
    asked = [str(values.get(name) or "") for name in DAYS]
    first, last = (parse_day(day) if day else own for day, own in zip(asked, known, strict=True))
    return first, last


def bin_faults(stream: EventData, values: Mapping[str, object], *, place: str) -> list[Fault]:
    """Find whether a stream has more bins than a chart can show, and say what would be fewer.

    Parameters
    ----------
    stream : EventData
        Stored events.
    values : mapping of str to object
        The parameters of the notebook; ``period``, ``start`` and ``end`` are sound.
    place : str
        Where the parameters stand.
    """
    period = str(values["period"])
    first, last = span(stream, values)
    if first is None or last is None:
        return []
    count = len(period_bins(first, max(first, last), period=period))
    if count <= MOST_BINS:
        return []
    found = f"{period!r}, of which there are {count:,} from {first} to {last}"
    expected = f"at most {MOST_BINS:,} that a chart can show: a longer period, or fewer days by start and end"
    return [Fault(place, None, "period", found, expected)]
