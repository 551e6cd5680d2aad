"""Phoenix, PLOVER and POLECAT events become standard events."""

from __future__ import annotations

import json

import pytest

from workbook.readers.machine.tables import vendor_columns

PHOENIX = {
    "id_version": "12_v1", "date": "20140620", "source_whole": "PRKGOV", "source_root": "PRK", "target_whole": "IGOUNO",
    "target_root": "IGO", "code": "016", "goldstein": "-2.0", "ids": "a_1;a_2;b_1", "sources": "courier;mail;courier",
    "urls": "http://courier.example/1;http://mail.example/2",
}  # fmt: skip
POLECAT = {
    "Event ID": "e1", "Event Date": "2021-01-02", "Event Type": "ACCUSE", "Event Mode": "allege", "Intensity": "-3",
    "Actor Name": "Rudolf", "Actor Country": "North Korea", "Recipient Name": "Duke", "Recipient Country": "USA",
}  # fmt: skip


def phoenix(**cells: str) -> str:
    row = PHOENIX | cells
    return "\t".join(row.get(column, "") for column in vendor_columns("phoenix"))


COLUMNS = vendor_columns("polecat")


def polecat(columns=COLUMNS, **cells: str) -> str:
    row = POLECAT | {name.replace("_", " "): cell for name, cell in cells.items()}
    return "\t".join(row.get(column, "") for column in columns)


def plover(**fields: object) -> str:
    row = {"id": "p1", "date": "2019-02-03", "actor": ["USA GOV"], "event": ["ACCUSE"]} | fields
    return json.dumps({name: value for name, value in row.items() if value is not None})


def test_phoenix_counts_mentions_and_sources(converter) -> None:
    converter.convert(converter.file("a.txt", phoenix()))
    event = converter.events().iloc[0]
    assert event["event_id"].startswith("phoenix-12_v1-")
    assert (event["act"], event["actor_id"], event["actor_country"]) == ("denial", "PRKGOV", "PRK")
    assert (event["mention_count"], event["source_count"]) == (3, 2)
    assert event["source_url"] == "http://courier.example/1"
    # A body is no country, and no unknown one either.
    assert converter.events()[["target_country", "note"]].isna().all(axis=None)


def test_phoenix_keys_that_begin_anew_are_other_events(converter) -> None:
    converter.convert(converter.file("a.txt", phoenix(), phoenix(date="20140621")))
    assert converter.events()["event_id"].is_unique


@pytest.mark.parametrize(
    ("types", "modes", "code", "act", "side"),
    [
        (["ACCUSE"], ["allege"], "ACCUSE/allege", "allegation", "alleges"),
        (["ACCUSE"], ["disapprove"], "ACCUSE/disapprove", "criticism", "neither"),
        (["ACCUSE"], None, "ACCUSE", "criticism", "neither"),
        (["AID"], ["military"], "AID/military", "delivery", "neither"),
        (["COERCE"], ["restrict"], "COERCE/restrict", "sanction", "neither"),
        ("CONSULT", [], "CONSULT", "contact", "neither"),
    ],
)
def test_plover_types_and_modes_become_acts(converter, types, modes, code, act, side) -> None:
    converter.convert(converter.file("a.jsonl", plover(event=types, mode=modes)))
    event = converter.events().iloc[0]
    assert (event["vendor_code"], event["act"], event["side"]) == (code, act, side)


def test_plover_counts_several_actors_and_names_the_first(converter) -> None:
    row = plover(actor=["USA GOV", "KOR"], recipient=["PRK"], event_scale=-3.5, cite_info={"url": "https://a.example/"})
    converter.convert(converter.file("a.jsonl", row))
    event = converter.events().iloc[0]
    assert (event["actor_id"], event["actor_country"], event["actor_count"]) == ("USA GOV", "USA", 2)
    assert (event["target_id"], event["target_country"], event["score"]) == ("PRK", "PRK", -3.5)
    assert event["source_url"] == "https://a.example/"


def test_plover_lines_that_are_no_event_go_aside_with_all_their_faults(converter) -> None:
    rows = [
        plover(),
        "{broken",
        "",
        "[1]",
        plover(id="p2", date="2019-02-30", actor=[], event=["SING"]),
        '{"id":\t"a"}',
    ]
    done = converter.convert(converter.file("a.jsonl", *rows), keeps_aside=True)
    assert (done.rows, done.aside, done.events) == (6, 5, 1)
    why = {int(line): words.decode() for _, line, words, _ in converter.kept_aside()}
    assert why[2] == why[4] == "no JSON object; expected a JSON object on each line"
    assert why[5].startswith("date: '2019-02-30'; event: 'SING'; actor: an empty cell")
    assert why[6].startswith("date: an empty cell; event: an empty cell; actor: an empty cell")


def test_an_unknown_mode_is_said_and_the_type_counts(converter) -> None:
    converter.convert(converter.file("a.jsonl", plover(event=["CONSULT"], mode=["telepathy"])))
    event = converter.events().iloc[0]
    assert (event["act"], event["note"]) == ("contact", "Act by the type alone: unknown mode telepathy")


def test_polecat_is_read_by_header_with_surplus_names_and_tabs(converter) -> None:
    columns = (*vendor_columns("polecat")[::-1], "", "More", "More")
    rows = [polecat(columns), polecat(columns, Event_ID="e2") + "\t\t", polecat(columns, Event_ID="e3").rstrip("\t")]
    done = converter.convert(converter.file("a.txt", "\t".join(columns), *rows))
    assert (done.rows, done.aside) == (3, 0)
    events = converter.events()
    assert events["event_id"].tolist() == ["polecat-e1", "polecat-e2", "polecat-e3"]
    assert set(events["act"]) == {"allegation"}
    assert set(events["actor_country"]) == {"PRK"}
    assert set(events["target_country"]) == {"USA"}


def test_a_polecat_row_that_is_cut_off_goes_aside(converter) -> None:
    columns = vendor_columns("polecat")
    rows = [polecat(), "\t".join(polecat(Event_ID="e2").split("\t")[:6])]
    done = converter.convert(converter.file("a.txt", "\t".join(columns), *rows), keeps_aside=True)
    assert (done.rows, done.aside) == (2, 1)
