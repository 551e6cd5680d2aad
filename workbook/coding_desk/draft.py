"""What a coder has put down and not saved yet: statements, and the article, actors and claims that they need."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from workbook.coding_desk.article import Article
from workbook.events import counted

Span = tuple[int, int]
"""Start and end of a passage in the article's text."""


@dataclass(frozen=True)
class SourceDraft:
    """The article as a source: the columns of ``sources.csv`` without the key."""

    title: str = ""
    publisher: str = ""
    agency: str = ""
    language: str = "en"
    url: str = ""
    published: str = ""
    published_basis: str = ""
    published_note: str = ""

    @classmethod
    def of(cls, article: Article) -> SourceDraft:
        """Take over what is known of an article; the coder confirms it."""
        known = {each.name: getattr(article, each.name) for each in fields(cls) if hasattr(article, each.name)}
        return cls(**known)


@dataclass(frozen=True)
class ActorDraft:
    """A new actor: the columns of ``actors.csv``."""

    actor_id: str
    name: str
    short_name: str
    kind: str
    parent_id: str = ""
    country: str = ""
    cameo_code: str = ""
    description: str = ""


@dataclass(frozen=True)
class ClaimDraft:
    """A new claim: the columns of ``claims.csv``."""

    claim_id: str
    claim: str
    short_claim: str
    topic: str
    about: str = ""
    note: str = ""


@dataclass(frozen=True)
class StatementDraft:
    """A statement in an article, or the mention of one that is known already.

    Attributes
    ----------
    label : str
        By what other drafts name it until it has a key; empty until it is put on the list.
    same_as : str
        Key of the statement that is known already; then the draft is a mention of it, and of its own it has the form
        and the passages alone.
    act, claim_id, said, said_basis, said_best, said_best_ground, said_best_certainty : str
        As in ``statements.csv``.
    attribution, channel, hedge, certainty, summary, note : str
        As in ``statements.csv``.
    expresses_concern, is_referred : bool
        As in ``statements.csv``.
    may_be_same_as, answers : tuple of str
        Keys of statements, or labels of drafts.
    speakers, targets, relays : tuple of str
        Keys of actors.
    form : str
        Of the mention.
    passages : tuple of (int, int)
        Where they stand in the article's text.
    """

    label: str = ""
    same_as: str = ""
    act: str = ""
    claim_id: str = ""
    said: str = ""
    said_basis: str = ""
    said_best: str = ""
    said_best_ground: str = ""
    said_best_certainty: str = ""
    attribution: str = ""
    channel: str = ""
    hedge: str = ""
    expresses_concern: bool = False
    is_referred: bool = False
    may_be_same_as: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    certainty: str = "high"
    summary: str = ""
    note: str = ""
    speakers: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()
    form: str = ""
    passages: tuple[Span, ...] = ()

    @property
    def roles(self) -> dict[str, tuple[str, ...]]:
        """Who takes part, by role."""
        return {"speaker": self.speakers, "target": self.targets, "relay": self.relays}

    def with_passage(self, span: Span) -> StatementDraft:
        """Return the draft with a passage more, in the order of the text."""
        return replace(self, passages=tuple(sorted({*self.passages, span})))

    def without_passage(self, span: Span) -> StatementDraft:
        """Return the draft without a passage."""
        return replace(self, passages=tuple(each for each in self.passages if each != span))


@dataclass(frozen=True)
class ArticleCoding:
    """All that is to be saved of one article.

    Attributes
    ----------
    article : Article
        The article; its text is what passages are counted in.
    source : SourceDraft
        What is known of it.
    source_id : str
        Its key, also the name of its text in the articles folder.
    is_known : bool
        Whether the package has this source already; then its row stays as it is.
    statements : tuple of StatementDraft
        In the order in which they were put down.
    actors, claims : tuple
        New ones that the statements need.
    labels : int
        How many drafts have been given a label so far.
    """

    article: Article
    source: SourceDraft
    source_id: str
    is_known: bool = False
    statements: tuple[StatementDraft, ...] = ()
    actors: tuple[ActorDraft, ...] = ()
    claims: tuple[ClaimDraft, ...] = ()
    labels: int = 0

    def with_statement(self, draft: StatementDraft) -> ArticleCoding:
        """Return the coding with a draft put at the end, or in the place of the one with its label.

        Examples
        --------
        >>> coding = ArticleCoding(Article("No."), SourceDraft(), "s001").with_statement(StatementDraft(act="denial"))
        >>> [(each.label, each.act) for each in coding.statements]
        [('new1', 'denial')]
        """
        if not draft.label:
            labelled = replace(draft, label=f"{LABEL}{self.labels + 1}")
            return replace(self, statements=(*self.statements, labelled), labels=self.labels + 1)
        return replace(self, statements=tuple(draft if each.label == draft.label else each for each in self.statements))

    def without_statement(self, label: str) -> ArticleCoding:
        """Return the coding without a draft; other drafts name it no longer."""
        kept = [each for each in self.statements if each.label != label]
        return replace(self, statements=tuple(_not_naming(each, label) for each in kept))

    def without_unused(self) -> ArticleCoding:
        """Return the coding without new actors and claims that no statement needs; an actor needs those above it."""
        parents = {actor.actor_id: actor.parent_id for actor in self.actors}
        needed = {actor for each in self.statements for role in each.roles.values() for actor in role}
        while above := {parents[actor] for actor in needed & set(parents)} - needed:
            needed |= above
        claims = {each.claim_id for each in self.statements}
        return replace(
            self,
            actors=tuple(each for each in self.actors if each.actor_id in needed),
            claims=tuple(each for each in self.claims if each.claim_id in claims),
        )

    def in_words(self) -> str:
        """Say what there is to save.

        Examples
        --------
        >>> coding = ArticleCoding(Article("No."), SourceDraft("Boats"), "s001")
        >>> coding.with_statement(StatementDraft()).with_statement(StatementDraft(same_as="st001")).in_words()
        '1 statement and 1 mention in s001, Boats'
        """
        mentions = sum(bool(each.same_as) for each in self.statements)
        counts = ((len(self.statements) - mentions, "statement"), (mentions, "mention"))
        what = " and ".join(counted(count, noun) for count, noun in counts if count)
        return f"{what} in {self.source_id}, {clean(self.source.title)}"

    def statement(self, label: str) -> StatementDraft:
        """Return the draft of a label."""
        return next(each for each in self.statements if each.label == label)


LABEL = "new"
"""Before the number of a draft that other drafts can name."""


def _not_naming(draft: StatementDraft, label: str) -> StatementDraft:
    return replace(
        draft,
        answers=tuple(key for key in draft.answers if key != label),
        may_be_same_as=tuple(key for key in draft.may_be_same_as if key != label),
    )


def clean(text: str) -> str:
    r"""Make of a text what can stand in a cell: one line, blanks folded, nothing that is no character.

    Examples
    --------
    >>> clean(" one\r\n two\x00 ")
    'one two'
    """
    plain = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter for letter in text)
    return " ".join(plain.split())


def cells(draft: Any, *, without: Sequence[str] = ()) -> dict[str, str]:
    """Return the texts of a draft as cells, by column."""
    texts = {each.name: getattr(draft, each.name) for each in fields(draft) if each.name not in without}
    return {name: clean(text) for name, text in texts.items() if isinstance(text, str)}
