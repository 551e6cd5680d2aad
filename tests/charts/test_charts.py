"""Every chart shows the measured numbers, in marks and in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import pytest

import workbook
from workbook import charts, measures
from workbook.events import EventData, Selection, select

CHARTS: dict[str, Callable[[Selection], go.Figure]] = {
    "frequency": lambda chosen: charts.statement_frequency(measures.frequency(chosen, split_by="side")),
    "by act": lambda chosen: charts.statement_frequency(measures.frequency(chosen, split_by="act", count="mention")),
    "share": lambda chosen: charts.denial_share(measures.denial_share(chosen)),
    "ranking": lambda chosen: charts.actor_ranking(measures.activity(chosen)),
    "heat map": lambda chosen: charts.actor_heatmap(measures.activity_over_time(chosen)),
    "pairs": lambda chosen: charts.who_about_whom(measures.who_about_whom(chosen)),
    "time line": lambda chosen: charts.denials_timeline(measures.timeline_events(chosen), measures.exchanges(chosen)),
    "growth": lambda chosen: charts.cumulative_sides(measures.cumulative(chosen)),
    "lag": lambda chosen: _lag(measures.exchanges(chosen)),
    "lanes": lambda chosen: charts.claim_lanes(measures.ledger_events(chosen), measures.ledger(chosen)),
    "sides": lambda chosen: charts.sides_over_time(measures.frequency(chosen, split_by="side")),
    "claim bars": lambda chosen: charts.claim_bars(measures.claim_counts(chosen)),
    "coverage": lambda chosen: charts.source_coverage(measures.coverage(chosen)),
    "shared": lambda chosen: charts.shared_sources(measures.shared_coverage(chosen)),
}
DRAWABLE = {"bar", "scatter", "heatmap"}


def _lag(linked) -> go.Figure:
    return charts.lag_curve(measures.lag_survival(linked), measures.median_lags(linked), caption=linked.basis.caption())


def keys_of(figure: go.Figure) -> set[str]:
    found = [key[0] for trace in figure.data if trace.customdata is not None for key in trace.customdata]
    return {key for key in found if key}


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_has_words_and_traces_that_the_page_can_draw(chosen, name) -> None:
    figure = CHARTS[name](chosen)
    assert {trace.type for trace in figure.data} <= DRAWABLE
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
def test_markup_in_the_data_is_shown_as_it_is(dispute, name) -> None:
    evil = "<img src=x onerror=alert(1)>"
    hostile = replace(
        dispute,
        actors=dispute.actors.assign(name=evil, short_name=dispute.actors["short_name"] + evil),
        claims=dispute.claims.assign(claim=dispute.claims["claim"] + evil, short_claim=evil),
        sources=dispute.sources.assign(publisher=dispute.sources["publisher"] + evil),
    )
    figure = CHARTS[name](select(hostile))
    figure.update_layout(meta=None)  # the page escapes these words itself
    drawn = figure.to_json().replace("\\u003c", "<").replace("\\u003e", ">")
    assert "<img" not in drawn


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize(
    "narrowed",
    [
        {"start": "2022-09-01", "end": "2022-09-20"},
        {"acts": ["denial"]},
        {"acts": ["contact"]},
        {"acts": ["assessment"]},
    ],
    ids=["exact days alone", "denials alone", "one deed", "one without a date"],
)
def test_a_narrow_selection_is_drawn_or_explained(dispute, name, narrowed) -> None:
    figure = CHARTS[name](select(dispute, **narrowed))
    assert figure.data or figure.layout.annotations[0].text
    assert figure.layout.meta["alt"]


def test_the_uncertain_part_is_hatched_and_the_legend_says_so(chosen) -> None:
    figure = CHARTS["frequency"](chosen)
    hatched = [trace for trace in figure.data if trace.marker.pattern.shape == "/"]
    assert sum(sum(trace.y) for trace in hatched if trace.y[0] is not None) == pytest.approx(1.0)  # e2
    assert "hatched: date uncertain" in {trace.name for trace in figure.data}


def test_bars_sum_to_the_measured_totals(chosen) -> None:
    figure = CHARTS["frequency"](chosen)
    assert sum(value for trace in figure.data for value in trace.y if value) == pytest.approx(9.0)


def test_every_mark_of_the_time_line_carries_its_statement(chosen) -> None:
    assert keys_of(CHARTS["time line"](chosen)) == {"e1", "e2", "e3", "e4", "e5", "e10", "e11"}
    assert keys_of(CHARTS["lanes"](chosen)) == {"e1", "e2", "e3", "e4", "e5", "e6", "e8", "e9", "e10", "e11"}


def test_allegations_stand_above_and_denials_below(chosen) -> None:
    figure = CHARTS["time line"](chosen)
    marks = {trace.name: trace.y for trace in figure.data if trace.name in ("alleges", "denies") and trace.y[0]}
    assert min(marks["alleges"]) > 0 > max(marks["denies"])


def test_an_arc_leads_from_each_denial_to_each_allegation_that_it_answers(chosen) -> None:
    arcs = [trace for trace in CHARTS["time line"](chosen).data if trace.name == "answers"]
    curves = [trace for trace in arcs if trace.mode == "lines"]
    dots = [trace for trace in arcs if trace.mode == "markers"]
    assert len(curves) == len(dots) == 1
    assert curves[0].x.count(None) == len(dots[0].x) == 3  # e3 to e1, e4 to e1, e4 to e2
    assert dots[0].hovertext[0] == "<b>rudolf answers FEN</b><br>after 4 days"
    assert {curve.hoverinfo for curve in curves} == {"skip"}  # their ends lie under marks, which a pointer must reach


def test_uncertain_and_open_dates_have_whiskers(dispute) -> None:
    chosen = select(dispute, referred=True)
    lines = [trace for trace in CHARTS["time line"](chosen).data if trace.mode == "lines" and trace.name is None]
    spans = {dash: sum(line.x.count(None) for line in lines if line.line.dash == dash) for dash in ("dot", "solid")}
    assert spans == {"dot": 1, "solid": 2}  # e7 is open to the left; e2 and e5


def test_marks_are_told_apart_by_shape_too(chosen) -> None:
    figure = CHARTS["time line"](chosen)
    names = {
        trace.name: trace.marker.symbol for trace in figure.data if trace.showlegend is None and trace.x == (None,)
    }
    assert len(set(names.values())) == len(names) == 4


def test_the_lag_curve_says_its_median(chosen) -> None:
    figure = CHARTS["lag"](chosen)
    assert "Median 10 to 13 days" in figure.layout.meta["alt"]
    assert "median 10 to 13 days" in {annotation.text for annotation in figure.layout.annotations}


def test_a_median_that_only_the_shortest_lags_reach_is_said(chosen) -> None:
    linked = measures.exchanges(chosen)
    medians = measures.median_lags(linked)
    medians |= {
        "shortest": replace(medians["shortest"], median=1.0),
        "longest": replace(medians["longest"], median=None),
    }
    figure = charts.lag_curve(measures.lag_survival(linked), medians)
    assert "Median 1 day by the shortest lags, not reached by the longest." in figure.layout.meta["alt"]


def test_without_coded_answers_no_allegation_is_drawn_as_unanswered(dispute) -> None:
    figure = CHARTS["lag"](select(replace(dispute, links=None)))
    assert not figure.data
    assert "can be told how long it waits" in figure.layout.meta["alt"]
    assert "Nobody has coded which denial answers which event." in figure.layout.meta["caption"]


def test_lines_that_end_within_bounds_say_both(dispute) -> None:
    figure = CHARTS["growth"](select(dispute, referred=True, claims=["sells-boats"]))
    assert figure.layout.meta["alt"] == "Step lines that end at 2 allegations and 3 denials."
    alleged = dispute.events["event_id"] == "e2"
    open_end = dispute.events.assign(date_latest=dispute.events["date_latest"].mask(alleged))
    figure = CHARTS["growth"](select(replace(dispute, events=open_end), claims=["sells-boats"]))
    assert figure.layout.meta["alt"] == "Step lines that end at 1 to 2 allegations and 2 denials."


def test_one_is_one(dispute) -> None:
    figure = CHARTS["time line"](select(dispute, acts=["denial"], claims=["sells-boats"], actors=["rudolf"]))
    assert "0 allegations above, 1 denial below; 0 of the allegations are linked" in figure.layout.meta["alt"]


def test_the_status_stands_with_the_claim(chosen) -> None:
    texts = set(CHARTS["lanes"](chosen).layout.yaxis.ticktext)
    assert "sold-yacht · <i>called confirmed, and denied</i>" in texts


def test_marks_of_one_claim_and_day_do_not_hide_each_other(dispute) -> None:
    twin = dispute.events[dispute.events["event_id"] == "e1"].assign(event_id="e1b")
    more = replace(dispute, events=pd.concat([dispute.events, twin], ignore_index=True))
    figure = CHARTS["lanes"](select(more))
    alleged = next(trace for trace in figure.data if trace.name == "alleges")
    heights = dict(zip((key[0] for key in alleged.customdata), alleged.y, strict=True))
    assert heights["e1"] != heights["e1b"]


def bars_of(figure: go.Figure, *, along: str, by: str) -> dict[str, dict[str, float]]:
    return {
        trace.name: {place: height for place, height in zip(trace[by], trace[along], strict=True) if height}
        for trace in figure.data
    }


def test_counted_sides_stand_above_and_below_bin_by_bin(chosen) -> None:
    assert bars_of(CHARTS["sides"](chosen), along="y", by="x") == {
        # e1 and half of e2; the other half; e5; e11. e3; e4; e10.
        "allegations above": {"Sep 2022": 1.5, "Oct 2022": 0.5, "Nov 2022": 1, "Dec 2022": 1},
        "denials below": {"Sep 2022": -1, "Oct 2022": -1, "Dec 2022": -1},
    }


def test_a_counted_side_carries_its_bin_and_its_words(chosen) -> None:
    above = CHARTS["sides"](chosen).data[0]
    assert above.customdata[0] == ["", "2022-09-01", "alleges"]
    assert above.hovertext[0] == "<b>Sep 2022</b><br>allegations: 1.5"
    assert CHARTS["sides"](chosen).layout.meta["alt"] == (
        "Bars of statements a month from Sep 2022 to Dec 2022: allegations 4 upwards, denials 3 downwards."
    )


def test_sides_of_what_neither_alleges_nor_denies_are_an_empty_chart(dispute) -> None:
    assert "Nothing here alleges or denies" in CHARTS["sides"](select(dispute, acts=["contact"])).layout.meta["alt"]


def test_a_statement_that_names_no_claim_is_said_without_one(dispute) -> None:
    claimless = dispute.events.assign(claim_id=dispute.events["claim_id"].mask(dispute.events["event_id"] == "e1"))
    figure = CHARTS["time line"](select(replace(dispute, events=claimless)))
    words = {key[0]: text for trace in figure.data if trace.customdata is not None and trace.hovertext is not None
             for key, text in zip(trace.customdata, trace.hovertext, strict=True)}  # fmt: skip
    assert words["e1"].startswith("<b>FEN</b><br>allegation, asserted<br>6 September 2022<br>")


def test_a_time_line_is_as_long_as_the_dates_can_be(dispute) -> None:
    alt = CHARTS["time line"](select(dispute, claims=["sells-boats"], acts=["allegation"])).layout.meta["alt"]
    # e2 is of 29 September to 2 October; its mark stands in the middle.
    assert alt.startswith("Time line from 6 September 2022 to 2 October 2022: 2 allegations above")


def test_claims_without_a_topic_have_lanes_too(dispute) -> None:
    claims = dispute.claims.assign(topic=dispute.claims["topic"].mask(dispute.claims["claim_id"] == "helps"))
    figure = CHARTS["lanes"](select(replace(dispute, claims=claims)))
    labels = list(figure.layout.yaxis.ticktext)
    assert labels[-2:] == ["<b>no topic</b>", "helps · <i>alleged, not denied</i>"]
    assert "e11" in keys_of(figure)


def test_a_source_with_one_statement_has_one(dispute) -> None:
    chosen = select(dispute, claims=["helps"])
    assert "1 statement, 1 of them here alone" in CHARTS["coverage"](chosen).data[0].hovertext[0]
    assert "share at most 1 statement." in CHARTS["shared"](select(dispute)).layout.meta["alt"]


def test_bars_of_claims_count_what_is_done_to_each_the_most_spoken_of_first(chosen) -> None:
    figure = CHARTS["claim bars"](chosen)
    assert list(figure.data[0].y) == ["sells-boats", "sold-yacht", "helps", "valuable", "visits"]
    assert bars_of(figure, along="x", by="y") == {
        "alleges": {"sells-boats": 2, "sold-yacht": 1, "helps": 1},
        "denies": {"sells-boats": 2, "sold-yacht": 1},
        "neither alleges nor denies": {"sells-boats": 1, "visits": 1, "valuable": 1},
    }
    assert figure.data[0].customdata[0] == ["", "sells-boats"]
    assert figure.data[0].hovertext[0] == (
        "<b>sells-boats indeed</b><br>2 allege, 2 deny, 1 neither<br>alleged and denied"
    )


def test_alternative_text_names_the_main_numbers(chosen) -> None:
    assert "alleges 4, denies 3, neither 2" in CHARTS["frequency"](chosen).layout.meta["alt"]
    assert (
        "4 allegations above, 3 denials below; 2 of the allegations" in CHARTS["time line"](chosen).layout.meta["alt"]
    )


def test_agreement_is_drawn_with_its_bounds() -> None:
    codings = workbook.load_codings("arms_transfers")
    figure = charts.agreement_forest(measures.agreement(codings))
    assert {trace.name for trace in figure.data} == {"Krippendorff's alpha", "Gwet's AC1"}
    assert {annotation.text for annotation in figure.layout.annotations} == {"tentative", "reliable"}


def test_confusions_lie_off_the_diagonal() -> None:
    table = pd.DataFrame({"value_a": ["a", "b"], "value_b": ["a", "a"], "units": [5, 1]})
    assert "1 of 6 units lie off the diagonal" in charts.confusion_heatmap(table, field="act").layout.meta["alt"]


def called_alike(data: EventData) -> EventData:
    """Give the ministry and Rudolf one short name, and two claims one."""
    actors, claims = data.actors, data.claims
    return replace(
        data,
        actors=actors.assign(
            short_name=actors["short_name"].replace({"ministry": "RUR office", "rudolf": "RUR office"})
        ),
        claims=claims.assign(short_claim=claims["short_claim"].replace({"helps": "visits"})),
    )


def test_actors_of_one_name_have_a_bar_each(dispute) -> None:
    figure = charts.actor_ranking(measures.activity(select(called_alike(dispute))))
    assert {"RUR office (ministry)", "RUR office (rudolf)"} <= set(figure.data[0].y)
    assert all(len(set(trace.y)) == len(trace.y) for trace in figure.data)


def test_actors_of_one_name_have_a_row_each_of_the_heat_map(dispute) -> None:
    labels = charts.actor_heatmap(measures.activity_over_time(select(called_alike(dispute)))).data[0].y
    assert {"RUR office (ministry)", "RUR office (rudolf)"} <= set(labels)


def test_pairs_of_one_name_have_a_bar_each(dispute) -> None:
    pairs = charts.who_about_whom(measures.who_about_whom(select(called_alike(dispute)), level="actor")).data[0].y
    assert {"RUR office → FEN (ministry → FEN)", "RUR office → FEN (rudolf → FEN)"} <= set(pairs)


def test_claims_of_one_name_have_a_bar_each(dispute) -> None:
    figure = charts.claim_bars(measures.claim_counts(select(called_alike(dispute))))
    assert {"visits (helps)", "visits (visits)"} <= set(figure.data[0].y)


def test_sources_of_one_publisher_have_a_name_each_in_legend_and_words(dispute) -> None:
    named = replace(dispute, sources=dispute.sources.assign(publisher="Courier"))
    figure = charts.statement_frequency(measures.frequency(select(named), split_by="source"))
    assert {trace.name for trace in figure.data if trace.showlegend} == {"Courier (s1)", "Courier (s2)", "Courier (s3)"}
    assert "Courier (s2) 4, Courier (s3) 3" in figure.layout.meta["alt"]


def test_a_source_of_an_unknown_day_is_drawn_without_one(dispute) -> None:
    undated = replace(dispute, sources=dispute.sources.assign(published=["2022-10-30", "", ""]))
    texts = charts.source_coverage(measures.coverage(select(undated))).data[0].hovertext
    assert [("published" in text) for text in texts].count(True) == 1


def test_sides_over_time_say_what_they_count(chosen) -> None:
    figure = charts.sides_over_time(measures.frequency(chosen, split_by="side", count="mention"))
    assert figure.layout.yaxis.title.text == "mentions a month"
    assert "mentions a month" in figure.layout.meta["caption"]
