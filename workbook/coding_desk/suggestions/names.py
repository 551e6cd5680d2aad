"""Who is named in a stretch of a sentence: actors of the data set, roles, people whom it does not have yet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Literal

from workbook.coding_desk.suggestions.vocabulary import BODIES, ROLES, STATES, any_of
from workbook.events import EventData

Role = Literal[
    "person", "spokesperson", "official", "analysts", "sources", "office", "medium", "body", "state", "pronoun"
]

FAMILY_NAME_FIRST = ("PRK", "KOR", "CHN")
MOST_DEFINITE = 5
"""Words of "the department press secretary": with more, somebody new is named."""

SHORTEST_PLURAL = 4
MOST_NAMES = 3
"""Words of a person's name; of longer ones no family name can be told."""

NOT_NAMES = ("Unnamed", "A ", "Two ")
UNNAMED_KINDS = ("spokesperson", "person", "group")
PERSON = re.compile(r"\b(?:[A-Z][\w’'-]+\.?\s+)+[A-Z][\w’'-]+")
PRONOUN = re.compile(rf"\b(?:{any_of(ROLES['pronoun'])})\b(?!\s+of)", re.IGNORECASE)

PRONOUN_LAST = re.compile(
    rf"\b({any_of(ROLES['pronoun'])})(?:\s+(?:also|later|earlier|then|had|has|have|\w+ly))*\s*$", re.IGNORECASE
)


@dataclass(frozen=True)
class Who:
    """Somebody who may be speaking.

    Attributes
    ----------
    words : str
        As the article names them.
    actor_ids : tuple of str
        Actors of the data set, several of a joint statement; empty where it has none that fits.
    role : str
        What kind of speaker the words name.
    states : frozenset of str
        ISO 3166-1 alpha-3 codes that go with them.
    is_definite : bool
        "The official": somebody who has been named before.
    """

    words: str
    actor_ids: tuple[str, ...]
    role: Role
    states: frozenset[str] = frozenset()
    is_definite: bool = False


