"""What a coder keeps of articles that are not adjudicated yet, and in whose words."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook.coding_desk.adjudication import Adjudication, compare, decide, open_differences, write
from workbook.coding_desk.coders import coders_of
from workbook.coding_desk.saving import undo_last
from workbook.readers.coded import read_package

SECOND = {
    "source_id": "s006",
    "title": "More crates",
    "publisher": "The Mail",
    "language": "en",
    "published": "2022-10-02",
    "published_basis": "dateline",
}
WORDS = "Ruritania counts crates, and Kirby counts them too."


@pytest.fixture
def ahead(base, code, carried) -> Path:
    """Anna has coded a second article: a new statement that answers an old one, and an old one again."""
    (base / "articles" / "s006.txt").write_text(WORDS, encoding="utf-8")
    old = read_package(base / "codings" / "anna").tables["statements"].fillna("").to_dict("records")[1]
    rows = carried(
        ("st005", "indirect", "Ruritania counts crates"),
        ("st002", "indirect", "Kirby counts them too"),
        source="s006",
        text=WORDS,
    )
    for name, letter in (("mentions", "m"), ("passages", "p")):
        for number, row in enumerate(rows[name], 5):
            row[f"{name[:-1]}_id"] = f"{letter}{number:03}"
            row["mention_id"] = f"m{number:03}"
    statement = old | {
        "statement_id": "st005",
        "claim_id": "crates-are-counted",
        "act": "assessment",
        "hedge": "",
        "answers": "st001",
        "said": "[..2022-10-02]",
    }
    rows |= {
        "sources": [SECOND],
        "claims": [
            {
                "claim_id": "crates-are-counted",
                "claim": "Somebody counts crates",
                "short_claim": "Crates are counted",
                "topic": "context",
            }
        ],
        "statements": [statement],
        "participants": [{"statement_id": "st005", "actor_id": "john-kirby", "role": "speaker"}],
    }
    code(base, "anna", rows)
    return base


def write_all(package: Path) -> Adjudication:
    adjudication = Adjudication(compare(read_package(package), coders=("anna", "ben")))
    for each in open_differences(adjudication):
        value = each.value_a or each.value_b
        adjudication = decide(adjudication, item=each.item, field=each.field, decided=value, rule="Acts", reason="So.")
    write(adjudication)
    return adjudication


def column(package: Path, table: str, name: str) -> list[str]:
    return read_package(package).tables[table][name].tolist()


def test_rows_of_other_articles_stay_with_all_that_they_refer_to(ahead) -> None:
    write_all(ahead)
    assert coders_of(ahead) == ("anna",)
    own = ahead / "codings" / "anna"
    # st005 is of the other article, st002 is mentioned there too, st001 is what st005 answers.
    assert column(own, "statements", "statement_id") == ["st001", "st002", "st005"]
    assert column(own, "mentions", "source_id") == ["s006", "s006"]
    assert column(own, "passages", "mention_id") == ["m005", "m006"]
    assert column(own, "sources", "source_id") == ["s006"]


def test_the_next_article_is_coded_in_the_words_that_were_decided_on(ahead) -> None:
    write_all(ahead)
    own = column(ahead / "codings" / "anna", "claims", "claim_id")
    assert own == [*sorted([*column(ahead, "claims", "claim_id"), "crates-are-counted"])]
    assert "ships-carry-weapons" in own


def test_a_statement_that_comes_again_is_known_by_what_it_became(ahead, code, carried) -> None:
    write_all(ahead)
    rows = carried(("st001", "indirect", "Kirby counts them too"), source="s006", text=WORDS)
    statement = read_package(ahead).tables["statements"].fillna("").to_dict("records")[59]
    statement |= {"statement_id": "st001", "answers": ""}
    speaker = {"statement_id": "st001", "actor_id": "john-kirby", "role": "speaker"}
    code(ahead, "ben", rows | {"sources": [SECOND], "statements": [statement], "participants": [speaker]})
    comparison = compare(read_package(ahead), coders=("anna", "ben"))
    again = next(unit for pair in comparison.pairs for unit in pair.units if unit.statement_id == "st002")
    assert (again.unit_id, again.became) == ("anna-st002.2", "st060")
    answer = next(unit for pair in comparison.pairs for unit in pair.units if unit.statement_id == "st005")
    assert answer.values["answers"] == "st059"


def test_undo_brings_the_coders_rows_back(ahead) -> None:
    before = {path: path.read_bytes() for path in (ahead / "codings").rglob("*.csv")}
    write_all(ahead)
    undo_last(ahead)
    assert {path: path.read_bytes() for path in (ahead / "codings").rglob("*.csv")} == before
