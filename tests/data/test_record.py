"""The record of September 2022 to June 2024: five periods and the five articles, joined without loss and without doubles."""

from __future__ import annotations

import pandas as pd
import pytest

import workbook
from workbook.dates import bounds
from workbook.evidence import Fingerprint, locate, normalise, read_article
from workbook.readers.coded import read_package

RECORD = "arms_transfers_2022_2024"
UNITS = {
    **{"A": 62, "B": 61, "p1a": 59, "p1b": 63, "p2a": 89, "p2b": 116},
    **{"p3a": 94, "p3b": 117, "p4a": 117, "p4b": 124, "p5a": 128, "p5b": 135},
}
"""Units of each coder, counted in the codings as the coders handed them in."""


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return read_package(RECORD).tables


@pytest.fixture(scope="module")
def statements(tables) -> pd.DataFrame:
    people = (
        tables["participants"].groupby(["statement_id", "role"])["actor_id"].agg(lambda all_: " ".join(sorted(all_)))
    )
    sources = tables["mentions"].groupby("statement_id")["source_id"].agg(set).rename("sources")
    rows = tables["statements"].set_index("statement_id").join(people.unstack()).join(sources)
    return rows.assign(best=rows["said_best"].fillna(rows["said"]))


def test_no_unit_of_any_coder_is_lost(tables) -> None:
    assert tables["units"].groupby("coder").size().to_dict() == UNITS


def test_every_article_of_each_period_is_a_source_with_its_address(tables) -> None:
    sources = tables["sources"]
    periods = sources["source_id"].str[1].value_counts().to_dict()
    assert periods == {"0": 5, "1": 26, "2": 25, "3": 25, "4": 27, "5": 26}
    of_periods = sources[sources["source_id"].str[1] != "0"]
    assert of_periods["url"].str.match(r"https?://").all()
    assert of_periods["url"].is_unique


def test_the_statements_of_the_five_articles_keep_their_keys_and_mentions(tables) -> None:
    small = read_package("arms_transfers").tables
    assert set(small["statements"]["statement_id"]) <= set(tables["statements"]["statement_id"])
    carried = {tuple(row) for row in tables["mentions"][["statement_id", "source_id"]].to_numpy()}
    assert {tuple(row) for row in small["mentions"][["statement_id", "source_id"]].to_numpy()} <= carried


def test_no_statement_stands_twice(statements) -> None:
    dated = statements[~statements["is_referred"].astype(bool)]
    same = dated.groupby(["speaker", "act", "claim_id", "best"]).groups
    assert [sorted(keys) for keys in same.values() if len(keys) > 1] == []


def test_one_article_mentions_a_statement_once(tables) -> None:
    assert not tables["mentions"].duplicated(["statement_id", "source_id"]).any()


def test_what_is_answered_or_can_be_meant_was_said_before(statements) -> None:
    for row in statements.itertuples():
        last = bounds(row.best).latest
        for column in ("answers", "may_be_same_as"):
            linked = getattr(row, column)
            for other in linked.split() if isinstance(linked, str) else []:
                first = bounds(statements.loc[other, "best"]).earliest
                assert first is None or last is None or first <= last, (row.Index, column, other)


def test_the_denials_of_november_2022_are_of_the_7th_and_stand_in_many_articles(statements) -> None:
    ministry = statements[statements["speaker"] == "dprk-military-foreign-affairs-vice-director"]
    denials = ministry[(ministry["act"] == "denial") & (ministry["best"] == "2022-11-07")]
    assert set(denials["claim_id"]) == {"dprk-supplies-weapons", "dprk-plans-to-supply-weapons"}
    # KCNA's text, AP, Yonhap, and the article of September 2023 that recalls it.
    assert {"s004", "s204", "s205", "s206"} in list(denials["sources"])


def test_the_charge_about_wagner_is_of_22_december_2022_and_denied_on_that_day(statements) -> None:
    about = statements[statements["claim_id"] == "dprk-delivers-rockets-to-wagner"]
    charge = about[(about["act"] == "allegation") & (about["best"] == "2022-12-22")]
    assert "john-kirby" in set(charge["speaker"])
    denied = about[(about["act"] == "denial") & (about["best"] == "2022-12-22")]
    assert {"yevgeny-prigozhin"} <= set(denied["speaker"])


def test_the_joint_statement_of_october_2023_is_of_the_25th_in_washington(statements) -> None:
    joint = statements[statements["channel"].eq("joint_statement") & statements["speaker"].str.contains("park-jin")]
    assert set(joint["best"]) == {"2023-10-25"}


def test_every_row_of_the_record_reads_as_an_event() -> None:
    data = workbook.load(RECORD)
    assert len(data.events) == len(read_package(RECORD).tables["statements"])
    assert data.events["mention_count"].min() >= 1


@pytest.mark.shared
def test_every_passage_stands_in_the_article_that_its_mention_names(tables, articles, more_articles) -> None:
    texts = {f"s{path.name[:3]}": path for path in articles.glob("*.txt")}
    texts |= {
        f"s{folder.name[1]}{path.name[:2]}": path
        for folder in more_articles.iterdir()
        if folder.is_dir()
        for path in (folder / "articles").glob("*.txt")
    }
    rows = tables["passages"].merge(tables["mentions"], on="mention_id")
    for source, carried in rows.groupby("source_id"):
        text = normalise(read_article(texts[source]))
        for row in carried.itertuples():
            assert locate(Fingerprint(row.sha256, int(row.length)), text, hint=int(row.offset)) == int(row.offset)
