"""What may stand in a field, and what each value means by the codebook."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from workbook.readers.coded.tables import Column, table_schemas


@cache
def meanings() -> dict[str, dict[str, str]]:
    """Return what each value of a vocabulary means, by field and value.

    Examples
    --------
    >>> meanings()["hedge"]["asserted"]
    "Said as a fact; 'has information that' is asserted too."
    """
    text = files("workbook.coding_desk").joinpath("vocabulary.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return found


@cache
def columns(table: str) -> dict[str, Column]:
    """Return the columns of a table by name.

    Examples
    --------
    >>> columns("statements")["hedge"].allowed
    ('hedged', 'asserted', 'confirmed')
    """
    return {column.name: column for column in table_schemas()[table].columns}


def in_plain_words(key: str) -> str:
    """Write a key of a vocabulary as words.

    Examples
    --------
    >>> in_plain_words("counter_accusation")
    'counter accusation'
    """
    return key.replace("_", " ")
