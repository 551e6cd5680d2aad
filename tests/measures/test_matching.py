"""Coded statements against machine-coded events: what matches, what is seen otherwise, what either side lacks."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from workbook.errors import ParameterError
from workbook.events import EventData, Selection, select
from workbook.measures import Matching, match_coded
from workbook.readers.frame import events_from_frame
from workbook.readers.made_up import write_made_up
from workbook.readers.stored import MADE_UP, open_events
from workbook.writers import write_parquet

CODED = """
s1 USA RUS allegation 2023-03-10
s2 RUS USA denial     2023-03-12
s3 USA RUS allegation [2023-05-01..2023-05-04]
s4 PRK -   denial     2023-05-02
s5 USA PRK allegation [..2023-04-01]
s6 USA RUS warning    2023-06-30
"""
MACHINE = """
m1  USA RUS allegation 2023-03-07 4
m2  USA RUS allegation 2023-03-13 1
m3  USA RUS allegation 2023-03-14 1
m4  RUS USA criticism  2023-03-12 2
m5  RUS USA criticism  2023-03-13 1
m6  RUS USA pledge     2023-03-12 1
m7  USA RUS allegation 2023-05-07 1
m8  PRK -   denial     2023-05-05 1
m9  PRK USA denial     2023-05-02 1
m10 RUS USA allegation 2023-03-10 1
m11 USA RUS allegation 2024-01-01 9
m12 JPN RUS allegation 2023-03-10 1
m13 USA RUS allegation 2023-04-15 1
"""
"""m1 and m2 lie within three days of s1, m3 does not; m7 is three days after the last day of s3."""


def frame(text: str, *, name: str) -> EventData:
    rows = [line.split() for line in text.strip().splitlines()]
    table = pd.DataFrame(
        {
            "event_id": [row[0] for row in rows],
            "actor_id": [row[1] for row in rows],
            "target_id": [None if row[2] == "-" else row[2] for row in rows],
            "act": [row[3] for row in rows],
            "date_text": [row[4] for row in rows],
            "mention_count": [int(row[5]) if len(row) > 5 else 1 for row in rows],
            "source_name": "paper.example",
            "is_machine_coded": name == "stream",
        }
    )
    return events_from_frame(table, name=name)


@pytest.fixture
def coded() -> Selection:
    return select(frame(CODED, name="dispute"))


@pytest.fixture
def machine() -> Selection:
    return select(frame(MACHINE, name="stream"))


def outcomes(found: Matching) -> dict[str, tuple[int, int, str, str]]:
    return {row.event_id: (row.events, row.otherwise, row.seen_as, row.outcome) for row in found.table.itertuples()}


def test_a_statement_is_seen_by_day_parties_and_act(coded, machine) -> None:
    found = match_coded(coded, machine, level="actor")
    assert outcomes(found) == {
        "s1": (2, 0, "", "seen"),
        "s2": (0, 4, "criticism 2, allegation 1, pledge 1", "seen otherwise"),
        "s3": (1, 0, "", "seen"),
        "s4": (1, 0, "", "seen"),
        "s5": (0, 0, "", "no day"),
        "s6": (0, 0, "", "not seen"),
    }
    assert found.table.set_index("event_id").loc[["s1", "s3"], "mentions"].tolist() == [5, 1]


def test_no_days_around_leave_only_the_days_themselves(coded, machine) -> None:
    found = outcomes(match_coded(coded, machine, level="actor", within_days=0))
    assert {key for key, (events, *_) in found.items() if events} == set()
    assert found["s2"] == (0, 2, "criticism 1, pledge 1", "seen otherwise")


def test_by_side_a_denial_is_matched_by_denials_alone(coded, machine) -> None:
    found = match_coded(coded, machine, level="actor", by="side")
    assert outcomes(found)["s2"] == (0, 4, "neither 3, alleges 1", "seen otherwise")
    assert found.by_group["group"].tolist() == ["alleges", "denies", "neither"]


def test_what_the_machine_alone_has_is_counted_within_the_coded_days(coded, machine) -> None:
    found = match_coded(coded, machine, level="actor")
    by_group = found.by_group.set_index("group")
    # m1, m2, m7 match; m3 and m13 are alone, and m10: an allegation of a pair that only denies here. m11 is of later.
    assert by_group.loc["allegation", ["machine_events", "machine_matched", "machine_alone"]].tolist() == [6, 3, 3]
    assert by_group.loc["denial", ["statements", "seen", "seen otherwise", "machine_events"]].tolist() == [2, 1, 1, 1]
    assert by_group.loc["warning", ["statements", "not seen", "machine_events"]].tolist() == [1, 1, 0]
    assert "Outside the days that were coded: 1 event of these parties and acts, left out." in found.basis.caption()


def test_months_have_no_gap_and_lose_only_what_has_no_day(coded, machine) -> None:
    by_month = match_coded(coded, machine, level="actor").by_month.set_index("month_start")
    assert [f"{month:%Y-%m}" for month in by_month.index] == ["2023-03", "2023-04", "2023-05", "2023-06"]
    assert by_month["statements"].tolist() == [2, 0, 2, 1]
    assert by_month["machine_events"].tolist() == [4, 1, 2, 0]
    assert by_month["machine_alone"].tolist() == [2, 1, 0, 0]


def test_a_joint_statement_is_matched_by_any_of_its_pairs_and_people_by_their_states(chosen) -> None:
    lines = "m1 LUT RUR warning 2022-11-15 1\nm2 FEN RUR warning 2022-11-14 1\nm3 RUR FEN denial 2022-10-12 1"
    found = outcomes(match_coded(chosen, select(frame(lines, name="stream"))))
    assert found["e6"] == (2, 0, "", "seen")
    assert found["e4"] == (1, 0, "", "seen")


def test_events_without_an_exact_day_match_nothing_and_are_counted(coded) -> None:
    stream = select(frame("m1 USA RUS allegation 2023-03 1\nm2 USA RUS warning 2023-06-29 1", name="stream"))
    found = match_coded(coded, stream, level="actor")
    assert outcomes(found)["s1"][3] == "not seen"
    assert "Without an exact day, so that nothing can match: 1 event of the machine's." in found.basis.caption()


@pytest.mark.parametrize("engine", ["duckdb", "pandas", "polars"])  # PySpark matches in `test_every_engine`
def test_every_engine_matches_the_same(coded, machine, tmp_path: Path, engine) -> None:
    write_parquet(machine, tmp_path / "stream.parquet")
    data = open_events(tmp_path / "stream.parquet", engine=engine)
    found, expected = (match_coded(coded, each, level="actor") for each in (select(data), machine))
    for name in ("table", "by_group", "by_month"):
        assert_frame_equal(getattr(found, name), getattr(expected, name), check_dtype=False)


def test_made_up_events_match_nothing_of_a_real_dispute_and_say_so(coded, tmp_path) -> None:
    stream = select(open_events(write_made_up(tmp_path / "made.parquet", rows=500).path))
    found = match_coded(coded, stream)
    assert set(found.table["outcome"]) == {"not seen", "no day"}
    assert found.by_group["machine_events"].sum() == 0
    assert MADE_UP in found.basis.caption()


def test_nothing_coded_and_nothing_in_the_stream_are_empty_tables(coded, machine) -> None:
    none = match_coded(select(coded.data, start="2999-01-01"), machine, level="actor")
    assert none.table.empty
    assert none.by_month.empty
    silent = match_coded(coded, select(machine.data, start="2999-01-01"), level="actor")
    assert set(silent.table["outcome"]) == {"not seen", "no day"}


@settings(max_examples=20)
@given(st.integers(0, 40), st.integers(0, 40))
def test_more_days_around_never_lose_a_match(fewer, more) -> None:
    coded, machine = select(frame(CODED, name="dispute")), select(frame(MACHINE, name="stream"))
    low, high = sorted((fewer, more))
    tables = [match_coded(coded, machine, within_days=days, level="actor").table for days in (low, high)]
    assert (tables[0]["events"] <= tables[1]["events"]).all()


def test_what_cannot_be_is_said_at_once(coded, machine) -> None:
    with pytest.raises(ParameterError, match="0 or more") as caught:
        match_coded(coded, machine, within_days=-1, by="verb")
    assert len(caught.value.faults) == 2
