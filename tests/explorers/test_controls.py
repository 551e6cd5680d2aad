"""Filters as widgets: they show a state in silence, and say what a person asks for."""

from __future__ import annotations

from datetime import date

import pytest

from workbook.explorers.controls import Controls
from workbook.explorers.facets import facets
from workbook.explorers.state import SETTINGS, ExplorerState


@pytest.fixture
def asked() -> list[ExplorerState]:
    return []


@pytest.fixture
def controls(asked, boats) -> Controls:
    shown = Controls(changed=asked.append)
    shown.show(ExplorerState(), facets(boats, ExplorerState()))
    return shown


def test_showing_a_state_says_nothing(controls, asked, boats) -> None:
    state = ExplorerState(period="week", referred=True, dates="source").filtered(
        actors=("FEN",), start="2022-09-01", end="2022-12-31"
    )
    controls.show(state, facets(boats, state))
    assert controls.facets["actors"].chosen == ["FEN"]
    assert controls.days["start"].value == date(2022, 9, 1)
    assert controls.settings["period"].value == "week"
    assert controls.referred.value is True
    assert asked == []


@pytest.mark.parametrize("part", ["actors", "acts", "topics", "claims", "sources"])
def test_a_checked_value_is_asked_for(controls, asked, part) -> None:
    key = controls.facets[part].values[0][0]
    controls.facets[part].chosen = [key]
    assert asked == [ExplorerState().filtered(**{part: (key,)})]


def test_days_are_asked_for_and_taken_away(controls, asked) -> None:
    controls.days["end"].value = date(2022, 9, 30)
    controls.days["end"].value = None
    assert asked == [ExplorerState().filtered(end="2022-09-30"), ExplorerState()]


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_asked_for_in_every_value(controls, asked, name) -> None:
    dropdown = controls.settings[name]
    assert tuple(value for _, value in dropdown.options) == SETTINGS[name]
    for value in SETTINGS[name]:
        if value != dropdown.value:
            dropdown.value = value
            assert asked[-1] == ExplorerState(**{name: value})


def test_what_is_only_referred_to_is_asked_for(controls, asked) -> None:
    controls.referred.value = True
    assert asked == [ExplorerState(referred=True)]


def test_a_change_keeps_all_else_of_the_state_that_is_shown(controls, asked, boats) -> None:
    state = ExplorerState(period="week").filtered(actors=("FEN",))
    controls.show(state, facets(boats, state))
    controls.facets["acts"].chosen = ["denial"]
    assert asked == [state.filtered(acts=("denial",))]
