"""One's own frame: taken whole, completed by the rules, or refused with all its faults at once."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import workbook
from workbook.errors import FaultsError
from workbook.events import EVENT_COLUMNS, collected, mentions_of, participants_of
from workbook.readers.frame import events_from_frame
from workbook.writers import flat_rows


def boats(**columns: object) -> pd.DataFrame:
    """Two events; a column given as None is taken away."""
    whole = {
        "event_id": ["a", "b"],
        "actor_id": ["FEN", "RUR"],
        "act": ["allegation", "denial"],
        "date": ["2023-05-01", "2023-05-09"],
        **columns,
    }
    return pd.DataFrame({name: values for name, values in whole.items() if values is not None})


def faults_of(frame: pd.DataFrame) -> list[str]:
    with pytest.raises(FaultsError) as caught:
        events_from_frame(frame)
    return [str(fault) for fault in caught.value.faults]


def test_two_events_become_the_standard_table_with_speakers_targets_and_sources() -> None:
    data = events_from_frame(boats(target_id=["RUR", None], source_url=["https://x.example/1", None]), name="boats")
    assert list(data.events.columns) == list(EVENT_COLUMNS)
    assert data.events["side"].tolist() == ["alleges", "denies"]
    assert data.events["date_text"].tolist() == ["2023-05-01", "2023-05-09"]
    assert collected(participants_of(data)).to_numpy().tolist() == [
        ["a", "FEN", "speaker"],
        ["b", "RUR", "speaker"],
        ["a", "RUR", "target"],
    ]
    assert collected(mentions_of(data))[["event_id", "source_id"]].to_numpy().tolist() == [["a", "https://x.example/1"]]
    assert workbook.select(data).basis.caption().startswith("Stands on 2 statements")


def test_the_frame_is_not_changed() -> None:
    frame = boats()
    events_from_frame(frame)
    assert_frame_equal(frame, boats())


def test_answers_become_links() -> None:
    data = events_from_frame(boats(answers=[None, "a"]))
    assert data.links.to_numpy().tolist() == [["b", "a"]]


def test_without_answers_nobody_has_said_what_answers_what() -> None:
    assert events_from_frame(boats()).links is None
    assert events_from_frame(boats(answers=[float("nan")] * 2)).links is None


def test_answers_to_events_that_are_not_there_are_said_under_every_number() -> None:
    data = events_from_frame(boats(answers=[None, "a c"]))
    note = "Answers to events that are not in the frame are left out: to c."
    assert data.notes == (note,)
    assert workbook.select(data).basis.caption().endswith(note)
    assert not events_from_frame(boats(answers=[None, "a"])).notes


@pytest.mark.parametrize("flag", ["false", None, 1])
def test_a_flag_that_is_no_truth_value_is_a_fault(flag) -> None:
    (fault,) = faults_of(boats(is_referred=pd.Series([False, flag], dtype="object").tolist()))
    assert fault.startswith(f"frame, row 1, is_referred: found {flag!r}; expected True or False")


def test_flags_are_taken_as_they_are() -> None:
    data = events_from_frame(boats(is_referred=[False, True]))
    assert workbook.select(data).basis.left_out == (("only referred to", 1),)


@pytest.mark.parametrize(
    ("first", "last", "text", "precision"),
    [
        ("2023-05-01", "2023-05-01", "2023-05-01", "day"),
        ("2023-05-01", "2023-05-03", "[2023-05-01..2023-05-03]", "range"),
        (None, "2023-05-03", "[..2023-05-03]", "before"),
        ("2023-05-01", None, "[2023-05-01..]", "after"),
    ],
)
def test_bounds_are_written_as_edtf(first, last, text, precision) -> None:
    ends = {"date": None, "date_earliest": [first, "2023-05-09"], "date_latest": [last, "2023-05-09"]}
    events = events_from_frame(boats(**ends)).events
    assert events.loc[0, ["date_text", "date_precision"]].tolist() == [text, precision]
    given_days = [None if pd.isna(day) else str(day.date()) for day in events.loc[0, ["date_earliest", "date_latest"]]]
    assert given_days == [first, last]


@settings(max_examples=30)
@given(st.lists(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), min_size=2, max_size=2), st.data())
def test_a_day_stays_that_day_however_it_is_written(days, data) -> None:
    written = data.draw(
        st.sampled_from(
            [
                days,
                [day.isoformat() for day in days],
                [f"{day.isoformat()}T23:59:59+02:00" for day in days],
                [pd.Timestamp(day) + pd.Timedelta(hours=23) for day in days],
                [pd.Timestamp(day, tz="Asia/Tokyo") for day in days],
            ]
        )
    )
    events = events_from_frame(boats(date=written)).events
    assert events["date_earliest"].dt.date.tolist() == events["date_latest"].dt.date.tolist() == days
    assert events["date_text"].tolist() == [day.isoformat() for day in days]


@pytest.mark.parametrize(
    "written", ["2023-05", "2023", 20230501, "03/04/2023", "May 2023", "2023-02-30", "yesterday", "2023-05-01..03"]
)
def test_what_is_no_whole_day_is_refused_and_never_read_as_one(written) -> None:
    (fault,) = faults_of(boats(date=[written, "2023-05-09"]))
    assert fault.startswith(f"frame, row 0, date: found {str(written)!r}; expected a day, YYYY-MM-DD")


def test_a_month_in_edtf_reaches_from_its_first_day_to_its_last() -> None:
    row = events_from_frame(boats(date=None, date_text=["2023-02", "2023-05-09"])).events.iloc[0]
    assert (str(row["date_earliest"].date()), str(row["date_latest"].date())) == ("2023-02-01", "2023-02-28")
    assert row["date_precision"] == "month"


def test_all_faults_are_named_at_once() -> None:
    frame = boats(event_id=["a", "a"], actor_id=[None, "RUR"], act=["alegation", "denial"], date=["soon", None])
    assert faults_of(frame) == [
        "frame, row 0, actor_id: found nothing; expected a value",
        "frame, row 1, event_id: found 'a' again; expected each key once",
        "frame, row 0, date: found 'soon'; expected a day, YYYY-MM-DD; date_text takes other dates",
        "frame, row 1, date: found no date; expected a day, or one bound at least",
        "frame, act: found 'alegation'; expected an act of the codebook, or a column side (nearest: allegation)",
    ]


def test_missing_columns_are_named_with_what_is_near() -> None:
    assert faults_of(pd.DataFrame({"event": ["a"], "actor_id": ["FEN"], "act": ["denial"]})) == [
        "frame, event_id: found no such column; expected a column event_id (nearest: event)",
        "frame, date: found no date; expected date_text (EDTF), date, or date_earliest and date_latest",
    ]


@pytest.mark.parametrize("key", [None, "", "  "])
def test_an_empty_key_is_refused(key) -> None:
    assert faults_of(boats(event_id=[key, "b"])) == ["frame, row 0, event_id: found nothing; expected a value"]


def test_a_frame_without_a_row_is_refused() -> None:
    assert faults_of(boats().iloc[:0]) == ["frame: found no row; expected at least one event"]


def test_bounds_out_of_order_are_refused() -> None:
    ends = {"date": None, "date_earliest": ["2023-05-03", "2023-05-09"], "date_latest": ["2023-05-01", "2023-05-09"]}
    assert faults_of(boats(**ends)) == [
        "frame, row 0, date_earliest: found 2023-05-03 after 2023-05-01; expected bounds in order"
    ]


def test_dates_in_no_edtf_are_refused_row_by_row() -> None:
    found = faults_of(boats(date=None, date_text=["May", None]))
    assert [fault.partition(":")[0] for fault in found] == ["frame, row 0, date_text", "frame, row 1, date_text"]


def test_an_own_side_holds_for_an_act_of_the_codebook_too() -> None:
    data = events_from_frame(boats(act=["assessment", "denial"], side=["alleges", "denies"]))
    assert data.events["side"].tolist() == ["alleges", "denies"]
    assert data.acts.set_index("act")["side"].to_dict() == {"assessment": "alleges", "denial": "denies"}


def test_an_act_of_two_sides_is_refused_because_its_side_could_not_be_picked() -> None:
    found = faults_of(boats(act=["said", "said"], side=["alleges", "denies"]))
    assert found == ["frame, side: found alleges, denies of act 'said'; expected one side for each"]


def test_an_unknown_side_is_refused() -> None:
    (fault,) = faults_of(boats(side=["alleges", "rejects"]))
    assert fault == "frame, row 1, side: found 'rejects'; expected one of alleges, denies, neither"


def test_a_topic_without_a_claim_and_a_claim_of_two_topics_are_refused() -> None:
    assert faults_of(boats(topic=["delivery", None])) == [
        "frame, claim_id: found none for topic 'delivery'; expected a claim_id, which the topic is one of"
    ]
    assert faults_of(boats(claim_id=["c", "c"], topic=["delivery", "talks"])) == [
        "frame, topic: found delivery, talks of claim_id 'c'; expected one topic for each"
    ]


def test_exported_rows_come_back_as_the_same_events() -> None:
    rows = flat_rows(workbook.select(workbook.load("arms_transfers")))
    again = events_from_frame(rows).events
    columns = ["event_id", "act", "side", "topic", "claim_id", "date_text", "date_earliest", "date_latest", "summary"]
    assert_frame_equal(again[columns], rows[columns], check_dtype=False)


def test_other_rows_have_another_checksum() -> None:
    one, same, other = (events_from_frame(frame) for frame in (boats(), boats(), boats(actor_id=["FEN", "GRA"])))
    assert one.checksum == same.checksum != other.checksum
