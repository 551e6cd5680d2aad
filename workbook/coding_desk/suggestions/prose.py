"""Which sentences of a page are the article: no headlines, captions, credits, buttons or lists of other articles."""

from __future__ import annotations

import re
from collections import Counter

from workbook.coding_desk.sentences import Sentence
from workbook.coding_desk.suggestions.vocabulary import BOILERPLATE

LINES = re.compile("|".join(BOILERPLATE["lines"]), re.IGNORECASE)
CAPTIONS = re.compile("|".join(BOILERPLATE["captions"]), re.IGNORECASE)
ENDED = re.compile(r"[.?!:…][”\"’')\]]*$|[.?!…,][”\"’']|[”\"]$")

LONG_HEADLINE = 25
"""Words of a line without an end that are no headline any more but a sentence which the page breaks off."""


def prose_sentences(text: str, found: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    r"""Return the sentences that belong to the article itself.

    Examples
    --------
    >>> from workbook.coding_desk.sentences import sentences
    >>> page = "Duke Sells Boats\nThe duke said so.\nRead also: Who is the duke?"
    >>> [each.text for each in prose_sentences(page, sentences(page))]
    ['The duke said so.']
    """
    lines = {each.number: _line(text, each) for each in found}
    copies = Counter(each.text for each in found)
    return tuple(each for each in found if not _is_beside(each, line=lines[each.number], copies=copies))


def _line(text: str, sentence: Sentence) -> str:
    end = text.find("\n", sentence.end)
    return text[text.rfind("\n", 0, sentence.start) + 1 : end if end >= 0 else len(text)].strip()


def _is_beside(sentence: Sentence, *, line: str, copies: Counter[str]) -> bool:
    is_caption = CAPTIONS.search(line) and (len(line) < 2 * len(sentence.text) or copies[sentence.text] > 1)
    return bool(LINES.search(sentence.text) or is_caption or _is_headline(sentence.text))


def _is_headline(words: str) -> bool:
    """Tell whether words do not end as a sentence does; a long line may be one that breaks off."""
    return not ENDED.search(words.strip()) and len(words.split()) < LONG_HEADLINE
