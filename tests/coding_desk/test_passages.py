"""Passages: trimmed, counted, and not copied into our own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coding_desk.conftest import TEXT, span_of
from workbook.coding_desk.passages import copied, times_in, trimmed
from workbook.evidence import normalise

QUOTED = "“Not one crate of ours went north, and none will go,” the official told the state agency."


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Not one crate", "Not one crate"),
        ('  "not ONE crate\n', "“Not one crate"),
        ("none will go", "none will go"),
        (QUOTED, QUOTED),
        ("not two crates", None),
        ("", None),
        ("waved the charge away", None),
    ],
)
def test_a_passage_is_trimmed_to_words_that_stand_in_it(words, kept) -> None:
    found = trimmed(TEXT, words, within=span_of(TEXT, QUOTED))
    assert (TEXT[slice(*found)] if found else None) == kept


@given(text=st.text(max_size=60), first=st.integers(0, 60), length=st.integers(1, 60))
def test_any_part_of_a_text_is_found_in_it_again(text, first, length) -> None:
    words = text[first : first + length]
    found = trimmed(text, words, within=(0, len(text)))
    if found is not None:
        assert normalise(words) in normalise(text[slice(*found)])


def test_words_that_stand_twice_are_counted(coding) -> None:
    start = TEXT.index("Nobody knows.")
    assert times_in(TEXT, (start, start + len("Nobody knows."))) == 2
    assert times_in(TEXT, span_of(TEXT, "waved the charge away")) == 1


def test_ten_words_in_a_row_are_copied_and_nine_are_not() -> None:
    ten = "defence official in Pyongyang waved the charge away on Wednesday"
    assert copied(ten, TEXT) == ten.casefold()
    assert copied(ten.replace(", ", " - ").upper(), TEXT) == ten.casefold()
    assert copied(ten.partition(" ")[2], TEXT) == ""
