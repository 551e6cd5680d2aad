"""What is drawn: what the state leaves, with what is picked in full and the rest faint."""

from __future__ import annotations

import pytest

from workbook.events import Choice, EventIndex
from workbook.explorers.choosing import chosen
from workbook.explorers.facets import facets
from workbook.explorers.picking import pick_of
from workbook.explorers.state import VIEWS, ExplorerState
from workbook.explorers.views import FADED, MOST_MARKS, View, view


def points(drawn: View) -> list[tuple[str, ...]]:
    """Custom data of every mark that has any."""
    traces = [trace for trace in drawn.figure.data if trace.customdata is not None]
    return [tuple(point) for trace in traces for point in trace.customdata]


def in_full(drawn: View) -> set[tuple[str, ...]]:
    """Custom data of the marks that are not faint."""
    traces = [trace for trace in drawn.figure.data if trace.customdata is not None]
    assert {trace.unselected.marker.opacity for trace in traces} == {FADED}
    return {tuple(trace.customdata[place]) for trace in traces for place in trace.selectedpoints}


def statements(drawn: View) -> set[str]:
    return {point[0] for point in points(drawn) if point[0]}


def test_without_a_pick_nothing_is_faint(boats) -> None:
    for name in VIEWS:
        assert {trace.selectedpoints for trace in view(boats, ExplorerState(), name=name).figure.data} == {None}


def test_a_picked_bar_is_drawn_in_full_and_narrows_the_others_alone(boats) -> None:
    pick = pick_of(boats, ExplorerState(), view="frequency", points=[["", "2022-09-01", "denies"]])
    state = ExplorerState().picked("frequency", pick)
    frequency = view(boats, state, name="frequency")
    assert in_full(frequency) == {("", "2022-09-01", "denies")}
    assert points(frequency) == points(view(boats, ExplorerState(), name="frequency"))
    assert statements(view(boats, state, name="timeline")) == {"e3"}
    assert statements(view(boats, state, name="ledger")) == {"e3"}
    assert [point for point in points(view(boats, state, name="activity")) if point[-1]] == [("", "rudolf")] * 3


@pytest.mark.parametrize("split_by", ["act", "side", "family", "topic", "actor", "source"])
def test_every_bar_that_is_clicked_is_the_one_in_full(boats, split_by) -> None:
    asked = ExplorerState(split_by=split_by, level="state")
    for bar in set(points(view(boats, asked, name="frequency"))):
        state = asked.picked("frequency", pick_of(boats, asked, view="frequency", points=[list(bar)]))
        assert bar in in_full(view(boats, state, name="frequency"))
        assert {point[1] for point in in_full(view(boats, state, name="frequency"))} == {bar[1]}


def test_a_pick_without_days_that_somebody_wrote_has_its_bars_in_full(boats) -> None:
    drawn = view(boats, ExplorerState.read(";view=frequency&acts=denial"), name="frequency")
    assert in_full(drawn) == {("", f"2022-{month}-01", "denies") for month in ("09", "10", "12")}


def test_a_picked_speaker_is_in_full_with_its_bodies_and_people(boats) -> None:
    state = ExplorerState().picked("activity", Choice(actors=("RUR",)))
    assert {point[-1] for point in in_full(view(boats, state, name="activity"))} == {"ministry", "rudolf"}
    assert statements(view(boats, state, name="ledger")) == {"e3", "e4", "e8", "e10"}


def test_picked_days_on_the_time_line_are_in_full(boats) -> None:
    state = ExplorerState().picked("timeline", Choice(start="2022-10-01", end="2022-10-31"))
    drawn = view(boats, state, name="timeline")
    assert in_full(drawn) == {("e2",), ("e4",)}
    assert statements(drawn) == {"e1", "e2", "e3", "e4", "e5", "e10", "e11"}


def test_a_picked_claim_is_in_full(boats) -> None:
    state = ExplorerState().picked("ledger", Choice(claims=("sold-yacht",)))
    assert in_full(view(boats, state, name="ledger")) == {("e5",), ("e10",)}


