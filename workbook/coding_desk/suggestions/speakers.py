"""Who is meant by "he" and "the official", and on which side of the dispute a speaker stands."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.coding_desk.suggestions.names import Names, Who
from workbook.events import EventData, collected, lazy, participants_of

ATTRIBUTIONS = {
    "person": "named", "spokesperson": "unnamed_spokesperson", "official": "unnamed_official", "analysts": "analysts",
    "sources": "unnamed_sources", "office": "unnamed_official", "medium": "institution", "body": "institution",
    "state": "institution",
}  # fmt: skip


PEOPLE = ("person", "spokesperson", "official", "office")
PAIR = 2


def accused_states(data: EventData) -> frozenset[str]:
    """Return the states of those who deny in a data set.

    Returns
    -------
    frozenset of str
        ISO 3166-1 alpha-3 codes.
    """
    import narwhals as nw

    denials = lazy(data.events).filter(nw.col("side") == "denies").select("event_id")
    speakers = participants_of(data).filter(nw.col("role") == "speaker").join(denials, on="event_id")
    found = collected(speakers.select("actor_id").unique())["actor_id"]
    return frozenset(data.actors.set_index("actor_id")["country"].reindex(found).dropna())


def is_accused(who: Who, *, accused: frozenset[str]) -> bool | None:
    """Tell whether somebody belongs to a state that is accused; ``None`` where the words name no state."""
    return bool(who.states & accused) if who.states else None


def meant(who: Who, *, heard: Sequence[Who]) -> Who | None:
    """Take "he" and "the official" for the last speaker who can be meant; ``None`` where there is none."""
    if who.role == "pronoun":
        return next((each for each in heard if _agrees(who.words.lower(), each)), None)
    return next((each for each in heard if each.role in PEOPLE), who) if who.is_definite else who


def _agrees(pronoun: str, who: Who) -> bool:
    if pronoun in ("he", "she"):
        return who.role in PEOPLE and len(who.actor_ids) < PAIR
    return pronoun != "it" or who.role not in PEOPLE


def attribution(who: Who, *, names: Names) -> str:
    """Say how a statement is attributed, in the words of the codebook."""
    if len(who.actor_ids) >= PAIR:
        return "joint"
    if who.actor_ids and names.kind(who.actor_ids[0]) == "spokesperson":
        return "unnamed_spokesperson"
    return ATTRIBUTIONS[who.role]
