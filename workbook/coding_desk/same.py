"""Statements that are known from other articles: the same speaker and act, and a date that can be within days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from workbook.coding_desk.draft import StatementDraft
from workbook.coding_desk.opened import OpenedPackage
from workbook.dates import DateBounds, EdtfError, bounds, in_words

DAYS_APART = 3
"""Two articles that date one statement differ by a time zone, a day of printing or a weekend."""


@dataclass(frozen=True)
class KnownStatement:
    """A statement of the package that can be the one of a draft.

    Attributes
    ----------
    statement_id : str
        Its key.
    words : str
        It in a line: date, speakers, act, claim, summary.
    sources : tuple of str
        Articles that mention it.
    mention_id : str
        Its mention in the article that is coded; empty where that article does not mention it yet.
    has_same_claim : bool
        Whether it is about the draft's claim.
    """

    statement_id: str
    words: str
    sources: tuple[str, ...]
    mention_id: str
    has_same_claim: bool


def known_statements(draft: StatementDraft, *, source_id: str, opened: OpenedPackage) -> tuple[KnownStatement, ...]:
    """Find statements that a draft can be a further mention of.

    Parameters
    ----------
    draft : StatementDraft
        With its act, speakers and date as far as they are put down; without a date, all dates can be.
    source_id : str
        The article that is coded.
    opened : OpenedPackage
        What is known.

    Returns
    -------
    tuple of KnownStatement
        Those of the same act by a speaker of the draft, or somebody above or below one in the tree of actors, whose
        date, its own or the better one, can be within `DAYS_APART` days of the draft's; the same claim first, then
        what most articles mention. What an article only refers back to
        is a row of each article, and never offered.
    """
    if not draft.act or not draft.speakers or draft.is_referred:
        return ()
    kin = _kin(draft.speakers, opened)
    found = [
        _known(row, draft=draft, source_id=source_id, opened=opened)
        for row in opened.rows("statements")
        if row["act"] == draft.act
        and row["is_referred"] == "false"
        and kin & set(opened.speakers.get(row["statement_id"], ()))
        and any(can_be_near(one, other) for one in _dates(draft.said, draft.said_best) for other in _dates_of(row))
    ]
    return tuple(sorted(found, key=lambda each: (not each.has_same_claim, -len(each.sources))))


def can_be_near(one: DateBounds | None, other: DateBounds | None, *, days: int = DAYS_APART) -> bool:
    """Say whether two dates can be within some days of each other; what is not known can be anything.

    Examples
    --------
    >>> can_be_near(bounds("2022-09-06"), bounds("2022-09-09")), can_be_near(bounds("2022-09-06"), bounds("2022-09-10"))
    (True, False)
    >>> can_be_near(bounds("[..2022-09-06]"), bounds("2021")), can_be_near(None, bounds("2021"))
    (True, True)
    """
    if one is None or other is None:
        return True
    return not (_gap(one.latest, other.earliest) > days or _gap(other.latest, one.earliest) > days)


def _gap(end: date | None, start: date | None) -> int:
    return (start - end).days if start and end else 0


def _dates_of(row: Mapping[str, str]) -> list[DateBounds | None]:
    return _dates(row["said"], row["said_best"])


def _dates(said: str, said_best: str) -> list[DateBounds | None]:
    """Return the article's own date and the better one; what is no date, or none yet, can be anything."""
    return [_bounds(said), *([_bounds(said_best)] if said_best else [])]


def _bounds(text: str) -> DateBounds | None:
    try:
        return bounds(text) if text else None
    except EdtfError:
        return None


def _kin(actors: tuple[str, ...], opened: OpenedPackage) -> set[str]:
    """Return these actors, all above them and all below them."""
    parents = {row["actor_id"]: row["parent_id"] for row in opened.rows("actors")}
    above = {each for actor in actors for each in _upwards(actor, parents)}
    below = {actor for actor in parents if set(actors) & set(_upwards(actor, parents))}
    return above | below


def _upwards(actor: str, parents: Mapping[str, str]) -> Iterator[str]:
    while actor:
        yield actor
        actor = parents.get(actor, "")


def _known(row: Mapping[str, str], *, draft: StatementDraft, source_id: str, opened: OpenedPackage) -> KnownStatement:
    key = row["statement_id"]
    mentions = opened.mentions.get(key, {})
    return KnownStatement(
        statement_id=key,
        words=statement_in_words(row, opened=opened),
        sources=tuple(mentions),
        mention_id=mentions.get(source_id, ""),
        has_same_claim=row["claim_id"] == draft.claim_id,
    )


def statement_in_words(row: Mapping[str, str], *, opened: OpenedPackage) -> str:
    """Say in a line when, who and what a statement is."""
    actors = opened.speakers.get(row["statement_id"], ())
    speakers = ", ".join(opened.short_names.get(actor, actor) for actor in actors)
    day = in_words(row["said_best"] or row["said"])
    return f"{day}: {speakers}, {row['act'].replace('_', ' ')}: {row['summary']}"
