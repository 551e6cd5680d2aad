"""Sentences: cut where a reader would cut, and nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.coding_desk.sentences import sentences


def texts(text: str) -> list[str]:
    return [each.text for each in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. said so on Sept. 6 at 3 p.m. in Port Fen.", ["The U.S. said so on Sept. 6 at 3 p.m. in Port Fen."]),
        ("Gen. Rudolf rose. The duke left.", ["Gen. Rudolf rose.", "The duke left."]),
        ("“We never sold a boat. Never,” said Rudolf.", ["“We never sold a boat. Never,” said Rudolf."]),
        ("No boats came. “None,” he said.", ["No boats came.", "“None,” he said."]),
        ('No boats came. "None," he said.', ["No boats came.", '"None," he said.']),
        ("A headline without an end\nThe duke left.", ["A headline without an end", "The duke left."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The duke left.Rudolf stayed.", ["The duke left.", "Rudolf stayed."]),
        ('They asked for "boats."Rudolf stayed.', ['They asked for "boats."', "Rudolf stayed."]),
        ('The duke left."We stay," said Rudolf.', ["The duke left.", '"We stay," said Rudolf.']),
        ("The duke left.“We stay,” said Rudolf.", ["The duke left.", "“We stay,” said Rudolf."]),
    ],
)
def test_sentences_that_a_page_has_glued_together_are_parted(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@given(st.text(alphabet="Ab .?!“”\"'\n\u00a0é中", max_size=120))
def test_no_character_is_lost_and_each_stands_where_it_is_said_to_stand(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(each.text for each in found).split()) == "".join(text.split())
    assert all(text[each.start : each.end] == each.text and "\n" not in each.text for each in found)
    assert [each.number for each in found] == list(range(1, len(found) + 1))
