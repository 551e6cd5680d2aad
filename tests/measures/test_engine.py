"""Day numbers and bins by arithmetic, against the calendar."""

from __future__ import annotations

from datetime import date

import narwhals as nw
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from workbook.dates import PERIODS, period_of
from workbook.measures.bins import bin_numbers
from workbook.measures.engine import day_number, days_by_calendar, days_by_clock


@given(st.lists(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)), min_size=1, max_size=20))
def test_days_and_bins_are_those_of_the_calendar(days) -> None:
    frame = nw.from_native(pd.DataFrame({"day": pd.Series(days, dtype="datetime64[us]")})).lazy()
    columns = [
        day_number("day", of=frame).alias("number"),
        days_by_clock(nw.col("day")).alias("by_clock"),
        days_by_calendar(nw.col("day")).alias("by_calendar"),
    ]
    found = frame.select(*columns).collect().to_pandas()
    for place, day in enumerate(days):
        for number in ("number", "by_clock", "by_calendar"):
            assert found[number][place] == (day - date(1970, 1, 1)).days
    numbers = found["number"].to_numpy()
    for period in PERIODS:
        places = bin_numbers(numbers, period=period)
        firsts = [period_of(day, period=period)[0] for day in days]
        assert [a == b for a in places for b in places] == [a == b for a in firsts for b in firsts]
