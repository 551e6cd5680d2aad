"""PLOVER lines: what it has a word for, and where the rest is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import workbook
from workbook.events import Selection, select
from workbook.readers.frame import events_from_frame
from workbook.readers.machine.conversion import convert
from workbook.readers.stored import open_events
from workbook.writers import PloverExport, write_plover


@pytest.fixture(scope="module")
def coded() -> Selection:
    return select(workbook.load("arms_transfers"), referred=True)


def records(chosen: Selection, folder: Path) -> dict[str, dict[str, Any]]:
    write_plover(chosen, folder / "events.jsonl")
    lines = [json.loads(line) for line in (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    return {line["id"]: line for line in lines}


def test_what_plover_has_no_event_for_is_counted_by_act(coded, tmp_path) -> None:
    done = write_plover(coded, tmp_path / "events.jsonl")
    assert done == PloverExport(
        rows=58,
        without_event={"denial": 8, "announcement": 3, "assessment": 3, "qualification": 2, "no_comment": 1},
        without_actor=0,
        uncertain=8,
    )


def test_required_fields_are_on_every_line_and_lists_are_lists(coded, tmp_path) -> None:
    for record in records(coded, tmp_path).values():
        assert record["date"]
        assert record["actor"]
        assert all(isinstance(record[name], list) for name in ("actor", "recipient", "event", "mode", "context"))


def test_an_allegation_is_accuse_allege_and_a_denial_has_no_event_but_its_act(coded, tmp_path) -> None:
    lines = records(coded, tmp_path)
    assert (lines["st001"]["event"], lines["st001"]["mode"]) == (["ACCUSE"], ["allege"])
    assert (lines["st001"]["actor"], lines["st001"]["recipient"]) == (["USAGOV"], ["PRK"])
    denial = lines["st019"]
    assert (denial["event"], denial["mode"], denial["actor"]) == ([], [], ["RUS"])
    kept = denial["text_info"]["workbook"]
    assert (kept["act"], kept["side"], kept["date_text"], kept["speakers"]) == (
        *("denial", "denies", "2022-09-06"),
        ["RUS"],
    )


def test_an_uncertain_date_is_its_last_possible_day_and_its_edtf_is_kept(coded, tmp_path) -> None:
    lines = records(coded, tmp_path)
    dates = {key: (lines[key]["date"], lines[key]["text_info"]["workbook"]["date_text"]) for key in ("st047", "st050")}
    assert dates == {"st047": ("2023-09-10", "[..2023-09-10]"), "st050": ("2023-07-27", "2023-07-25/2023-07-27")}


def test_all_speakers_of_a_joint_statement_are_actors(chosen, tmp_path) -> None:
    line = records(chosen, tmp_path)["e6"]
    assert line["actor"] == line["text_info"]["workbook"]["speakers"] == ["FEN", "GRA", "ZEN", "LUT"]
    assert line["text_info"]["workbook"]["claim"] == "sells-boats indeed"


def test_a_vendors_own_types_and_modes_are_written_unchanged(tmp_path) -> None:
    frame = pd.DataFrame(
        {
            "event_id": ["a", "b"],
            "actor_id": ["USA", "USA"],
            "act": ["criticism", "criticism"],
            "date": ["2023-05-01", "2023-05-02"],
            "ontology": ["PLOVER", "CAMEO"],
            "vendor_code": ["ACCUSE;REJECT/disapprove;assist", "111"],
        }
    )
    lines = records(select(events_from_frame(frame)), tmp_path)
    assert (lines["a"]["event"], lines["a"]["mode"]) == (["ACCUSE", "REJECT"], ["disapprove", "assist"])
    assert lines["b"]["text_info"]["workbook"]["vendor_code"] == "111"


def test_hostile_text_stays_one_line_and_the_same_text(tmp_path) -> None:
    evil = 'a\nb\u2028c"}\t{"id": "x"}\x00'
    frame = pd.DataFrame({"event_id": ["a"], "actor_id": ["USA"], "act": ["denial"], "date": ["2023-05-01"]})
    write_plover(select(events_from_frame(frame.assign(summary=evil))), tmp_path / "events.jsonl")
    lines = (tmp_path / "events.jsonl").read_bytes().splitlines()
    assert len(lines) == 1
    assert json.loads(lines[0])["text_info"]["workbook"]["summary"] == evil


def test_read_back_it_is_the_same_act_where_plover_has_one(tmp_path) -> None:
    acts = ["allegation", "warning", "demand", "pledge", "sanction", "contact"]
    chosen = select(workbook.load("arms_transfers"), acts=acts)
    write_plover(chosen, tmp_path / "events.jsonl")
    convert([tmp_path / "events.jsonl"], out=tmp_path / "events.parquet", name="plover", jobs=1)
    found = open_events(tmp_path / "events.parquet", engine="pandas").events
    again = dict(zip(found["event_id"].str.removeprefix("plover-"), found["act"], strict=True))
    coded = chosen.data.events
    assert again == dict(zip(coded["event_id"], coded["act"], strict=True))
    assert len(again) == chosen.basis.events
