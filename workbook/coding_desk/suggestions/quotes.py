"""Which words of an article stand in quotation marks."""

from __future__ import annotations

import re

MASK = "¤"
"""Stands for every character of a quotation where only the words around it are read."""

MARKS = re.compile(r"[“”„\"«»]")


def quoted_spans(text: str) -> tuple[tuple[int, int], ...]:
    r"""Return where quotations begin and end, marks included; one that is left open ends with its paragraph.

    Examples
    --------
    >>> quoted_spans('He said "no" twice.\n“Never')
    ((8, 12), (20, 26))
    """
    spans = []
    for line in re.finditer(r"[^\n]+", text):
        opened = None
        for mark in MARKS.finditer(text, line.start(), line.end()):
            if opened is None and mark[0] not in "”»":
                opened = mark.start()
            elif opened is not None and mark[0] not in "“„«":
                spans.append((opened, mark.end()))
                opened = None
        if opened is not None:
            spans.append((opened, line.end()))
    return tuple(spans)


def masked(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """Return a text of the same length in which quotations are masked."""
    for start, end in spans:
        text = text[:start] + MASK * (end - start) + text[end:]
    return text
