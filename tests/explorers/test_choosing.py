"""What filters and picks leave, counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from workbook import measures
from workbook.errors import ParameterError
from workbook.events import Choice, index_events, select_all
from workbook.explorers import choosing
from workbook.explorers.choosing import answered, chosen, listed
from workbook.explorers.state import ExplorerState


def test_all_statements_but_those_only_referred_to(index, boats) -> None:
    assert len(chosen(index, ExplorerState()).ids) == 54
    assert len(chosen(index, ExplorerState(referred=True)).ids) == 58
    assert set(boats.ids) - set(chosen(boats, ExplorerState()).ids) == {"e7"}


def test_a_pick_narrows_all_views_but_its_own(boats) -> None:
    state = ExplorerState().filtered(acts=("denial", "allegation")).picked("ledger", Choice(claims=("sold-yacht",)))
    assert chosen(boats, state).ids == ["e5", "e10"]
    for other in ("frequency", "activity", "timeline"):
        assert chosen(boats, state, but=other).ids == ["e5", "e10"]
    assert chosen(boats, state, but="ledger").ids == ["e1", "e2", "e3", "e4", "e5", "e10", "e11"]


def test_of_two_picks_each_view_sees_the_other(boats) -> None:
    state = (
        ExplorerState().picked("ledger", Choice(claims=("sells-boats",))).picked("activity", Choice(actors=("FEN",)))
    )
    assert chosen(boats, state).ids == ["e1", "e2", "e6"]
    assert chosen(boats, state, but="activity").ids == ["e1", "e2", "e3", "e4", "e6"]
    assert chosen(boats, state, but="ledger").ids == ["e1", "e2", "e5", "e6", "e11"]


def test_a_state_takes_its_bodies_and_people(boats) -> None:
    assert chosen(boats, ExplorerState().filtered(actors=("RUR",))).ids == ["e3", "e4", "e8", "e10"]
    assert chosen(boats, ExplorerState().filtered(actors=("ministry",))).ids == ["e3", "e4", "e8", "e10"]
    assert chosen(boats, ExplorerState().filtered(actors=("rudolf",))).ids == ["e3", "e8", "e10"]


def test_whose_dates_decide_what_lies_within_days(index) -> None:
    denials = ExplorerState().filtered(acts=("denial",), start="2022-09-21", end="2022-09-21")
    assert chosen(index, denials).ids == ["st015", "st016"]
    by_the_article = ExplorerState(dates="source").filtered(acts=("denial",), start="2022-09-21", end="2022-09-21")
    # The article says no day of its denials: one of four Thursdays; that of Russia by 29 September.
    assert chosen(index, by_the_article).ids == ["st015", "st016", "st019"]


def test_what_is_listed_is_what_is_chosen_by_date(boats) -> None:
    state = ExplorerState().filtered(claims=("sells-boats",))
    assert listed(boats, state).table["event_id"].tolist() == ["e1", "e3", "e2", "e4", "e6"]


STATES = (
    ExplorerState(),
    ExplorerState(referred=True).filtered(actors=("PRK",)),
    ExplorerState(dates="source").filtered(acts=("allegation", "denial"), start="2022-09-10"),
    ExplorerState().filtered(sources=("s003",)).picked("ledger", Choice(sources=("s003", "s004"), acts=("denial",))),
    ExplorerState().picked("timeline", Choice(start="2022-11-02", end="2022-11-08")),
)


@pytest.mark.parametrize("most", [0, 2000])
@pytest.mark.parametrize("state", STATES, ids=str)
def test_rows_taken_out_of_the_whole_are_those_measured_of_the_choice(index, state, most, monkeypatch) -> None:
    monkeypatch.setattr(choosing, "MOST_READ", most)
    index = index_events(index.data)
    selection = select_all(index.data, state.choices(), dates=state.dates, referred=state.referred)
    pd.testing.assert_frame_equal(listed(index, state).table, measures.ledger_events(selection).table)
    assert listed(index, state).basis == selection.basis


@pytest.mark.parametrize("state", STATES, ids=str)
def test_answers_are_those_of_which_both_ends_are_chosen(index, state) -> None:
    selection = select_all(index.data, state.choices(), dates=state.dates, referred=state.referred)
    linked = measures.exchanges(selection).table
    pairs = ["allegation_id", "denial_id", "alleger_names", "denier_names", "lag_low", "lag_high"]
    expected = linked[linked["answered"]][pairs].reset_index(drop=True)
    pd.testing.assert_frame_equal(answered(index, state).table[pairs], expected, check_dtype=False)


def test_a_question_asked_again_is_answered_from_before(boats) -> None:
    assert chosen(boats, ExplorerState()) is chosen(boats, ExplorerState(period="week"))


def test_an_unknown_key_is_named(boats) -> None:
    with pytest.raises(ParameterError, match=r"acts: found 'denail'.*nearest: denial"):
        chosen(boats, ExplorerState().filtered(acts=("denail",)))
