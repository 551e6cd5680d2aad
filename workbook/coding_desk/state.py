"""What the desk holds between two clicks: an article, its guesses, the form, the list. Nothing here knows a widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from workbook.coding_desk.article import Article
from workbook.coding_desk.draft import (
    ActorDraft,
    ArticleCoding,
    ClaimDraft,
    SourceDraft,
    Span,
    StatementDraft,
    cells,
)
from workbook.coding_desk.faults import actor_faults, claim_faults, statement_faults
from workbook.coding_desk.intake import Intake, keep_text, take_in, texts_of_others
from workbook.coding_desk.opened import OpenedPackage, open_package
from workbook.coding_desk.package_rows import new_rows
from workbook.coding_desk.rows import Row
from workbook.coding_desk.saving import save, undo_last
from workbook.coding_desk.sentences import Sentence, sentences
from workbook.coding_desk.suggestions import Suggestion, suggest
from workbook.errors import Fault, FaultsError, WorkbookError
from workbook.events import counted


@dataclass(frozen=True)
class DeskState:
    """A state of the desk; whatever is done gives another state.

    Attributes
    ----------
    opened : OpenedPackage
        The package as it was read.
    coding : ArticleCoding or None
        The article, with what was put down of it.
    notes : tuple of str
        What the coder should know of the article.
    alike : tuple of str
        Sources that the article could be too.
    sentences : tuple of Sentence
        The article's.
    suggestions : tuple of Suggestion
        What its sentences probably state: nothing is put down of it unless the coder does.
    form : StatementDraft
        What stands in the form; with the label of the draft that it changes, if any.
    saved : ArticleCoding or None
        What was saved last, for its undo.
    unread : WorkbookError, OSError or None
        Why the package could not be read anew after the last save or undo, which are done all the same.
    """

    opened: OpenedPackage
    coding: ArticleCoding | None = None
    notes: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    form: StatementDraft = field(default_factory=StatementDraft)
    saved: ArticleCoding | None = None
    unread: WorkbookError | OSError | None = None

    @property
    def here(self) -> ArticleCoding:
        """The article, with what was put down of it.

        Raises
        ------
        WorkbookError
            No article was taken in yet.
        """
        if self.coding is None:
            raise WorkbookError("the desk: found no article; expected one, pasted or from a file")
        return self.coding

    @property
    def actor_rows(self) -> tuple[Row, ...]:
        """The actors that there are, new ones first."""
        return (*(cells(actor) for actor in self.here.actors), *self.opened.rows("actors"))

    @property
    def claim_rows(self) -> tuple[Row, ...]:
        """The claims that there are, new ones first."""
        return (*(cells(claim) for claim in self.here.claims), *self.opened.rows("claims"))

    def with_article(self, article: Article) -> DeskState:
        """Return the state with an article taken in, and an empty form."""
        return self.with_intake(take_in(article, opened=self.opened))

    def with_intake(self, taken: Intake) -> DeskState:
        """Return the state with an article that was taken in, and an empty form.

        Raises
        ------
        WorkbookError
            Statements of another article are not saved yet.
        """
        waiting = len(self.coding.statements) if self.coding else 0
        if waiting:
            found = f"{counted(waiting, 'statement')} of {self.here.source_id}, not saved yet"
            raise WorkbookError(f"the list: found {found}; expected none: save first, or take out")
        parted = sentences(taken.coding.article.text, language=taken.coding.source.language)
        state = replace(self, coding=taken.coding, notes=taken.notes, alike=taken.alike, form=StatementDraft())
        return replace(state, sentences=parted)._guessed()

    def with_article_of(self, source_id: str) -> DeskState:
        """Return the state with the article as a source that is coded already, because the coder says so."""
        return self.with_intake(take_in(self.here.article, opened=self.opened, source_id=source_id))

    def with_source(self, source: SourceDraft) -> DeskState:
        """Return the state with what the coder says of the article; dates are guessed anew from the publication."""
        state = replace(self, coding=replace(self.here, source=source))
        return state if source.published == self.here.source.published else state._guessed()

    def with_form(self, form: StatementDraft) -> DeskState:
        """Return the state with another form."""
        return replace(self, form=form)

    def sentence(self, number: int) -> Sentence:
        """Return a sentence by its number."""
        return self.sentences[number - 1]

    def guesses(self, number: int) -> tuple[Suggestion, ...]:
        """Return what a sentence probably states."""
        return tuple(each for each in self.suggestions if each.sentence == number)

    def passages_in(self, number: int) -> tuple[Span, ...]:
        """Return the passages of the form that stand in a sentence."""
        sentence = self.sentence(number)
        return tuple(span for span in self.form.passages if _meets(span, sentence))

    def put_down_in(self, number: int) -> tuple[StatementDraft, ...]:
        """Return the drafts on the list that have a passage in a sentence."""
        sentence = self.sentence(number)
        return tuple(each for each in self.here.statements if any(_meets(span, sentence) for span in each.passages))

    def toggled(self, number: int) -> DeskState:
        """Return the state with a sentence among the passages, or no more.

        An empty form takes the first guess of the sentence over, for the coder to confirm.
        """
        chosen = self.passages_in(number)
        form = self.form
        for span in chosen:
            form = form.without_passage(span)
        if chosen:
            return self.with_form(form)
        if form == StatementDraft() and self.guesses(number):
            return self.taking_over(self.guesses(number)[0])
        sentence = self.sentence(number)
        return self.with_form(form.with_passage((sentence.start, sentence.end)))

    def taking_over(self, guess: Suggestion) -> DeskState:
        """Return the state with a guess in the form; passages and what was written stay."""
        sentence = self.sentence(guess.sentence)
        form = self.form if self.passages_in(guess.sentence) else self.form.with_passage((sentence.start, sentence.end))
        return self.with_form(
            replace(
                form,
                act=guess.act,
                said=guess.said,
                said_basis=guess.said_basis,
                attribution=guess.attribution,
                form=guess.form,
                speakers=(guess.actor_id,) if guess.actor_id else form.speakers,
                relays=(guess.relay,) if guess.relay else form.relays,
            )
        )

    def with_actor(self, actor: ActorDraft) -> DeskState:
        """Return the state with a new actor.

        Raises
        ------
        FaultsError
            The actor cannot be so.
        """
        coding = self.here
        _refuse(actor_faults(actor, known=self.actor_rows))
        return replace(self, coding=replace(coding, actors=(*coding.actors, actor)))

    def with_claim(self, claim: ClaimDraft) -> DeskState:
        """Return the state with a new claim, which the form is about.

        Raises
        ------
        FaultsError
            The claim cannot be so.
        """
        coding = self.here
        _refuse(claim_faults(claim, text=coding.article.text, known=self.claim_rows))
        state = replace(self, coding=replace(coding, claims=(*coding.claims, claim)))
        return state.with_form(replace(self.form, claim_id=claim.claim_id))

    def put_down(self) -> DeskState:
        """Return the state with the form on the list, and an empty form.

        Raises
        ------
        FaultsError
            The statement cannot be so; all its faults.
        """
        _refuse(statement_faults(self.form, coding=self.here, opened=self.opened))
        return replace(self, coding=self.here.with_statement(self.form), form=StatementDraft())

    def changing(self, label: str) -> DeskState:
        """Return the state with a draft of the list in the form."""
        return self.with_form(self.here.statement(label))

    def without(self, label: str) -> DeskState:
        """Return the state without a draft."""
        form = StatementDraft() if self.form.label == label else self.form
        return replace(self, coding=self.here.without_statement(label), form=form)

    def after_save(self) -> DeskState:
        """Save what is on the list, and return the state after it.

        Raises
        ------
        FaultsError
            The package would have faults; nothing was written.
        ChangedOnDiskError
            A file was changed since it was read; nothing was written.
        WorkbookError
            There is nothing to save, or the package cannot be written.
        """
        coding = self.here
        if not coding.statements:
            raise WorkbookError("the list: found no statement; expected one at least: put the form down first")
        used = coding.without_unused()
        changes = [*self.opened.changes(new_rows(used, opened=self.opened)), *keep_text(used, opened=self.opened)]
        save(
            changes,
            package=self.opened.base,
            checked=[self.opened.folder],
            title=used.in_words(),
            record=self.opened.record,
        )
        left = replace(coding, statements=(), actors=(), claims=(), is_known=True)
        return replace(self, coding=left, saved=used)._after_writing()

    def after_undo(self) -> DeskState:
        """Undo the last save, and return the state with what it had saved on the list again.

        Raises
        ------
        ChangedOnDiskError
            A file was changed since; nothing was undone.
        WorkbookError
            There is nothing to undo.
        """
        undo_last(self.opened.base, record=self.opened.record, needed=texts_of_others(self.opened))
        back, now = self.saved, self.coding
        if back is not None and now is not None and back.article == now.article:
            now = replace(
                now,
                statements=(*back.statements, *now.statements),
                actors=(*back.actors, *now.actors),
                claims=(*back.claims, *now.claims),
            )
        return replace(self, coding=now, saved=None)._after_writing()

    def reloaded(self) -> DeskState:
        """Return the state with the package read anew; what was put down stays."""
        opened = open_package(self.opened.base, coder=self.opened.coder, articles=self.opened.articles)
        if self.coding is None:
            return replace(self, opened=opened, unread=None)
        taken = take_in(self.coding.article, opened=opened, source_id=self._kept_key(opened)).coding
        coding = replace(self.coding, source_id=taken.source_id, is_known=taken.is_known)
        return replace(self, opened=opened, coding=coding, unread=None)

    def _after_writing(self) -> DeskState:
        """Return the state read anew, or with why it cannot be: what is written must not be saved twice."""
        try:
            return self.reloaded()
        except (WorkbookError, OSError) as error:
            return replace(self, unread=error)

    def _kept_key(self, opened: OpenedPackage) -> str:
        """Return the key of an article that is coded already and still there; empty for a new one."""
        sources = {row["source_id"] for row in opened.rows("sources")}
        return self.here.source_id if self.here.is_known and self.here.source_id in sources else ""

    def _guessed(self) -> DeskState:
        source = self.here.source
        article = replace(self.here.article, published=source.published, published_basis=source.published_basis)
        return replace(self, suggestions=suggest(article, data=self.opened.data))


Transition = Callable[[DeskState], DeskState]
"""What a click does."""

Apply = Callable[[Transition], object]
"""What a part of the desk calls on a click; true if the state could be so."""


def _meets(span: Span, sentence: Sentence) -> bool:
    return span[0] < sentence.end and sentence.start < span[1]


def _refuse(faults: tuple[Fault, ...]) -> None:
    if faults:
        raise FaultsError(faults[0].place, faults)
