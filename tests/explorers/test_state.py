"""A state: what it asks for, and the short text that is all of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbook
from workbook.errors import ParameterError
from workbook.events import LISTS, Choice, collected
from workbook.explorers.choosing import chosen
from workbook.explorers.state import SETTINGS, VIEWS, ExplorerState

# What parts a text, what a browser changes, what people write elsewhere.
HOSTILE = st.text(alphabet="&;=,%+ #?/\\'\"<>\n\tдé中🛶-._~aZ09", min_size=1, max_size=8)
DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)).map(str)


@st.composite
def choices(draw: st.DrawFn, keys: st.SearchStrategy[str] = HOSTILE) -> Choice:
    lists = {name: tuple(draw(st.lists(keys, max_size=3))) for name in draw(st.sets(st.sampled_from(LISTS)))}
    days = {name: draw(DAYS) for name in draw(st.sets(st.sampled_from(["start", "end"])))}
    return Choice(**lists, **days)


@st.composite
def states(draw: st.DrawFn) -> ExplorerState:
    views = draw(st.lists(st.sampled_from(VIEWS), unique=True))
    picks = tuple((view, draw(choices().filter(lambda choice: not choice.is_everything))) for view in views)
    how = {name: draw(st.sampled_from(values)) for name, values in SETTINGS.items()}
    return ExplorerState(draw(choices()), picks, **how, referred=draw(st.booleans()))


@given(states())
def test_its_text_restores_it_whatever_the_keys_are(state) -> None:
    assert ExplorerState.read(str(state)) == state


def test_its_text_travels_in_an_address_and_in_a_shell_argument() -> None:
    text = str(
        ExplorerState().filtered(sources=("https://x.example/?a=1&b=ü,;",)).picked("ledger", Choice(acts=("a b",)))
    )
    assert text == "sources=https%3A%2F%2Fx.example%2F%3Fa%3D1%26b%3D%C3%BC%2C%3B;view=ledger&acts=a%20b"


def test_the_first_state_has_no_text() -> None:
    assert str(ExplorerState()) == ""
    assert ExplorerState.read("") == ExplorerState()


STATES = [
    "actors=PRK&acts=denial",
    "dates=source&start=2022-09-01&end=2022-09-30",
    "referred=true&actors=PRK",
    "sources=s000,s004;view=frequency&start=2023-06-01&end=2023-06-30;view=activity&actors=USA",
    "topics=delivery;view=ledger&claims=dprk-supplies-weapons,dprk-plans-to-supply-weapons;view=timeline&acts=denial",
    "period=week&split_by=act&count=mention&uncertain=midpoint&level=state",
]


@pytest.mark.parametrize("text", STATES)
def test_a_report_of_its_text_stands_on_the_events_that_it_shows(index, text) -> None:
    state = ExplorerState.read(text)
    shown, reported = chosen(index, state), workbook.select(index.data, selection=text)
    assert shown.basis == reported.basis
    assert shown.ids == collected(reported.events)["event_id"].tolist()


@settings(max_examples=20)
@given(st.data())
def test_any_state_of_known_keys_is_reported_as_it_is_shown(index, data) -> None:
    known = {
        "actors": index.data.actors["actor_id"].tolist(),
        "acts": index.data.acts["act"].tolist(),
        "claims": index.data.claims["claim_id"].tolist(),
        "sources": index.data.sources["source_id"].tolist(),
    }
    parts = {name: tuple(data.draw(st.lists(st.sampled_from(keys), max_size=4))) for name, keys in known.items()}
    state = ExplorerState(referred=data.draw(st.booleans())).filtered(acts=parts["acts"], sources=parts["sources"])
    state = state.picked("activity", Choice(actors=parts["actors"])).picked("ledger", Choice(claims=parts["claims"]))
    reported = workbook.select(index.data, selection=str(state))
    assert chosen(index, state).ids == collected(reported.events)["event_id"].tolist()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "found 'nonsense'; expected name=value"),
        ("actors=", "found 'actors='; expected name=value"),
        ("actor=PRK", "nearest: actors"),
        ("acts=denial&acts=vote", "acts: found it twice"),
        ("start=soon", "start: found 'soon'; expected a day"),
        ("period=fortnight", "period: found 'fortnight'; expected one of day, week"),
        ("split_by=colour", "split_by: found 'colour'; expected one of act, side"),
        ("referred=maybe", "referred: found 'maybe'; expected one of true, false"),
        (";view=map&acts=denial", "view: found 'map'; expected one of frequency, activity, timeline, ledger"),
        (";acts=denial", "view: found ''; expected one of frequency"),
        (";view=ledger&claims=a;view=ledger&claims=b", "view: found 'ledger'; expected .* each once"),
        (";view=ledger&period=week", "found 'period'; expected one of start, end"),
    ],
)
def test_what_cannot_be_read_is_named(text, said) -> None:
    with pytest.raises(ParameterError, match=said):
        ExplorerState.read(text)


def test_all_that_cannot_be_read_is_named_at_once() -> None:
    with pytest.raises(ParameterError) as caught:
        ExplorerState.read("split_by=colour&count=sheep;view=map&acts=denial")
    assert len(caught.value.faults) == 3


def test_a_view_has_one_pick_and_the_newest_comes_last() -> None:
    a, b, c = Choice(claims=("a",)), Choice(acts=("denial",)), Choice(claims=("c",))
    state = ExplorerState().picked("ledger", a).picked("frequency", b).picked("ledger", c)
    assert state.picks == (("frequency", b), ("ledger", c))
    assert state.choices(but="ledger") == [Choice(), b]


def test_picking_the_same_again_or_everything_picks_no_more() -> None:
    picked = ExplorerState().picked("ledger", Choice(claims=("a",)))
    assert picked.picked("ledger", Choice(claims=("a",))) == ExplorerState()
    assert picked.picked("ledger", Choice()) == ExplorerState()


def test_a_change_leaves_the_state_before_it_as_it_was() -> None:
    before = ExplorerState()
    before.filtered(acts=("denial",)).picked("ledger", Choice(claims=("a",)))
    assert before == ExplorerState()


def test_clearing_takes_filters_and_picks_away_and_leaves_how_it_is_counted() -> None:
    state = ExplorerState(period="week", dates="source", referred=True).filtered(acts=("denial",))
    assert state.picked("ledger", Choice(claims=("a",))).cleared() == ExplorerState(
        period="week", dates="source", referred=True
    )
