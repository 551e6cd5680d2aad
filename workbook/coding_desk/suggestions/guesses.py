"""The rules: which acts of which speakers a sentence carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbook.coding_desk.suggestions.acts import acts_of
from workbook.coding_desk.suggestions.clauses import OF_SPEECH, Clause
from workbook.coding_desk.suggestions.names import Names, Who
from workbook.coding_desk.suggestions.reading import Line
from workbook.coding_desk.suggestions.speakers import is_accused, meant
from workbook.coding_desk.suggestions.vocabulary import CUES

DEEDS = ("contact", "recognition", "vote", "sanction")
"""Acts of which only those of the data set's actors are suggested."""

CHARGE = re.compile(r"\bfor\s+\w+ing\b|\bover\b|\bit said\b|\baccused\b", re.IGNORECASE)
DENIALS = re.compile(rf"\b(?:{'|'.join(CUES['acts']['denial']['nouns'])})\b", re.IGNORECASE)
SPEECH_NOUNS = re.compile(rf"\b(?:{'|'.join(CUES['nouns'])})\s+(?:\w+\s+)?(?:that|of)\b", re.IGNORECASE)
POSSESSED = re.compile(r"[’']s?\s+(?:\w+\s+)?$")
POSSESSIVES = ("its", "their", "his", "her", "those", "such", "these")

OWNER = 4
"""Words before "denials" or "reports that" in which is looked whose they are."""

NEXT = 45
"""Characters after "its denials" in which the accused is looked for."""


@dataclass(frozen=True)
class Guess:
    """An act and its speaker.

    Attributes
    ----------
    act : str
        Key of the act.
    who : Who
        The speaker.
    ground : str
        Which rule saw which words.
    clause : Clause or None
        The verb, where there is one: a date is looked for beside it.
    relay : Who or None
        A medium that passes it on.
    is_referred : bool
        The article refers to it without its occasion.
    """

    act: str
    who: Who
    ground: str
    clause: Clause | None = None
    relay: Who | None = None
    is_referred: bool = False


@dataclass(frozen=True)
class Scene:
    """What is known of an article when a sentence is read.

    Attributes
    ----------
    names : Names
        Who can be named.
    accused : frozenset of str
        States that deny in the data set.
    heard : tuple of Who
        Who has spoken, the last first.
    closing : Clause or None
        The last verb of speech of the rest of the paragraph.
    issuer : Who or None
        Whose printed statement this is.
    """

    names: Names
    accused: frozenset[str]
    heard: tuple[Who, ...] = ()
    closing: Clause | None = None
    issuer: Who | None = None


def guesses(line: Line, *, scene: Scene) -> tuple[Guess, ...]:
    """Return what a sentence probably carries, each act of each speaker once."""
    found = [each for rule in (_by_verbs, _by_words, _by_nouns, _unattributed) for each in rule(line, scene)]
    unique = {(each.act, each.who.actor_ids or each.who.words): each for each in reversed(found)}
    return tuple(each for each in found if unique[each.act, each.who.actor_ids or each.who.words] is each)


def main_clause(line: Line) -> Clause | None:
    """Return the verb of speech that the sentence hangs on: the first whose subject is no medium, else the first."""
    speech = [each for each in line.clauses if each.kind in OF_SPEECH]
    spoken = [each for each in speech if each.kind != "attitude"] or speech
    return next((each for each in spoken if each.who.role != "medium"), spoken[0] if spoken else None)


def relay_of(line: Line, clause: Clause) -> Who | None:
    """Return the medium that passes on what somebody else says."""
    others = (each.who for each in line.clauses if each.kind in OF_SPEECH and each.who.role == "medium")
    return clause.relay or (next(others, None) if clause.who.role != "medium" else None)


def _by_verbs(line: Line, scene: Scene) -> Iterator[Guess]:
    """Take verbs that perform an act themselves: denied, urged, imposed sanctions."""
    for clause in line.clauses:
        who = meant(clause.who, heard=scene.heard)
        if clause.kind in OF_SPEECH or not who or (clause.kind in DEEDS and not who.actor_ids):
            continue
        act = _performed(line, clause, who, scene)
        yield Guess(act, who, f"“{clause.verb}” is a verb of {act}", clause, relay_of(line, clause))
        if act == "sanction" and CHARGE.search(line.masked, clause.end):
            yield Guess("allegation", who, f"“{clause.verb}” is followed by the charge", clause)


