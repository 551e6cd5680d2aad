"""The tables of a coded data package as they should be: names, columns, vocabularies, keys."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Column:
    """A column and what may stand in it, after Frictionless Table Schema.

    Attributes
    ----------
    name, kind, description : str
        Name, type (string, integer, boolean) and meaning.
    required, unique : bool
        Whether a cell may be empty, whether a value may come twice.
    allowed : tuple of str
        The vocabulary; empty where any text may stand.
    pattern : str
        Regular expression that the whole cell matches; empty for none.
    minimum, max_length : int or None
        Bounds of integers and of the length of text.
    is_edtf : bool
        Whether the cell is a date in EDTF.
    """

    name: str
    kind: str
    description: str
    required: bool = False
    unique: bool = False
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    minimum: int | None = None
    max_length: int | None = None
    is_edtf: bool = False


@dataclass(frozen=True)
class ForeignKey:
    """A column whose values are keys of another table."""

    column: str
    table: str
    key: str


@dataclass(frozen=True)
class TableSchema:
    """A table of the package."""

    name: str
    path: str
    title: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    optional: bool


@cache
def resources() -> tuple[dict[str, Any], ...]:
    """Return the resources of a coded data package as its descriptor lists them."""
    text = files("workbook.readers.coded").joinpath("tables.json").read_text(encoding="utf-8")
    return tuple(json.loads(text)["resources"])


@cache
def table_schemas() -> dict[str, TableSchema]:
    """Return the tables by name.

    Examples
    --------
    >>> table_schemas()["participants"].primary_key
    ('statement_id', 'actor_id', 'role')
    """
    return {resource["name"]: _table(resource) for resource in resources()}


def _table(resource: dict[str, Any]) -> TableSchema:
    schema = resource["schema"]
    keys = tuple(
        ForeignKey(key["fields"][0], key["reference"]["resource"] or resource["name"], key["reference"]["fields"][0])
        for key in schema.get("foreignKeys", ())
    )
    return TableSchema(
        name=resource["name"],
        path=resource["path"],
        title=resource["title"],
        description=resource["description"],
        columns=tuple(_column(field) for field in schema["fields"]),
        primary_key=tuple(schema["primaryKey"]),
        foreign_keys=keys,
        optional=resource.get("optional", False),
    )


def _column(field: dict[str, Any]) -> Column:
    constraints = field.get("constraints", {})
    return Column(
        name=field["name"],
        kind=field["type"],
        description=field["description"],
        required=constraints.get("required", False),
        unique=constraints.get("unique", False),
        allowed=tuple(constraints.get("enum", ())),
        pattern=constraints.get("pattern", ""),
        minimum=constraints.get("minimum"),
        max_length=constraints.get("maxLength"),
        is_edtf=field.get("edtf", False),
    )
