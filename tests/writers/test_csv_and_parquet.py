"""Events out again: every row, whole days, no formula, bounded batches, and a file that is whole or not there."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import workbook
from workbook.errors import WorkbookError
from workbook.events import Selection, select
from workbook.readers.frame import events_from_frame
from workbook.readers.made_up import write_made_up
from workbook.readers.stored import ENGINES, open_events
from workbook.writers import batches, flat_rows, write_csv, write_parquet

ROWS = 500


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_made_up(tmp_path_factory.mktemp("events") / "made.parquet", rows=ROWS, seed=3).path


def lines_of(chosen: Selection, folder: Path) -> list[dict[str, str]]:
    write_csv(chosen, folder / "rows.csv")
    return list(csv.DictReader(io.StringIO((folder / "rows.csv").read_text(encoding="utf-8"))))


def test_a_joint_statement_keeps_everybody_and_a_single_one_its_sources(chosen, tmp_path) -> None:
    lines = {line["event_id"]: line for line in lines_of(chosen, tmp_path)}
    assert lines["e6"]["speakers"] == "The FEN; The GRA; The ZEN; The LUT"
    assert lines["e1"]["sources"] == "s1; s2"
    assert (lines["e9"]["targets"], lines["e9"]["date_earliest"], lines["e9"]["date_latest"]) == ("", "", "2022-11-30")
    assert list(lines) == ["e1", "e3", "e2", "e4", "e8", "e6", "e5", "e9", "e10", "e11"]


@pytest.mark.parametrize("engine", [engine for engine in ENGINES if engine != "pyspark"])
def test_stored_events_are_the_same_rows_from_every_engine(made, tmp_path, engine) -> None:
    lines = lines_of(select(open_events(made, engine=engine), actors=["XAA"]), tmp_path)
    wanted = duckdb.sql(
        f"SELECT event_id, strftime(date_earliest, '%Y-%m-%d'), actor_name, source_name FROM '{made}' "
        "WHERE actor_country = 'XAA'"
    ).fetchall()
    shown = [tuple(line[name] for name in ("event_id", "date_earliest", "speakers", "sources")) for line in lines]
    assert sorted(shown) == sorted(wanted)
    assert {line["note"] for line in lines} == {"Made up by a generator: no finding."}


def test_batches_are_one_file_with_one_header(made, tmp_path, monkeypatch) -> None:
    at_once = lines_of(select(open_events(made)), tmp_path)
    several = tmp_path / "events"
    for seed in (1, 2):
        write_made_up(several / f"{seed}.parquet", rows=3000, seed=seed)
    monkeypatch.setattr(batches, "VECTORS", 1)
    told: list[int] = []
    assert write_csv(select(open_events(several)), tmp_path / "several.csv", tell=told.append) == 6000
    assert len(at_once) == ROWS
    assert len(told) > 2
    assert sum(told) == 6000
    text = (tmp_path / "several.csv").read_text(encoding="utf-8")
    assert (text.count("\n"), text.count("event_id,")) == (6001, 1)


def test_nothing_chosen_is_a_header_alone(made, tmp_path) -> None:
    chosen = select(open_events(made), start="2999-01-01")
    assert write_csv(chosen, tmp_path / "none.csv") == write_parquet(chosen, tmp_path / "none.parquet") == 0
    assert (tmp_path / "none.csv").read_text(encoding="utf-8").startswith("event_id,dataset,")
    assert len(open_events(tmp_path / "none.parquet", engine="pandas").events) == 0


def test_a_formula_is_disarmed_and_a_negative_number_stays(dispute, tmp_path) -> None:
    dispute.events["summary"] = "=1+1"
    dispute.events["score"] = -2.0
    lines = lines_of(select(dispute), tmp_path)
    assert {(line["summary"], line["score"]) for line in lines} == {("'=1+1", "-2.0")}


def disarmed(cell: str) -> str:
    """What a spreadsheet takes for a formula by its beginning (OWASP, CSV injection) has an apostrophe in front."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")) else cell


