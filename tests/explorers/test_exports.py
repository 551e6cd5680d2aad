"""What leaves an explorer: the same rows, whole days, no formula, and what a report is asked for."""

from __future__ import annotations

import csv
import io
import subprocess
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pandas as pd
import pytest

import workbook
from workbook.errors import WorkbookError
from workbook.events import Choice, EventIndex, index_events
from workbook.explorers.choosing import chosen
from workbook.explorers.exports import (
    REPORT_NOTEBOOKS,
    file_name,
    report_arguments,
    write_report,
    write_rows,
)
from workbook.explorers.state import ExplorerState
from workbook.writers import flat_rows

STATE = ExplorerState().filtered(acts=("allegation", "denial")).picked("ledger", Choice(claims=("sells-boats",)))


def csv_of(index: EventIndex, state: ExplorerState, folder: Path) -> list[dict[str, str]]:
    content = write_rows(index, state, folder / "rows.csv").read_bytes()
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def parquet_of(index: EventIndex, state: ExplorerState, folder: Path) -> pd.DataFrame:
    path = write_rows(index, state, folder / "rows.parquet")
    with duckdb.connect() as connection:
        return connection.read_parquet(str(path)).df()


def test_people_claims_and_sources_stand_in_a_cell_each(boats) -> None:
    rows = flat_rows(chosen(boats, ExplorerState())).set_index("event_id")
    assert rows.loc["e6", ["speakers", "targets", "sources", "claim"]].tolist() == [
        "The FEN; The GRA; The ZEN; The LUT",
        "The RUR",
        "s3",
        "sells-boats indeed",
    ]
    assert rows.at["e1", "sources"] == "s1; s2"
    assert pd.isna(rows.at["e9", "targets"])


def test_rows_are_ordered_by_their_latest_date(boats) -> None:
    assert flat_rows(chosen(boats, STATE))["event_id"].tolist() == ["e1", "e3", "e2", "e4"]


@pytest.mark.parametrize(
    "state",
    [
        ExplorerState(),
        ExplorerState(referred=True),
        ExplorerState(dates="source").filtered(acts=("denial",)),
        ExplorerState().filtered(sources=("s000", "s003")).picked("activity", Choice(actors=("USA", "PRK"))),
        ExplorerState().filtered(acts=("vote",), actors=("UKR",)),
    ],
    ids=["all", "with references", "by the articles", "two sources", "nothing"],
)
def test_both_files_hold_the_rows_of_the_selection(index, tmp_path, state) -> None:
    wanted = sorted(chosen(index, state).ids)
    lines, table = csv_of(index, state, tmp_path), parquet_of(index, state, tmp_path)
    assert sorted(line["event_id"] for line in lines) == sorted(table["event_id"]) == wanted
    for line, row in zip(lines, table.to_dict("records"), strict=True):
        for name in ("date_earliest", "date_latest", "source_date_earliest", "source_date_latest"):
            assert line[name] == ("" if pd.isna(row[name]) else f"{row[name]:%Y-%m-%d}"), (line["event_id"], name)
        for name in ("event_id", "date_text", "act", "claim", "speakers", "sources"):
            assert line[name] == (row[name] if isinstance(row[name], str) else "")


def test_dates_are_those_of_the_data(index, tmp_path) -> None:
    lines = {line["event_id"]: line for line in csv_of(index, ExplorerState(), tmp_path)}
    dates = ("date_text", "date_earliest", "date_latest")
    assert [lines["st015"][name] for name in dates] == ["2022-09-21"] * 3
    assert [lines["st047"][name] for name in dates] == ["[..2023-09-10]", "", "2023-09-10"]
    assert lines["st019"]["source_date_text"] == "[..2022-09-29]"


