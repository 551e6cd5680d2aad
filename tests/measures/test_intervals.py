"""Intervals against published tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.measures.intervals import garwood, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_newcombe_1998_tabulates_it(successes, trials, low, high) -> None:
    assert wilson(successes, trials) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668)])
def test_garwood_as_his_table_has_it(count, low, high) -> None:
    assert garwood(count) == (pytest.approx(low, abs=1e-3), pytest.approx(high, abs=1e-3))


@given(st.floats(0, 50), st.floats(0.1, 50))
def test_the_share_lies_in_its_interval(successes, more) -> None:
    low, high = wilson(successes, successes + more)
    assert 0 <= low <= successes / (successes + more) + 1e-9
    assert successes / (successes + more) - 1e-9 <= high <= 1


def test_without_a_trial_nothing_is_known() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
