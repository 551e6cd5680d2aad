"""Statements that are known from other articles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workbook.coding_desk.same import known_statements


def keys(draft, opened, source_id="s005") -> list[str]:
    return [each.statement_id for each in known_statements(draft, source_id=source_id, opened=opened)]


def test_the_denial_that_two_articles_report_is_offered_with_the_same_claim_first(denial, opened) -> None:
    assert keys(denial, opened) == ["st015", "st016"]
    assert keys(replace(denial, claim_id="dprk-plans-to-supply-weapons"), opened) == ["st016", "st015"]


@pytest.mark.parametrize("speaker", ["PRK", "dprk-defence-ministry"])
def test_a_state_or_body_in_the_place_of_its_official_is_the_same_speaker(denial, opened, speaker) -> None:
    assert keys(replace(denial, speakers=(speaker,)), opened)[:2] == ["st015", "st016"]


@pytest.mark.parametrize(
    "change",
    [
        {"speakers": ("jake-sullivan",)},
        {"act": "counter_accusation", "speakers": ("vladimir-putin",)},
        {"said": "2023-01-05"},
        {"said": "2022-10-03"},
        {"is_referred": True},
        {"speakers": ()},
        {"act": ""},
    ],
)
def test_another_speaker_act_or_date_offers_nothing(denial, opened, change) -> None:
    assert keys(replace(denial, **change), opened) == []


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("2022-10-02", True),
        ("2022-10-03", False),
        ("2022-09-05", True),
        ("2022-09-04", False),
        ("", True),
        ("no", True),
    ],
)
def test_dates_may_be_three_days_apart_and_an_open_date_can_be_any(denial, opened, said, offered) -> None:
    """st015 was made between 8 and 29 September 2022 by its article."""
    assert ("st015" in keys(replace(denial, said=said), opened)) == offered


def test_what_an_article_only_refers_back_to_is_not_offered(denial, opened) -> None:
    assert "st003" not in keys(replace(denial, speakers=("PRK",), said="[..2023-06-12]"), opened)


def test_it_says_whether_the_article_mentions_it_already(denial, opened) -> None:
    first = known_statements(denial, source_id="s002", opened=opened)[0]
    assert (first.mention_id, first.sources, first.has_same_claim) == ("m019", ("s002",), True)
    assert first.words.startswith("21 September 2022: DPRK defence official, denial: ")
    assert known_statements(denial, source_id="s005", opened=opened)[0].mention_id == ""
