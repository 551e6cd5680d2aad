"""Who answers whom and how fast, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from workbook.events import select
from workbook.measures import exchanges, who_answers_whom

COUNTS = ["allegations", "answered", "unasked"]


def pairs(chosen, **how) -> pd.DataFrame:
    measured = who_answers_whom(exchanges(chosen, **how), selection=chosen)
    return measured.table.set_index(["accuser_id", "denier_id"])


def test_pairs_are_of_states_and_count_what_is_answered(chosen) -> None:
    table = pairs(chosen)
    assert table[COUNTS].to_dict("index") == {
        ("FEN", "RUR"): {"allegations": 3, "answered": 2, "unasked": 0},
        ("FEN", "GRA"): {"allegations": 1, "answered": 0, "unasked": 0},
    }


def test_the_median_keeps_the_unanswered_as_open(chosen) -> None:
    # Shortest lags: 4 and 10 days answered, 20 open. Of 3 at risk 2/3 are left on day 4, 1/3 on day 10.
    row = pairs(chosen).loc[("FEN", "RUR")]
    assert (row["median_low"], row["median_high"]) == (10, 13)
    assert pairs(chosen).loc[("FEN", "GRA"), ["median_low", "median_high"]].isna().all()


def test_the_fastest_and_the_slowest_answer_have_bounds_and_a_key(chosen) -> None:
    row = pairs(chosen).loc[("FEN", "RUR")]
    assert row[["fastest_low", "fastest_high", "fastest_id"]].tolist() == [4, 4, "e3"]
    assert row[["slowest_low", "slowest_high", "slowest_id"]].tolist() == [10, 13, "e4"]


def test_who_answers_what_is_about_others_is_counted_apart(dispute) -> None:
    # Were e1 about GRA, the denials of RUR would answer it unasked.
    people = dispute.participants
    is_target = (people["event_id"] == "e1") & (people["role"] == "target")
    moved = replace(dispute, participants=people.assign(actor_id=people["actor_id"].mask(is_target, "GRA")))
    table = pairs(select(moved))
    assert table.loc[("FEN", "RUR"), COUNTS].tolist() == [2, 1, 1]
    assert table.loc[("FEN", "GRA"), COUNTS].tolist() == [2, 0, 0]
    # The unasked answer has no part in the median: 10 answered, 20 open.
    assert table.at[("FEN", "RUR"), "median_low"] == 10
    assert table.at[("FEN", "RUR"), "fastest_id"] == "e3"


def test_a_joint_allegation_counts_in_each_pair(dispute) -> None:
    joint = pd.concat(
        [dispute.participants, pd.DataFrame([("e1", "GRA", "speaker")], columns=dispute.participants.columns)]
    )
    table = pairs(select(replace(dispute, participants=joint)))
    assert table.loc[("GRA", "RUR"), COUNTS].tolist() == [1, 1, 0]
    assert table.loc[("FEN", "RUR"), COUNTS].tolist() == [3, 2, 0]


def test_where_nobody_coded_answers_they_are_missing(dispute) -> None:
    assert pairs(select(replace(dispute, links=None)))["answered"].isna().all()
    assert pairs(select(replace(dispute, links=None)), link="window")["answered"].notna().all()


def test_a_choice_that_can_hide_denials_says_so(dispute) -> None:
    chosen = select(dispute, actors=["FEN"])
    measured = who_answers_whom(exchanges(chosen), selection=chosen)
    assert "What is left out can hold denials of what is in." in measured.basis.caption()


@pytest.mark.parametrize("narrowed", [{"acts": ["denial"]}, {"acts": ["contact"]}], ids=str)
def test_without_an_allegation_there_is_no_pair(dispute, narrowed) -> None:
    assert pairs(select(dispute, **narrowed)).empty
