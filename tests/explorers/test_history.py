"""Going back, exactly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbook.explorers.history import MOST_KEPT, History
from workbook.explorers.state import ExplorerState

PERIODS = st.sampled_from(["day", "week", "month", "quarter", "year"])


@given(st.lists(PERIODS, max_size=12))
def test_back_goes_through_the_very_states_that_led_here(periods) -> None:
    history, seen = History(), [ExplorerState()]
    for period in periods:
        state = ExplorerState(period=period)
        history = history.then(state)
        if state != seen[-1]:
            seen.append(state)
    for state in reversed(seen):
        assert history.state == state
        history = history.back()
    assert history == History()


def test_to_the_same_state_leads_no_step() -> None:
    history = History().then(ExplorerState(period="week"))
    assert history.then(ExplorerState(period="week")) is history


def test_the_last_of_very_many_steps_are_kept() -> None:
    history = History()
    for day in range(MOST_KEPT + 50):
        history = history.then(ExplorerState().filtered(acts=(str(day),)))
    assert len(history.before) == MOST_KEPT
    assert history.back().state.filters.acts == (str(MOST_KEPT + 48),)
