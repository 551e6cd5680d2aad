"""Stored events: what is opened, made-up ones that say so, and files that are none."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

import workbook
from workbook import charts, measures
from workbook.errors import FaultsError, ParameterError, WorkbookError
from workbook.events import EVENT_COLUMNS, EventData, index_events, select
from workbook.readers.frame import events_from_frame
from workbook.readers.made_up import write_made_up
from workbook.readers.stored import MADE_UP, open_events
from workbook.writers import write_parquet

ROWS = 3000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_made_up(tmp_path_factory.mktemp("events") / "made.parquet", rows=ROWS, seed=7).path


@pytest.fixture(scope="module")
def by_pandas(made: Path) -> EventData:
    return open_events(made, engine="pandas")


def test_an_index_of_stored_events_counts_as_the_engine_does(made, by_pandas) -> None:
    index = index_events(open_events(made))
    assert len(index) == ROWS
    assert len(workbook.explore(open_events(made)).index) == ROWS
    assert set(index.columns["act"].values) == set(by_pandas.events["act"])


def test_the_same_seed_makes_the_same_events_and_another_others(tmp_path, made) -> None:
    again = write_made_up(tmp_path / "again.parquet", rows=ROWS, seed=7).path
    other = write_made_up(tmp_path / "other.parquet", rows=ROWS, seed=8).path
    rows = [duckdb.sql(f"SELECT * FROM '{path}' ORDER BY event_id").fetchall() for path in (made, again, other)]
    assert rows[0] == rows[1] != rows[2]
    assert len(rows[0]) == len({row[0] for row in rows[0]}) == ROWS


def test_made_up_events_say_so_in_every_row_caption_and_title(made) -> None:
    data = open_events(made)
    assert "no finding" in data.title
    assert {row[0] for row in data.events.select("note").distinct().fetchall()} == {
        "Made up by a generator: no finding."
    }
    chosen = workbook.select(data)
    figure = charts.statement_frequency(measures.frequency(chosen, period="year", split_by="side"))
    assert MADE_UP in figure.layout.meta["caption"]
    assert MADE_UP in index_events(data).data.notes


def test_made_up_states_are_none_that_there_are(by_pandas) -> None:
    countries = set(by_pandas.events["actor_country"]) | set(by_pandas.events["target_country"])
    # ISO 3166-1 leaves XAA to XZZ to its users.
    assert all(code.startswith("X") and len(code) == 3 for code in countries)


def test_denials_come_after_what_they_deny(by_pandas) -> None:
    rows = by_pandas.events
    accused = rows[rows["act"] == "allegation"][["actor_id", "target_id", "date_earliest"]]
    denied = rows[rows["act"] == "denial"][["actor_id", "target_id", "date_earliest"]]
    pairs = accused.merge(denied, left_on=["actor_id", "target_id"], right_on=["target_id", "actor_id"])
    lags = (pairs["date_earliest_y"] - pairs["date_earliest_x"]).dt.days
    assert (lags.between(0, 30)).sum() > 20


def test_a_folder_and_a_pattern_are_opened_as_one(tmp_path) -> None:
    for seed in (1, 2):
        write_made_up(tmp_path / "events" / f"part-{seed}.parquet", rows=50, seed=seed)
    for path in (tmp_path / "events", tmp_path / "events" / "*.parquet"):
        assert workbook.select(open_events(path)).basis.events == 100


def test_what_cannot_be_opened_is_said_in_words(tmp_path, made) -> None:
    with pytest.raises(ParameterError, match="one of duckdb, pandas, polars, pyspark"):
        open_events(made, engine="duck")
    with pytest.raises(WorkbookError, match=r"no such file; expected Parquet as `workbook convert` writes it"):
        open_events(tmp_path / "nowhere.parquet")
    (tmp_path / "text.parquet").write_text("no Parquet", encoding="utf-8")
    with pytest.raises(WorkbookError, match="expected Parquet"):
        open_events(tmp_path / "text.parquet")
    duckdb.sql("SELECT 1 AS event_id").write_parquet(str(tmp_path / "other.parquet"))
    with pytest.raises(FaultsError, match="no such column") as caught:
        open_events(tmp_path / "other.parquet")
    assert len(caught.value.faults) == len(EVENT_COLUMNS) - 1
    with pytest.raises(ParameterError, match="1 or more"):
        write_made_up(tmp_path / "none.parquet", rows=0)


@pytest.mark.parametrize("engine", ["duckdb", "pandas"])
def test_a_claim_of_two_topics_and_an_act_of_two_families_are_the_same_whoever_reads(tmp_path, engine) -> None:
    frame = {"event_id": ["a", "b"], "actor_id": "FEN", "act": "haggling", "side": "neither", "date": "2023-05-01"}
    path = tmp_path / "events.parquet"
    write_parquet(select(events_from_frame(pd.DataFrame(frame | {"claim_id": "boats", "topic": "talks"}))), path)
    two = duckdb.sql(
        f"SELECT * REPLACE (if(event_id = 'b', 'barter', topic) AS topic, event_id AS family) FROM '{path}'"
    )
    two.write_parquet(str(tmp_path / "two.parquet"))
    data = open_events(tmp_path / "two.parquet", engine=engine)
    assert data.claims["topic"].tolist() == ["barter"]
    assert data.acts.set_index("act").at["haggling", "family"] == "a"
