"""Kaplan-Meier against a published example."""

from __future__ import annotations

import pytest

from workbook.measures.survival import kaplan_meier, median_lag

# Weeks in remission under 6-MP (Freireich 1963), as in every textbook; + is censored.
DATA = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
WEEKS = DATA.split()
DURATIONS = [float(week.rstrip("+")) for week in WEEKS]
ENDED = [not week.endswith("+") for week in WEEKS]


def test_the_curve_of_the_remission_data() -> None:
    curve = kaplan_meier(DURATIONS, ENDED).set_index("day")["survival"]
    published = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    for week, share in published.items():
        assert curve[week] == pytest.approx(share, abs=1e-3)


def test_its_median_and_the_interval_of_the_median() -> None:
    lag = median_lag(DURATIONS, ENDED)
    assert lag.median == 23
    assert lag.low == 13  # as R's survfit has it with conf.type = "log-log"
    assert lag.high is None
    assert (lag.answered, lag.censored) == (9, 12)


def test_at_risk_answered_and_censored_are_counted() -> None:
    curve = kaplan_meier(DURATIONS, ENDED).set_index("day")
    assert curve.loc[10, ["at_risk", "answered", "censored"]].tolist() == [15, 1, 1]


def test_nothing_answered_reaches_no_median() -> None:
    assert median_lag([3, 5], [False, False]).median is None


def test_all_answered_at_once() -> None:
    assert median_lag([0, 0], [True, True]).median == 0


def test_nothing_observed_is_no_error() -> None:
    assert kaplan_meier([], [])["at_risk"].tolist() == [0]
    assert median_lag([], []).median is None
