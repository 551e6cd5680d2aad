"""Charts of how a dispute unfolded show the measured numbers, in marks and in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from workbook import charts, measures
from workbook.events import Selection, select

DAY = 24 * 60 * 60 * 1000


def _alleged(chosen: Selection) -> measures.AllegedClaims:
    return measures.alleged_claims(chosen, denials=chosen)


def _answers(chosen: Selection) -> go.Figure:
    return charts.answers_by_pair(measures.who_answers_whom(measures.exchanges(chosen), selection=chosen))


CHARTS: dict[str, Callable[[Selection], go.Figure]] = {
    "waves": lambda chosen: charts.waves_over_time(measures.waves(chosen)),
    "answers": _answers,
    "never denied": lambda chosen: charts.claims_never_denied(_alleged(chosen)),
    "confirmed": lambda chosen: charts.claims_confirmed(_alleged(chosen)),
    "outlets": lambda chosen: charts.outlets_by_side(measures.outlets(chosen)),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_has_words_and_traces_that_the_page_can_draw(chosen, name) -> None:
    figure = CHARTS[name](chosen)
    assert {trace.type for trace in figure.data} <= {"bar", "scatter"}
    assert len(figure.layout.meta["alt"]) > 40
    assert "Stands on 10 statements (11 mentions in 3 sources)" in figure.layout.meta["caption"]
    assert figure.to_json() == CHARTS[name](chosen).to_json()


@pytest.mark.parametrize("name", CHARTS)
def test_an_empty_selection_gives_a_chart_that_says_why(dispute, name) -> None:
    figure = CHARTS[name](select(dispute, start="1990-01-01", end="1990-12-31", acts=["denial"]))
    assert not figure.data
    assert figure.layout.annotations[0].text
    assert figure.layout.meta["alt"].startswith("An empty chart.")


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("act", ["allegation", "denial", "contact", "assessment"])
def test_a_narrow_selection_is_drawn_or_explained(dispute, name, act) -> None:
    figure = CHARTS[name](select(dispute, acts=[act]))
    assert figure.data or figure.layout.annotations[0].text


@pytest.mark.parametrize("name", CHARTS)
def test_markup_in_the_data_is_shown_as_it_is(dispute, name) -> None:
    evil = "<img src=x onerror=alert(1)>"
    hostile = replace(
        dispute,
        actors=dispute.actors.assign(name=evil, short_name=evil),
        claims=dispute.claims.assign(claim=evil, short_claim=evil),
        sources=dispute.sources.assign(publisher=evil),
    )
    figure = CHARTS[name](select(hostile))
    figure.update_layout(meta=None)  # the page escapes these words itself
    drawn = figure.to_json().replace("\\u003c", "<").replace("\\u003e", ">")
    assert "<img" not in drawn


def test_a_wave_is_as_long_as_its_days_and_as_thick_as_it_is_large(chosen) -> None:
    (bars,) = charts.waves_over_time(measures.waves(chosen, gap_days=22)).data
    # 6 September to 2 October are 27 days, both included.
    assert (bars.base, bars.x) == (("2022-09-06", "2022-12-20"), (27 * DAY, DAY))
    assert bars.width[0] > bars.width[1]


def test_a_wave_is_named_with_its_days_and_numbers(chosen) -> None:
    labels = CHARTS["waves"](chosen).layout.yaxis.ticktext
    assert labels == (
        "1 · 6 Sep 2022 · 1 allegation, 0 denials",
        "2 · 29 Sep? – 2 Oct 2022? · 1 allegation, 0 denials",
        "3 · 20 Dec 2022 · 1 allegation, 0 denials",
    )


def test_waves_that_begin_on_an_uncertain_day_are_said_to(dispute) -> None:
    alt = CHARTS["waves"](select(dispute, start="2022-09-20")).layout.meta["alt"]
    # e2, from 29 September to 2 October, comes first; e11, on 20 December, last.
    assert "begun between 29 September and 2 October 2022 and ended 20 December 2022." in alt


def test_the_words_of_waves_fit_on_a_phone(dispute) -> None:
    figure = CHARTS["waves"](select(dispute, referred=True))
    assert max(len(label) for label in figure.layout.yaxis.ticktext) < 60


def test_bars_of_pairs_part_what_is_answered_from_what_is_not(chosen) -> None:
    sums = {trace.name: [count or 0 for count in trace.x] for trace in _answers(chosen).data}
    assert sums == {
        "answered by the accused": [2, 0],
        "not answered by the accused": [1, 1],
        "about others, answered all the same": [0, 0],
    }


def test_without_coded_answers_the_chart_says_that_it_cannot_be_told(dispute) -> None:
    figure = _answers(select(replace(dispute, links=None)))
    assert not figure.data
    assert "cannot be told" in figure.layout.meta["alt"]


def test_a_claim_that_was_never_denied_lasts_to_the_end(dispute) -> None:
    line, first, last = CHARTS["never denied"](select(dispute, end="2022-12-21")).data
    assert line.x == ("2022-12-20", "2022-12-21", None)
    assert (first.x, last.x) == (("2022-12-20",), ("2022-12-20",))
    assert first.customdata[0][1] == "helps"


def test_a_confirmed_claim_leads_from_its_first_allegation(dispute) -> None:
    rows = dispute.events
    events = rows.assign(claim_id=rows["claim_id"].mask(rows["event_id"] == "e5", "sells-boats"))
    figure = CHARTS["confirmed"](select(replace(dispute, events=events)))
    assert figure.data[0].x == ("2022-09-06", "2022-11-30", None)
    assert figure.layout.yaxis.ticktext == ("sells-boats · after 56 to 85 days",)


def test_claims_without_a_known_day_are_counted_and_not_said_to_be_none(dispute) -> None:
    is_open = dispute.events["event_id"].isin(["e5", "e11"])
    events = dispute.events.assign(date_latest=dispute.events["date_latest"].mask(is_open))
    chosen = select(replace(dispute, events=events), claims=["sold-yacht", "helps"])
    for name in ("confirmed", "never denied"):
        figure = CHARTS[name](chosen)
        assert not figure.data
        assert "on a known day" in figure.layout.meta["alt"]
        assert "Without a known day: 1 claim." in figure.layout.meta["alt"]
        assert "Without a known day: 1 claim." in figure.layout.meta["caption"]


def test_outlets_are_drawn_as_shares_of_each_side(chosen) -> None:
    alleged, denied = CHARTS["outlets"](chosen).data
    assert (alleged.x, alleged.y) == ((1, 2), (75.0, 25.0))
    assert (denied.x, denied.y) == ((1, 2), (100.0, 0.0))
    assert (alleged.name, denied.name) == ("allegations (n = 4)", "denials (n = 3)")


def test_machine_coded_events_are_in_no_number_of_outlets(dispute) -> None:
    figure = CHARTS["outlets"](select(replace(dispute, events=dispute.events.assign(is_machine_coded=True))))
    assert not figure.data
    assert "cannot be told" in figure.layout.meta["alt"]


def test_what_has_no_room_is_counted_in_the_caption(dispute) -> None:
    chosen = select(dispute)
    waves, alleged = measures.waves(chosen), measures.alleged_claims(chosen, denials=select(dispute, acts=["contact"]))
    pairs = measures.who_answers_whom(measures.exchanges(chosen), selection=chosen)
    captions = [
        (charts.waves_over_time(waves, most=1), "Not drawn: 2 waves with at most 1 allegation each."),
        (charts.answers_by_pair(pairs, most=1), "Not drawn: 1 pair with at most 1 allegation each."),
        (charts.claims_never_denied(alleged, most=1), "Not drawn: 2 claims with at most 1 allegation each."),
    ]
    for figure, words in captions:
        assert words in figure.layout.meta["caption"]
    assert "Not drawn" not in charts.waves_over_time(waves, most=3).layout.meta["caption"]
