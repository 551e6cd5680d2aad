"""What there is already that resembles a new actor or claim: shown before a coder makes another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

MOST = 8
LEAST_SCORE = 60.0
"""Of 100; below it a name resembles another by chance."""

SHORT_NAME, SHORT_CLAIM = 24, 48
"""Characters of a label on a chart, as the tables allow them."""

ARTICLES_AND_PREPOSITIONS = frozenset({"the", "a", "an", "of", "for", "in", "to", "and", "on", "from", "with", "that"})

Row = Mapping[str, str]


@dataclass(frozen=True)
class Similar:
    """A row that resembles what is searched.

    Attributes
    ----------
    key : str
        Its key.
    words : str
        The row in a line.
    score : float
        From 0 to 100.
    """

    key: str
    words: str
    score: float


def similar_actors(query: str, *, actors: Iterable[Row], most: int = MOST) -> tuple[Similar, ...]:
    """Search actors by name, short name, office and key; spelling and accents need not be right.

    Parameters
    ----------
    query : str
        A name or a part of it.
    actors : iterable of mapping
        Rows of ``actors.csv``.
    most : int
        How many at most.

    Returns
    -------
    tuple of Similar
        The most similar first; none for a query without a letter or digit.

    Examples
    --------
    >>> actors = [{"actor_id": "kim", "name": "Kim Jong Un", "short_name": "Kim", "kind": "person", "parent_id": "PRK"}]
    >>> [each.words for each in similar_actors("Kim Yong-ún", actors=actors)]
    ['Kim Jong Un: person of PRK']
    """
    rows = list(actors)
    names = {row["actor_id"]: row["name"] for row in rows}
    texts = [[row.get(name, "") for name in ("name", "short_name", "description", "actor_id")] for row in rows]
    words = [actor_in_words(row, names=names) for row in rows]
    return _ranked(query, keys=[row["actor_id"] for row in rows], texts=texts, words=words, most=most)


def similar_claims(query: str, *, claims: Iterable[Row], most: int = MOST) -> tuple[Similar, ...]:
    """Search claims by their wording.

    Parameters
    ----------
    query : str
        A proposition, or words of it.
    claims : iterable of mapping
        Rows of ``claims.csv``.
    most : int
        How many at most.

    Returns
    -------
    tuple of Similar
        The most similar first; none for a query without a letter or digit.

    Examples
    --------
    >>> claims = [
    ...     {"claim_id": "sells", "claim": "Ruritania sells boats", "short_claim": "Sells boats", "topic": "delivery"},
    ...     {"claim_id": "seeks", "claim": "Ruritania seeks grain", "short_claim": "Seeks grain", "topic": "talks"},
    ... ]
    >>> [each.key for each in similar_claims("boats sold by Ruritania", claims=claims, most=1)]
    ['sells']
    """
    rows = list(claims)
    texts = [[row.get(name, "") for name in ("claim", "short_claim", "claim_id", "note")] for row in rows]
    words = [claim_in_words(row) for row in rows]
    return _ranked(query, keys=[row["claim_id"] for row in rows], texts=texts, words=words, most=most)


def actor_in_words(row: Row, *, names: Mapping[str, str]) -> str:
    """Say in a line who an actor is."""
    parent = row.get("parent_id", "")
    of = f" of {names.get(parent, parent)}" if parent else ""
    office = f" ({row['description']})" if row.get("description") else ""
    return f"{row['name']}: {row['kind']}{of}{office}"


def claim_in_words(row: Row) -> str:
    """Say in a line what a claim is."""
    return f"{row['claim']} ({row['topic']}{', about ' + row['about'] if row.get('about') else ''})"


def proposed_key(text: str, *, taken: Iterable[str], most_words: int = 5) -> str:
    """Make a key of a name or a wording: words with hyphens.

    Parameters
    ----------
    text : str
        Name or wording.
    taken : iterable of str
        Keys that there are; a number is put behind one that is taken.
    most_words : int
        How many words of the text the key has.

    Examples
    --------
    >>> proposed_key("The Ministry of Boats", taken=["ministry-boats"])
    'ministry-boats-2'
    """
    words = [word for word in folded(text).split() if word not in ARTICLES_AND_PREPOSITIONS]
    key = "-".join(words[:most_words]) or "unnamed"
    # Keys that differ in capitals alone are one for a reader.
    known = {each.casefold() for each in taken}
    number = 2
    proposed = key
    while proposed.casefold() in known:
        proposed, number = f"{key}-{number}", number + 1
    return proposed


def shortened(text: str, *, length: int) -> str:
    """Cut a text at a blank so that it fits on a chart's label.

    Examples
    --------
    >>> shortened("Ministry of Boats of Ruritania", length=24)
    'Ministry of Boats of'
    """
    if len(text) <= length:
        return text
    cut = text[: length + 1].rpartition(" ")[0]
    return cut or text[:length]


def folded(text: str) -> str:
    """Fold case, accents and everything that is no letter or digit; letters of other scripts stay.

    Examples
    --------
    >>> folded("Sergueï  Lavrov's")
    'serguei lavrov s'
    """
    parts = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", letters))


def _ranked(
    query: str, *, keys: Sequence[str], texts: Sequence[Sequence[str]], words: Sequence[str], most: int
) -> tuple[Similar, ...]:
    wanted = folded(query)
    if not wanted:
        return ()
    scores = [max((_score(wanted, folded(text)) for text in each if text), default=0.0) for each in texts]
    found = [Similar(key, line, score) for key, line, score in zip(keys, words, scores, strict=True)]
    found = [each for each in found if each.score >= LEAST_SCORE]
    return tuple(sorted(found, key=lambda each: (-each.score, each.words))[:most])


def _score(wanted: str, text: str) -> float:
    """Compare whole texts and sets of words; what is typed of a name as far as it goes counts almost as much."""
    from rapidfuzz.fuzz import token_set_ratio, token_sort_ratio

    words = text.split()
    is_begun = any(" ".join(words[place:]).startswith(wanted) for place in range(len(words)))
    return max(token_sort_ratio(wanted, text), 0.95 * token_set_ratio(wanted, text), 95.0 if is_begun else 0.0)
