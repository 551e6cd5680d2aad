"""What is measured of streams, the same on every engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from workbook import measures
from workbook.events import EventData, Selection, select
from workbook.readers.made_up import write_made_up
from workbook.readers.stored import ENGINES, open_events

TABLES: dict[str, Callable[[Selection], pd.DataFrame]] = {
    "dyads": lambda chosen: measures.dyad_exchanges(chosen).table,
    "dyads over time": lambda chosen: measures.dyad_exchanges(chosen, level="actor", period="quarter").over_time,
    "waits": lambda chosen: measures.dyad_exchanges(chosen, between=["XAA", "XAB", "XAC"]).waits,
    "rules": lambda chosen: measures.counting_rules(chosen, period="week").table,
    "totals": lambda chosen: measures.counting_rules(chosen, period="year").totals,
    "trends": lambda chosen: measures.sensitivity(chosen, period="month").table,
    "share": lambda chosen: measures.volume_share(chosen, select(chosen.data), period="quarter").table,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_made_up(tmp_path_factory.mktemp("events") / "made.parquet", rows=3000, seed=7).path


@pytest.fixture(scope="module")
def by_pandas(made: Path) -> EventData:
    return open_events(made, engine="pandas")


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("engine", [engine for engine in ENGINES if engine != "pandas"])
def test_every_measure_of_streams_gives_the_same_table_on_every_engine(made, by_pandas, engine) -> None:
    data = open_events(made, engine=engine)
    choices: list[dict[str, object]] = [{"start": "2016-02-10", "end": "2023-11-20"}, {}]
    for choice in choices[:1] if engine == "pyspark" else choices:
        chosen, expected = select(data, **choice), select(by_pandas, **choice)
        for name, table in TABLES.items():
            try:
                assert_frame_equal(table(chosen), table(expected), check_dtype=False)
            except AssertionError as error:
                raise AssertionError(f"{engine}, {choice}: {name}") from error
    if engine == "pyspark":
        data.events.sparkSession.stop()


def test_the_made_up_denials_answer_about_as_many_accusations_as_were_made_up(by_pandas) -> None:
    linked = measures.dyad_exchanges(select(by_pandas), level="actor")
    # Three in ten are denied, after four days on average; some of these after the window, some by chance besides.
    share = linked.table["answered"].sum() / linked.table["accusations"].sum()
    assert 0.2 < share < 0.45
    assert linked.table["accusations"].sum() > 100
