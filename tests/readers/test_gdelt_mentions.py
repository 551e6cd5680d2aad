"""GDELT's mentions are joined to the events that there are."""

from __future__ import annotations

import pytest

from workbook.errors import FaultsError
from workbook.readers.gdelt_mentions import gdelt_mentions
from workbook.readers.machine.tables import vendor_columns


def mention(key: str, url: str = "https://courier.example/1", confidence: str = "60") -> str:
    row = {"GLOBALEVENTID": key, "MentionIdentifier": url, "MentionSourceName": "courier", "Confidence": confidence}
    return "\t".join(row.get(column, "") for column in vendor_columns("gdelt_mentions"))


def test_each_mention_of_an_event_is_a_row(converter, gdelt) -> None:
    converter.convert(converter.file("a.csv", gdelt(1), gdelt(2)))
    path = converter.file("m.csv", mention("1"), mention("1", "https://mail.example/"), mention("3"), mention("2"))
    rows = gdelt_mentions(converter.out, [path]).order("event_id, source_id").fetchall()
    assert rows == [
        ("gdelt2-1", "https://courier.example/1", None, "courier", 60),
        ("gdelt2-1", "https://mail.example/", None, "courier", 60),
        ("gdelt2-2", "https://courier.example/1", None, "courier", 60),
    ]


def test_what_is_no_mention_is_named(converter, gdelt) -> None:
    converter.convert(converter.file("a.csv", gdelt(1)))
    path = converter.file("m.csv", mention("1"), "1\t2", mention("1", confidence="much"), mention("x"))
    with pytest.raises(FaultsError) as raised:
        gdelt_mentions(converter.out, [path])
    assert [(fault.row, fault.found) for fault in raised.value.faults] == [
        (2, "2 cells"),
        (3, "['1', 'much']"),
        (4, "['x', '60']"),
    ]


def test_mentions_are_no_events(converter) -> None:
    with pytest.raises(FaultsError, match="16 cells on the first line, as GDELT's mentions have, which hold no events"):
        converter.convert(converter.file("m.csv", mention("1")))
