"""What becomes of alleged claims, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from workbook.events import Selection, select
from workbook.measures import alleged_claims
from workbook.measures.first_days import bounds_text, first_days


def claims(chosen: Selection, denials: Selection | None = None) -> pd.DataFrame:
    return alleged_claims(chosen, denials=denials or chosen).table.set_index("claim_id")


def test_claims_are_listed_by_their_first_allegation(chosen) -> None:
    table = claims(chosen)
    assert table[["allegations", "speakers", "first_text", "is_denied"]].to_dict("index") == {
        "sells-boats": {"allegations": 2, "speakers": 2, "first_text": "2022-09-06", "is_denied": True},
        "sold-yacht": {"allegations": 1, "speakers": 1, "first_text": "[2022-11-01..2022-11-30]", "is_denied": True},
        "helps": {"allegations": 1, "speakers": 1, "first_text": "2022-12-20", "is_denied": False},
    }


def test_a_claim_waits_to_the_end_of_observation_within_bounds(dispute) -> None:
    table = claims(select(dispute, end="2022-12-10"))
    assert table.loc["sold-yacht", ["waiting_low", "waiting_high"]].tolist() == [10, 39]


def test_a_claim_waits_as_long_as_denials_are_looked_for(dispute) -> None:
    # The last allegation in s1 is of 2 October; denials are looked for to 20 December.
    narrow = select(dispute, sources=["s1"], acts=["allegation"])
    found = alleged_claims(narrow, denials=select(dispute))
    assert found.end == pd.Timestamp("2022-12-20")
    assert found.table["waiting_low"].tolist() == [105]


def test_no_claim_waits_beyond_the_last_article(dispute) -> None:
    everything = select(dispute, end="2030-12-31")
    assert alleged_claims(everything, denials=everything).end == pd.Timestamp("2022-12-21")


def test_a_denial_that_the_choice_leaves_out_was_made_all_the_same(dispute) -> None:
    narrow = select(dispute, actors=["FEN"])
    assert not claims(narrow)["is_denied"].any()
    assert claims(narrow, select(dispute))["is_denied"].to_dict() == {
        "sells-boats": True,
        "sold-yacht": True,
        "helps": False,
    }


def test_a_denial_of_another_wording_answers_by_its_link(dispute) -> None:
    # e10 denies the claim of e5; linked to e11, it answers that too.
    links = pd.concat([dispute.links, pd.DataFrame({"event_id": ["e10"], "answers_id": ["e11"]})])
    assert claims(select(replace(dispute, links=links)))["is_denied"].all()


def test_a_claim_that_is_called_confirmed_at_once_waits_no_day(chosen) -> None:
    # e5, of an unknown day of November, is the only allegation: its uncertain date is no time that passed.
    row = claims(chosen).loc["sold-yacht"]
    assert (row["confirmations"], row["confirmed_by"]) == (1, "The FEN")
    assert row[["to_confirmed_low", "to_confirmed_high"]].tolist() == [0, 0]


def test_the_days_from_allegation_to_confirmation_are_bounds(dispute) -> None:
    # e5 calls confirmed what e1 alleged on 6 September: 1 November is 56 days later, the 30th is 85.
    events = dispute.events.assign(
        claim_id=dispute.events["claim_id"].mask(dispute.events["event_id"] == "e5", "sells-boats")
    )
    row = claims(select(replace(dispute, events=events))).loc["sells-boats"]
    assert row[["to_confirmed_low", "to_confirmed_high"]].tolist() == [56, 85]
    assert row["first_text"] == "2022-09-06"


def test_allegations_without_a_claim_are_counted(dispute) -> None:
    found = alleged_claims(
        select(replace(dispute, events=dispute.events.assign(claim_id=None))), denials=select(dispute)
    )
    assert found.table.empty
    assert found.nameless == 4
    assert "4 allegations without a claim left out." in found.basis.caption()


def test_without_an_allegation_no_claim_is_followed(dispute) -> None:
    assert claims(select(dispute, acts=["denial"])).empty


@pytest.mark.parametrize(
    ("bounds", "text"),
    [
        (("2022-09-05", "2022-09-05"), "2022-09-05"),
        (("2022-09-05", "2022-09-06"), "[2022-09-05,2022-09-06]"),
        (("2022-09-05", "2022-09-07"), "[2022-09-05..2022-09-07]"),
        ((None, "2022-09-05"), "[..2022-09-05]"),
        (("2022-09-05", None), "[2022-09-05..]"),
        ((None, None), ""),
    ],
)
def test_bounds_are_written_as_a_date(bounds, text) -> None:
    assert bounds_text(*(pd.Timestamp(day) if day else pd.NaT for day in bounds)) == text


def test_the_first_of_several_dates_is_open_where_one_of_them_is() -> None:
    days = pd.to_datetime(["2022-09-05", None])
    rows = pd.DataFrame({"of": "a", "date_earliest": days, "date_latest": pd.to_datetime(["2022-09-05", "2022-09-20"])})
    assert first_days(rows, by=["of"])["first_text"].tolist() == ["[..2022-09-05]"]
