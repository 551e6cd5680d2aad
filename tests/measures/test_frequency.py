"""Frequencies, counted by hand on the eleven events about boats."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from workbook.dates import PERIODS
from workbook.errors import ParameterError
from workbook.events import Basis, Selection, index_events, select, select_indexed
from workbook.events.choice import Choice
from workbook.measures import denial_share, frequency


def by_bin(measured, column: str = "total") -> dict[str, float]:
    sums = measured.table.groupby("bin_start")[column].sum()
    return {day.strftime("%Y-%m"): value for day, value in sums.items()}


def test_months_hold_what_lies_in_them_and_a_share_of_what_may(chosen) -> None:
    # September: e1, e3, half of e2; October: e4, e8, the other half; November: e5, e6; December: e10, e11.
    assert by_bin(frequency(chosen)) == {"2022-09": 2.5, "2022-10": 2.5, "2022-11": 2.0, "2022-12": 2.0}
    assert by_bin(frequency(chosen), "uncertain") == {"2022-09": 0.5, "2022-10": 0.5, "2022-11": 0.0, "2022-12": 0.0}


def test_an_event_without_an_earliest_date_is_in_no_bin_and_in_the_caption(chosen) -> None:
    caption = frequency(chosen).basis.caption()
    assert "1 statement without an earliest or a latest date in no bin: e9." in caption


def test_weeks_begin_on_monday_and_gaps_are_zero(chosen) -> None:
    table = frequency(chosen, period="week").table
    assert table["bin_start"].iloc[0] == pd.Timestamp("2022-09-05")
    assert (table["bin_start"].dt.day_of_week == 0).all()
    assert (table["total"] == 0).any()
    assert table["total"].sum() == pytest.approx(9)


@pytest.mark.parametrize(("period", "bins"), [("day", 106), ("week", 16), ("month", 4), ("quarter", 2), ("year", 1)])
def test_every_period_is_gapless_from_first_to_last(chosen, period, bins) -> None:
    # From 6 September to 20 December 2022 are 106 days.
    assert len(frequency(chosen, period=period).table) == bins


def test_midpoint_puts_all_of_it_into_the_bin_of_the_middle_day(chosen) -> None:
    # e2 has four days, 29 September to 2 October: of the two in the middle the earlier, 30 September.
    assert by_bin(frequency(chosen, uncertain="midpoint"))["2022-09"] == 3.0


def test_leaving_out_uncertain_dates_says_how_many(chosen) -> None:
    measured = frequency(chosen, uncertain="leave_out")
    assert by_bin(measured)["2022-09"] == 2.0
    assert "does not fall into one month: 1 statement." in measured.basis.caption()


def test_by_mention_a_statement_in_two_articles_counts_twice(chosen) -> None:
    assert by_bin(frequency(chosen, count="mention"))["2022-09"] == 3.5  # e1 stands in s1 and s2


def test_by_side_every_side_stands_in_every_bin(chosen) -> None:
    table = frequency(chosen, split_by="side").table
    assert list(table["group"].unique()) == ["alleges", "denies", "neither"]
    assert len(table) == 12
    assert dict(table.groupby("group")["total"].sum()) == {"alleges": 4.0, "denies": 3.0, "neither": 2.0}


def test_a_joint_statement_counts_once_and_once_for_each_speaker(chosen) -> None:
    assert by_bin(frequency(chosen))["2022-11"] == 2.0
    by_actor = frequency(chosen, split_by="actor")
    assert by_bin(by_actor)["2022-11"] == 5.0  # e5 by FEN; e6 by FEN, GRA, ZEN and LUT
    assert "once for each of its speakers" in by_actor.basis.caption()


def test_rolled_up_to_states_people_count_for_their_state(chosen) -> None:
    table = frequency(chosen, split_by="actor", level="state").table
    assert dict(table.groupby("group")["total"].sum())["FEN"] == 5.0  # e1, e2, e5, e6, e11


def test_by_source_a_statement_counts_once_for_each_source(chosen) -> None:
    table = frequency(chosen, split_by="source").table
    totals = dict(table.groupby("label")["total"].sum())
    assert totals == {"Mail": 4.0, "Courier": 3.0, "Times": 3.0}  # e9, of the Times, is in no bin


def test_one_a_day_takes_the_same_speaker_target_and_act_of_a_day_once(dispute) -> None:
    twice = dispute.events[dispute.events["event_id"] == "e1"].assign(event_id="e1b")
    more = replace(dispute, events=pd.concat([dispute.events, twice], ignore_index=True))
    assert by_bin(frequency(select(more)))["2022-09"] == 3.5
    assert by_bin(frequency(select(more), count="one_a_day"))["2022-09"] == 2.5


@pytest.mark.parametrize("split_by", [None, "act", "side", "actor", "source"])
def test_one_a_day_of_an_index_is_that_of_frames(dispute, split_by) -> None:
    twice = dispute.events[dispute.events["event_id"].isin(["e1", "e8"])]
    more = replace(dispute, events=pd.concat([dispute.events, twice.assign(event_id=["x1", "x8"])], ignore_index=True))
    tables = [
        frequency(chosen, split_by=split_by, count="one_a_day", level="state").table
        for chosen in (select(more), select_indexed(index_events(more), [Choice()]))
    ]
    assert_frame_equal(*tables)


def test_days_outside_the_selection_are_in_no_bar_and_are_told(dispute) -> None:
    measured = frequency(select(dispute, start="2022-10-01", end="2022-11-30"))
    assert by_bin(measured) == {"2022-10": 2.5, "2022-11": 2.0}
    assert "The weight of 0.50 statements lies outside the days chosen." in measured.basis.caption()


def test_nothing_chosen_is_an_empty_table_with_its_basis(dispute) -> None:
    measured = frequency(select(dispute, start="1990-01-01", end="1990-12-31", acts=["denial"]))
    assert measured.table["total"].sum() == 0
    assert measured.basis.events == 0


def test_wrong_choices_are_named_with_what_would_be_right(chosen) -> None:
    with pytest.raises(ParameterError, match="expected one of day, week, month"):
        frequency(chosen, period="fortnight")
    with pytest.raises(ParameterError, match="count: found 'statements'") as caught:
        frequency(chosen, count="statements", split_by="country")
    assert len(caught.value.faults) == 2


def test_the_share_of_denials_carries_wilsons_interval(chosen) -> None:
    table = denial_share(chosen).table.set_index("bin_start")
    december = table.loc[pd.Timestamp("2022-12-01")]
    assert (december["denials"], december["allegations"], december["share"]) == (1.0, 1.0, 0.5)
    # Wilson's interval of 1 in 2, by hand: (0.5 + 3.8415/4 -+ 1.96 * sqrt(0.125 + 3.8415/16)) / (1 + 3.8415/2)
    assert december["low"] == pytest.approx(0.0945, abs=1e-4)
    assert december["high"] == pytest.approx(0.9055, abs=1e-4)


DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2030, 12, 31))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(DAYS, st.integers(0, 500)), min_size=1, max_size=6), st.sampled_from(PERIODS[1:]))
def test_the_weights_of_every_event_sum_to_one(spans, period) -> None:
    events = pd.DataFrame(
        {
            "event_id": [f"e{place}" for place in range(len(spans))],
            "mention_count": 1,
            "date_earliest": pd.to_datetime([first for first, _ in spans]),
            "date_latest": pd.to_datetime([first + timedelta(days=length) for first, length in spans]),
        }
    ).astype({"date_earliest": "datetime64[us]", "date_latest": "datetime64[us]"})
    total = frequency(_selection(events), period=period).table["total"].sum()
    assert total == pytest.approx(len(spans))


def _selection(events: pd.DataFrame) -> Selection:
    class Data:
        def __init__(self) -> None:
            self.events = events

    return Selection(Data(), Basis("random", len(events), 0, 0))


@pytest.mark.parametrize("asked", [{"count": "mention"}, {"split_by": "actor"}])
def test_what_lies_outside_counts_each_statement_once(dispute, asked) -> None:
    # Half of e2 lies in October; the duke and the FEN say it together, in two sources.
    people = pd.concat(
        [dispute.participants, pd.DataFrame([["e2", "FEN", "speaker"]], columns=["event_id", "actor_id", "role"])]
    )
    mentions = pd.concat(
        [dispute.mentions, pd.DataFrame([["e2", "s3", "direct"]], columns=["event_id", "source_id", "form"])]
    )
    events = dispute.events.assign(
        mention_count=dispute.events["mention_count"].mask(dispute.events["event_id"] == "e2", 2)
    )
    joint = replace(dispute, events=events, participants=people, mentions=mentions)
    measured = frequency(select(joint, end="2022-09-30"), **asked)
    assert "The weight of 0.50 statements lies outside the days chosen." in measured.basis.caption()
