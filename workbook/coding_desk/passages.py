"""Passages of an article as a coder chooses them: whole sentences, or a part that is trimmed."""

from __future__ import annotations

import re

from workbook.coding_desk.draft import Span
from workbook.evidence import normalise, original_span

COPIED_WORDS = 10
"""A run of so many words of an article is copied, not told in one's own words."""


def trimmed(text: str, words: str, *, within: Span) -> Span | None:
    """Find the words that a coder has left of a passage.

    Parameters
    ----------
    text : str
        The article's text.
    words : str
        What is left of the passage; quotation marks, blanks and case need not be the article's.
    within : tuple of int
        Where the passage stood before it was trimmed.

    Returns
    -------
    tuple of int or None
        Where the words stand; ``None`` where they do not stand in the passage.

    Examples
    --------
    >>> trimmed("Well. “We sold no boats,” he said.", '"we sold no boats', within=(6, 34))
    (6, 23)
    """
    start, end = within
    passage, wanted = normalise(text[start:end]), normalise(words)
    offset = passage.find(wanted) if wanted else -1
    if offset < 0:
        return None
    first, last = original_span(text[start:end], offset=offset, length=len(wanted))
    return start + first, start + last


def times_in(text: str, span: Span) -> int:
    """Count how often the words of a passage stand in the article.

    Examples
    --------
    >>> times_in("No. Never. No.", (0, 3))
    2
    """
    return normalise(text).count(normalise(text[slice(*span)]))


def copied(words: str, text: str) -> str:
    """Return a run of an article's words that stands in a coder's own; empty where there is none.

    Examples
    --------
    >>> copied("He denies any sale.", "He said that they had not sold a single boat to anybody so far.")
    ''
    >>> copied("So: one, two, 3 4 5 6 7 8 9 10", "One two 3 4 5 6 7 8 9 10 and so on.")
    'one two 3 4 5 6 7 8 9 10'
    """
    article = f" {' '.join(_words(text))} "
    own = _words(words)
    runs = (" ".join(own[place : place + COPIED_WORDS]) for place in range(len(own) - COPIED_WORDS + 1))
    return next((run for run in runs if f" {run} " in article), "")


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", normalise(text))
