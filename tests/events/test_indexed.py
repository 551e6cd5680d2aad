"""Events as numbers: the same choice, the same counts as by frames, whatever is asked."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import workbook
from workbook.errors import ParameterError
from workbook.events import (
    LISTS,
    Choice,
    collected,
    index_events,
    links_of,
    mentions_of,
    participants_of,
    select_all,
    select_indexed,
)
from workbook.readers.frame import events_from_frame

DATA = workbook.load("arms_transfers")
INDEX = index_events(DATA)
KNOWN = {
    "actors": DATA.actors["actor_id"].tolist(),
    "acts": DATA.acts["act"].tolist(),
    "topics": sorted(set(DATA.claims["topic"])),
    "claims": DATA.claims["claim_id"].tolist(),
    "sources": DATA.sources["source_id"].tolist(),
}
DAYS = st.sampled_from(["", "2022-09-06", "2022-09-15", "2022-11-07", "2023-03-30", "2023-08-30"])
PARTS = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(values), max_size=3, unique=True).map(tuple) for name, values in KNOWN.items()}
)


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    first, last = sorted([draw(DAYS), draw(DAYS)])
    asked = draw(st.sets(st.sampled_from(LISTS), max_size=2))
    parts = {name: values for name, values in draw(PARTS).items() if name in asked}
    return Choice(start=first, end=last, **parts)


ASKED = st.lists(choices(), min_size=1, max_size=3)
WHOSE = st.sampled_from(["best", "source"])
TALLIES = [
    ("side",),
    ("act", "topic"),
    ("date_earliest", "date_latest", "side"),
    ("date_earliest", "date_latest", "source"),
    ("speaker", "side"),
    ("claim_id", "side", "act", "hedge"),
    ("actor_id", "target_id", "act", "date_precision", "date_earliest", "date_latest"),
    ("speaker", "target", "side"),
]
SPANS = [("speaker",), ("side",), ("claim_id",), ("speaker", "side"), ("speaker", "target")]


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(table.columns.tolist(), ignore_index=True)


@settings(max_examples=40)
@given(ASKED, WHOSE, st.booleans())
def test_the_same_events_are_in_and_the_same_are_left_out_for_the_same_reasons(asked, dates, referred) -> None:
    by_frames = select_all(DATA, asked, dates=dates, referred=referred)
    by_index = select_indexed(INDEX, asked, dates=dates, referred=referred)
    assert by_index.basis == by_frames.basis
    assert (by_index.start, by_index.end) == (by_frames.start, by_frames.end)
    for name in ("events", "participants", "mentions", "links"):
        tables = [collected(getattr(chosen, name)).reset_index(drop=True) for chosen in (by_index, by_frames)]
        assert_frame_equal(*tables)


@settings(max_examples=40)
@given(ASKED, WHOSE, st.sampled_from(TALLIES), st.sampled_from(["actor", "body", "state"]))
def test_the_same_events_are_alike(asked, dates, keys, level) -> None:
    by_frames = select_all(DATA, asked, dates=dates).tally(*keys, level=level)
    by_index = select_indexed(INDEX, asked, dates=dates).tally(*keys, level=level)
    assert_frame_equal(in_order(by_index), in_order(by_frames), check_dtype=bool(len(by_frames)))


@settings(max_examples=40)
@given(ASKED, WHOSE, st.sampled_from(SPANS), st.sampled_from(["actor", "state"]))
def test_the_same_events_are_first_and_last(asked, dates, keys, level) -> None:
    by_frames = select_all(DATA, asked, dates=dates).spans(*keys, level=level)
    by_index = select_indexed(INDEX, asked, dates=dates).spans(*keys, level=level)
    columns = [*keys, "events", "mentions", "first_earliest", "last_latest", "first_text", "last_text"]
    tables = [in_order(table[columns]) for table in (by_index, by_frames)]
    assert_frame_equal(*tables, check_dtype=bool(len(by_frames)))


@settings(max_examples=20)
@given(ASKED, WHOSE)
def test_the_same_events_have_no_date(asked, dates) -> None:
    by_frames, by_index = (
        choose(what, asked, dates=dates) for choose, what in ((select_all, DATA), (select_indexed, INDEX))
    )
    assert by_index.undated(most=3) == by_frames.undated(most=3)


def test_open_dates_joint_speakers_and_missing_targets_count_as_by_hand(dispute) -> None:
    chosen = select_indexed(index_events(dispute), [Choice()])
    assert dict(chosen.tally("speaker").set_index("speaker")["events"]) == {
        **{"FEN": 3, "duke": 2, "rudolf": 3, "ministry": 1},
        **{"GRA": 1, "ZEN": 1, "LUT": 1, "analysts": 1},
    }
    assert chosen.undated(most=5) == ["e9"]
    targets = chosen.tally("target").set_index("target")["events"]
    assert targets[targets.index.isna()].tolist() == [2]


def test_an_unknown_key_is_named_as_by_frames() -> None:
    with pytest.raises(ParameterError, match="USSR"):
        select_indexed(INDEX, [Choice(actors=("USSR",))])


FLAT = events_from_frame(
    pd.DataFrame(
        {
            "event_id": ["a", "b", "c", "d"],
            "actor_id": ["FEN", "FEN", "RUR", "ZEN"],
            "target_id": ["RUR", None, "FEN", "RUR"],
            "act": ["allegation", "allegation", "denial", "assessment"],
            "date": ["2022-09-01", "2022-09-02", "2022-09-09", "2022-10-01"],
            "source_url": ["https://one.example", None, "https://one.example", "https://two.example"],
        }
    )
)
SPEAKERS = st.lists(st.sampled_from(["FEN", "RUR", "ZEN"]), max_size=2, unique=True).map(tuple)
URLS = st.lists(st.sampled_from(["https://one.example", "https://two.example"]), max_size=2, unique=True).map(tuple)
ROW_TALLIES = [
    ("speaker", "side"),
    ("target",),
    ("source", "date_earliest", "date_latest"),
    ("speaker", "target", "side"),
]


@given(SPEAKERS, URLS, st.sampled_from(ROW_TALLIES))
@settings(max_examples=25)
def test_what_stands_in_the_row_is_chosen_and_counted_as_in_frames_of_its_own(actors, sources, keys) -> None:
    asked = [Choice(actors=actors, sources=sources)]
    framed = replace(
        FLAT,
        participants=collected(participants_of(FLAT)),
        mentions=collected(mentions_of(FLAT)),
        links=collected(links_of(FLAT)),
    )
    apart, flat = select_all(framed, asked), select_all(FLAT, asked)
    indexed = select_indexed(index_events(FLAT), asked)
    assert apart.basis == flat.basis == indexed.basis
    expected = in_order(apart.tally(*keys))
    for chosen in (flat, indexed):
        assert_frame_equal(in_order(chosen.tally(*keys)), expected, check_dtype=False)
