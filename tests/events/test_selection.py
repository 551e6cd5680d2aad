"""Choosing events: what is in, what is out, and that the sum is right."""

from __future__ import annotations

import pandas as pd
import pytest

import workbook
from workbook.errors import ParameterError
from workbook.events import Choice, Selection, collected, index_events, select, select_indexed
from workbook.readers.frame import events_from_frame


@pytest.fixture(scope="module")
def data() -> workbook.EventData:
    return workbook.load("arms_transfers")


def ids(selection: Selection) -> set[str]:
    return set(collected(selection.events)["event_id"])


def test_referred_statements_are_left_out_and_said_so(data) -> None:
    without, everything = select(data), select(data, referred=True)
    left_out = ids(everything) - ids(without)
    assert left_out == set(data.events.loc[data.events["is_referred"], "event_id"])
    assert without.basis.left_out == (("only referred to", len(left_out)),)
    assert everything.basis.left_out == ()


def test_chosen_and_left_out_add_up_to_all(data) -> None:
    selection = select(data, start="2023-01-01", end="2023-08-31", actors=["USA"], acts=["allegation", "warning"])
    out = sum(count for _, count in selection.basis.left_out)
    assert selection.basis.events + out == len(data.events)


def test_a_state_takes_its_bodies_and_people(data) -> None:
    by_state = ids(select(data, actors=["USA"]))
    by_person = ids(select(data, actors=["john-kirby"]))
    assert by_person
    assert by_person < by_state


def test_an_uncertain_date_is_in_where_it_can_lie(data) -> None:
    events = data.events
    spread = events[events["date_precision"].isin(["range", "month"]) & ~events["is_referred"]].iloc[0]
    inside = select(data, start=spread["date_latest"].date(), end=spread["date_latest"].date())
    after = select(data, start=(spread["date_latest"] + pd.Timedelta(days=1)).date())
    assert spread["event_id"] in ids(inside)
    assert spread["event_id"] not in ids(after)


def test_the_sources_dates_take_the_place_of_the_best(data) -> None:
    events = data.events
    differing = events[(events["date_text"] != events["source_date_text"]) & ~events["is_referred"]].iloc[0]
    chosen = collected(select(data, dates="source").events).set_index("event_id")
    assert chosen.at[differing["event_id"], "date_text"] == differing["source_date_text"]


def test_with_sources_chosen_their_mentions_alone_count(data) -> None:
    selection = select(data, sources=["s000"], referred=True)
    assert set(collected(selection.mentions)["source_id"]) == {"s000"}
    assert set(collected(selection.events)["source_count"]) == {1}
    assert selection.basis.mentions == int((data.mentions["source_id"] == "s000").sum())


def test_inputs_are_not_changed(data) -> None:
    before = data.events.copy()
    select(data, dates="source", sources=["s001"])
    pd.testing.assert_frame_equal(data.events, before)


def test_unknown_keys_are_told_all_at_once_with_the_nearest_spelling(data) -> None:
    with pytest.raises(ParameterError) as caught:
        select(data, actors=["USB"], acts=["denail"], topics=["plans"], dates="worst")
    assert [fault.column for fault in caught.value.faults] == ["actors", "acts", "topics", "dates"]
    assert "(nearest: denial)" in caught.value.faults[1].expected


def test_a_start_after_the_end_is_refused(data) -> None:
    with pytest.raises(ParameterError, match="start 2023-09-01 after end 2023-01-01"):
        select(data, start="2023-09-01", end="2023-01-01")


def test_an_empty_selection_is_a_selection(data) -> None:
    selection = select(data, start="1990-01-01", end="1990-12-31", acts=["denial"])
    assert selection.basis.events == 0
    assert "Stands on 0 statements" in selection.basis.caption()


def test_what_is_alike_is_counted_with_its_first_and_last_date(dispute) -> None:
    spans = workbook.select(dispute).spans("speaker", "side").set_index(["speaker", "side"])
    columns = ["events", "mentions", "first_text", "last_text"]
    assert spans.loc[("FEN", "alleges"), columns].tolist() == [2, 3, "2022-09-06", "2022-11"]
    assert spans.loc[("rudolf", "denies"), columns].tolist() == [2, 2, "2022-09-10", "2022-12-01"]
    assert spans.loc[("rudolf", "neither"), columns].tolist() == [1, 1, *["2022-10-20/2022-10-22"] * 2]
    assert spans.loc[("FEN", "alleges"), "last_latest"] == pd.Timestamp("2022-11-30")


def test_an_event_with_an_open_bound_is_neither_first_nor_last(dispute) -> None:
    chosen = workbook.select(dispute)
    by_side = chosen.spans("side").set_index("side")
    assert by_side.loc["neither", ["events", "first_text", "last_text"]].tolist() == [
        3,
        "2022-10-20/2022-10-22",
        "2022-11-15",
    ]
    alone = chosen.spans("speaker").set_index("speaker").loc["analysts"]
    assert alone["events"] == 1
    assert alone[["first_earliest", "last_latest", "first_text", "last_text"]].isna().all()


def test_days_that_are_none_are_told_with_all_other_faults(data) -> None:
    with pytest.raises(ParameterError) as caught:
        select(data, start="2023-13-01", end="12/06/2023", acts=["denail"])
    assert [fault.column for fault in caught.value.faults] == ["acts", "start", "end"]
    assert "there is no month 13" in caught.value.faults[1].expected


def test_events_of_a_machine_are_events_where_none_is_chosen_too() -> None:
    frame = pd.DataFrame({"event_id": ["a"], "actor_id": ["FEN"], "act": ["denial"], "date": ["2023-05-01"]})
    stream = events_from_frame(frame.assign(is_machine_coded=True))
    choice = Choice(end="1990-01-01")
    assert select(stream, end="1990-01-01").basis.caption().startswith("Stands on 0 events (")
    assert select(stream, end="1990-01-01").basis == select_indexed(index_events(stream), [choice]).basis
