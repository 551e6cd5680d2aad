"""What each filter could be set to, and what that would leave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workbook.events import Choice, index_events
from workbook.explorers.choosing import chosen
from workbook.explorers.facets import facets
from workbook.explorers.state import ExplorerState

STATES = {
    "all": ExplorerState(),
    "with references": ExplorerState(referred=True),
    "by the articles": ExplorerState(dates="source").filtered(start="2022-09-10", end="2022-09-20"),
    "a state's": ExplorerState().filtered(actors=("USA",)),
    "several at once": ExplorerState().filtered(
        actors=("PRK", "KOR"), acts=("denial", "pledge"), sources=("s000", "s004")
    ),
    "two articles": ExplorerState().filtered(sources=("s001", "s003")),
    "picked": ExplorerState().filtered(topics=("delivery",)).picked("activity", Choice(actors=("john-kirby",))),
    "picked in an article": ExplorerState()
    .filtered(acts=("allegation",))
    .picked("frequency", Choice(sources=("s000",))),
    "nothing": ExplorerState().filtered(acts=("vote",), actors=("UKR",)),
}


def left(found, part: str) -> dict[str, int]:
    return {value.key: value.left for value in found[part]}


def test_values_are_counted_as_by_hand(boats) -> None:
    found = facets(boats, ExplorerState())
    assert left(found, "acts") == {"allegation": 4, "denial": 3, "warning": 1, "contact": 1, "assessment": 1}
    assert left(found, "sources") == {"s1": 3, "s2": 4, "s3": 4}
    assert left(found, "topics") == {"delivery": 7, "meeting": 1, "motive": 1, "talks": 1}
    assert left(found, "claims") == {"sells-boats": 5, "sold-yacht": 2, "helps": 1, "valuable": 1, "visits": 1}


def test_speakers_stand_as_a_tree_and_a_joint_statement_counts_once_for_each_state(boats) -> None:
    values = facets(boats, ExplorerState())["actors"]
    # e6 is of FEN, GRA, ZEN and LUT together; a state's are those of its bodies and people.
    assert [(value.key, value.depth, value.left) for value in values] == [
        ("FEN", 0, 5),
        ("duke", 1, 2),
        ("RUR", 0, 4),
        ("ministry", 1, 4),
        ("rudolf", 2, 3),
        ("GRA", 0, 1),
        ("LUT", 0, 1),
        ("ZEN", 0, 1),
        ("analysts", 0, 1),
    ]


def test_two_speakers_of_one_state_count_once_for_it(dispute) -> None:
    both = dispute.participants.copy()
    both.loc[len(both)] = ["e1", "duke", "speaker"]
    values = facets(index_events(replace(dispute, participants=both)), ExplorerState())["actors"]
    assert {value.key: value.left for value in values}["FEN"] == 5
    assert {value.key: value.left for value in values}["duke"] == 3


@pytest.mark.parametrize("name", STATES)
def test_what_a_value_would_leave_is_what_choosing_it_leaves(index, name) -> None:
    state = STATES[name]
    for part, values in facets(index, state).items():
        for value in values:
            assert chosen(index, state.filtered(**{part: (value.key,)})).basis.events == value.left, (part, value)


@pytest.mark.parametrize("part", ["actors", "acts", "topics", "claims", "sources"])
def test_a_filter_narrows_the_others_and_never_its_own_values(index, part) -> None:
    values = facets(index, ExplorerState())[part]
    narrowed = facets(index, ExplorerState().filtered(**{part: (values[-1].key,)}))
    assert narrowed.pop(part) == values
    assert all(sum(left(narrowed, other).values()) < 54 for other in narrowed if other != "actors")


def test_picks_narrow_every_filter(boats) -> None:
    found = facets(boats, ExplorerState().picked("ledger", Choice(claims=("sold-yacht",))))
    assert left(found, "acts") == {"allegation": 1, "denial": 1, "warning": 0, "contact": 0, "assessment": 0}


def test_values_stay_in_their_places_whatever_is_chosen(index) -> None:
    before, after = (facets(index, state) for state in (ExplorerState(), STATES["several at once"]))
    for part, values in before.items():
        assert [(value.key, value.depth) for value in values] == [(value.key, value.depth) for value in after[part]]


def test_what_occurs_nowhere_is_no_value(index) -> None:
    found = facets(index, ExplorerState())
    assert not {"SVK", "slovakian-man", "kcna", "new-york-times"} & set(left(found, "actors"))
    assert set(left(found, "acts")) == set(index.data.events["act"])
    assert set(left(found, "claims")) == set(index.data.events["claim_id"])


def test_every_speaker_stands_below_whom_it_belongs_to(index) -> None:
    path: list[str] = []
    for value in facets(index, ExplorerState())["actors"]:
        path = [*path[: value.depth], value.key]
        assert path == index.data.above(value.key)[::-1]


def test_a_frame_of_ones_own_has_its_own_values(many) -> None:
    found = facets(many, ExplorerState())
    assert left(found, "acts") == {"allegation": 667, "denial": 667, "criticism": 666}
    assert left(found, "topics") == {"topic 0": 1000, "topic 1": 1000}
    assert set(left(found, "actors").values()) == {400}
    assert found["sources"] == []
