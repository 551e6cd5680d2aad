"""Loading a package: whole and checked, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import workbook
from workbook.errors import FaultsError, WorkbookError
from workbook.events import EVENT_COLUMNS
from workbook.readers.coded import find_package, read_package


def test_statements_become_rows_of_the_standard_event_table(package: Path) -> None:
    events = workbook.load(package).events
    assert list(events.columns) == list(EVENT_COLUMNS)
    assert list(events["event_id"]) == ["st1", "st2", "st3"]
    assert list(events["side"]) == ["alleges", "denies", "denies"]


def test_the_best_date_and_the_articles_own_stand_side_by_side(package: Path) -> None:
    second = workbook.load(package).events.iloc[1]
    assert second["date_text"] == "2022-09-22"
    assert second["date_earliest"] == second["date_latest"] == pd.Timestamp("2022-09-22")
    assert second["source_date_earliest"] == pd.Timestamp("2022-09-21")
    assert second["source_date_latest"] == pd.Timestamp("2022-09-24")
    assert second["source_date_precision"] == "range"


def test_an_unknown_lower_bound_is_missing_not_invented(package: Path) -> None:
    third = workbook.load(package).events.iloc[2]
    assert pd.isna(third["date_earliest"])
    assert third["date_latest"] == pd.Timestamp("2022-09-25")


def test_mentions_and_sources_are_counted_for_each_statement(package: Path) -> None:
    events = workbook.load(package).events.set_index("event_id")
    # st1 stands in s1 and s2, the others in s2 alone.
    assert dict(events["mention_count"]) == {"st1": 2, "st2": 1, "st3": 1}
    assert dict(events["source_count"]) == {"st1": 2, "st2": 1, "st3": 1}


def test_speakers_and_targets_carry_name_and_country(package: Path) -> None:
    second = workbook.load(package).events.iloc[1]
    assert (second["actor_id"], second["actor_name"], second["actor_country"]) == (
        "rudolf",
        "Rudolf Rassendyll",
        "RUR",
    )
    assert (second["target_id"], second["target_count"]) == ("FEN", 1)


def test_a_package_is_found_by_its_descriptor_too(package: Path) -> None:
    assert find_package(package / "datapackage.json") == package


def test_a_wrong_name_is_answered_with_the_names_there_are() -> None:
    with pytest.raises(WorkbookError, match="nearest: arms_transfers"):
        find_package("arms_transfer")


def test_the_checksum_changes_with_one_cell(package: Path, edit) -> None:
    before = read_package(package).checksum
    edit("statements.csv", "Rudolf denies it.", "Rudolf denies all of it.")
    assert read_package(package).checksum != before


def test_without_codings_there_is_nothing_to_compare_and_it_is_said(package: Path) -> None:
    agreed = workbook.measures.agreement(workbook.load_codings(package))
    assert (agreed.units_a, agreed.units_b, agreed.matched) == (0, 0, 0)
    assert "nothing to compare" in str(workbook.findings.agreement(agreed))
    assert "nothing to compare" in workbook.charts.agreement_forest(agreed).layout.meta["alt"]


def test_data_with_a_fault_are_not_loaded_in_part(package: Path, edit) -> None:
    edit("participants.csv", "st2,FEN,target\n", "st2,FEN,accuser\n")
    with pytest.raises(FaultsError) as caught:
        workbook.load(package)
    assert len(caught.value.faults) == 1


def test_the_descriptor_of_the_data_set_lists_the_tables_as_the_reader_knows_them() -> None:
    folder = find_package("arms_transfers")
    listed = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    known = ("name", "path", "schema")
    from workbook.readers.coded.tables import resources

    assert [{key: each[key] for key in known} for each in listed] == [
        {key: each[key] for key in known} for each in resources()
    ]