CELLS = st.text(st.sampled_from("=+-@＝＋－＠\t\r\n\",'; aü\u2028\\#"), max_size=8)
EVENTS = st.lists(
    st.tuples(CELLS, CELLS, CELLS, st.floats(allow_nan=False, allow_infinity=False)), min_size=1, max_size=4
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EVENTS)
def test_hostile_cells_are_the_same_bytes_from_files_and_from_memory_and_are_read_again(tmp_path, events) -> None:
    actors, summaries, urls, scores = zip(*events, strict=True)
    given_rows = {
        "event_id": [f"e{place}" for place in range(len(events))],
        "actor_id": [f"a{actor}" for actor in actors],
        "actor_name": [f"{actor}x" for actor in actors],
        "act": "denial",
        "date": "2023-05-01",
        "summary": summaries,
        "source_name": [f"{url}y" for url in urls],
        "score": scores,
    }
    write_parquet(select(events_from_frame(pd.DataFrame(given_rows))), tmp_path / "events.parquet")
    for engine in ("duckdb", "pandas"):
        write_csv(select(open_events(tmp_path / "events.parquet", engine=engine)), tmp_path / f"{engine}.csv")
    assert (tmp_path / "duckdb.csv").read_bytes() == (tmp_path / "pandas.csv").read_bytes()
    text = (tmp_path / "duckdb.csv").read_bytes().decode("utf-8")
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [line["summary"] for line in lines] == [disarmed(summary) for summary in summaries]
    assert [line["sources"] for line in lines] == [disarmed(f"{url}y") for url in urls]
    assert {line["speakers"] for line in lines} <= {disarmed(f"{actor}x") for actor in actors}
    assert [line["score"] for line in lines] == [repr(score) for score in scores]


def test_parquet_is_opened_again_as_the_same_events(chosen, made, tmp_path) -> None:
    assert write_parquet(chosen, tmp_path / "boats.parquet") == 10
    again = open_events(tmp_path / "boats.parquet", engine="pandas")
    expected = flat_rows(chosen)
    for name in ("event_id", "date_text", "date_earliest", "date_latest", "act", "mention_count", "is_referred"):
        assert again.events[name].tolist() == expected[name].tolist()
    part = select(open_events(made), acts=["denial"])
    assert write_parquet(part, tmp_path / "denials.parquet") == part.basis.events
    assert set(open_events(tmp_path / "denials.parquet", engine="pandas").events["act"]) == {"denial"}


def test_parquet_of_made_up_events_still_says_so(made, tmp_path) -> None:
    write_parquet(select(open_events(made), acts=["denial"]), tmp_path / "denials.parquet")
    again = open_events(tmp_path / "denials.parquet")
    assert "no finding" in again.title
    assert again.notes == open_events(made).notes


def test_files_that_changed_since_the_choice_leave_no_file(made, tmp_path) -> None:
    chosen = select(open_events(made))
    stale = replace(chosen, basis=replace(chosen.basis, events=ROWS + 1))
    with pytest.raises(WorkbookError, match="found 500 events, and 501 when they were chosen"):
        write_csv(stale, tmp_path / "rows.csv")
    assert not list(tmp_path.iterdir())


def test_what_was_there_stays_when_writing_fails(made, tmp_path) -> None:
    (tmp_path / "rows.csv").write_text("mine", encoding="utf-8")

    def fails(_rows: int) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_csv(select(open_events(made)), tmp_path / "rows.csv", tell=fails)
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]
    assert (tmp_path / "rows.csv").read_text(encoding="utf-8") == "mine"


def test_all_coded_statements_are_written(tmp_path) -> None:
    chosen = select(workbook.load("arms_transfers"), referred=True)
    lines = lines_of(chosen, tmp_path)
    assert len(lines) == 58
    assert [line["event_id"] for line in lines if line["is_referred"] == "True"] == ["st013", "st003", "st005", "st029"]
