"""Measures that stand on a selection and something besides give the same tables on every engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import workbook
from workbook import measures
from workbook.events import EventData, Selection
from workbook.readers.made_up import write_made_up
from workbook.readers.stored import open_events

TABLES: dict[str, Callable[[Selection], pd.DataFrame]] = {
    "answers": lambda chosen: measures.who_answers_whom(measures.exchanges(chosen), selection=chosen).table,
    "alleged claims": lambda chosen: measures.alleged_claims(chosen, denials=chosen).table,
    "outlets of answers": lambda chosen: (
        measures.outlets_of_answers(measures.exchanges(chosen), selection=chosen).table
    ),
}
CHOICES: list[dict[str, object]] = [{}, {"acts": ["allegation"]}, {"acts": ["denial"]}]
FRAMES = ("events", "participants", "mentions", "links")


def on_duckdb(data: EventData) -> EventData:
    return replace(data, **{name: duckdb.from_df(getattr(data, name)) for name in FRAMES})


def on_polars(data: EventData) -> EventData:
    polars = pytest.importorskip("polars")
    frames = {name: getattr(data, name) for name in FRAMES}
    columns = {name: {key: _values(frame[key]) for key in frame.columns} for name, frame in frames.items()}
    return replace(
        data, **{name: polars.DataFrame(held, infer_schema_length=None).lazy() for name, held in columns.items()}
    )


def _values(column: pd.Series) -> list[object]:
    return [None if pd.isna(each) else each for each in column.tolist()]


@pytest.mark.parametrize("choice", CHOICES, ids=str)
@pytest.mark.parametrize("engine", [on_duckdb, on_polars])
def test_coded_statements_give_the_same_tables(engine, choice) -> None:
    data = workbook.load("arms_transfers")
    chosen, expected = workbook.select(engine(data), **choice), workbook.select(data, **choice)
    for name, table in TABLES.items():
        assert_frame_equal(table(chosen), table(expected), check_dtype=False, obj=name)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_made_up(tmp_path_factory.mktemp("events") / "made.parquet", rows=1500, seed=7).path


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_stored_events_give_the_same_tables(made, engine) -> None:
    if engine == "polars":
        pytest.importorskip("polars")
    chosen, expected = (workbook.select(open_events(made, engine=each)) for each in (engine, "pandas"))
    for name, table in TABLES.items():
        assert_frame_equal(table(chosen), table(expected), check_dtype=False, obj=name)
