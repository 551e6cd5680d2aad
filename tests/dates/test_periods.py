"""Bins of time and the weights of uncertain dates."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.dates import PERIODS, DateBounds, period_bins, period_label, period_of, weights

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 12, 31))


@given(DAYS, st.integers(0, 800), st.sampled_from(PERIODS))
def test_bins_follow_each_other_without_a_gap_and_hold_both_days(first: date, length: int, period: str) -> None:
    last = first + timedelta(days=length)
    bins = period_bins(first, last, period=period)
    assert bins[0][0] <= first <= bins[0][1]
    assert bins[-1][0] <= last <= bins[-1][1]
    for (_, end), (start, _) in pairwise(bins):
        assert start == end + timedelta(days=1)


@given(DAYS, st.integers(0, 800), st.sampled_from(PERIODS))
def test_the_weights_of_a_date_sum_to_one(first: date, length: int, period: str) -> None:
    last = first + timedelta(days=length)
    shares = weights(DateBounds(first, last, "range"), period_bins(first, last, period=period))
    assert sum(shares) == pytest.approx(1)
    assert min(shares) > 0


def test_a_date_with_an_open_bound_has_no_weight() -> None:
    bins = period_bins(date(2022, 9, 1), date(2022, 10, 1), period="month")
    assert weights(DateBounds(None, date(2022, 9, 5), "before"), bins) == [0.0, 0.0]


def test_a_week_begins_on_monday() -> None:
    assert period_of(date(2023, 9, 3), period="week") == (date(2023, 8, 28), date(2023, 9, 3))


def test_the_first_days_of_january_can_be_in_the_last_week() -> None:
    assert period_label(date(2023, 1, 1), "week") == "2022 W52"
