"""From what a coder has put down to rows of the package: keys are given, passages become fingerprints."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.coding_desk.draft import ArticleCoding, StatementDraft, cells
from workbook.coding_desk.opened import OpenedPackage
from workbook.coding_desk.rows import FIRST_KEYS, next_keys
from workbook.evidence import fingerprint, locate, normalise

Rows = dict[str, list[dict[str, str]]]

OWN_OF_A_DRAFT = ("label", "same_as", "form")
"""Fields of a draft that are no columns of the statements."""


def new_rows(coding: ArticleCoding, *, opened: OpenedPackage) -> Rows:
    """Return the rows that a coding adds, by table.

    Parameters
    ----------
    coding : ArticleCoding
        What is to be saved.
    opened : OpenedPackage
        The package into which it goes; its keys go on as they have begun.

    Returns
    -------
    dict of str to list of dict
        Rows of sources, actors, claims, statements, participants, mentions and passages. A statement that is known
        already gives a mention; where the article mentions it already, passages alone.
    """
    keys = statement_keys(coding, opened=opened)
    statements = [each for each in coding.statements if not each.same_as]
    rows: Rows = {
        "sources": [] if coding.is_known else [{"source_id": coding.source_id, **cells(coding.source)}],
        "actors": [cells(actor) for actor in coding.actors],
        "claims": [cells(claim) for claim in coding.claims],
        "statements": [statement_row(each, keys=keys) for each in statements],
        "participants": [row for each in statements for row in participant_rows(each, key=keys[each.label])],
        "mentions": [],
        "passages": [],
    }
    _add_mentions(rows, coding, keys=keys, opened=opened)
    return rows


def statement_keys(coding: ArticleCoding, *, opened: OpenedPackage) -> dict[str, str]:
    """Return the key that each draft gets, or has where it is known already, by label."""
    new = [each.label for each in coding.statements if not each.same_as]
    keys = next_keys(
        [row["statement_id"] for row in opened.rows("statements")], first=FIRST_KEYS["statements"], count=len(new)
    )
    known = {each.label: each.same_as for each in coding.statements if each.same_as}
    return known | dict(zip(new, keys, strict=True))


def statement_row(draft: StatementDraft, *, keys: dict[str, str]) -> dict[str, str]:
    """Return a draft as a row of the statements; `keys` gives the key of each label."""
    row = cells(draft, without=OWN_OF_A_DRAFT)
    for name in ("expresses_concern", "is_referred"):
        row[name] = str(getattr(draft, name)).lower()
    for name in ("may_be_same_as", "answers"):
        row[name] = " ".join(keys.get(each, each) for each in getattr(draft, name))
    return {"statement_id": keys[draft.label], **row}


def participant_rows(draft: StatementDraft, *, key: str) -> list[dict[str, str]]:
    """Return who takes part in a draft as rows of the participants."""
    return [
        {"statement_id": key, "actor_id": actor, "role": role}
        for role, actors in draft.roles.items()
        for actor in dict.fromkeys(actors)
    ]


def passage_rows(draft: StatementDraft, *, text: str, mention: str, keys: Sequence[str]) -> list[dict[str, str]]:
    """Return the passages of a draft as fingerprints, a row for each of the keys."""
    article = normalise(text)
    rows = []
    for key, (start, end) in zip(keys, draft.passages, strict=True):
        kept = fingerprint(text[start:end])
        offset = locate(kept, article, hint=len(normalise(text[:start])))
        rows.append(
            {
                "passage_id": key,
                "mention_id": mention,
                "sha256": kept.sha256,
                "length": str(kept.length),
                "offset": "" if offset is None else str(offset),
            }
        )
    return rows


def _add_mentions(rows: Rows, coding: ArticleCoding, *, keys: dict[str, str], opened: OpenedPackage) -> None:
    """Add a mention for each draft, where the article does not mention the statement already, and its passages."""
    taken = [row["mention_id"] for row in opened.rows("mentions")]
    free = iter(next_keys(taken, first=FIRST_KEYS["mentions"], count=len(coding.statements)))
    passages = [row["passage_id"] for row in opened.rows("passages")]
    count = sum(len(each.passages) for each in coding.statements)
    passage_keys = iter(next_keys(passages, first=FIRST_KEYS["passages"], count=count))
    for draft in coding.statements:
        key = keys[draft.label]
        mention = opened.mentions.get(key, {}).get(coding.source_id, "")
        if not mention:
            mention = next(free)
            row = {"mention_id": mention, "statement_id": key, "source_id": coding.source_id, "form": draft.form}
            rows["mentions"].append(row)
        own = [next(passage_keys) for _ in draft.passages]
        rows["passages"] += passage_rows(draft, text=coding.article.text, mention=mention, keys=own)