def every_single_filter(index: EventIndex) -> list[ExplorerState]:
    values = facets(index, ExplorerState(referred=True))
    states = [ExplorerState().filtered(**{part: (each.key,)}) for part in values for each in values[part]]
    days = [{"start": "2023-01-01"}, {"end": "2022-12-31"}, {"start": "2022-09-21", "end": "2022-09-21"}]
    return [*states, *(ExplorerState().filtered(**each) for each in days)]


def test_every_view_of_every_single_filter_says_what_it_stands_on(index) -> None:
    for state in every_single_filter(index):
        selection = chosen(index, state)
        ground = f"Stands on {selection.basis.events} statement{'' if selection.basis.events == 1 else 's'} ("
        views = {name: view(index, state, name=name) for name in VIEWS}
        for name, drawn in views.items():
            assert ground in drawn.caption, (state, name)
            assert drawn.alt
            assert statements(drawn) <= set(selection.ids), (state, name)
        assert statements(views["ledger"]) == set(selection.ids), state


def test_the_frequency_and_its_words_count_all_that_has_a_date(index) -> None:
    drawn = view(index, ExplorerState(), name="frequency")
    heights = sum(height for trace in drawn.figure.data for height in trace.y or () if height)
    assert heights == pytest.approx(53, abs=0.02)  # of 54; one assessment has no earliest date
    assert "1 statement without an earliest or a latest date in no bin: st047" in drawn.caption
    assert "In all: alleges 26, denies 5, neither 22." in drawn.alt


@pytest.mark.parametrize("name", VIEWS)
def test_what_contradicts_itself_is_an_empty_chart_that_says_so(index, name) -> None:
    state = ExplorerState().filtered(start="2023-06-01", end="2023-06-30", acts=("denial",))
    state = state.picked("ledger", Choice(claims=("dprk-supplies-weapons",), start="2022-01-01", end="2022-01-31"))
    drawn = view(index, state, name=name)
    assert drawn.alt.startswith("An empty chart.") or name == "frequency"
    assert "Stands on 0 statements" in drawn.caption


@pytest.mark.parametrize("setting", [{"dates": "source"}, {"referred": True}, {"count": "mention"}, {"level": "state"}])
def test_every_setting_is_drawn_in_every_view(index, setting) -> None:
    for name in VIEWS:
        drawn = view(index, ExplorerState(**setting), name=name)
        assert drawn.figure.data
        assert ("Dates are the sources' own." in drawn.caption) == (setting == {"dates": "source"})


def test_very_many_events_are_drawn_as_bars_that_count_them_all(many) -> None:
    assert len(many) > MOST_MARKS
    timeline, ledger = (view(many, ExplorerState(), name=name) for name in ("timeline", "ledger"))
    assert {trace.type for trace in (*timeline.figure.data, *ledger.figure.data)} == {"bar"}
    assert not statements(timeline) | statements(ledger)
    heights = {trace.name: sum(trace.y) for trace in timeline.figure.data}
    assert heights == {"allegations above": 667, "denials below": -667}
    assert "Not drawn: 70 claims with at most 20 statements each." in ledger.caption
    assert "Stands on 2,000 statements" in timeline.caption


def test_of_very_many_events_a_picked_bar_is_in_full(many) -> None:
    for name, point in {
        "timeline": ("", "2023-02-01", "denies"),
        "ledger": ("", "claim 07"),
        "activity": ("", "speaker 3"),
    }.items():
        state = ExplorerState(split_by="act")
        state = state.picked(name, pick_of(many, state, view=name, points=[list(point)]))
        assert in_full(view(many, state, name=name)) == {point}


def test_few_of_many_are_drawn_one_by_one(many) -> None:
    state = ExplorerState().filtered(claims=("claim 07",))
    assert len(statements(view(many, state, name="ledger"))) == 20


def test_drawing_changes_nothing_for_the_next_time(index) -> None:
    before = {name: view(index, ExplorerState(), name=name).figure.to_json() for name in VIEWS}
    picked = ExplorerState().picked("ledger", Choice(claims=("dprk-supplies-weapons",)))
    for name in VIEWS:
        view(index, picked, name=name)
        assert view(index, ExplorerState(), name=name).figure.to_json() == before[name]
