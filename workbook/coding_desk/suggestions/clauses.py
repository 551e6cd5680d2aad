"""Who says, denies, imposes: the verbs of a sentence outside its quotations, each with its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from workbook.coding_desk.suggestions.names import Names, Who
from workbook.coding_desk.suggestions.quotes import MASK
from workbook.coding_desk.suggestions.vocabulary import CUES, any_of

MOST_PARTS_BACK = 5
"""How many parts of a sentence a subject may stand before its verb."""

BEYOND = 80
"""Characters after a verb in which whom somebody spoke to is looked for."""

UNNAMED = ("spokesperson", "official", "analysts", "sources", "office")

MOST_WORDS = 4
"""Of a state in a list of states."""

FINITE = re.compile(r"\b(?:has|have|had|is|are|was|were|will|would|[a-z]{3,}ed)\b")
"""Ends the subject at the beginning of a sentence."""

NOBODY_YET = Who("", (), "pronoun")
"""Stands for the subject of a participle until that of the sentence is known."""

PARTICIPLE = re.compile(r"^\w+ing\b", re.IGNORECASE)

ENDS = re.compile(rf"{MASK}+|[,;:()–—]|\s-\s|\b(?:{any_of(CUES['clause_ends'])})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Clause:
    """A verb and who its subject is.

    Attributes
    ----------
    verb : str
        The words that are the cue.
    kind : str
        ``"speech"``, ``"attitude"`` (believes), ``"hearsay"`` (according to), ``"quoting"``, ``"accusing"``, or
        the act that the verb performs.
    start, end : int
        Where the verb stands in the sentence.
    who : Who
        The subject.
    relay : Who or None
        A medium that quotes them.
    """

    verb: str
    kind: str
    start: int
    end: int
    who: Who
    relay: Who | None = None


@cache
def _verbs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = {name: CUES[name] for name in ("speech", "attitude", "quoting", "accusing", "hearsay")}
    lists |= {act: cues["verbs"] for act, cues in CUES["acts"].items() if cues.get("verbs")}
    return tuple((kind, re.compile(rf"\b(?:{any_of(words)})\b", re.IGNORECASE)) for kind, words in lists.items())


PASSIVE = re.compile(rf"\b(?:{any_of(CUES['not_finite_after'])})\s+(?:(?:\w+ly|first|also|often)\s+)?$", re.IGNORECASE)


def clauses(words: str, *, names: Names) -> tuple[Clause, ...]:
    """Find who says or does what in a sentence whose quotations are masked, in the order of the verbs.

    Examples
    --------
    >>> from workbook.readers.coded import read_package
    >>> names = Names(read_package("arms_transfers").events())
    >>> [(each.verb, each.who.actor_ids) for each in clauses("Moscow denied what Kirby had said.", names=names)]
    [('denied', ('RUS',)), ('said', ('john-kirby',))]
    """
    found = sorted(
        (
            (match, kind)
            for kind, pattern in _verbs()
            for match in pattern.finditer(words)
            if match[0][0].islower() or not re.search(r"[^\W_]", words[: match.start()])
        ),
        key=lambda each: (each[0].start(), -each[0].end()),
    )
    made = [_clause(words, match, kind, names=names) for match, kind in _apart(found)]
    known = [clause for clause in made if clause]
    settled = (replace(each, who=_settled(each, known, words, names=names)) for each in known)
    return tuple(each for each in settled if each.who != NOBODY_YET)


def _settled(clause: Clause, others: list[Clause], words: str, *, names: Names) -> Who:
    """Take for "saying" and "it said" whose sentence it is: the subject of the verb before, or at the beginning."""
    finite = [each for each in others if not _is_participle(each) and each.who.role != "pronoun"]
    before = [each.who for each in finite if each.start < clause.start]
    if clause.who.words.lower() == "it":
        return next((who for who in before if who.role in ("state", "body")), clause.who)
    if not _is_participle(clause):
        return clause.who
    nearest = before[-1:] or [each.who for each in finite[:1]]
    return nearest[0] if nearest else names.who(FINITE.split(_first_part(words))[0]) or clause.who


def _is_participle(clause: Clause) -> bool:
    return clause.kind not in ("hearsay", "quoting") and bool(PARTICIPLE.search(clause.verb))


def _apart(found: list[tuple[re.Match[str], str]]) -> Iterator[tuple[re.Match[str], str]]:
    reached = 0
    for match, kind in found:
        if match.start() >= reached:
            reached = match.end()
            yield match, kind


def _clause(words: str, verb: re.Match[str], kind: str, *, names: Names) -> Clause | None:
    before, after = words[: verb.start()], words[verb.end() :]
    if kind != "hearsay" and (PASSIVE.search(before) or re.match(r"\s+by\b", after)):
        return None
    relay = None
    if kind == "hearsay":
        who = names.who(_first_part(after))
    elif kind == "quoting":
        who, relay = names.who(_first_part(after)), _subject(before, beyond="", names=names)
    else:
        who = _speaker(before, verb[0], after, names=names) or (NOBODY_YET if PARTICIPLE.search(verb[0]) else None)
    return Clause(verb[0], kind, verb.start(), verb.end(), who, relay) if who else None


def _first_part(after: str) -> str:
    end = ENDS.search(after.lstrip())
    return after.lstrip()[: end.start()] if end else after


def _speaker(before: str, verb: str, after: str, *, names: Names) -> Who | None:
    """Take the subject before the verb, or after it: "no," said the duke."""
    has_hearer = verb in CUES["with_hearer"]
    right = _first_part(after)
    is_inverted = re.search(rf"[{MASK},]\s*$", before) and not has_hearer and not FINITE.search(right)
    if is_inverted and (who := names.who(right)):
        return who
    return _subject(before, beyond=after[:BEYOND] if has_hearer or re.match(r"\s+to\b", after) else "", names=names)


def _subject(before: str, *, beyond: str, names: Names) -> Who | None:
    """Go back part by part to the one that names somebody; a list of states or of people is one subject."""
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
        chain = re.split(rf"{MASK}|[;:()]|\b(?:that|after|as|while|when|but|because)\b", reach)[-1]
        pieces = [piece for piece in re.split(r",\s*(?:and\s+)?|\s+and\s+", chain) if piece.strip()]
        states = [names.who(piece) for piece in pieces]
        named = [each for each in states if each and each.role == "state" and len(each.words.split()) <= MOST_WORDS]
        keys = tuple(dict.fromkeys(key for each in named for key in each.actor_ids))
        return replace(who, actor_ids=keys, words=", ".join(each.words for each in named)) if len(keys) > 1 else who
    if who.role == "person" and who.actor_ids:
        people = names.called(reach, kind="person")[-2:]
        if len(people) > 1 and re.match(r"\s+and\b", reach[people[0][0] :]):
            return replace(who, actor_ids=tuple(dict.fromkeys(key for _, key in people)))
    return who
