"""How many outlets carry what, counted by hand."""

from __future__ import annotations

from dataclasses import replace

from workbook.events import select
from workbook.measures import exchanges, most_carried, outlets, outlets_of_answers


def test_statements_by_the_number_of_their_outlets(chosen) -> None:
    table = outlets(chosen).table
    assert table[table["side"] != "neither"].to_numpy().tolist() == [
        ["alleges", 1, 3],
        ["alleges", 2, 1],
        ["denies", 1, 3],
    ]


def test_two_articles_of_one_publisher_are_one_outlet(dispute) -> None:
    one = replace(dispute, sources=dispute.sources.assign(publisher="Courier"))
    assert outlets(select(one)).table["outlets"].unique().tolist() == [1]


def test_a_statement_that_no_source_carries_is_in_no_outlet(dispute) -> None:
    mentions = dispute.mentions[dispute.mentions["event_id"] != "e11"]
    table = outlets(select(replace(dispute, mentions=mentions))).table
    assert table[table["outlets"] == 0].to_numpy().tolist() == [["alleges", 0, 1]]


def test_the_most_carried_of_each_side(chosen) -> None:
    table = most_carried(chosen, most=2).table
    assert table[["event_id", "outlets", "speaker_names"]].to_numpy().tolist() == [
        ["e1", 2, "FEN"],
        ["e11", 1, "duke"],
        ["e10", 1, "rudolf"],
        ["e3", 1, "rudolf"],
    ]


def test_denials_beside_what_they_answer(chosen) -> None:
    table = outlets_of_answers(exchanges(chosen), selection=chosen).table
    assert table.to_numpy().tolist() == [["e1", "e3", 2, 1], ["e1", "e4", 2, 1], ["e2", "e4", 1, 1]]


def test_nothing_is_carried_where_nothing_is_chosen(dispute) -> None:
    nothing = select(dispute, start="1990-01-01", end="1990-12-31", acts=["denial"])
    assert outlets(nothing).table.empty
    assert most_carried(nothing).table.empty
    assert outlets_of_answers(exchanges(nothing), selection=nothing).table.empty
