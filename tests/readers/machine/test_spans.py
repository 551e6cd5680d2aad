"""Days are put together as long as memory holds them, and none is left out."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from workbook.readers.machine.spans import BEFORE, DayCount, spans

MAY, JUNE = date(2023, 5, 1), date(2023, 6, 1)


def test_a_day_with_more_events_than_fit_is_a_span_alone() -> None:
    days = [DayCount(None, "2023-05-01", 0, 9), DayCount(None, "2023-05-02", 0, 30), DayCount(None, "2023-05-03", 0, 1)]
    assert [(span.first, span.last, span.events) for span in spans(days, most=10)] == [
        ("2023-05-01", "2023-05-01", 9),
        ("2023-05-02", "2023-05-02", 30),
        ("2023-05-03", "2023-05-03", 1),
    ]


def test_a_day_in_several_parts_is_one_day() -> None:
    days = [DayCount(None, "2023-05-01", BEFORE, 4), DayCount(None, "2023-05-01", 2, 5)]
    (span,) = spans(days, most=3)
    assert (span.parts, span.events) == ({BEFORE, 2}, 9)


def test_months_and_open_first_days_are_spans_of_their_own() -> None:
    days = [DayCount(MAY, "2023-05-31", 0, 1), DayCount(MAY, None, 0, 1), DayCount(JUNE, "2023-06-01", 0, 1)]
    found = list(spans(days, most=10))
    assert [(span.month, span.first) for span in found] == [(MAY, "2023-05-31"), (MAY, None), (JUNE, "2023-06-01")]
    assert found[1].condition("date_latest").endswith("= DATE '2023-05-01'")


@given(st.dictionaries(st.integers(10, 28), st.integers(1, 50)), st.integers(1, 100))
def test_all_events_are_in_one_span_each_in_their_order(by_day: dict[int, int], most: int) -> None:
    days = [DayCount(None, f"2023-05-{day}", 0, by_day[day]) for day in sorted(by_day)]
    found = list(spans(days, most=most))
    assert sum(span.events for span in found) == sum(by_day.values())
    ends = [end for span in found for end in (span.first, span.last)]
    assert ends == sorted(ends)
    held = [day.day for span in found for day in days if span.first <= day.day <= span.last]
    assert held == [day.day for day in days]
