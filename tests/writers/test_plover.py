"""PLOVER lines: what it has a word for, and where the rest is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import workbook
from workbook.errors import FaultsError
from workbook.events import Selection, select
from workbook.measures import frequency
from workbook.readers.frame import events_from_frame
from workbook.readers.machine.conversion import convert
from workbook.readers.made_up import write_made_up
from workbook.readers.stored import open_events
from workbook.writers import PloverExport, write_parquet, write_plover


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


def read_back(lines: Path, out: Path, **options: Any) -> pd.DataFrame:
    convert([lines], out=out, name="plover", jobs=1, **options)
    found = open_events(out, engine="pandas").events
    return found.sort_values("event_id", ignore_index=True)


def test_read_back_every_statement_is_what_it_was(coded, tmp_path) -> None:
    write_plover(coded, tmp_path / "events.jsonl")
    write_parquet(coded, tmp_path / "as_they_are.parquet")
    expected = open_events(tmp_path / "as_they_are.parquet", engine="pandas").events
    found = read_back(tmp_path / "events.jsonl", tmp_path / "events.parquet")
    assert_frame_equal(found, expected.sort_values("event_id", ignore_index=True))


def test_read_back_denials_and_no_comments_count_as_before(coded, tmp_path) -> None:
    write_plover(coded, tmp_path / "events.jsonl")
    convert([tmp_path / "events.jsonl"], out=tmp_path / "events.parquet")
    again = select(open_events(tmp_path / "events.parquet"), referred=True)
    for split_by in ("act", "side"):
        wanted, found = (frequency(chosen, split_by=split_by, period="quarter").table for chosen in (coded, again))
        columns = ["bin_start", "group", "certain", "uncertain", "total", "events"]
        assert_frame_equal(found[columns], wanted[columns])
    acts = again.tally("act").set_index("act")["events"]
    assert (acts["denial"], acts["no_comment"]) == (8, 1)


def test_read_back_machine_coded_denials_are_denials(tmp_path) -> None:
    made = write_made_up(tmp_path / "made.parquet", rows=300, seed=2).path
    write_plover(select(open_events(made)), tmp_path / "events.jsonl")
    found = read_back(tmp_path / "events.jsonl", tmp_path / "events.parquet")
    assert_frame_equal(found, open_events(made, engine="pandas").events.sort_values("event_id", ignore_index=True))


@pytest.mark.parametrize("partition", ["", "month"])
def test_statements_stay_what_they_were_when_a_vendors_events_are_added(coded, tmp_path, partition) -> None:
    write_plover(coded, tmp_path / "events.jsonl")
    out = tmp_path / ("events" if partition else "events.parquet")
    first = read_back(tmp_path / "events.jsonl", out, partition=partition)
    foreign = {"id": "p1", "date": "2022-09-03", "actor": ["USA GOV"], "event": ["ACCUSE"], "mode": ["allege"]}
    (tmp_path / "foreign.jsonl").write_text(json.dumps(foreign) + "\n", encoding="utf-8")
    both = read_back(tmp_path / "foreign.jsonl", out, partition=partition)
    assert_frame_equal(both[both["event_id"] != "plover-p1"].reset_index(drop=True), first)
    added = both[both["event_id"] == "plover-p1"].iloc[0]
    assert (added["act"], added["side"], added["date_text"]) == ("allegation", "alleges", "2022-09-03")
    assert added[["claim_id", "attribution", "hedge"]].isna().all()


@pytest.mark.parametrize(
    ("field", "value"),
    [("side", "agrees"), ("date_earliest", "2022-13-01"), ("mention_count", "-1"), ("act", None), ("is_referred", "?")],
)
def test_a_whole_event_that_somebody_spoilt_is_refused_with_its_field(coded, tmp_path, field, value) -> None:
    line = records(coded, tmp_path)["st019"]
    line["text_info"]["workbook"][field] = value
    (tmp_path / "spoilt.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    with pytest.raises(FaultsError, match="expected what the standard event table has there") as raised:
        convert([tmp_path / "spoilt.jsonl"], out=tmp_path / "events.parquet", name="plover", jobs=1)
    assert [fault.column for fault in raised.value.faults] == [f"text_info.workbook.{field}"]


def test_a_denial_of_a_stranger_without_an_event_is_refused_as_before(tmp_path) -> None:
    line = {"id": "p1", "date": "2022-09-03", "actor": ["RUS"], "event": [], "text_info": {"act": "denial"}}
    (tmp_path / "foreign.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    with pytest.raises(FaultsError, match="event: found an empty cell"):
        convert([tmp_path / "foreign.jsonl"], out=tmp_path / "events.parquet", name="plover", jobs=1)
