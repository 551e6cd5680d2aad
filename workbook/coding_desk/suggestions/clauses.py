"""Who says, denies, imposes: the verbs of a sentence outside its quotations, each with its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from workbook.coding_desk.suggestions.names import Names, Who
from workbook.coding_desk.suggestions.subjects import first_part, opening_subject, speaker, subject
from workbook.coding_desk.suggestions.vocabulary import CUES, any_of

OF_SPEECH = ("speech", "hearsay", "attitude", "quoting")
"""Kinds of verbs that tell that something is said, but not which act that is."""

NOBODY_YET = Who("", (), "pronoun")
"""Stands for the subject of a participle until that of the sentence is known."""

PARTICIPLE = re.compile(r"^\w+ing\b", re.IGNORECASE)

PASSIVE = re.compile(rf"\b(?:{any_of(CUES['not_finite_after'])})\s+(?:(?:\w+ly|first|also|often)\s+)?$", re.IGNORECASE)
"""What makes a verb none whose subject speaks."""


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
    return nearest[0] if nearest else opening_subject(words, names=names) or clause.who


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
        who = names.who(first_part(after))
    elif kind == "quoting":
        who, relay = names.who(first_part(after)), subject(before, beyond="", names=names)
    else:
        who = speaker(before, verb[0], after, names=names) or (NOBODY_YET if PARTICIPLE.search(verb[0]) else None)
    return Clause(verb[0], kind, verb.start(), verb.end(), who, relay) if who else None
