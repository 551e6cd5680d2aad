"""An article as the rules read it: sentences with their quotations masked, their dates, verbs and subjects."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from workbook.coding_desk.article import Article
from workbook.coding_desk.sentences import Sentence, sentences
from workbook.coding_desk.suggestions.clauses import Clause, clauses
from workbook.coding_desk.suggestions.names import Names
from workbook.coding_desk.suggestions.prose import prose_sentences
from workbook.coding_desk.suggestions.quotes import MASK, masked, quoted_spans
from workbook.dates import DateExpression, date_expressions

QUOTED_WORDS = 4
"""Fewer quoted words are a term, not somebody's words."""

LONGEST = 1_500
"""Characters of a sentence in which verbs are looked for; a longer one is a page whose marks were lost."""

MOSTLY = 0.6
"""Share of quoted characters from which a statement is given in direct speech."""

FIRST_PERSON = re.compile(r"\b(?:we|our|I)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A sentence of the article's prose.

    Attributes
    ----------
    number, words : int, str
        As in `workbook.coding_desk.sentences.Sentence`.
    masked : str
        The words with quotations masked.
    paragraph : int
        Which paragraph it stands in.
    dates : tuple of DateExpression
        Outside the quotations; their places are those in the sentence.
    clauses : tuple of Clause
        Its verbs that tell who says or does something.
    """

    number: int
    words: str
    masked: str
    paragraph: int
    dates: tuple[DateExpression, ...]
    clauses: tuple[Clause, ...]

    @property
    def quoted(self) -> str:
        """The quoted words."""
        return "".join(a if b == MASK else " " for a, b in zip(self.words, self.masked, strict=True)).strip()

    @property
    def is_quotation(self) -> bool:
        """Whether somebody's own words stand in it."""
        return len(self.quoted.split()) >= QUOTED_WORDS

    @property
    def speaks_for_itself(self) -> bool:
        """Whether it is in the first person outside any quotation, as in a printed statement."""
        return bool(FIRST_PERSON.search(self.masked))

    @property
    def form(self) -> str:
        """How words are given: direct, indirect or mixed."""
        if not self.is_quotation:
            return "mixed" if self.quoted else "indirect"
        return "direct" if len(self.quoted) >= MOSTLY * len(self.words) else "mixed"


def read_lines(article: Article, *, names: Names) -> tuple[Line, ...]:
    """Read an article's prose; people whom the data set lacks are introduced by it."""
    spans = quoted_spans(article.text)
    text = masked(article.text, spans)
    found = prose_sentences(article.text, sentences(article.text, language=article.language))
    introduced = [
        clause.who
        for each in found
        for clause in _clauses(text, each, names=names)
        if clause.who.role == "person" and not clause.who.actor_ids
    ]
    names = names.knowing(introduced)
    dates = date_expressions(text, published=article.published)
    return tuple(
        Line(
            each.number,
            each.text,
            text[each.start : each.end],
            text.count("\n", 0, each.start),
            _within(dates, each.start, each.end),
            _clauses(text, each, names=names),
        )
        for each in found
    )


def _clauses(text: str, sentence: Sentence, *, names: Names) -> tuple[Clause, ...]:
    return clauses(text[sentence.start : min(sentence.end, sentence.start + LONGEST)], names=names)


def _within(dates: tuple[DateExpression, ...], start: int, end: int) -> tuple[DateExpression, ...]:
    inside = (each for each in dates if start <= each.start < end)
    return tuple(replace(each, start=each.start - start, end=each.end - start) for each in inside)
