"""Allegations and what answers them, linked and counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from workbook.errors import ParameterError
from workbook.events import select
from workbook.measures import compare_links, exchanges, lag_survival, median_lags


def pairs(linked) -> set[tuple[str, str | None]]:
    rows = linked.table[["allegation_id", "denial_id"]].itertuples(index=False)
    return {(allegation, None if pd.isna(denial) else denial) for allegation, denial in rows}


def test_coded_links_pair_each_denial_with_all_that_it_answers(chosen) -> None:
    assert pairs(exchanges(chosen)) == {("e1", "e3"), ("e1", "e4"), ("e2", "e4"), ("e5", None), ("e11", None)}


def test_lags_are_bounds(chosen) -> None:
    table = exchanges(chosen).table.set_index(["allegation_id", "denial_id"])
    # e4 is of 12 October; e2 of one of the days from 29 September to 2 October.
    assert table.loc[("e2", "e4"), ["lag_low", "lag_high"]].tolist() == [10, 13]
    assert table.loc[("e1", "e3"), ["lag_low", "lag_high"]].tolist() == [4, 4]


def test_unanswered_allegations_are_censored_at_the_end_of_observation(chosen) -> None:
    table = exchanges(chosen).table.set_index("allegation_id")
    # The last day of any event is 20 December; e5 is of one of the days of November.
    assert table.loc["e5", ["censored_low", "censored_high"]].tolist() == [20, 49]


def test_the_end_of_the_selection_is_the_end_of_observation(dispute) -> None:
    table = exchanges(select(dispute, end="2022-12-21")).table.set_index("allegation_id")
    assert table.at["e11", "censored_low"] == 1


def test_observation_ends_with_the_last_article_however_late_the_day_chosen(dispute) -> None:
    # The last article is of 21 December: of a denial on Christmas Day nobody could have read.
    linked = exchanges(select(dispute, end="2030-12-31"))
    assert linked.table.set_index("allegation_id").at["e11", "censored_low"] == 1
    assert linked.basis.notes[-1] == "Observation ends with the last article, on 21 December 2022."
    assert not exchanges(select(dispute, end="2022-12-21")).basis.notes


def test_without_days_of_articles_the_end_of_the_selection_holds(dispute) -> None:
    dayless = replace(dispute, sources=dispute.sources.assign(published=""))
    table = exchanges(select(dayless, end="2022-12-31")).table.set_index("allegation_id")
    assert table.at["e11", "censored_low"] == 11


def test_by_window_the_accused_side_denies_the_same_claim_in_time(chosen) -> None:
    # e4 answers e1 36 days later; e10 denies the claim of e5 within 1 to 30 days.
    assert pairs(exchanges(chosen, link="window", window_days=30)) == {
        ("e1", "e3"), ("e2", "e4"), ("e5", "e10"), ("e11", None),
    }  # fmt: skip
    assert ("e2", None) in pairs(exchanges(chosen, link="window", window_days=9))


def test_a_denial_before_the_allegation_is_no_answer_by_window(dispute) -> None:
    later = select(dispute, start="2022-09-10", end="2022-10-05")
    assert pairs(exchanges(later, link="window")) == {("e2", None)}


def test_the_median_lag_keeps_the_unanswered(chosen) -> None:
    # Shortest: 4 and 10 answered, 0 and 20 open. 3 at risk on day 4 (2/3 left), 2 on day 10 (1/3 left).
    medians = median_lags(exchanges(chosen))
    assert (medians["shortest"].median, medians["longest"].median) == (10, 13)
    assert (medians["shortest"].answered, medians["shortest"].censored) == (2, 2)


def test_the_curve_falls_by_the_share_of_those_at_risk(chosen) -> None:
    curve = lag_survival(exchanges(chosen))
    shortest = curve[curve["bound"] == "shortest"].set_index("day")["survival"]
    assert shortest[4.0] == pytest.approx(2 / 3)
    assert shortest[10.0] == pytest.approx(1 / 3)
    assert shortest[20.0] == pytest.approx(1 / 3)


def test_both_ways_of_linking_side_by_side(chosen) -> None:
    table = compare_links(chosen, window_days=30).table.set_index("allegation_id")
    assert table["agreement"].to_dict() == {"e1": "both", "e2": "both", "e5": "window only", "e11": "neither"}


def test_who_is_accused_is_named_by_state(chosen) -> None:
    table = exchanges(chosen).table.set_index("allegation_id")
    assert table.at["e11", "accused_id"] == "GRA"


def test_no_allegation_gives_an_empty_table(dispute) -> None:
    linked = exchanges(select(dispute, acts=["denial"]))
    assert linked.table.empty
    assert median_lags(linked)["shortest"].median is None


def test_wrong_choices_are_told_together(chosen) -> None:
    with pytest.raises(ParameterError) as caught:
        exchanges(chosen, link="guess", window_days=0)
    assert [fault.column for fault in caught.value.faults] == ["link", "window_days"]


def test_a_link_out_of_the_selection_is_no_exchange(dispute) -> None:
    alone = select(dispute, start=date(2022, 10, 10), end=date(2022, 10, 15))
    assert exchanges(alone).table.empty


@pytest.mark.parametrize("link", ["coded", "window"])
def test_who_cannot_answer_because_of_the_choice_is_no_silence(dispute, link) -> None:
    hidden = "What is left out can hold denials of what is in."
    assert hidden in exchanges(select(dispute, actors=["FEN"]), link=link).basis.caption()
    assert hidden not in exchanges(select(dispute, start="2022-09-02"), link=link).basis.caption()