def _performed(line: Line, clause: Clause, who: Who, scene: Scene) -> str:
    if clause.kind == "accusing":
        return "counter_accusation" if is_accused(who, accused=scene.accused) else "allegation"
    side = is_accused(who, accused=scene.accused)
    acts = [each.name for each in acts_of(line.words, is_accused=side, is_analyst=False)]
    if clause.kind == "warning" and "demand" in acts and "warning" not in acts:
        return "demand"
    return "pledge" if clause.kind == "demand" and "pledge" in acts else clause.kind


def _by_words(line: Line, scene: Scene) -> Iterator[Guess]:
    """Take what somebody says, by the cue words in it."""
    clause = main_clause(line)
    who = meant(clause.who, heard=scene.heard) if clause else None
    is_relayed = who and who.role == "medium" and any(each.kind not in OF_SPEECH for each in line.clauses)
    if clause and who and not is_relayed:
        verb = f"{clause.who.words} … {clause.verb}" if clause.start > 0 else clause.verb
        performed = [each for each in line.clauses if each.kind not in OF_SPEECH and each.who == clause.who]
        yield from _said(line, who, f"“{verb}”", clause, scene=scene, is_told=not performed)


def _said(line: Line, who: Who, why: str, clause: Clause | None, *, scene: Scene, is_told: bool) -> Iterator[Guess]:
    found = acts_of(line.words, is_accused=is_accused(who, accused=scene.accused), is_analyst=who.role == "analysts")
    for act in found:
        if act.words or is_told:
            cue = f"“{act.words}” is a cue of {act.name}" if act.words else f"no cue; {act.name} is the usual act"
            yield Guess(act.name, who, f"{why}: {cue}", clause, relay_of(line, clause) if clause else None)


def _by_nouns(line: Line, scene: Scene) -> Iterator[Guess]:
    """Take "X's denials", and "X's reports that" where no verb tells who says it."""
    if denial := DENIALS.search(line.masked):
        who = _owner(line, denial, scene) or _denier(line, denial, scene)
        if who:
            yield Guess("denial", who, f"“{denial[0]}” refers to a denial", is_referred=True)
    noun = SPEECH_NOUNS.search(line.masked)
    is_owned = noun and (not line.clauses or POSSESSED.search(line.masked, 0, noun.start()))
    who = _owner(line, noun, scene) if noun and is_owned else None
    if noun and who and who.role != "pronoun":
        for guess in _said(line, who, f"“{noun[0]}” refers to words", None, scene=scene, is_told=not line.clauses):
            yield replace(guess, is_referred=True)


def _owner(line: Line, noun: re.Match[str], scene: Scene) -> Who | None:
    """Return whose denials they are: the nearest who is named in the words before; of "its denials" nobody yet."""
    before = line.masked[: noun.start()].split()[-OWNER:]
    for start in reversed(range(len(before))):
        who = scene.names.who(" ".join(before[start:]))
        if who or before[start].lower() in POSSESSIVES:
            return who if who and who.role != "pronoun" else None
    return None


def _denier(line: Line, noun: re.Match[str], scene: Scene) -> Who | None:
    """Resolve "its denials" to the accused state that is named next."""
    who = scene.names.who(line.masked[noun.end() : noun.end() + NEXT])
    return who if who and who.states & scene.accused else None


def _unattributed(line: Line, scene: Scene) -> Iterator[Guess]:
    """Take a quotation without a verb, or a printed statement's words, for those of its speaker."""
    if line.clauses:
        return
    closing = meant(scene.closing.who, heard=scene.heard) if scene.closing else None
    who: Who | None
    if scene.issuer:
        who, why = scene.issuer, "a printed statement"
    elif line.is_quotation or line.speaks_for_itself:
        who, why = closing or next(iter(scene.heard), None), "a quotation without a verb, by who spoke before"
    elif scene.closing and scene.closing.verb in CUES["closing"]:
        who, why = closing, f"the paragraph ends with “{scene.closing.verb}”"
    else:
        return
    if who:
        is_told = not scene.issuer or line.speaks_for_itself
        yield from _said(line, who, why, None, scene=scene, is_told=is_told)
