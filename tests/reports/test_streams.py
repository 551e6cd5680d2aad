"""Reports about stored events: their parameters are checked against the events, and a change of them is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

import workbook
from workbook.charts.template import MOST_POINTS
from workbook.errors import ParameterError
from workbook.measures.counting import RULES
from workbook.readers.made_up import write_made_up
from workbook.reports.catalogue import choose_cards
from workbook.reports.inputs import Inputs, stored_state
from workbook.reports.parameters import check_parameters
from workbook.reports.request import ReportRequest
from workbook.reports.span import MOST_BINS


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_made_up(tmp_path_factory.mktemp("events") / "made.parquet", rows=500).path


def check(*names: str, **given: str) -> dict[str, object]:
    return check_parameters(choose_cards(names or ("event_stream",)), given, load=workbook.load)


def refused(*names: str, **given: str) -> dict[str, str]:
    with pytest.raises(ParameterError) as caught:
        check(*names, **given)
    return {fault.column: fault.expected for fault in caught.value.faults}


def test_countries_and_acts_are_those_of_the_events(made) -> None:
    assert check(events=str(made), countries="XAA,xab", acts="denial", engine="polars") == {
        "events": str(made), "countries": ["XAA", "XAB"], "acts": ["denial"], "engine": "polars",
    }  # fmt: skip


def test_all_that_is_wrong_is_told_at_once_before_anything_runs(made) -> None:
    faults = refused(
        events=str(made), countries="XAAGOV", acts="denail", engine="duck", period="decade", window_days="0"
    )
    assert set(faults) == {"countries", "acts", "engine", "period", "window_days"}
    assert faults["engine"].startswith("one of duckdb, pandas, polars, pyspark")
    assert "(nearest: denial)" in faults["acts"]
    assert "XAA, " in faults["countries"]


def test_events_that_are_not_there_are_named(tmp_path) -> None:
    assert refused(events=str(tmp_path / "none.parquet"))["events"].startswith(
        "Parquet as `workbook convert` writes it"
    )
    (tmp_path / "text.parquet").write_text("no Parquet", encoding="utf-8")
    assert "Parquet" in refused(events=str(tmp_path / "text.parquet"))["events"]


def test_made_up_events_stand_in_where_no_file_is_named() -> None:
    assert check(countries="XAA") == {"countries": ["XAA"]}
    assert set(refused(countries="USA")) == {"countries"}


def test_more_bins_than_a_chart_can_show_are_refused_before_a_kernel_starts(made) -> None:
    with pytest.raises(ParameterError, match=r"'day', of which there are 3,\d{3} from 2015") as caught:
        check(events=str(made), period="day")
    assert [fault.column for fault in caught.value.faults] == ["period"]
    assert "a longer period, or fewer days by start and end" in caught.value.faults[0].expected
    assert check(events=str(made), period="day", start="2020-01-01", end="2021-12-31")["period"] == "day"
    assert check(events=str(made), period="week")["period"] == "week"
    assert set(refused(period="day")) == {"period"}


def test_as_many_bins_as_are_let_through_are_drawn() -> None:
    assert MOST_BINS * len(RULES) == MOST_POINTS


def test_beside_a_data_set_each_parameter_is_of_its_own_events(made) -> None:
    both = check("event_stream", "actor_activity", events=str(made), countries="XAA", actors="USA", acts="warning")
    assert (both["countries"], both["actors"], both["acts"]) == (["XAA"], ["USA"], ["warning"])


def test_other_events_are_another_input(made, tmp_path) -> None:
    (card,) = choose_cards(("event_stream",))
    copy = tmp_path / "events.parquet"
    copy.write_bytes(made.read_bytes())
    request = ReportRequest.of(card, {"events": str(copy)})
    first = Inputs(form="shared").of(request)
    assert Inputs(form="shared").of(request) == first
    write_made_up(copy, rows=600)
    assert Inputs(form="shared").of(request) != first


def test_the_state_of_events_is_of_all_files_of_a_folder_or_a_pattern(made, monkeypatch) -> None:
    size = made.stat().st_size
    monkeypatch.chdir(made.parent)
    for path in (made, made.parent, made.parent / "*.parquet", "made.parquet", ".", "*.parquet"):
        assert [state[1] for state in stored_state(str(path))] == [size], path
    assert stored_state("") == stored_state("none*.parquet") == []
