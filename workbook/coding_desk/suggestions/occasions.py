"""When something was said: the date that stands beside the verb, not the date of the deed that is spoken of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbook.coding_desk.suggestions.clauses import OF_SPEECH, Clause
from workbook.coding_desk.suggestions.quotes import MASK
from workbook.coding_desk.suggestions.subjects import ENDS
from workbook.dates import DateExpression

BETWEEN = re.compile(rf"{MASK}|[,;:]|\bthat\b")
"""What parts a verb from the words of which it tells, and so from their dates."""

REACH = 45
"""Characters after a verb of speech, beyond which a date belongs to what is said."""


@dataclass(frozen=True)
class Occasion:
    """A date, its basis in the words of the codebook, the words that tell it, and those of other dates passed over."""

    said: str = ""
    basis: str = ""
    words: str = ""
    passed_over: tuple[str, ...] = ()


def occasion(words: str, clause: Clause | None, *, dates: Sequence[DateExpression]) -> Occasion:
    """Choose the date of a statement among those of its sentence.

    Parameters
    ----------
    words : str
        The sentence, its quotations masked.
    clause : Clause or None
        The verb and its subject; ``None`` where the sentence has neither.
    dates : sequence of DateExpression
        Outside the quotations; their places are those in the sentence.

    Returns
    -------
    Occasion
        Without a date where none stands at the beginning of the sentence or beside the verb.
    """
    beside = [each for each in dates if _is_beside(words, clause, each)]
    chosen = min(beside, key=lambda each: _distance(clause, each), default=None)
    others = tuple(each.words for each in dates if each is not chosen)
    return Occasion(chosen.edtf, chosen.basis, chosen.words, others) if chosen else Occasion(passed_over=others)


def _distance(clause: Clause | None, found: DateExpression) -> int:
    return 0 if clause is None else max(clause.start - found.end, found.start - clause.end)


def _is_beside(words: str, clause: Clause | None, found: DateExpression) -> bool:
    if clause is None:
        return False
    is_speech = clause.kind in OF_SPEECH
    if found.start >= clause.end:
        closes = MASK in words[: clause.start] and not words[found.end :].strip(" .")
        near = found.start - clause.end <= REACH or not is_speech or closes
        return near and not BETWEEN.search(words, clause.end, found.start)
    between = words[found.end : clause.start]
    opens = found.start <= len("In ") if is_speech else not ENDS.search(words, 0, found.start)
    return opens or (len(between) <= REACH and not BETWEEN.search(between))