def test_whose_dates_hold_in_the_rows_too(index, tmp_path) -> None:
    state = ExplorerState(dates="source").filtered(acts=("denial",))
    lines = {line["event_id"]: line for line in csv_of(index, state, tmp_path)}
    assert (lines["st019"]["date_earliest"], lines["st019"]["date_latest"]) == ("", "2022-09-29")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_text_that_a_spreadsheet_would_run_is_disarmed_in_every_cell(dispute, tmp_path, start) -> None:
    formula = f'{start}HYPERLINK("http://x.example","a")'
    evil = replace(
        dispute,
        events=dispute.events.assign(summary=formula, note=formula),
        actors=dispute.actors.assign(name=formula),
        claims=dispute.claims.assign(claim=formula),
    )
    lines = csv_of(index_events(evil), ExplorerState(), tmp_path)
    assert len(lines) == 10
    for line in lines:
        assert not [cell for cell in line.values() if cell and cell[0] in "=+-@\t\r\n＝"]
        assert line["summary"] == line["claim"] == f"'{formula}"
    # A column of numbers stays as it is.
    assert {line["mention_count"] for line in lines} == {"1", "2"}


def test_a_parquet_file_keeps_text_as_it_is_and_days_as_days(dispute, tmp_path) -> None:
    evil = replace(dispute, events=dispute.events.assign(summary="=1+1"))
    table = parquet_of(index_events(evil), ExplorerState(), tmp_path)
    assert set(table["summary"]) == {"=1+1"}
    assert pd.api.types.is_datetime64_any_dtype(table["date_earliest"].dtype)


def test_rows_of_a_frame_are_written_too(many, tmp_path) -> None:
    state = ExplorerState().filtered(claims=("claim 07",))
    assert [line["event_id"] for line in csv_of(many, state, tmp_path)] == parquet_of(many, state, tmp_path)[
        "event_id"
    ].tolist()


def test_another_ending_is_refused_and_nothing_is_written(boats, tmp_path) -> None:
    with pytest.raises(WorkbookError, match=r"found the ending '.xlsx'; expected .csv or .parquet"):
        write_rows(boats, ExplorerState(), tmp_path / "rows.xlsx")
    assert not list(tmp_path.iterdir())


def test_another_state_is_another_file_and_a_name_stays_in_its_folder(dispute) -> None:
    hostile = replace(dispute, name="../../etc/pass wd")
    names = {file_name(hostile, state, what="rows", ending=".csv") for state in (ExplorerState(), STATE)}
    assert len(names) == 2
    assert all(Path(name).name == name and name.startswith("etc_pass_wd-rows") for name in names)
    assert file_name(replace(dispute, name="船"), ExplorerState(), what="rows", ending=".csv") == "events-rows.csv"


def test_a_report_is_asked_for_with_the_package_and_the_text_of_the_state(index, tmp_path) -> None:
    state = ExplorerState(period="week").filtered(actors=("PRK",)).picked("ledger", Choice(acts=("denial",)))
    arguments = report_arguments(index.data, state, out=tmp_path)
    assert arguments == [
        *("report", *REPORT_NOTEBOOKS),
        *("-p", f"dataset={index.data.path}", "-p", "selection=period=week&actors=PRK;view=ledger&acts=denial"),
        *("--out", str(tmp_path)),
    ]


def test_a_frame_in_memory_has_no_report_and_is_told_why(many, tmp_path) -> None:
    with pytest.raises(WorkbookError, match="found a frame in memory; expected a data package on disk"):
        write_report(many.data, ExplorerState(), out=tmp_path)


def test_what_the_command_complains_of_is_said(index, tmp_path, monkeypatch) -> None:
    failed = SimpleNamespace(returncode=2, stderr="parameters, actors: found 'USSR'\n", stdout="")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(WorkbookError, match="found 'USSR'"):
        write_report(index.data, ExplorerState(), out=tmp_path)


def test_the_command_gets_the_arguments_and_its_index_is_named(index, tmp_path, monkeypatch) -> None:
    commands = []

    def run(command, **_) -> SimpleNamespace:
        commands.append(command)
        return SimpleNamespace(returncode=0, stderr="", stdout="")

    monkeypatch.setattr(subprocess, "run", run)
    assert write_report(index.data, STATE, out=tmp_path) == tmp_path / "index.html"
    assert commands[0][1:] == ["-m", "workbook", *report_arguments(index.data, STATE, out=tmp_path)]


def test_what_a_measure_gets_is_what_is_written(index, tmp_path) -> None:
    state = ExplorerState().filtered(topics=("barter",))
    rows = flat_rows(workbook.select(index.data, selection=str(state)))
    assert rows["event_id"].tolist() == [line["event_id"] for line in csv_of(index, state, tmp_path)]
