"""The words behind a unit, where the text of its article lies in the articles folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbook.coding_desk.adjudication.pairs import Pair
from workbook.coding_desk.adjudication.units import Stretch
from workbook.errors import WorkbookError
from workbook.evidence import Fingerprint, locate, normalise, original_span, read_article

CONTEXT = 120
"""Characters that are shown before and after a passage."""


@dataclass(frozen=True)
class Excerpt:
    """A passage as the article has it.

    Attributes
    ----------
    source_id : str
        The article.
    coders : tuple of str
        Who marked just these words.
    before, words, after : str
        The passage and its surroundings; no words where the text is not there or is another.
    """

    source_id: str
    coders: tuple[str, ...]
    before: str = ""
    words: str = ""
    after: str = ""


def excerpts(pair: Pair, *, articles: Path) -> tuple[Excerpt, ...]:
    """Return the passages of both coders, each stretch once, in the order of the article.

    Parameters
    ----------
    pair : Pair
        Whose passages.
    articles : pathlib.Path
        Folder with the articles' texts, ``<source_id>.txt``.
    """
    coders: dict[Stretch, list[str]] = {}
    for unit in pair.units:
        for passage in unit.passages:
            coders.setdefault(passage, []).append(unit.coder)
    ordered = sorted(coders, key=lambda each: (each.source_id, each.offset, each.length))
    texts = {source: _text(articles / f"{source}.txt") for source in {each.source_id for each in ordered}}
    return tuple(_excerpt(each, tuple(coders[each]), text=texts[each.source_id]) for each in ordered)


def _text(path: Path) -> str:
    try:
        return read_article(path)
    except (OSError, WorkbookError):
        return ""


def _excerpt(passage: Stretch, coders: tuple[str, ...], *, text: str) -> Excerpt:
    offset = locate(Fingerprint(passage.sha256, passage.length), normalise(text), hint=passage.offset)
    if offset is None:
        return Excerpt(passage.source_id, coders)
    start, end = original_span(text, offset=offset, length=passage.length)
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    cut = ("… " if start > CONTEXT else "", " …" if end + CONTEXT < len(text) else "")
    return Excerpt(passage.source_id, coders, cut[0] + before, text[start:end], after + cut[1])
