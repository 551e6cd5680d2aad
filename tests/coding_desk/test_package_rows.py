"""From drafts to rows: keys, mentions of what is known, fingerprints that are found again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.coding_desk.conftest import TEXT, span_of
from workbook.coding_desk.draft import ActorDraft, ClaimDraft, StatementDraft
from workbook.coding_desk.opened import open_package
from workbook.coding_desk.package_rows import new_rows
from workbook.coding_desk.saving import FileChange, save
from workbook.evidence import read_articles, verify
from workbook.readers.coded import read_package


def saved(package, coding):
    opened = open_package(package)
    text = FileChange(package / "articles" / f"{coding.source_id}.txt", None, coding.article.text.encode())
    rows = new_rows(coding, opened=opened)
    save([*opened.changes(rows), text], package=package, checked=[package], title="")
    return rows


def test_a_statement_becomes_rows_of_five_tables_and_its_passage_is_found_again(package, coding, denial) -> None:
    rows = saved(package, coding.with_statement(denial))
    assert [row["source_id"] for row in rows["sources"]] == ["s005"]
    assert [row["statement_id"] for row in rows["statements"]] == ["st059"]
    assert [tuple(row.values()) for row in rows["participants"]] == [
        ("st059", "dprk-defence-ministry-official", "speaker"),
        ("st059", "USA", "target"),
        ("st059", "kcna", "relay"),
    ]
    assert [tuple(row.values()) for row in rows["mentions"]] == [("m064", "st059", "s005", "direct")]
    assert [(row["passage_id"], row["mention_id"]) for row in rows["passages"]] == [("p076", "m064")]
    coded = read_package(package)
    new = [each for each in coded.passages() if each.passage_id == "p076"]
    assert verify(new, read_articles(package / "articles")).found == {"p076": ("s005.txt", new[0].offset)}
    statement = coded.tables["statements"].set_index("statement_id").loc["st059"]
    assert statement["expresses_concern"] == "false"
    assert statement["certainty"] == "high"


def test_a_mention_of_a_known_statement_is_no_second_statement(package, coding, denial) -> None:
    rows = saved(package, coding.with_statement(replace(denial, same_as="st015")))
    assert rows["statements"] == []
    assert rows["participants"] == []
    assert [tuple(row.values()) for row in rows["mentions"]] == [("m064", "st015", "s005", "direct")]
    assert len(rows["passages"]) == 1


def test_a_further_passage_of_a_saved_mention_is_a_passage_alone(package, coding, denial) -> None:
    saved(package, coding.with_statement(replace(denial, same_as="st015")))
    further = replace(denial, same_as="st015", passages=(span_of(TEXT, "waved the charge away"),))
    again = replace(coding, is_known=True).with_statement(further)
    rows = new_rows(again, opened=open_package(package))
    assert {name for name, each in rows.items() if each} == {"passages"}
    assert [(row["passage_id"], row["mention_id"]) for row in rows["passages"]] == [("p077", "m064")]


def test_drafts_name_each_other_by_labels_and_are_saved_with_keys(package, coding, denial) -> None:
    charge = StatementDraft(
        act="allegation",
        claim_id="dprk-supplies-weapons",
        said="2022-09-20",
        said_basis="context",
        attribution="named",
        channel="briefing",
        hedge="asserted",
        speakers=("john-kirby",),
        targets=("PRK",),
        form="direct",
        passages=(span_of(TEXT, "“Crates moved all summer,”"),),
        summary="Kirby speaks of deliveries.",
    )
    coding = coding.with_statement(charge).with_statement(replace(denial, answers=("new1", "st006")))
    rows = new_rows(coding, opened=open_package(package))
    assert [row["answers"] for row in rows["statements"]] == ["", "st059 st006"]
    left = coding.without_statement("new1")
    assert [each.answers for each in left.statements] == [("st006",)]


def test_new_actors_and_claims_are_saved_with_the_statement(package, coding, denial) -> None:
    actor = ActorDraft("harbour-office", "Harbour Office of North Korea", "Harbour Office", "body", "PRK", "PRK")
    claim = ClaimDraft("dprk-ships-crates", "North Korea ships crates to Russia", "It ships crates", "delivery")
    coding = replace(coding, actors=(actor,), claims=(claim,))
    saved(package, coding.with_statement(replace(denial, speakers=("harbour-office",), claim_id="dprk-ships-crates")))
    tables = read_package(package).tables
    assert "harbour-office" in set(tables["actors"]["actor_id"])
    assert "dprk-ships-crates" in set(tables["claims"]["claim_id"])


@pytest.mark.parametrize("summary", ["  It \n\n denies\tit. ", "It\x00denies\r\nit."])
def test_a_cell_is_one_line(package, coding, denial, summary) -> None:
    rows = new_rows(coding.with_statement(replace(denial, summary=summary)), opened=open_package(package))
    assert rows["statements"][0]["summary"] == "It denies it."


def test_a_coder_apart_begins_a_package_of_their_own(package, coding, denial) -> None:
    opened = open_package(package, coder="anna")
    rows = new_rows(coding.with_statement(denial), opened=opened)
    assert [row["statement_id"] for row in rows["statements"]] == ["st001"]
    save(opened.changes(rows), package=package, checked=[opened.folder], title="", record="anna")
    own = read_package(package / "codings" / "anna").tables
    assert {name: len(own[name]) for name in ("sources", "statements", "mentions", "passages")} == {
        "sources": 1,
        "statements": 1,
        "mentions": 1,
        "passages": 1,
    }
    assert len(read_package(package).tables["statements"]) == 58
    assert open_package(package, coder="anna").rows("statements")[0]["statement_id"] == "st001"
