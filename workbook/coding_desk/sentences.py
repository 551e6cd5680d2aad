"""An article sentence by sentence, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

GLUED = re.compile(r"(?<=[a-z0-9)\]][.?!])(?P<quote>[“”\"]?)(?=[A-Z][a-z])")
"""Where a saved page has lost the blank between two sentences."""

OPENING = re.compile(r"\s[“\"‘(\[]+\s*$")
"""Quotation marks and brackets that open the next sentence."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article.

    Attributes
    ----------
    number : int
        From 1, in the order of the article.
    start, end : int
        Where it stands: ``text[start:end]`` of the article's text.
    text : str
        Its words.
    """

    number: int
    start: int
    end: int
    text: str


def sentences(text: str, *, language: str = "en") -> tuple[Sentence, ...]:
    r"""Part a text into sentences; none reaches over the end of a line.

    Parameters
    ----------
    text : str
        The text of an article, its paragraphs parted by newlines.
    language : str
        ISO 639-1 code; the rules of a language that is not known are those of the nearest one (sentencex).

    Returns
    -------
    tuple of Sentence
        Together they hold every character that is no white space.

    Examples
    --------
    >>> [each.text for each in sentences("The U.S. said no.\n“We never sold a boat. Never,” said Gen. Rudolf.")]
    ['The U.S. said no.', '“We never sold a boat. Never,” said Gen. Rudolf.']
    """
    spans = (span for line in re.finditer(r"[^\n]+", text) for span in _of_line(line[0], line.start(), language))
    return tuple(Sentence(number, start, end, text[start:end]) for number, (start, end) in enumerate(spans, start=1))


def _of_line(line: str, offset: int, language: str) -> Iterator[tuple[int, int]]:
    cuts = [0, *_boundaries(line, language), len(line)]
    for start, end in pairwise(cuts):
        words = line[start:end]
        if words.strip():
            first = start + len(words) - len(words.lstrip())
            yield offset + first, offset + first + len(words.strip())


def _boundaries(line: str, language: str) -> list[int]:
    """Return where a line is cut: as sentencex does it, and where sentences are glued together."""
    from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]

    found = {match.start() if _opens(line, match) else match.end() for match in GLUED.finditer(line)}
    for each in get_sentence_boundaries(language or "en", line):
        opening = OPENING.search(line, each["start_index"], each["end_index"])
        found.add(opening.start() if opening and opening.start() > each["start_index"] else each["end_index"])
    return sorted(found - {0, len(line)})


def _opens(line: str, glued: re.Match[str]) -> bool:
    """Tell whether a quotation mark between two sentences opens the second: a straight one does where none is open."""
    return glued["quote"] == "“" or (glued["quote"] == '"' and line.count('"', 0, glued.start()) % 2 == 0)
