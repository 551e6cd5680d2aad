"""Marks that would lie on each other are stacked."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workbook.charts.marks import stacked


def test_marks_on_one_day_are_stacked() -> None:
    assert stacked([0, 0, 0, 1, 9], apart=3) == [0, 1, 2, 3, 0]


def test_who_comes_first_takes_the_lower_level_though_it_is_later() -> None:
    assert stacked([5, 4, 0, 9], apart=2) == [0, 1, 0, 0]


@given(st.lists(st.integers(0, 60), max_size=40), st.integers(1, 9))
def test_no_two_marks_of_a_level_are_nearer_than_asked(places, apart) -> None:
    levels = stacked(places, apart=apart)
    for level in set(levels):
        row = sorted(place for place, at in zip(places, levels, strict=True) if at == level)
        assert all(later - earlier >= apart for earlier, later in pairwise(row))
