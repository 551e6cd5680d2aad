"""The rows of a selection."""

from __future__ import annotations

from workbook.explorers.listing import MOST_ROWS, rows_of
from workbook.explorers.state import ExplorerState


def test_rows_stand_by_date_with_who_what_and_which_claim(boats) -> None:
    listed = rows_of(boats, ExplorerState().filtered(claims=("sells-boats",)))
    assert [line[0] for line in listed["lines"]] == ["e1", "e3", "e2", "e4", "e6"]
    assert listed["lines"][4] == ["e6", "15 November 2022", "FEN, GRA, ZEN, LUT", "warning", "sells-boats indeed"]
    assert listed["note"] == "5 statements, by date."


def test_nothing_is_listed_of_nothing(boats) -> None:
    assert rows_of(boats, ExplorerState().filtered(acts=("contact",), claims=("helps",))) == {
        "lines": [],
        "note": "0 statements, by date.",
    }


def test_of_hundreds_the_first_are_listed_and_the_note_says_so(many) -> None:
    listed = rows_of(many, ExplorerState().filtered(topics=("topic 0",)))
    assert len(listed["lines"]) == MOST_ROWS
    assert listed["note"] == "1,000 statements, by date; the first 300 of them."


def test_of_thousands_none_is_listed_and_the_note_says_what_to_do(many) -> None:
    assert rows_of(many, ExplorerState()) == {
        "lines": [],
        "note": "2,000 statements: narrow them to 1,500 or fewer, and they are listed here.",
    }
