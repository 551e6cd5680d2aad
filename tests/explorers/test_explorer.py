"""The explorer whole, without a page: messages in, state, words and charts out."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest

import workbook
from workbook.errors import FaultsError, ParameterError
from workbook.explorers.explorer import Explorer
from workbook.explorers.state import VIEWS, ExplorerState


@pytest.fixture
def explorer(index, tmp_path) -> Explorer:
    return workbook.explore(index.data, articles=tmp_path / "articles", out=tmp_path / "out")


def drawn(explorer: Explorer) -> dict[str, str]:
    return {name: getattr(explorer.panel, name) for name in VIEWS}


def statements(explorer: Explorer, name: str) -> set[str]:
    traces = json.loads(getattr(explorer.panel, name))["data"]
    return {point[0] for trace in traces for point in trace.get("customdata", []) if point[0]}


def left(explorer: Explorer, part: str) -> dict[str, int]:
    return {key: count for key, _, _, count in explorer.controls.facets[part].values}


def test_it_begins_with_everything_and_says_so(explorer) -> None:
    assert explorer.words() == "54 statements: all that the data hold."
    assert explorer.words() in explorer.words_line.value
    assert len(statements(explorer, "ledger")) == 54
    assert len(explorer.panel.rows["lines"]) == 54
    assert explorer.undo.disabled
    assert explorer._repr_mimebundle_()["text/plain"] == explorer.words()


def test_it_begins_where_a_text_says(index) -> None:
    explorer = workbook.explore(index.data, selection="actors=PRK&acts=denial")
    assert explorer.words() == "4 statements: by North Korea, act denial."
    assert explorer.controls.facets["acts"].chosen == ["denial"]
    assert explorer.outbox.text.value == "actors=PRK&acts=denial"


def test_a_text_that_cannot_be_is_an_error_at_the_start(index) -> None:
    with pytest.raises(ParameterError, match="USSR"):
        workbook.explore(index.data, selection="actors=USSR")


def test_a_checked_act_narrows_charts_rows_words_and_the_other_filters(explorer) -> None:
    explorer.controls.facets["acts"].chosen = ["denial"]
    denials = {"st015", "st016", "st019", "st048", "st049"}
    assert explorer.words() == "5 statements: act denial."
    assert statements(explorer, "timeline") == statements(explorer, "ledger") == denials
    assert {line[0] for line in explorer.panel.rows["lines"]} == denials
    assert left(explorer, "acts")["allegation"] == 26
    assert {key: count for key, count in left(explorer, "actors").items() if count} == {
        **{"PRK": 4, "dprk-defence-ministry": 4, "dprk-defence-ministry-official": 4},
        "RUS": 1,
    }
    assert explorer.selection.basis.events == 5
    assert not explorer.undo.disabled


def test_a_click_on_a_bar_picks_it_and_a_second_one_picks_it_no_more(explorer) -> None:
    before = drawn(explorer)
    click = {"kind": "click", "view": "frequency", "point": ["", "2022-09-01", "denies"]}
    explorer._heard(click)
    assert str(explorer.state) == ";view=frequency&start=2022-09-01&end=2022-09-30&acts=denial"
    assert "picked in the frequency: 1 to 30 September 2022, act denial" in explorer.words()
    assert statements(explorer, "timeline") == {"st015", "st016", "st019"}
    assert json.loads(explorer.panel.frequency)["picked"] is True
    explorer._heard(click)
    assert str(explorer.state) == ""
    assert drawn(explorer) == before


def test_a_speaker_that_is_clicked_filters_the_others(explorer) -> None:
    explorer._heard({"kind": "click", "view": "activity", "point": ["", "john-kirby"]})
    assert explorer.selection.basis.events == 11
    assert len(statements(explorer, "ledger")) == 11
    (bars, *_) = json.loads(explorer.panel.activity)["data"]
    assert len(bars["customdata"]) == 15  # of 20 speakers, the most active
    assert [bars["customdata"][place] for place in bars["selectedpoints"]] == [["", "john-kirby"]]


def test_a_box_on_the_time_line_filters_the_others_by_its_days(explorer) -> None:
    points = [["st015"], ["st016"]]
    explorer._heard({"kind": "box", "view": "timeline", "points": points, "days": ["2022-09-20", "2022-09-22 07:00"]})
    assert str(explorer.state) == ";view=timeline&start=2022-09-20&end=2022-09-22&acts=denial"
    assert statements(explorer, "ledger") == {"st015", "st016"}
    assert len(statements(explorer, "timeline")) == 31


def test_an_empty_box_over_bars_changes_nothing(explorer) -> None:
    explorer._heard({"kind": "box", "view": "frequency", "points": [], "days": ["0.1", "0.7"]})
    assert explorer.state == ExplorerState()
    assert explorer.message.value == ""


def test_picking_no_more_is_one_button_of_its_view(explorer) -> None:
    explorer._heard({"kind": "click", "view": "activity", "point": ["", "dprk-defence-ministry-official"]})
    explorer._heard({"kind": "box", "view": "ledger", "points": [["st015"], ["st048"]]})
    explorer._heard({"kind": "clear", "view": "activity"})
    assert [view for view, _ in explorer.state.picks] == ["ledger"]


@pytest.mark.parametrize("message", [{"kind": "click", "view": "timeline"}, {"kind": "row", "view": "rows"}])
def test_a_click_on_a_mark_or_a_row_opens_its_card_there_and_picks_nothing(explorer, message) -> None:
    explorer._heard({**message, "point": ["st015"]})
    assert explorer.panel.card["view"] == message["view"]
    assert 'aria-label="Statement st015"' in explorer.panel.card["html"]
    assert explorer.state == ExplorerState()
    explorer._heard({"kind": "close"})
    assert explorer.panel.card == {"view": "", "html": ""}


def test_undo_goes_back_exactly_through_filters_picks_and_settings(explorer) -> None:
    seen = [(str(explorer.state), explorer.words(), drawn(explorer))]

    def step() -> None:
        seen.append((str(explorer.state), explorer.words(), drawn(explorer)))

    explorer.controls.facets["actors"].chosen = ["USA"]
    step()
    explorer.controls.settings["period"].value = "quarter"
    step()
    explorer._heard({"kind": "click", "view": "frequency", "point": ["", "2023-07-01", "alleges"]})
    step()
    explorer.controls.days["start"].value = date(2023, 8, 1)
    step()
    for state, words, charts in reversed(seen[:-1]):
        explorer.undo.click()
        assert (str(explorer.state), explorer.words(), drawn(explorer)) == (state, words, charts)
    assert explorer.undo.disabled
    assert explorer.controls.days["start"].value is None
    assert explorer.controls.settings["period"].value == "month"


def test_reset_takes_filters_and_picks_away_keeps_the_settings_and_can_be_undone(explorer) -> None:
    explorer.controls.settings["period"].value = "year"
    explorer.controls.referred.value = True
    explorer.controls.facets["acts"].chosen = ["denial"]
    explorer._heard({"kind": "click", "view": "activity", "point": ["", "PRK"]})
    full = explorer.state
    explorer.reset.click()
    assert explorer.state == ExplorerState(period="year", referred=True)
    assert explorer.words().startswith("58 statements")
    explorer.undo.click()
    assert explorer.state == full


def test_the_text_restores_the_very_same_view(explorer, index) -> None:
    explorer.controls.facets["actors"].chosen = ["USA"]
    explorer._heard({"kind": "click", "view": "frequency", "point": ["", "2023-03-01", "alleges"]})
    again = workbook.explore(index.data, selection=explorer.outbox.text.value)
    assert again.state == explorer.state
    assert drawn(again) == drawn(explorer)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "expected name=value"),
        ("actors=USSR", "USSR"),
        ("start=2023-01-01&end=2022-01-01", "start on or before end"),
        (";view=map&acts=denial", "expected one of frequency, activity, timeline, ledger"),
        ("acts=<script>alert(1)</script>", "&lt;script&gt;"),
    ],
)
def test_a_text_that_cannot_be_is_said_on_the_page_and_the_state_stays(explorer, text, said) -> None:
    explorer.controls.facets["acts"].chosen = ["denial"]
    before = (explorer.state, drawn(explorer))
    explorer.outbox.text.value = text
    explorer.outbox.buttons["Restore"].click()
    assert said in explorer.message.value
    assert "Traceback" not in explorer.message.value
    assert "<script>" not in explorer.message.value
    assert (explorer.state, drawn(explorer)) == before
    explorer.controls.facets["acts"].chosen = []
    assert explorer.message.value == ""


def test_days_that_cannot_be_are_said_and_the_filter_shows_the_state_again(explorer) -> None:
    explorer.controls.days["start"].value = date(2023, 1, 1)
    explorer.controls.days["end"].value = date(2022, 1, 1)
    assert "start on or before end" in explorer.message.value
    assert explorer.controls.days["end"].value is None
    assert explorer.state.filters.start == "2023-01-01"


def test_ones_own_frame_is_explored_just_so() -> None:
    frame = pd.DataFrame(
        {
            "event_id": ["a", "b", "c"],
            "actor_id": ["FEN", "RUR", "RUR"],
            "act": ["allegation", "denial", "denial"],
            "date": ["2023-05-01", "2023-05-02", "2023-07-01"],
            "source_url": ["https://x.example/?a=1&b=2;c,d", None, None],
        }
    )
    explorer = workbook.explore(frame)
    assert explorer.words() == "3 statements: all that the data hold."
    explorer.controls.facets["sources"].chosen = ["https://x.example/?a=1&b=2;c,d"]
    assert explorer.words().startswith("1 statement: reported by https://x.example/")
    assert workbook.explore(frame, selection=str(explorer.state)).words() == explorer.words()
    explorer.reset.click()
    explorer._heard({"kind": "click", "view": "frequency", "point": ["", "2023-05-01", "denies"]})
    assert explorer.selection.basis.events == 1
    explorer._heard({"kind": "row", "view": "rows", "point": ["b"]})
    assert "RUR" in explorer.panel.card["html"]


def test_all_faults_of_ones_own_frame_are_said_at_once() -> None:
    frame = pd.DataFrame(
        {"event_id": ["a", "a"], "actor_id": ["FEN", None], "act": ["x", "denial"], "date": ["?", "?"]}
    )
    with pytest.raises(FaultsError) as caught:
        workbook.explore(frame)
    assert len(caught.value.faults) == 5


def test_thousands_of_events_are_explored_in_bars(many) -> None:
    explorer = workbook.explore(many.data)
    explorer.controls.settings["split_by"].value = "act"
    explorer._heard({"kind": "click", "view": "timeline", "point": ["", "2023-02-01", "denies"]})
    assert explorer.message.value == ""
    february = pd.Timestamp("2023-02-01"), pd.Timestamp("2023-02-28")
    rows = many.data.events
    wanted = rows["date_earliest"].between(*february) & (rows["act"] == "denial")
    assert explorer.selection.basis.events == wanted.sum()
    explorer._heard({"kind": "click", "view": "ledger", "point": ["", "claim 07"]})
    assert explorer.selection.basis.events == (wanted & (rows["claim_id"] == "claim 07")).sum()


def test_what_would_be_too_much_to_draw_is_said_and_the_state_stays(explorer, monkeypatch) -> None:
    explorer.controls.facets["acts"].chosen = ["denial"]
    explorer.controls.settings["dates"].value = "source"
    before = explorer.state
    monkeypatch.setattr("workbook.charts.template.MOST_POINTS", 25)
    explorer.controls.settings["period"].value = "day"  # two of them may be of any of 30 days
    assert "expected at most 25. Choose fewer events, or a longer period." in explorer.message.value
    assert explorer.state == before
    assert explorer.controls.settings["period"].value == "month"


def test_a_year_that_is_still_being_typed_is_no_question(explorer) -> None:
    explorer.controls.days["start"].value = date(2, 3, 1)
    assert explorer.state.filters.start == ""
    explorer.controls.days["start"].value = date(2023, 3, 1)
    assert explorer.state.filters.start == "2023-03-01"


def test_sides_are_a_filter_of_their_own(explorer) -> None:
    assert [label for _, label, *_ in explorer.controls.facets["sides"].values][:2] == ["alleges", "denies"]
    explorer.controls.facets["sides"].chosen = ["denies"]
    assert explorer.words() == "5 statements: side denies."
