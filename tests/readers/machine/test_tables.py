"""The vendors' tables: every code stands for an act that is defined, and says no more than it means."""

from __future__ import annotations

from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from workbook.readers.machine.events_query import PART_COLUMNS
from workbook.readers.machine.tables import acts, table, table_path, vendor_columns

FAMILIES = {"claim", "pressure", "cooperation", "deed"}


@pytest.mark.parametrize(
    ("vendor", "count"), [("gdelt", 61), ("gdelt_mentions", 16), ("icews", 20), ("phoenix", 26), ("plover_fields", 12)]
)
def test_a_vendor_has_as_many_columns_as_its_layout(vendor: str, count: int) -> None:
    columns = vendor_columns(vendor)
    assert len(columns) == len(set(columns)) == count


@pytest.mark.parametrize("name", ["cameo", "plover"])
def test_every_code_stands_for_an_act_that_is_defined(name: str) -> None:
    assert {row["act"] for row in table(name)} <= set(acts())


def test_cameo_has_twenty_roots_and_each_code_once() -> None:
    codes = [row["code"] for row in table("cameo")]
    assert len(codes) == len(set(codes))
    assert {code[:2] for code in codes} == {f"{root:02}" for root in range(1, 21)}
    assert {code for code in codes if code[:-1] not in codes and len(code) == 4} == set()


def test_only_accusations_allege_and_only_one_code_denies() -> None:
    sides = {row["code"]: acts()[row["act"]]["side"] for row in table("cameo")}
    assert {code for code, side in sides.items() if side == "alleges"} == {"112", *(f"112{n}" for n in range(1, 6))}
    assert {code for code, side in sides.items() if side == "denies"} == {"016"}
    plover = {(row["event"], row["mode"]) for row in table("plover") if acts()[row["act"]]["side"] != "neither"}
    assert plover == {("ACCUSE", "allege")}


def test_every_act_has_a_family_a_definition_and_a_counter_example() -> None:
    for act in table("acts"):
        assert act["family"] in FAMILIES
        assert act["side"] == "neither"
        assert act["definition"]
        assert act["counter_example"]


def test_acts_that_people_coded_keep_their_meaning() -> None:
    codes = {row["code"]: row["act"] for row in table("cameo")}
    coded = {act: row["cameo_code"] for act, row in acts().items() if row["cameo_code"] and row["code_note"] == ""}
    assert coded
    for act, code in coded.items():
        assert codes[code] == act


def test_texts_of_icews_lead_to_codes_each_once() -> None:
    texts = [row for row in table("icews") if row["column"] == "Event Text" and row["code"]]
    assert len({row["code"].lower() for row in texts}) == len(texts)
    assert {row["becomes"] for row in texts} == {row["code"] for row in table("cameo")}


def test_countries_have_one_code_each() -> None:
    names = [row["name"] for row in table("country_names")]
    codes = [row["code"] for row in table("country_codes")]
    assert len(names) == len(set(names))
    assert len(codes) == len(set(codes))
    iso = {row["iso"] for row in table("country_codes") if row["code"] == row["iso"]}
    assert len(iso) == 249
    assert {row["iso"] for row in (*table("country_names"), *table("country_codes"))} - {""} == iso


@pytest.mark.parametrize("vendor", ["gdelt", "icews", "phoenix", "plover_fields", "polecat"])
def test_columns_become_columns_of_the_standard_table(vendor: str) -> None:
    for row in table(vendor):
        if row["becomes"] and not row["code"]:
            assert row["becomes"] in PART_COLUMNS


def test_the_wheel_carries_the_tables() -> None:
    builder = WheelBuilder(str(Path(__file__).parents[3]))
    carried = {file.distribution_path for file in builder.recurse_included_files()}
    tables = [path.name for path in table_path("cameo").parent.iterdir()]
    assert len(tables) == 11
    assert {f"workbook/readers/vendors/{name}" for name in tables} <= carried
