"""A choice as data and as text."""

from __future__ import annotations

from datetime import date

import pytest

from workbook.dates import EdtfError
from workbook.errors import ParameterError
from workbook.events import Choice, collected, read_selection, select


def test_only_what_asks_for_something_is_a_part() -> None:
    choice = Choice.of(start=date(2022, 9, 1), end="", actors=["PRK"], acts=[])
    assert choice.parts() == {"start": "2022-09-01", "actors": ("PRK",)}
    assert not choice.is_everything
    assert choice.without("start", "actors").is_everything


def test_reasons_come_in_their_order_whatever_was_asked_first() -> None:
    assert Choice.of(end="2022-12-31", topics=["talks"], actors=["PRK"], sources=["s000"]).asked() == [
        "sources",
        "actors",
        "topics",
        "end",
    ]


def test_days_are_read_and_an_impossible_one_is_none() -> None:
    assert Choice(start="2022-09-01").days() == (date(2022, 9, 1), None)
    with pytest.raises(EdtfError, match="2022-02-30"):
        Choice(start="2022-02-30").days()


def test_a_text_with_nothing_in_it_asks_for_everything() -> None:
    for text in ("", " ", ";", "&;&"):
        assert read_selection(text).choices == (Choice(),)


def test_blanks_about_a_part_do_not_matter() -> None:
    assert read_selection(" actors=PRK & acts=denial ").asked == Choice(actors=("PRK",), acts=("denial",))


def test_a_comma_in_a_key_is_told_from_one_between_keys() -> None:
    assert read_selection("actors=a%2Cb,c").asked.actors == ("a,b", "c")


def test_every_step_has_to_be_met(dispute) -> None:
    chosen = select(dispute, actors=["FEN", "RUR"], selection="acts=allegation,denial;start=2022-10-01;sources=s2")
    # Of s2 alone: e1, e3, e4, e11; from October on: e4 and e11.
    assert collected(chosen.events)["event_id"].tolist() == ["e4", "e11"]


def test_what_a_text_says_of_dates_and_references_holds(dispute) -> None:
    assert select(dispute, selection="referred=true").basis.events == 11
    assert select(dispute, selection="referred=false", referred=True).basis.events == 10
    assert select(dispute, selection="dates=source").basis.dates == "source"


def test_all_faults_of_a_text_are_named_at_once() -> None:
    with pytest.raises(ParameterError) as caught:
        read_selection("actor=PRK&start=soon;claims=&period=week")
    assert [(fault.column, fault.found) for fault in caught.value.faults] == [
        ("", "'actor'"),
        ("", "'claims='"),
        ("", "'period'"),
        ("start", "'soon'"),
    ]
