"""What a chart has no room for, in words: nothing is left out silently."""

from __future__ import annotations

import pandas as pd

from workbook.events import counted


def not_drawn(
    counts: pd.Series, *, most: int, noun: str, unit: str = "statement", words: str = "with at most {} each"
) -> str:
    """Say how many rows come after the first ones, and how large the largest of these is.

    Parameters
    ----------
    counts : pandas.Series
        What each row counts, the largest first.
    most : int
        How many rows are drawn.
    noun, unit : str
        What a row is, and what is counted.
    words : str
        What the rows that are not drawn have in common.

    Returns
    -------
    str
        A sentence with a space before it, so that it can follow another one; empty where all is drawn.

    Examples
    --------
    >>> not_drawn(pd.Series([9, 4, 4, 2]), most=2, noun="speaker")
    ' Not drawn: 2 speakers with at most 4 statements each.'
    >>> not_drawn(pd.Series([9, 4]), most=2, noun="speaker")
    ''
    """
    rest = counts.iloc[most:]
    if rest.empty:
        return ""
    largest = round(float(rest.max()), 1)
    number = int(largest) if largest.is_integer() else largest
    return f" Not drawn: {counted(len(rest), noun)} {words.format(counted(number, unit))}."


def drawn_of(total: int, *, most: int, noun: str) -> str:
    """Say how many are drawn, and of how many where that is not all.

    Examples
    --------
    >>> drawn_of(104, most=30, noun="speaker"), drawn_of(3, most=30, noun="speaker")
    ('30 of 104 speakers', '3 speakers')
    """
    return f"{most} of {counted(total, noun)}" if total > most else counted(total, noun)
