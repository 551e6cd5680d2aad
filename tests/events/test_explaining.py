"""The SQL that DuckDB gets: it runs in any DuckDB and gives the rows that a measure stands on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

import workbook
from workbook import measures
from workbook.errors import WorkbookError
from workbook.events import Explained, collected, explain, index_events, select_all, select_indexed
from workbook.events.choice import Choice
from workbook.events.data import watched_frames
from workbook.readers.made_up import write_made_up
from workbook.readers.stored import open_events

ROWS = 500
MEASURES: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (measures.frequency, {"split_by": "actor", "level": "state", "count": "one_a_day"}),
    (measures.activity, {"level": "state"}),
    (measures.dyad_exchanges, {}),
    (measures.counting_rules, {"period": "year"}),
    (measures.coverage, {}),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_made_up(tmp_path_factory.mktemp("events") / "made.parquet", rows=ROWS, seed=5).path


def rows_of(sql: str) -> list[tuple[Any, ...]]:
    """Ask a DuckDB that knows nothing of this process."""
    with duckdb.connect() as connection:
        return sorted(connection.execute(sql).fetchall(), key=repr)


@pytest.mark.parametrize(("measure", "choices"), MEASURES)
def test_the_sql_of_a_measure_gives_the_same_rows_in_another_duckdb(made, measure, choices) -> None:
    chosen = workbook.select(open_events(made), acts=["denial", "allegation"])
    with watched_frames() as frames:
        measure(chosen, **choices)
    said = explain(measure, chosen, **choices)
    assert len(said.queries) == len(frames) > 0
    for sql, frame in zip(said.queries, frames, strict=True):
        assert rows_of(sql) == sorted(frame.to_native().fetchall(), key=repr)


def test_a_selection_is_its_events(made) -> None:
    data = open_events(made)
    (sql,) = explain(workbook.select(data, acts=["denial"])).queries
    wanted = rows_of(f"SELECT * FROM '{made}' WHERE act = 'denial'")
    assert rows_of(sql) == wanted
    assert 0 < len(wanted) < ROWS


def test_selecting_is_explained_as_measures_are(made) -> None:
    said = explain(workbook.select, open_events(made), acts=["denial"])
    counts = rows_of(said.queries[0])
    assert sum(count for _, count, _ in counts) == ROWS


def test_all_queries_are_shown_in_their_order_with_their_number() -> None:
    assert str(Explained(("SELECT 1", "SELECT 2"))) == "-- 1 of 2\nSELECT 1;\n\n-- 2 of 2\nSELECT 2;"


def test_plans_are_duckdbs_own(made) -> None:
    said = explain(measures.frequency, workbook.select(open_events(made)), period="year")
    plans = said.plans()
    assert len(plans) == len(said.queries)
    assert "PARQUET_SCAN" in plans[0].upper().replace(" ", "_")


def test_keys_with_quotation_marks_stay_keys(tmp_path) -> None:
    path = write_made_up(tmp_path / "made.parquet", rows=50, seed=1).path
    hostile = tmp_path / "hostile.parquet"
    duckdb.sql(f"""SELECT * REPLACE ('x''); DROP TABLE y; --"' AS actor_id) FROM '{path}'""").write_parquet(
        str(hostile)
    )
    said = explain(measures.activity, workbook.select(open_events(hostile)), level="state")
    assert all(rows_of(sql) for sql in said.queries if "in_memory" in sql)
    assert any("in_memory" in sql for sql in said.queries)


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_an_engine_without_sql_is_named_with_what_to_do(made, engine) -> None:
    chosen = workbook.select(open_events(made, engine=engine))
    for asked in ((chosen,), (measures.frequency, chosen)):
        with pytest.raises(WorkbookError, match=rf"but of {engine}, which has no SQL; expected .*engine='duckdb'"):
            explain(*asked)


def test_an_index_counts_without_sql_and_says_so(made) -> None:
    chosen = select_indexed(index_events(open_events(made)), [Choice()])
    with pytest.raises(WorkbookError, match="an index in memory"):
        explain(measures.frequency, chosen)


def test_nothing_is_watched_afterwards(made) -> None:
    chosen = select_all(open_events(made), [Choice()])
    with watched_frames() as frames:
        pass
    collected(chosen.events)
    assert frames == []
