"""Every measure gives the same tables on every engine: of made-up events, and of coded ones with claims and open dates."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import workbook
from workbook import measures
from workbook.events import Basis, EventData, Selection
from workbook.events.data import watched_frames
from workbook.readers.made_up import write_made_up
from workbook.readers.stored import open_events
from workbook.writers import write_parquet

ROWS = 1000
MADE_UP_CHOICES: list[dict[str, Any]] = [
    {},
    {"actors": ["XAA"], "acts": ["denial", "allegation"], "start": "2018-01-01"},
    {"sources": ["made-up-0.example", "made-up-1.example"], "end": "2020-12-31"},
]
CODED_CHOICES: list[dict[str, Any]] = [{}, {"start": "2022-10-01", "end": "2023-09-30", "referred": True}]

Measure = Callable[[Selection], Any]

VARIANTS: dict[str, Measure] = {
    "frequency by act": partial(measures.frequency, split_by="act"),
    "frequency by state, one a day": partial(
        measures.frequency, split_by="actor", level="state", period="quarter", count="one_a_day"
    ),
    "frequency one a day": partial(measures.frequency, count="one_a_day", uncertain="midpoint"),
    "frequency of mentions by source": partial(measures.frequency, split_by="source", period="year", count="mention"),
    "frequency of sure dates": partial(measures.frequency, split_by="topic", period="week", uncertain="leave_out"),
    "activity of states": partial(measures.activity, level="state"),
    "exchanges by claim and window": partial(measures.exchanges, link="window", window_days=60),
    "exchanges of bodies": partial(measures.dyad_exchanges, level="body", window_days=30, period="quarter"),
    "ledger on a day": partial(measures.ledger, on=pd.Timestamp("2023-01-01").date()),
    "rules by week": partial(measures.counting_rules, period="week"),
    "rules by year": partial(measures.counting_rules, period="year"),
    "share of the volume": lambda chosen: measures.volume_share(_denials(chosen), chosen, period="year"),
    "statements that a machine saw": lambda chosen: measures.match_coded(_denials(chosen), chosen, level="state"),
}


def _denials(chosen: Selection) -> Selection:
    return workbook.select(chosen.data, acts=["denial"], start=chosen.start, end=chosen.end)


def as_they_are() -> dict[str, Measure]:
    """Return every public measure that takes a selection and nothing else that has to be given."""
    found = {}
    for name in measures.__all__:
        parameters = list(inspect.signature(getattr(measures, name)).parameters.values())
        first, *others = parameters
        if first.name == "selection" and all(each.default is not inspect.Parameter.empty for each in others):
            found[name] = getattr(measures, name)
    return found


MEASURES = as_they_are() | VARIANTS


def tables_of(measured: Any) -> dict[str, pd.DataFrame]:
    kept = [name for name, each in vars(type(measured)).items() if isinstance(each, cached_property)]
    values = {name: getattr(measured, name) for name in [*(each.name for each in fields(measured)), *kept]}
    return {name: value for name, value in values.items() if isinstance(value, pd.DataFrame)}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_made_up(tmp_path_factory.mktemp("events") / "made.parquet", rows=ROWS, seed=7).path


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("events") / "coded.parquet"
    write_parquet(workbook.select(workbook.load("arms_transfers"), referred=True), path)
    return path


def assert_same(data: EventData, by_pandas: EventData, choice: dict[str, Any]) -> None:
    chosen, expected = workbook.select(data, **choice), workbook.select(by_pandas, **choice)
    assert chosen.basis == expected.basis
    for name, measure in MEASURES.items():
        found, wanted = measure(chosen), measure(expected)
        said = f"{name} of {choice}"
        assert isinstance(found.basis, Basis), said
        assert found.basis == wanted.basis, said
        assert tables_of(found).keys() == tables_of(wanted).keys() != set(), said
        for part, table in tables_of(found).items():
            assert_frame_equal(table, tables_of(wanted)[part], check_dtype=False, obj=f"{said}: {part}")


def test_the_measures_are_those_that_there_are() -> None:
    assert {"frequency", "ledger", "exchanges", "dyad_exchanges", "shared_coverage", "sensitivity"} <= set(MEASURES)
    assert len(as_they_are()) >= 18


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
@pytest.mark.parametrize("choice", MADE_UP_CHOICES)
def test_made_up_events_measure_the_same(made, engine, choice) -> None:
    assert_same(open_events(made, engine=engine), open_events(made, engine="pandas"), choice)


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
@pytest.mark.parametrize("choice", CODED_CHOICES)
def test_stored_statements_measure_the_same(coded, engine, choice) -> None:
    assert_same(open_events(coded, engine=engine), open_events(coded, engine="pandas"), choice)


@pytest.fixture(scope="module")
def by_spark(coded: Path) -> Iterator[EventData]:
    """PySpark takes seconds a query: few events and one choice stand for all."""
    data = open_events(coded, engine="pyspark")
    yield data
    data.events.sparkSession.stop()


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_cluster_measures_the_same(coded, by_spark) -> None:
    assert_same(by_spark, open_events(coded, engine="pandas"), CODED_CHOICES[1])


def assert_same_small_tables(data: EventData, by_pandas: EventData) -> None:
    for table in ("sources", "actors", "claims", "acts"):
        assert_frame_equal(getattr(data, table), getattr(by_pandas, table), check_dtype=False)


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
@pytest.mark.parametrize("name", ["made", "coded"])
def test_the_small_tables_are_the_same(engine, name, request) -> None:
    path = request.getfixturevalue(name)
    assert_same_small_tables(open_events(path, engine=engine), open_events(path, engine="pandas"))


def test_a_cluster_has_the_same_small_tables(coded, by_spark) -> None:
    assert_same_small_tables(by_spark, open_events(coded, engine="pandas"))


def test_only_sums_leave_the_engine_for_one_a_day(made) -> None:
    chosen = workbook.select(open_events(made))
    days = workbook.select(open_events(made, engine="pandas")).data.events["date_earliest"].nunique()
    with watched_frames() as frames:
        measures.frequency(chosen, count="one_a_day")
    assert [len(frame.to_native().fetchall()) for frame in frames] == [days]
