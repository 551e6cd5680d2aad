"""Waves of allegation, counted by hand; and what holds for any dates."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import workbook
from workbook.errors import ParameterError
from workbook.events import EventData, Selection, select
from workbook.measures import waves

FIRST = pd.Timestamp("2022-01-01")
DATES = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 5)), max_size=25)
ANY_DATA = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def allegations(dispute: EventData, dates: list[tuple[int, int]]) -> Selection:
    """Choose allegations of these first days and further days, and nothing else."""
    rows = dispute.events.iloc[[0] * len(dates)].reset_index(drop=True)
    starts = pd.Series([FIRST + pd.Timedelta(days=day) for day, _ in dates], dtype="datetime64[us]")
    spans = pd.to_timedelta([span for _, span in dates], unit="D")
    keys = pd.Series([f"a{place}" for place in range(len(dates))], dtype="str")
    rows = rows.assign(event_id=keys, date_earliest=starts)
    rows = rows.assign(date_latest=(starts + spans).astype("datetime64[us]"))
    return select(replace(dispute, events=rows))


def test_a_wave_begins_after_more_days_of_silence_than_the_gap(chosen) -> None:
    # Days without an allegation: 22 after e1 (7 to 28 September), 78 after e2 (3 October to 19 December).
    table = waves(chosen).table
    assert table["silence"].tolist()[1:] == [22, 78]
    assert pd.isna(table["silence"].iloc[0])
    assert len(waves(chosen, gap_days=21).table) == 3
    assert len(waves(chosen, gap_days=22).table) == 2


def test_the_bounds_of_a_wave_are_those_of_its_dates(chosen) -> None:
    table = waves(chosen).table
    assert table["first_text"].tolist() == ["2022-09-06", "[2022-09-29..2022-10-02]", "2022-12-20"]
    # e1 and e2 in one wave: it begins with the one and ends with the other.
    joined = waves(chosen, gap_days=22).table.iloc[0]
    assert (joined["first_text"], joined["last_text"]) == ("2022-09-06", "[2022-09-29..2022-10-02]")


def test_a_date_that_spans_more_than_the_gap_is_counted_apart(chosen) -> None:
    # e5 is of one of the 30 days of November.
    found = waves(chosen, gap_days=29)
    assert (found.apart, found.table["allegations"].sum()) == (1, 3)
    assert "In no wave: 1 allegation whose possible dates span more than 29 days" in found.basis.caption()
    assert waves(chosen, gap_days=30).apart == 0


def test_an_allegation_without_an_earliest_date_is_counted_apart(dispute) -> None:
    rows = dispute.events
    open_bound = rows["event_id"] == "e11"
    events = rows.assign(date_earliest=rows["date_earliest"].mask(open_bound))
    assert waves(select(replace(dispute, events=events))).apart == 2


def test_denials_fall_in_a_wave_or_answer_it(chosen) -> None:
    table = waves(chosen).table
    assert table["denials"].tolist() == [0, 0, 0]
    # e3 and e4 answer e1, e4 answers e2 too.
    assert table["answering"].tolist() == [2, 1, 0]
    joined = waves(chosen, gap_days=22).table
    assert joined["denials"].tolist() == [1, 0]  # e3, of 10 September
    assert joined["answering"].tolist() == [2, 0]  # e4 answers two allegations, and counts once


def test_a_denial_that_can_lie_in_a_wave_is_within_its_bounds(dispute) -> None:
    # e7 is of any day up to 20 November.
    table = waves(select(dispute, referred=True)).table
    assert table[["denials", "denials_most"]].to_numpy().tolist() == [[0, 1], [0, 1], [0, 0]]


def test_new_is_what_nothing_earlier_alleges(chosen) -> None:
    claims = waves(chosen).claims
    assert claims[["wave", "claim_id", "is_new"]].to_numpy().tolist() == [
        [1, "sells-boats", True],
        [2, "sells-boats", False],
        [3, "helps", True],
    ]


def test_nothing_is_new_that_may_have_been_alleged_before(dispute) -> None:
    # The allegation of November, counted apart, is of the claim of 20 December.
    events = dispute.events.assign(
        claim_id=dispute.events["claim_id"].mask(dispute.events["event_id"] == "e5", "helps")
    )
    claims = waves(select(replace(dispute, events=events))).claims.set_index("wave")
    assert not claims.at[3, "is_new"]


def test_speakers_are_states_and_outlets_are_publishers(chosen) -> None:
    found = waves(chosen, gap_days=22)
    assert found.speakers[["wave", "actor_id", "allegations"]].to_numpy().tolist() == [[1, "FEN", 2], [2, "FEN", 1]]
    assert found.table["outlets"].tolist() == [2, 1]


def test_how_much_hangs_on_the_gap(chosen) -> None:
    # Between a span of 4 days and a silence of 22 nothing changes; at 30 days e5 joins all.
    found = waves(chosen)
    assert (found.steady, found.other_gaps) == ((4, 21), {7: 3, 28: 2})
    assert waves(chosen, gap_days=30).steady == (30, None)


def test_the_waves_of_the_five_articles() -> None:
    table = waves(workbook.select(workbook.load("arms_transfers"))).table
    # 5 or 6 September 2022; 30 March, 12 June, 30 August to 5 September 2023.
    assert table["last_text"].tolist() == ["2022-09-06", "2023-03-30", "2023-06-12", "2023-09-05"]
    assert table["allegations"].tolist() == [2, 5, 2, 17]
    assert table["answering"].tolist() == [3, 0, 0, 0]


def test_where_nobody_coded_answers_they_are_missing(dispute) -> None:
    found = waves(select(replace(dispute, links=None)))
    assert found.table["answering"].isna().all()
    assert not found.has_links


@pytest.mark.parametrize("narrowed", [{"acts": ["denial"]}, {"end": "1990-12-31", "acts": ["denial"]}], ids=str)
def test_without_an_allegation_there_is_no_wave(dispute, narrowed) -> None:
    found = waves(select(dispute, **narrowed))
    assert found.table.empty
    assert found.apart == 0


def test_a_gap_shorter_than_a_day_is_refused(chosen) -> None:
    with pytest.raises(ParameterError, match="gap_days: found 0"):
        waves(chosen, gap_days=0)


@ANY_DATA
@given(DATES, st.integers(1, 60))
def test_every_allegation_is_in_one_wave_or_apart(dispute, dates, gap_days) -> None:
    found = waves(allegations(dispute, dates), gap_days=gap_days)
    assert found.table["allegations"].sum() + found.apart == len(dates)
    # Waves follow each other, and between two of them is more silence than the gap.
    ends = found.table[["first_earliest", "last_latest"]]
    between = (ends["first_earliest"].iloc[1:].array - ends["last_latest"].iloc[:-1].array).days - 1
    assert (between > gap_days).all()
    assert between.tolist() == found.table["silence"].iloc[1:].tolist()


@ANY_DATA
@given(DATES, st.integers(6, 60), st.integers(0, 60))
def test_a_longer_gap_makes_no_more_waves(dispute, dates, gap_days, more) -> None:
    chosen = allegations(dispute, dates)
    assert len(waves(chosen, gap_days=gap_days + more).table) <= len(waves(chosen, gap_days=gap_days).table)


@ANY_DATA
@given(DATES, st.integers(1, 60))
def test_all_gaps_that_are_called_steady_give_the_same_waves(dispute, dates, gap_days) -> None:
    chosen = allegations(dispute, dates)
    found = waves(chosen, gap_days=gap_days)
    low, high = found.steady
    assert low <= gap_days
    for gap in (low, high or gap_days + 500):
        assert waves(chosen, gap_days=gap).table.equals(found.table)
    assert high is None or not waves(chosen, gap_days=high + 1).table.equals(found.table)
