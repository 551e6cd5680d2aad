"""What people say about the matching: these two are one, those are not, this claim is that one in other words."""

from __future__ import annotations

from dataclasses import replace

from workbook.coding_desk.adjudication.comparison import Comparison, again
from workbook.coding_desk.adjudication.terms import KEYS
from workbook.coding_desk.adjudication.units import rows_of
from workbook.errors import Fault, ParameterError, unknown_value


def join(comparison: Comparison, *, first: str, second: str, note: str = "") -> Comparison:
    """Say that two units are one; both leave the pairs in which they were.

    Parameters
    ----------
    comparison : Comparison
        What is compared.
    first, second : str
        A unit of the first and one of the second coder.
    note : str
        Why, where that is not plain.

    Raises
    ------
    ParameterError
        There is no such unit.
    """
    _check_units(comparison, first=first, second=second)
    old = comparison.choices
    joined = tuple(each for each in old.joined if first not in each[:2] and second not in each[:2])
    parted = tuple(each for each in old.parted if each != (first, second))
    return again(comparison, replace(old, joined=(*joined, (first, second, note)), parted=parted))


def part(comparison: Comparison, *, first: str, second: str) -> Comparison:
    """Say that two units are not one; neither is matched with another by itself.

    Parameters
    ----------
    comparison : Comparison
        What is compared.
    first, second : str
        A unit of the first and one of the second coder.

    Raises
    ------
    ParameterError
        There is no such unit.
    """
    _check_units(comparison, first=first, second=second)
    old = comparison.choices
    joined = tuple(each for each in old.joined if each[:2] != (first, second))
    return again(comparison, replace(old, joined=joined, parted=(*old.parted, (first, second))))


def same(comparison: Comparison, *, table: str, key: str, as_key: str) -> Comparison:
    """Say that a coder's new claim or actor is another one in other words: from then on both have the other key.

    Parameters
    ----------
    comparison : Comparison
        What is compared.
    table : {"claims", "actors"}
        What it is.
    key, as_key : str
        A new key of either coder, and the key that stands for both: the other coder's, or the base's.

    Raises
    ------
    ParameterError
        There is no such key.
    """
    new = [term.key for term in comparison.terms if term.table == table]
    known = [*new, *(row[KEYS[table]] for row in rows_of(comparison.base, table))]
    wrong = [unknown_value("same", "key", key, new)] if key not in new else []
    wrong += [unknown_value("same", "as_key", as_key, known)] if as_key not in known else []
    if wrong or key == as_key:
        raise ParameterError("same", wrong or [Fault("same", None, "as_key", repr(key), "another key")])
    old = comparison.choices
    names = {other: as_key if name == key else name for other, name in old.same.get(table, {}).items()}
    return again(comparison, replace(old, same={**old.same, table: {**names, key: as_key}}))


def _check_units(comparison: Comparison, *, first: str, second: str) -> None:
    faults = []
    for name, unit, side in (("first", first, 0), ("second", second, 1)):
        known = [each.unit_id for pair in comparison.pairs if (each := (pair.first, pair.second)[side])]
        if unit not in known:
            faults.append(unknown_value("compare", name, unit, known))
    if faults:
        raise ParameterError("units", faults)
