"""The traps of the five articles: each is coded as the codebook has it."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

import workbook
from workbook.dates import bounds
from workbook.readers.coded import read_package


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return read_package("arms_transfers").tables


@pytest.fixture(scope="module")
def statements(tables) -> pd.DataFrame:
    people = tables["participants"].groupby(["statement_id", "role"])["actor_id"].agg(list).unstack()
    sources = tables["mentions"].groupby("statement_id")["source_id"].agg(set).rename("sources")
    return tables["statements"].set_index("statement_id").join(people).join(sources)


def the_one(rows: pd.DataFrame) -> pd.Series:
    assert len(rows) == 1, rows
    return rows.iloc[0]


def test_the_page_saved_in_april_2024_is_of_september_2022(tables, statements) -> None:
    source = tables["sources"].set_index("source_id").loc["s002"]
    assert source["published_basis"] == "inferred"
    assert bounds(source["published"]).latest < date(2022, 10, 1)
    carried = statements[[only == {"s002"} for only in statements["sources"]]]
    assert len(carried) == 12
    assert all(bounds(said).latest <= date(2022, 9, 30) for said in carried["said"])


def test_its_thursday_is_one_of_four_and_by_the_ministrys_release_the_21st(statements) -> None:
    denials = statements[(statements["act"] == "denial") & statements["said"].str.contains(",")]
    assert set(denials["said"]) == {"[2022-09-08,2022-09-15,2022-09-22,2022-09-29]"}
    assert all(bounds(day).earliest.isoweekday() == 4 for day in denials["said"].iloc[0].strip("[]").split(","))
    assert set(denials["said_best"]) == {"2022-09-21"}
    assert set(denials["claim_id"]) == {"dprk-supplies-weapons", "dprk-plans-to-supply-weapons"}


def test_monday_is_the_12th_in_washington(statements) -> None:
    by_weekday = statements[statements["said_basis"] == "weekday"]
    spoken = by_weekday[[only == {"s000"} for only in by_weekday["sources"]]]
    assert set(spoken["said"]) == {"2023-06-12"}
    assert date(2023, 6, 12).isoweekday() == 1


def test_thursday_of_the_malaysian_friday_is_the_30th_of_march(statements) -> None:
    kirby = statements[
        [
            ("s001" in each) and speaker == ["john-kirby"]
            for each, speaker in zip(statements["sources"], statements["speaker"], strict=True)
        ]
    ]
    assert set(kirby["said"]) == {"2023-03-30"}
    assert len(kirby) == 6


def test_nothing_of_the_lists_beside_an_article_nor_of_a_caption_is_coded(statements) -> None:
    days = [bounds(said) for said in statements["said"]]
    assert all(day.latest <= date(2023, 9, 10) for day in days)
    assert all(day.earliest is None or day.earliest >= date(2022, 1, 1) for day in days)


def test_last_november_is_another_denial_than_septembers(statements) -> None:
    november = statements[statements["said"] == "2022-11"]
    assert set(november["act"]) == {"denial"}
    assert set(november["said_best"]) == {"2022-11-07"}
    assert date(2022, 11, 7).isoweekday() == 1  # KCNA: on Monday
    assert len(november) == 2


def test_the_joint_statement_has_four_speakers(statements) -> None:
    joint = statements[statements["channel"] == "joint_statement"]
    assert {tuple(speakers) for speakers in joint["speaker"]} == {("USA", "GBR", "KOR", "JPN")}
    assert sorted(joint["act"]) == ["allegation", "allegation", "allegation", "warning"]


def test_letters_are_pledges_and_not_visits(statements) -> None:
    letters = statements[statements["channel"] == "letter"]
    assert set(letters["act"]) == {"pledge", "assessment"}
    contact = the_one(statements[statements["act"] == "contact"])
    assert contact["claim_id"] == "shoigu-visits"
    assert contact["sources"] == {"s003", "s004"}


def test_the_letter_of_the_article_s_september_is_of_august(statements) -> None:
    letter = the_one(statements[statements["said_best"] == "2022-08-15"])
    assert bounds(letter["said"]).earliest == date(2022, 9, 1)


def test_denials_that_are_only_recalled_are_not_counted_again(statements) -> None:
    recalled = statements[statements["is_referred"] == "true"]
    assert sorted(recalled["act"]) == ["counter_accusation", "denial", "denial", "denial"]
    assert all(isinstance(same, str) for same in recalled.loc[recalled["act"] == "denial", "may_be_same_as"])
    counted = workbook.measures.activity(workbook.select(workbook.load("arms_transfers")), level="state").table
    assert counted.set_index("actor_id").at["PRK", "denials"] == 4


def test_one_statement_in_two_articles_is_one_statement(statements) -> None:
    twice = statements[[len(each) > 1 for each in statements["sources"]]]
    assert sorted(twice["claim_id"]) == [
        "russia-offers-food-for-munitions", "russia-seeks-weapons", "shoigu-visits", "slovakian-brokers-arms",
        "us-sanctions-slovakian",
    ]  # fmt: skip


def test_every_better_date_names_its_ground_and_general_knowledge_is_only_likely(statements) -> None:
    better = statements[statements["said_best"].notna()]
    assert better["said_best_ground"].notna().all()
    assert set(better.loc[better["said_best_ground"] == "general knowledge", "said_best_certainty"]) == {"likely"}
    assert (better["said_best"] != better["said"]).all()


def test_weekdays_in_the_grounds_are_those_of_the_calendar(statements) -> None:
    assert date(2023, 8, 30).isoweekday() == 3  # Al Arabiya: Wednesday
    assert date(2022, 9, 6).isoweekday() == 2  # Reuters: Tuesday
    assert date(2023, 9, 4).isoweekday() == 1  # TASS: Monday
    assert set(statements.loc[statements["said_best_ground"].str.contains("Wednesday", na=False), "said_best"]) == {
        "2023-08-30"
    }
