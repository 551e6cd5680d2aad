"""GDELT's events become standard events: 1.0 of 57 and 58 columns, 2.0 of 61."""

from __future__ import annotations

import pandas as pd
import pytest

from workbook.events import EVENT_COLUMNS

ACTS = {
    "aid": 25, "allegation": 31, "announcement": 155, "assault": 21, "assessment": 74, "coercion": 73, "contact": 350,
    "criticism": 62, "delivery": 53, "demand": 140, "denial": 3, "diplomatic_cooperation": 43, "fight": 109,
    "force_posture": 10, "gesture": 15, "investigation": 40, "no_comment": 5, "pledge": 90, "protest": 11,
    "recognition": 1, "reduced_relations": 13, "refusal": 45, "sanction": 1, "support": 94, "warning": 21, "yield": 55,
}  # fmt: skip
"""Counted by hand off column 27 of the real file: 016 stands there 3 times, 112 and 1121 to 1124 31 times, and so on."""


def test_a_row_becomes_an_event_with_all_columns_and_types(converter, gdelt) -> None:
    converter.convert(converter.file("a.csv", gdelt(7)))
    events = converter.events()
    assert tuple(events.columns) == EVENT_COLUMNS
    event = events.iloc[0]
    assert event["event_id"] == "gdelt2-7"
    assert event["dataset"] == "GDELT 2.0"
    assert event["date_text"] == event["source_date_text"] == "2023-09-04"
    assert event["date_earliest"] == event["date_latest"] == pd.Timestamp("2023-09-04")
    assert event["date_precision"] == "day"
    assert (event["actor_id"], event["actor_name"], event["actor_country"]) == ("RURGOV", "RURITANIA", "PRK")
    assert (event["target_id"], event["target_country"], event["target_count"]) == ("FEN", "USA", 1)
    assert (event["act"], event["family"], event["side"]) == ("denial", "claim", "denies")
    assert (event["vendor_code"], event["ontology"], event["score"]) == ("016", "CAMEO 1.1b3", -2.0)
    assert (event["mention_count"], event["source_count"]) == (4, 2)
    assert event["source_url"] == "https://courier.example/boats"
    assert event["is_machine_coded"]
    assert not event["is_referred"]
    assert pd.isna(event["claim_id"])
    assert pd.isna(event["topic"])
    assert pd.isna(event["note"])
    assert events["date_earliest"].dtype == events["source_date_latest"].dtype == "datetime64[us]"
    assert events["mention_count"].dtype == "int64"
    assert events["score"].dtype == "float64"
    assert events["is_referred"].dtype == "bool"


def test_the_day_is_that_of_the_event_and_rows_are_sorted_by_it(converter, gdelt) -> None:
    lines = [gdelt(1, SQLDATE="20230905", DATEADDED="20230101000000"), gdelt(2, SQLDATE="20220101")]
    converter.convert(converter.file("a.csv", *lines))
    assert converter.events()["date_text"].tolist() == ["2022-01-01", "2023-09-05"]


def test_57_and_58_columns_stand_in_one_file(converter, gdelt_1) -> None:
    done = converter.convert(converter.file("a.csv", *(gdelt_1(key) for key in range(1, 8))))
    assert (done.rows, done.aside, done.events) == (7, 0, 7)
    events = converter.events().set_index("event_id")
    assert set(events["dataset"]) == {"GDELT 1.0"}
    assert events["source_url"].isna().to_dict() == {f"gdelt1-{key}": key % 2 == 0 for key in range(1, 8)}


def test_codes_keep_their_zeros(converter, gdelt) -> None:
    converter.convert(converter.file("a.csv", gdelt(1, EventCode="010"), gdelt(2, EventCode="100")))
    assert converter.events()[["vendor_code", "act"]].to_numpy().tolist() == [
        ["010", "announcement"],
        ["100", "demand"],
    ]
    converter.out.unlink()
    converter.convert(converter.file("a.csv", gdelt(1), gdelt(2, EventCode="10")), keeps_aside=True)
    assert converter.kept_aside()[0][2] == b"EventCode: '10'; expected a code of the table cameo.csv"


def test_countries_become_iso_and_what_has_no_iso_stays_said(converter, gdelt) -> None:
    codes = ["ROM", "EUR", "XQX", ""]
    lines = [gdelt(key, Actor1CountryCode=code) for key, code in enumerate(codes)]
    converter.convert(converter.file("a.csv", *lines))
    events = converter.events()
    assert events["actor_country"].fillna("-").tolist() == ["ROU", "-", "-", "-"]
    assert events["note"].fillna("-").tolist() == ["-", "-", "Country of the actor unknown: XQX", "-"]


def test_nobody_named_is_nobody_counted(converter, gdelt) -> None:
    nobody = dict.fromkeys(("Actor1Code", "Actor1Name", "Actor1CountryCode"), "")
    converter.convert(converter.file("a.csv", gdelt(1, **nobody)))
    event = converter.events().iloc[0]
    assert event["actor_count"] == 0
    assert pd.isna(event["actor_id"])


def test_only_addresses_of_pages_are_addresses(converter, gdelt) -> None:
    converter.convert(converter.file("a.csv", gdelt(1, SOURCEURL="javascript:alert(1)")))
    event = converter.events().iloc[0]
    assert pd.isna(event["source_url"])
    assert event["note"] == "Source: javascript:alert(1)"


def test_quotes_and_hashes_and_backslashes_are_letters(converter, gdelt) -> None:
    names = ['"A', "B\\", "#C", "'D", '""']
    converter.convert(converter.file("a.csv", *(gdelt(key, Actor1Name=name) for key, name in enumerate(names))))
    assert converter.events()["actor_name"].tolist() == names


@pytest.mark.shared
def test_the_real_file_loads_without_a_lost_row(converter, vendor_files) -> None:
    done = converter.convert(vendor_files / "gdelt2_20180326044500.export.CSV")
    assert (done.rows, done.aside, done.events) == (1540, 0, 1540)
    events = converter.events()
    assert events["act"].value_counts().to_dict() == ACTS
    assert events["event_id"].is_unique
    assert events.loc[events["side"] == "denies", "vendor_code"].tolist() == ["016"] * 3
    raw = (vendor_files / "gdelt2_20180326044500.export.CSV").read_text(encoding="utf-8").splitlines()
    cells = {f"gdelt2-{line.split(chr(9))[0]}": line.split("\t") for line in raw}
    for event in events.itertuples():
        row = cells[event.event_id]
        assert (event.vendor_code, event.date_text.replace("-", "")) == (row[26], row[1])
        assert (event.score, event.mention_count) == (float(row[30]), int(row[31]))
        assert (event.actor_name if isinstance(event.actor_name, str) else "") == row[6]
