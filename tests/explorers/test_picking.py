"""What a click or a box picks, against the rows themselves."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from workbook import measures
from workbook.dates import PERIODS
from workbook.events import Choice, EventData, EventIndex
from workbook.explorers.choosing import chosen
from workbook.explorers.picking import pick_bar, pick_bars, pick_claims, pick_days, pick_of
from workbook.explorers.state import ExplorerState

COLUMNS = {"act": "act", "side": "side", "family": "family", "topic": "topic"}


def may_lie_within(row: pd.Series, first: pd.Timestamp, last: pd.Timestamp) -> bool:
    return not (row["date_latest"] < first or row["date_earliest"] > last)


def carries(data: EventData, row: pd.Series, *, split_by: str, group: str) -> bool:
    if split_by == "source":
        return group in set(data.mentions.loc[data.mentions["event_id"] == row["event_id"], "source_id"])
    if split_by == "actor":
        people = data.participants[data.participants["event_id"] == row["event_id"]]
        return any(group in data.above(actor) for actor in people.loc[people["role"] == "speaker", "actor_id"])
    return row[COLUMNS[split_by]] == group


def bars(index: EventIndex, state: ExplorerState) -> pd.DataFrame:
    how = {name: getattr(state, name) for name in ("period", "split_by", "level")}
    table = measures.frequency(chosen(index, state), **how).table
    return table[table["events"] > 0]


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("split_by", [*COLUMNS, "source", "actor"])
@pytest.mark.parametrize("which", ["index", "boats"])
def test_a_bar_picks_its_own_statements_and_those_without_a_bound_that_may_be_its_own(
    request, which, split_by, period
) -> None:
    index = request.getfixturevalue(which)
    state = ExplorerState(period=period, split_by=split_by, level="state")
    rows = index.data.events[~index.data.events["is_referred"]]
    is_open = rows["date_earliest"].isna() | rows["date_latest"].isna()
    for bar in bars(index, state).itertuples():
        point = ["", f"{bar.bin_start:%Y-%m-%d}", bar.group]
        picked = chosen(index, state.picked("frequency", pick_of(index, state, view="frequency", points=[point]))).ids
        holds = [
            may_lie_within(row, bar.bin_start, bar.bin_end)
            and carries(index.data, row, split_by=split_by, group=bar.group)
            for _, row in rows.iterrows()
        ]
        assert picked == rows.loc[holds, "event_id"].tolist()
        assert bar.events == (pd.Series(holds, index=rows.index) & ~is_open).sum()


@pytest.mark.parametrize(
    ("level", "actor", "ids"),
    [
        ("actor", "FEN", ["e1", "e5", "e6"]),
        ("actor", "duke", ["e2", "e11"]),
        ("state", "FEN", ["e1", "e2", "e5", "e6", "e11"]),
        ("body", "ministry", ["e3", "e4", "e8", "e10"]),
        ("body", "FEN", ["e1", "e2", "e5", "e6", "e11"]),
    ],
)
def test_a_bar_of_a_speaker_picks_exactly_whom_it_stands_for_at_its_level(boats, level, actor, ids) -> None:
    state = ExplorerState(split_by="actor", level=level, period="year")
    for view, point in (("frequency", ["", "2022-01-01", actor]), ("activity", ["", actor])):
        pick = pick_of(boats, state, view=view, points=[point])
        assert chosen(boats, state.picked(view, pick)).ids == ids


def test_a_box_over_several_bars_picks_the_days_from_the_first_to_the_last(boats) -> None:
    points = [["", "2022-11-01", "alleges"], ["", "2022-09-01", "denies"], ["", "2022-09-01", "alleges"]]
    pick = pick_of(boats, ExplorerState(), view="frequency", points=points)
    assert pick == Choice(start="2022-09-01", end="2022-11-30")
    assert pick == pick_bars(ExplorerState(), bin_starts=["2022-11-01", "2022-09-01"])


def test_both_parts_of_one_bar_are_that_bar(boats) -> None:
    point = ["", "2022-09-01", "alleges"]
    pick = pick_of(boats, ExplorerState(), view="frequency", points=[point, point])
    assert pick == Choice(start="2022-09-01", end="2022-09-30", acts=("allegation",))


@pytest.mark.parametrize(
    ("period", "last"),
    [("day", "2022-09-01"), ("month", "2022-09-30"), ("quarter", "2022-09-30"), ("year", "2022-12-31")],
)
def test_a_bin_ends_with_its_period(index, period, last) -> None:
    first = {"year": "2022-01-01", "quarter": "2022-07-01"}.get(period, "2022-09-01")
    pick = pick_bar(index.data, ExplorerState(period=period), bin_start=first, group="denies")
    assert (pick.start, pick.end) == (first, last)


def test_a_box_on_the_time_line_picks_its_days_and_one_side_where_it_covers_one(boats) -> None:
    days = ["2022-10-31 18:00:07.2", "2022-09-01"]
    both = pick_of(boats, ExplorerState(), view="timeline", points=[["e1"], ["e2"], ["e3"], ["e4"]], days=days)
    assert both == Choice(start="2022-09-01", end="2022-10-31")
    above = pick_of(boats, ExplorerState(), view="timeline", points=[["e1"], ["e2"]], days=days)
    assert above == Choice(start="2022-09-01", end="2022-10-31", acts=("allegation",))
    assert chosen(boats, ExplorerState().picked("timeline", above)).ids == ["e1", "e2"]


def test_an_empty_box_on_the_time_line_picks_its_days(boats) -> None:
    pick = pick_of(boats, ExplorerState(), view="timeline", points=[[""]], days=["2022-10-01", "2022-10-11"])
    assert pick == Choice(start="2022-10-01", end="2022-10-11")
    assert pick == pick_days(boats.data, first=date(2022, 10, 1), last=date(2022, 10, 11), sides=[])


@pytest.mark.parametrize("view", ["frequency", "timeline", "activity", "ledger"])
def test_an_empty_box_over_bars_picks_nothing(many, view) -> None:
    assert pick_of(many, ExplorerState(), view=view, points=[[""]], days=["-0.31", "2.4"]).is_everything


@pytest.mark.parametrize("split_by", ["act", "side", "topic", "actor"])
def test_a_bar_of_the_time_line_picks_its_side_whatever_the_frequency_is_split_by(many, split_by) -> None:
    state = ExplorerState(split_by=split_by)
    pick = pick_of(many, state, view="timeline", points=[["", "2023-02-01", "denies"]])
    assert pick == Choice(start="2023-02-01", end="2023-02-28", acts=("denial",))


def test_speakers_are_picked_once_each_in_their_order(boats) -> None:
    points = [["", "RUR"], ["", "FEN"], ["", "RUR"]]
    assert pick_of(boats, ExplorerState(), view="activity", points=points) == Choice(actors=("=RUR", "=FEN"))


def test_marks_in_lanes_pick_the_claims_of_their_statements(boats) -> None:
    assert pick_of(boats, ExplorerState(), view="ledger", points=[["e5"], ["e10"], ["e11"]]) == Choice(
        claims=("helps", "sold-yacht")
    )


def test_bars_of_claims_pick_their_claims(many) -> None:
    points = [["", "claim 07"], ["", "claim 99"], ["", "claim 07"]]
    pick = pick_of(many, ExplorerState(), view="ledger", points=points)
    assert pick == pick_claims(["claim 07", "claim 99"])
    assert len(chosen(many, ExplorerState().picked("ledger", pick)).ids) == 40


def test_marks_that_stand_for_nothing_pick_nothing(boats) -> None:
    for view in ("frequency", "activity", "timeline", "ledger"):
        assert pick_of(boats, ExplorerState(), view=view, points=[[""]]).is_everything
