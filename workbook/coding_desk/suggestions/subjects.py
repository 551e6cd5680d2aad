"""The subject of a verb: who stands before it, or after it where the sentence is turned round."""

from __future__ import annotations

import re
from dataclasses import replace

from workbook.coding_desk.suggestions.names import Names, Who
from workbook.coding_desk.suggestions.quotes import MASK
from workbook.coding_desk.suggestions.vocabulary import CUES, any_of

MOST_PARTS_BACK = 5
"""How many parts of a sentence a subject may stand before its verb."""

BEYOND = 80
"""Characters after a verb in which whom somebody spoke to is looked for."""

MOST_WORDS = 4
"""Of a state in a list of states."""

PAIR = 2

UNNAMED = ("spokesperson", "official", "analysts", "sources", "office")

FINITE = re.compile(r"\b(?:has|have|had|is|are|was|were|will|would|[a-z]{3,}ed)\b")
"""A verb that ends the subject at the beginning of a sentence."""

ENDS = re.compile(rf"{MASK}+|[,;:()–—]|\s-\s|\b(?:{any_of(CUES['clause_ends'])})\b", re.IGNORECASE)
"""What parts a sentence."""

LIST_ENDS = re.compile(rf"{MASK}|[;:()]|\b(?:that|after|as|while|when|but|because)\b")
"""What parts a list from the words before it."""


def first_part(words: str) -> str:
    """Return the words up to the first mark or conjunction.

    Examples
    --------
    >>> first_part("Sullivan, who spoke on Monday")
    'Sullivan'
    """
    end = ENDS.search(words.lstrip())
    return words.lstrip()[: end.start()] if end else words


def opening_subject(words: str, *, names: Names) -> Who | None:
    """Return whom a sentence begins with."""
    return names.who(FINITE.split(first_part(words))[0])


def speaker(before: str, verb: str, after: str, *, names: Names) -> Who | None:
    """Return the subject of a verb.

    Parameters
    ----------
    before, verb, after : str
        The sentence, its quotations masked, in three parts.
    names : Names
        Who can be named.

    Returns
    -------
    Who or None
        Who stands before the verb, or behind it in words such as: "no," said the duke.
    """
    has_hearer = verb in CUES["with_hearer"]
    right = first_part(after)
    is_inverted = re.search(rf"[{MASK},]\s*$", before) and not has_hearer and not FINITE.search(right)
    if is_inverted and (who := names.who(right)):
        return who
    return subject(before, beyond=after[:BEYOND] if has_hearer or re.match(r"\s+to\b", after) else "", names=names)


def subject(before: str, *, beyond: str, names: Names) -> Who | None:
    """Go back from a verb part by part to the one that names somebody; a list of states or of people is one subject."""
    ends = [end.span() for end in ENDS.finditer(before)]
    starts = [0, *(end for _, end in ends)][::-1][:MOST_PARTS_BACK]
    stops = [*(start for start, _ in ends), len(before)][::-1]
    parts = list(zip(starts, stops, strict=False))
    for place, (start, stop) in enumerate(parts):
        is_aside = re.match(r"\s*(?:who|which)\b", before[start:stop])
        if not is_aside and (who := names.who(before[start:stop], beyond=beyond)):
            further = parts[place + 1] if place + 1 < len(parts) else (start, start)
            return _with_neighbour(who, before, further, (start, stop), names=names)
    return None


def _with_neighbour(who: Who, before: str, further: tuple[int, int], part: tuple[int, int], *, names: Names) -> Who:
    """Look at the part before: "Name, spokesperson for X," is the name, "sources from X and Y" are the sources."""
    between, neighbour = before[further[1] : part[0]].strip(), names.who(before[slice(*further)])
    if between == "," and who.role in UNNAMED and neighbour and neighbour.role == "person" and not who.is_definite:
        return neighbour
    if between == "and" and who.role in ("body", "state") and neighbour and neighbour.role in UNNAMED:
        return names.who(before[further[0] : part[1]]) or who
    return _joined(who, before[: part[1]], names=names)


def _joined(who: Who, reach: str, *, names: Names) -> Who:
    """Add those who are named with a subject: "A, B and C"."""
    if who.role == "state":
        return _joined_states(who, reach, names=names)
    return _joined_people(who, reach, names=names) if who.role == "person" and who.actor_ids else who


def _joined_states(who: Who, reach: str, *, names: Names) -> Who:
    pieces = re.split(r",\s*(?:and\s+)?|\s+and\s+", LIST_ENDS.split(reach)[-1])
    states = [each for each in map(names.who, filter(str.strip, pieces)) if each and each.role == "state"]
    named = [each for each in states if len(each.words.split()) <= MOST_WORDS]
    keys = tuple(dict.fromkeys(key for each in named for key in each.actor_ids))
    return replace(who, actor_ids=keys, words=", ".join(each.words for each in named)) if len(keys) >= PAIR else who


def _joined_people(who: Who, reach: str, *, names: Names) -> Who:
    people = names.called(reach, kind="person")[-PAIR:]
    if len(people) == PAIR and re.match(r"\s+and\b", reach[people[0][0] :]):
        return replace(who, actor_ids=tuple(dict.fromkeys(key for _, key in people)))
    return who
