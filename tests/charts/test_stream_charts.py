"""Charts of streams show the measured numbers, in marks and in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest

from workbook import charts, measures
from workbook.errors import WorkbookError
from workbook.events import Basis, Selection, select

CHARTS: dict[str, Callable[[Selection], go.Figure]] = {
    "dyads over time": lambda chosen: charts.dyads_over_time(measures.dyad_exchanges(chosen, window_days=30)),
    "dyads": lambda chosen: charts.dyad_ranking(measures.dyad_exchanges(chosen, window_days=30)),
    "lags": lambda chosen: _lags(measures.dyad_exchanges(chosen, window_days=30)),
    "rules": lambda chosen: charts.counting_rules(measures.counting_rules(chosen)),
    "trends": lambda chosen: charts.trends_by_rule(measures.sensitivity(chosen, period="week")),
    "share": lambda chosen: charts.volume_share(measures.volume_share(chosen, chosen)),
}


TOY = Basis("toy", 9, 9, 1)


def _lags(linked) -> go.Figure:
    return charts.dyad_lag_curves(measures.dyad_lag_survival(linked), caption=linked.basis.caption())


def sums(figure: go.Figure, axis: str) -> dict[str, float]:
    return {trace.name: sum(getattr(trace, axis)) for trace in figure.data}


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_has_words_and_traces_that_the_page_can_draw(chosen, name) -> None:
    figure = CHARTS[name](chosen)
    assert {trace.type for trace in figure.data} <= {"bar", "scatter"}
    assert len(figure.layout.meta["alt"]) > 40
    assert "Stands on 10 statements (11 mentions in 3 sources)" in figure.layout.meta["caption"]
    assert figure.to_json() == CHARTS[name](chosen).to_json()


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("acts", [["denial"], ["contact"]])
def test_an_empty_selection_gives_a_chart_that_says_why(dispute, name, acts) -> None:
    figure = CHARTS[name](select(dispute, start="1990-01-01", end="1990-12-31", acts=acts))
    assert not figure.data
    assert figure.layout.annotations[0].text
    assert figure.layout.meta["alt"].startswith("An empty chart.")


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("narrowed", [{"acts": ["allegation"]}, {"acts": ["denial"]}, {"acts": ["assessment"]}])
def test_a_narrow_selection_is_drawn_or_explained(dispute, name, narrowed) -> None:
    figure = CHARTS[name](select(dispute, **narrowed))
    assert figure.data or figure.layout.annotations[0].text


@pytest.mark.parametrize("name", CHARTS)
def test_markup_in_the_data_is_shown_as_it_is(dispute, name) -> None:
    evil = "<img src=x onerror=alert(1)>"
    actors = dispute.actors.assign(name=evil, short_name=dispute.actors["short_name"] + evil)
    figure = CHARTS[name](select(replace(dispute, actors=actors)))
    figure.update_layout(meta=None)  # the page escapes these words itself
    drawn = figure.to_json().replace("\\u003c", "<").replace("\\u003e", ">")
    assert "<img" not in drawn


def test_accusations_go_up_and_to_the_right_and_denials_the_other_way(chosen) -> None:
    # FEN accuses RUR once (answered) and GRA once; RUR denies to FEN on two days.
    expected = {
        "accusations answered": 1,
        "accusations unanswered": 0,
        "accusations still open at the end": 1,
        "denials": -2,
    }
    upright = sums(CHARTS["dyads over time"](chosen), "y")
    assert upright == {name: value for name, value in expected.items() if value}
    assert sums(CHARTS["dyads"](chosen), "x") == expected


def test_a_bin_without_any_keeps_its_place(chosen) -> None:
    figure = CHARTS["dyads over time"](chosen)
    assert figure.layout.xaxis.categoryarray == ("Sep 2022", "Oct 2022", "Nov 2022", "Dec 2022")


def test_curves_end_at_the_measured_share(chosen) -> None:
    figure = CHARTS["lags"](chosen)
    ends = {trace.name: trace.y[-1] for trace in figure.data if trace.name != "95 % interval"}
    # e11 is of the last day: it waits no day, and e1 is alone at risk when it is answered.
    assert ends == {"all dyads": 0.0, "FEN → GRA": 100.0, "FEN → RUR": 0.0}


def test_each_rule_has_a_panel_of_its_own_from_zero(chosen) -> None:
    figure = CHARTS["rules"](chosen)
    assert [trace.name for trace in figure.data] == ["rows", "unique events", "one a day", "mentions", "sources"]
    axes = [figure.layout[f"yaxis{place}"] for place in ("", 2, 3, 4, 5)]
    assert all(axis.range[0] == 0 for axis in axes)
    assert all(upper.domain[0] > lower.domain[1] for upper, lower in pairwise(axes))
    assert sum(figure.data[0].y) == pytest.approx(9)


def test_a_clear_trend_is_a_triangle_with_its_interval() -> None:
    row = {"rule": "rows", "label": "rows", "bins": 9, "mean": 50.0, "tau": 0.9, "p_value": 0.01, "trend": "falls"}
    row |= {
        "slope": -5.0,
        "slope_low": -7.0,
        "slope_high": -2.0,
        "change": -0.1,
        "change_low": -0.14,
        "change_high": -0.04,
    }
    measured = measures.Measured(pd.DataFrame([row]), TOY, {"period": "year"})
    (mark,) = charts.trends_by_rule(measured).data
    assert (mark.name, mark.marker.symbol, mark.x[0]) == ("falls", "triangle-down", -10)
    assert (mark.error_x.array[0], mark.error_x.arrayminus[0]) == (6, 4)


def test_the_share_is_drawn_within_its_interval(dispute) -> None:
    share = measures.volume_share(select(dispute, acts=["denial"]), select(dispute), period="quarter")
    low, high = (trace.y for trace in charts.volume_share(share).data[:2][::-1])
    line = charts.volume_share(share).data[2]
    # 1 of 2.5 (e1, e3, half of e2) and 2 of 6.5.
    assert line.y == pytest.approx((40.0, 30.769))
    assert all(a < b < c for a, b, c in zip(low, line.y, high, strict=True))


def test_more_bars_than_can_be_read_are_refused_with_a_way_out() -> None:
    days = pd.date_range("1980-01-01", periods=12_000, unit="us")
    over_time = pd.DataFrame({"bin_start": days, "answered": 1, "unanswered": 1, "open": 1, "denials": 1})
    linked = measures.DyadExchanges(
        over_time, over_time, tuple(days), TOY, {"period": "day", "window_days": 3}, lambda: over_time
    )
    with pytest.raises(WorkbookError, match="a longer period"):
        charts.dyads_over_time(linked)


def test_dyads_of_one_name_have_a_curve_each(dispute) -> None:
    named = replace(dispute, actors=dispute.actors.assign(short_name="a state"))
    survival = measures.dyad_lag_survival(measures.dyad_exchanges(select(named)))
    names = [trace.name for trace in charts.dyad_lag_curves(survival).data if trace.name != "95 % interval"]
    assert names == ["all dyads", "a state → a state (FEN → RUR)", "a state → a state (FEN → GRA)"]
