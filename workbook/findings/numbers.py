"""Result tables as plain text, in a form that can be compared from run to run."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd


def numbers(table: pd.DataFrame, *, columns: Sequence[str] = ()) -> str:
    """Write a result table as text: days without times, fractions to two places, missing values as a dash.

    Parameters
    ----------
    table : pandas.DataFrame
        A measure's table.
    columns : sequence of str
        Which columns; empty: all.

    Returns
    -------
    str
        One line a row under a header, columns aligned; the same on every machine.

    Examples
    --------
    >>> print(numbers(pd.DataFrame({"claim": ["a", "b"], "share": [0.5, None]})))
    claim  share
    a       0.50
    b          -
    """
    chosen = table.loc[:, list(columns)] if columns else table
    if chosen.empty:
        return "no rows"
    texts = {str(name): _texts(chosen[name]) for name in chosen.columns}
    right = {str(name): pd.api.types.is_numeric_dtype(chosen[name]) for name in chosen.columns}
    widths = {name: max(len(name), *(len(text) for text in column)) for name, column in texts.items()}
    lines = [[name, *column] for name, column in texts.items()]
    aligned = [
        [cell.rjust(widths[line[0]]) if right[line[0]] else cell.ljust(widths[line[0]]) for cell in line]
        for line in lines
    ]
    return "\n".join("  ".join(cells).rstrip() for cells in zip(*aligned, strict=True))


def _texts(column: pd.Series) -> list[str]:
    """Write a column: fractions to two places, unless all its numbers are whole."""
    known = column.dropna()
    whole = pd.api.types.is_float_dtype(column) and bool((known == known.round()).all())
    return [_text(value, places=0 if whole else 2) for value in column]


def _text(value: object, *, places: int) -> str:
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return "-"
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    if isinstance(value, float):
        return f"{value + 0.0:.{places}f}"
    return str(value)
