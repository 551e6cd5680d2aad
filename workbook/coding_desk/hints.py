"""Rules of the codebook that a statement probably breaks: shown to the coder, who decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workbook.coding_desk.draft import ArticleCoding, StatementDraft
from workbook.coding_desk.opened import OpenedPackage
from workbook.dates import EdtfError, bounds

QUOTATION_MARKS = frozenset('"“”„«»')

KINDS = {
    "named": ("person",),
    "unnamed_spokesperson": ("spokesperson",),
    "institution": ("state", "body", "organisation", "medium"),
    "analysts": ("group",),
}
"""Kinds of speakers that each attribution goes with."""


@dataclass(frozen=True)
class Hint:
    """A rule to think of.

    Attributes
    ----------
    field : str
        The field of the form that it concerns.
    rule : str
        Heading of the codebook.
    words : str
        What is odd.
    """

    field: str
    rule: str
    words: str


def hints(draft: StatementDraft, *, coding: ArticleCoding, opened: OpenedPackage) -> tuple[Hint, ...]:
    """Return the rules that a draft probably breaks.

    Parameters
    ----------
    draft : StatementDraft
        What stands in the form.
    coding : ArticleCoding
        The article, and what else was put down of it.
    opened : OpenedPackage
        Whose acts and actors there are.

    Returns
    -------
    tuple of Hint
        Empty for a mention of a known statement, but for its form.
    """
    found = list(_form_hints(draft, coding.article.text))
    if not draft.same_as:
        acts = {row["act"]: row for row in opened.rows("acts")}
        act = acts.get(draft.act, {})
        found += [
            *_channel_hints(draft, act),
            *_attribution_hints(draft, _kinds(coding, opened)),
            *_target_hints(draft, act, _parents(coding, opened)),
            *_date_hints(draft, coding),
        ]
    return tuple(found)


def _kinds(coding: ArticleCoding, opened: OpenedPackage) -> dict[str, str]:
    known = {row["actor_id"]: row["kind"] for row in opened.rows("actors")}
    return known | {actor.actor_id: actor.kind for actor in coding.actors}


def _parents(coding: ArticleCoding, opened: OpenedPackage) -> dict[str, str]:
    known = {row["actor_id"]: row["parent_id"] for row in opened.rows("actors")}
    return known | {actor.actor_id: actor.parent_id for actor in coding.actors}


def _form_hints(draft: StatementDraft, text: str) -> Iterator[Hint]:
    quoted = any(QUOTATION_MARKS & set(text[start:end]) for start, end in draft.passages)
    if draft.passages and draft.form in ("direct", "mixed") and not quoted:
        yield Hint("form", "Units", f"{draft.form}, but no passage has quotation marks")


def _channel_hints(draft: StatementDraft, act: Mapping[str, str]) -> Iterator[Hint]:
    is_deed = act.get("family") == "deed"
    if draft.channel and is_deed != (draft.channel == "deed"):
        words = "a deed is done in the channel deed" if is_deed else "the channel deed goes with acts that are deeds"
        yield Hint("channel", "Channel", words)


def _attribution_hints(draft: StatementDraft, kinds: Mapping[str, str]) -> Iterator[Hint]:
    if len(draft.speakers) > 1 and draft.attribution and draft.attribution != "joint":
        yield Hint("attribution", "Attribution", "several speakers with one voice are joint")
    expected = KINDS.get(draft.attribution, ())
    other = [kinds[actor] for actor in draft.speakers if actor in kinds and expected and kinds[actor] not in expected]
    if other:
        words = f"{draft.attribution.replace('_', ' ')}, but the speaker is a {other[0]}"
        yield Hint("attribution", "Attribution", words)


def _target_hints(draft: StatementDraft, act: Mapping[str, str], parents: Mapping[str, str]) -> Iterator[Hint]:
    own_side = {_top(actor, parents) for actor in draft.speakers} & {_top(actor, parents) for actor in draft.targets}
    if act.get("side") == "denies" and own_side:
        yield Hint(
            "targets", "Speakers, targets, relays", "the target of a denial is whoever accused, not its own side"
        )
    if act.get("side") == "alleges" and draft.speakers and not draft.targets:
        yield Hint("targets", "Speakers, targets, relays", "the target of an allegation is whoever is accused")
    if draft.act == "pledge" and len(draft.speakers) > 1 and draft.targets:
        words = "where several promise something to each other there is no target"
        yield Hint("targets", "Speakers, targets, relays", words)


def _top(actor: str, parents: Mapping[str, str]) -> str:
    seen = [actor]
    while (parent := parents.get(seen[-1], "")) and parent not in seen:
        seen.append(parent)
    return seen[-1]


def _date_hints(draft: StatementDraft, coding: ArticleCoding) -> Iterator[Hint]:
    try:
        said = bounds(draft.said)
    except EdtfError:
        return
    if draft.is_referred and said.precision == "day":
        yield Hint("said", "Referred statements", "its occasion is not told, so its date is no more than bounded")
    if draft.said_basis == "bound" and said.precision in ("day", "month", "year"):
        yield Hint(
            "said_basis", "Dates as the article has them", "a bound is written in brackets, such as [..2023-06-12]"
        )
    if draft.said_basis == "published" and draft.said != coding.source.published:
        words = f"the day of publication is {coding.source.published or 'not given'}"
        yield Hint("said_basis", "Dates as the article has them", words)