class Names:
    """The actors of a data set as an article may call them.

    Parameters
    ----------
    data : EventData
        Its actors are matched by name, short name and family name; states also by the words of ``states.json``.
    """

    def __init__(self, data: EventData) -> None:
        rows = data.actors.fillna("").to_dict("records")
        self._rows = {str(row["actor_id"]): row for row in rows}
        self._states = {row["country"]: key for key, row in self._rows.items() if row["kind"] == "state"}
        calls = {phrase: code for code, phrases in STATES.items() for phrase in phrases}
        calls |= {row["name"]: row["country"] for row in rows if row["kind"] == "state" and row["country"]}
        self._codes = calls
        self._state = re.compile(rf"(?<![\w.])(?:{any_of(calls)})(?![\w-])")
        literal = {name: key for key, row in self._rows.items() for name in _literal_names(row)}
        self._literal = {_folded(name): key for name, key in literal.items()}
        self._called = re.compile(rf"(?<!\w)(?:{_spelt(literal)})(?!\w)(?![ -](?:[A-Z][a-z]+|[a-z]+-)\b)|(?!)")
        self._introduced: dict[str, Who] = {}
        self._tokens = [
            (key, self._content(row[column])) for key, row in self._rows.items() for column in ("short_name", "name")
        ]

    def knowing(self, people: Iterable[Who]) -> Names:
        """Return names that know these people too, by their family names, as an article does the second time."""
        names = copy(self)
        names._introduced = {each.words.split()[-1]: each for each in people}
        return names

    def states_in(self, words: str) -> frozenset[str]:
        """Return the codes of the states that are named."""
        bodies = frozenset(code for code, phrases in BODIES.items() if re.search(rf"\b(?:{any_of(phrases)})\b", words))
        return bodies | frozenset(self._codes[" ".join(match[0].split())] for match in self._state.finditer(words))

    def country(self, actor_id: str) -> str:
        """Return the code of an actor's state; empty where it has none."""
        return str(self._rows[actor_id]["country"])

    def above(self, actor_id: str) -> list[str]:
        """Return the bodies to which an actor belongs, the nearest first; states are left out."""
        found = []
        parent = self._rows[actor_id]["parent_id"]
        while parent and self.kind(parent) != "state":
            found.append(parent)
            parent = self._rows[parent]["parent_id"]
        return found

    def kind(self, actor_id: str) -> str:
        """Return what kind of actor this is."""
        return str(self._rows[actor_id]["kind"])

    def called(self, words: str, *, kind: str = "") -> list[tuple[int, str]]:
        """Return the actors who are named outright, and where each name ends."""
        found = []
        for match in self._called.finditer(words):
            key = self._literal[_folded(match[0])]
            if not kind or self._rows[key]["kind"] == kind:
                found.append((match.end(), key))
        return found

    def who(self, words: str, *, beyond: str = "") -> Who | None:
        """Return who is meant by a stretch of a sentence that may be the subject of a verb.

        Parameters
        ----------
        words : str
            The stretch.
        beyond : str
            What follows the verb, such as whom an unnamed official spoke to.

        Returns
        -------
        Who or None
            ``None`` where nobody is named.
        """
        if at_once := PRONOUN_LAST.search(words):
            return Who(at_once[1], (), "pronoun")
        return self._person(words) or self._unnamed(words, beyond) or self._collective(words) or _pronoun(words)

    def _person(self, words: str) -> Who | None:
        people = [(match, self._literal[_folded(match[0])]) for match in self._called.finditer(words)]
        people = [(match, key) for match, key in people if self._rows[key]["kind"] == "person"]
        if people:
            match, key = people[-1]
            return Who(match[0], (key,), "person", frozenset({self.country(key)} - {""}))
        again = [word for word in re.findall(r"[A-Z][\w-]+", words) if word in self._introduced]
        if again:
            return self._introduced[again[-1]]
        others = self._called.sub(lambda found: "·" * len(found[0]), self._without_states(words))
        for match in reversed(list(PERSON.finditer(others))):
            name = _without_titles(match[0])
            if name:
                return Who(name, (), "person", self.states_in(words))
        return None

    def _unnamed(self, words: str, beyond: str) -> Who | None:
        role = _role(self._without_states(words), ("spokesperson", "official", "analysts", "sources", "office"))
        if not role:
            return None
        keys = self._fitting(f"{words} {beyond}", kinds=UNNAMED_KINDS, needed=words)
        is_short = len(words.split()) <= MOST_DEFINITE
        is_definite = not keys and is_short and bool(re.match(r"\W*the\b", words, re.IGNORECASE))
        return Who(_trimmed(words), keys[:1], role, self._states_of(keys) or self.states_in(words), is_definite)

    def _collective(self, words: str) -> Who | None:
        media = self.called(words, kind="medium")
        if media or _role(self._without_states(words), ("medium",)):
            return Who(_trimmed(words), tuple(key for _, key in media[-1:]), "medium")
        codes = self.states_in(words)
        keys = self._fitting(words, kinds=("body", "organisation"), needed=words)
        if keys or _role(self._without_states(words), ("body",)):
            return Who(_trimmed(words), keys[:1], "body", self._states_of(keys) or codes)
        if named := self._state.search(words):
            first = self._codes[" ".join(named[0].split())]
            keys = (self._states[first],) if first in self._states else ()
            return Who(_trimmed(words), keys, "state", frozenset({first}))
        return Who(_trimmed(words), (), "body", codes) if codes else None

    def _without_states(self, words: str) -> str:
        return self._state.sub(lambda match: "·" * len(match[0]), words)

    def _states_of(self, keys: tuple[str, ...]) -> frozenset[str]:
        return frozenset({self.country(key) for key in keys[:1]} - {""})

    def _fitting(self, words: str, *, kinds: tuple[str, ...], needed: str) -> tuple[str, ...]:
        """Return the actors all of whose words are here, that with most words first; a state may be left unsaid."""
        here, there = self._content(words), self._content(needed)
        found = []
        for key, tokens in self._tokens:
            nouns = {token for token in tokens if not token.isupper()}
            unsaid = tokens - here
            is_left_unsaid = len(nouns) > 1 and unsaid == tokens - nouns and not any(token.isupper() for token in there)
            if self._rows[key]["kind"] in kinds and nouns & there and (not unsaid or is_left_unsaid):
                found.append((-len(tokens), kinds.index(self._rows[key]["kind"]), key))
        return tuple(dict.fromkeys(key for *_, key in sorted(found)))

    def _content(self, words: str) -> frozenset[str]:
        """Return the words that carry a name; states are their codes, in capitals."""
        plain = self._state.sub(lambda match: f" {self._codes[' '.join(match[0].split())]} ", words)
        tokens = (
            token if token.isupper() and token in STATES else token.lower() for token in re.findall(r"[^\W_]+", plain)
        )
        singular = (
            token
            if token.isupper() or len(token) < SHORTEST_PLURAL or token.endswith("ss")
            else token.removesuffix("s")
            for token in tokens
        )
        return frozenset(
            ROLES["synonyms"].get(token, token) for token in singular if token not in ROLES["empty"] and len(token) > 1
        )


