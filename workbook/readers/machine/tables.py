"""The vendors' tables: what their columns and codes mean, as data."""

from __future__ import annotations

import csv
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from workbook.readers.packages import find_package

TYPES = {"string": "VARCHAR", "date": "TIMESTAMP", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}

CODED = "arms_transfers"
"""The data set whose acts the vendors' codes are harmonised with."""


def table_path(name: str) -> Path:
    """Return where a table lies, for example ``cameo``."""
    return Path(str(files("workbook.readers"))) / "vendors" / f"{name}.csv"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table.

    Examples
    --------
    >>> table("cameo")[6]["act"]
    'denial'
    """
    return _rows(table_path(name))


def vendor_columns(vendor: str) -> tuple[str, ...]:
    """Return a vendor's columns in their order.

    Examples
    --------
    >>> len(vendor_columns("gdelt"))
    61
    """
    return tuple(row["column"] for row in table(vendor) if not row["code"])


def standard_columns(vendor: str) -> dict[str, str]:
    """Return by column of the standard event table which column of the vendor's it is taken from.

    Examples
    --------
    >>> standard_columns("icews")["actor_id"]
    'Source Name'
    """
    named: dict[str, str] = {}
    for row in table(vendor):
        if row["becomes"] and not row["code"]:
            named.setdefault(row["becomes"], row["column"])
    return named


@cache
def acts() -> dict[str, dict[str, str]]:
    """Return the acts that a code can stand for: those that people coded, and further ones.

    Examples
    --------
    >>> acts()["denial"]["side"], acts()["fight"]["family"]
    ('denies', 'deed')
    """
    return {row["act"]: row for row in (*_rows(find_package(CODED) / "acts.csv"), *table("acts"))}


@cache
def event_fields() -> tuple[dict[str, Any], ...]:
    """Return the columns of the standard event table, as Frictionless fields."""
    # The definition itself, not `workbook.events`: it would load pandas, which nothing here needs.
    text = files("workbook").joinpath("events", "event_table.json").read_text(encoding="utf-8")
    return tuple(json.loads(text)["fields"])


@cache
def table_types() -> dict[str, str]:
    """Return the type of each column of the standard event table, as DuckDB calls it.

    Examples
    --------
    >>> table_types()["score"]
    'DOUBLE'
    """
    return {field["name"]: TYPES[field["type"]] for field in event_fields()}


def _rows(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