def _literal_names(row: dict[str, str]) -> list[str]:
    """Return the names by which an actor is called outright, family names of people among them."""
    names = [row[column] for column in ("name", "short_name") if not row[column].startswith(NOT_NAMES)]
    if row["kind"] in ("state", "group"):
        return []
    parts = row["name"].split()
    if row["kind"] == "person" and 1 < len(parts) <= MOST_NAMES and names:
        names.append(parts[0] if row["country"] in FAMILY_NAME_FIRST else parts[-1])
    return names


def _folded(name: str) -> str:
    return " ".join(re.split(r"[\s-]+", name)).casefold()


def _spelt(names: dict[str, str]) -> str:
    """Return a pattern of names with blanks or hyphens between their parts, small letters after a hyphen allowed."""
    return "|".join(
        r"[\s-]+".join(
            f"(?:{re.escape(part)}|{re.escape(part.lower())})" if place else re.escape(part)
            for place, part in enumerate(re.split(r"[\s-]+", name))
        )
        for name in sorted(names, key=len, reverse=True)
    )


def _role(words: str, roles: tuple[Role, ...]) -> Role | None:
    """Return the role whose noun comes last."""
    found = [
        (match.end(), role)
        for role in roles
        for match in re.finditer(rf"\b(?:{any_of(ROLES[role])})\b", words, re.IGNORECASE)
    ]
    return max(found)[1] if found else None


def _without_titles(words: str) -> str:
    """Strip titles and offices off a name; empty where no given name and family name are left."""
    roles = ("spokesperson", "official", "office", "body", "medium", "titles", "empty", "no_names")
    nouns = {noun for role in roles for noun in ROLES[role]}
    names: list[list[str]] = [[]]
    for part in words.split():
        names = [*names, []] if part.strip(".").lower() in nouns else [*names[:-1], [*names[-1], part]]
    return next((" ".join(name) for name in reversed(names) if len(name) > 1), "")


def _pronoun(words: str) -> Who | None:
    found = PRONOUN.search(words)
    return Who(found[0], (), "pronoun") if found else None


def _trimmed(words: str) -> str:
    """Strip what stands around a name: marks, a page's date, the auxiliaries and adverbs of the verb."""
    plain = re.sub(r"(?<=\w{3})\.$", "", words.strip())
    plain = re.sub(r"^[^\w“\"]*(?:date\s+[\d-]+\s+)?|[\s,;:–—-]+$", "", plain)
    return re.sub(r"(?:\s+(?:has|have|had|will|also|later|earlier|recently|further|\w+ly))+$", "", plain)
