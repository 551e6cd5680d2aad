"""Search before making anew: actors and claims that there are, similar ones first, and a form for a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields as fields_of
from dataclasses import replace
from typing import Any

import ipywidgets as widgets

from workbook.coding_desk.draft import ActorDraft, ClaimDraft, StatementDraft, clean
from workbook.coding_desk.faults import ROLE_FIELDS, actor_faults, claim_faults
from workbook.coding_desk.fields import WIDTH, Choice, Field, button, fold
from workbook.coding_desk.hints import Hint
from workbook.coding_desk.similar import (
    SHORT_CLAIM,
    SHORT_NAME,
    Similar,
    proposed_key,
    shortened,
    similar_actors,
    similar_claims,
)
from workbook.coding_desk.state import Apply, DeskState
from workbook.coding_desk.view import (
    Options,
    actor_options,
    actor_words,
    beside_html,
    claim_options,
    note_html,
)
from workbook.errors import Fault, WorkbookError


class People:
    """Who takes part: search, choose the role, take out again; or make a new actor."""

    def __init__(self, apply: Apply) -> None:
        self._apply = apply
        self._state: DeskState | None = None
        self._search = _search_field("Find an actor", "a name, an office or a key")
        self._found = Choice("Actors", rows=5)
        self._search.observe(lambda _: self._look(), "value")
        roles = [button(f"Add as {role}", lambda role=role: self._add(role)) for role in ROLE_FIELDS]  # type: ignore[misc]
        self._chosen, self._beside = widgets.VBox(), widgets.HTML()
        self._roles: dict[str, tuple[str, ...]] = {}
        self._new = NewRow(ActorDraft, table="actors", make=self._proposed, add=self._add_new)
        self.box = widgets.VBox(
            [self._search, self._found.box, widgets.HBox(roles), self._new.box, self._chosen, self._beside]
        )

    def show(self, state: DeskState, *, faults: tuple[Fault, ...], hints: tuple[Hint, ...]) -> None:
        """Show who takes part in the statement of the form."""
        self._state = state
        self._look()
        self._new.show(state)
        if self._roles != state.form.roles:
            self._roles = state.form.roles
            self._chosen.children = [
                self._taken(role, actor, state) for role, actors in self._roles.items() for actor in actors
            ]
        self._beside.value = "".join(beside_html(name, faults=faults, hints=hints) for name in ROLE_FIELDS.values())

    def _taken(self, role: str, actor: str, state: DeskState) -> Any:
        words = f"✕ {role}: {actor_words(actor, state=state)}"
        return button(words, lambda: self._take_out(role, actor), tooltip="Take out")

    def _look(self) -> None:
        if self._state is not None:
            query, rows = self._search.value, self._state.actor_rows
            found = similar_actors(query, actors=rows)
            self._found.offer(_offered(actor_options(self._state), found, query=query), first=bool(found))

    def _add(self, role: str) -> None:
        actor = self._found.value
        if self._apply(lambda state: state.with_form(_with_role(state.form, role, add=_one(actor, "actor")))):
            self._search.value = ""

    def _take_out(self, role: str, actor: str) -> None:
        self._apply(lambda state: state.with_form(_with_role(state.form, role, out=actor)))

    def _proposed(self, state: DeskState) -> ActorDraft:
        name = clean(self._search.value)
        key = proposed_key(name, taken=[row["actor_id"] for row in state.actor_rows]) if name else ""
        return ActorDraft(key, name, shortened(name, length=SHORT_NAME), "")

    def _add_new(self, actor: ActorDraft) -> None:
        if self._apply(lambda state: state.with_actor(actor)):
            self._search.value = actor.name


class ClaimSearch:
    """The claim: search, choose; or make a new one."""

    def __init__(self, apply: Apply) -> None:
        self._apply = apply
        self._state: DeskState | None = None
        self._search = _search_field("Find a claim", "the proposition in the present tense, or words of it")
        self._found = Choice("Claims", rows=6)
        self._search.observe(lambda _: self._look(), "value")
        self._chosen, self._beside = widgets.HTML(), widgets.HTML()
        self._new = NewRow(ClaimDraft, table="claims", make=self._proposed, add=self._add_new)
        take = button("Take this claim", self._take)
        self.box = widgets.VBox([self._search, self._found.box, take, self._new.box, self._chosen, self._beside])

    def show(self, state: DeskState, *, faults: tuple[Fault, ...], hints: tuple[Hint, ...]) -> None:
        """Show the claim of the form."""
        self._state = state
        self._look()
        self._new.show(state)
        words = {key: words for words, key in claim_options(state)}.get(state.form.claim_id, "")
        self._chosen.value = note_html(f"Claim: {words}" if words else "")
        self._beside.value = beside_html("claim_id", faults=faults, hints=hints)

    def _look(self) -> None:
        if self._state is not None:
            query, rows = self._search.value, self._state.claim_rows
            found = similar_claims(query, claims=rows)
            self._found.offer(_offered(claim_options(self._state), found, query=query), first=bool(found))

    def _take(self) -> None:
        claim = self._found.value
        self._apply(lambda state: state.with_form(replace(state.form, claim_id=_one(claim, "claim"))))

    def _proposed(self, state: DeskState) -> ClaimDraft:
        words = clean(self._search.value)
        key = proposed_key(words, taken=[row["claim_id"] for row in state.claim_rows]) if words else ""
        return ClaimDraft(key, words, shortened(words, length=SHORT_CLAIM), "")

    def _add_new(self, claim: ClaimDraft) -> None:
        self._apply(lambda state: state.with_claim(claim))


class NewRow:
    """A folded form for a row that there is not yet; it opens with what was searched for."""

    def __init__(
        self, kind: type[Any], *, table: str, make: Callable[[DeskState], Any], add: Callable[[Any], None]
    ) -> None:
        self._kind, self._make, self._add = kind, make, add
        self._state: DeskState | None = None
        self._fields = [Field(each.name, table=table, on_change=self._check) for each in fields_of(kind)]
        noun = table.removesuffix("s")
        add_button = button(f"Add the new {noun}", self._added)
        body = widgets.VBox([*(field.box for field in self._fields), add_button])
        self._toggle, self.box = fold(f"None of these: a new {noun}", body)
        self._toggle.observe(self._opened, "value")

    def show(self, state: DeskState) -> None:
        """Keep the state against which the row is checked."""
        self._state = state

    def _draft(self) -> Any:
        return self._kind(**{field.name: field.value for field in self._fields})

    def _faults(self, draft: Any, state: DeskState) -> tuple[Fault, ...]:
        if isinstance(draft, ActorDraft):
            return actor_faults(draft, known=state.actor_rows)
        return claim_faults(draft, text=state.here.article.text, known=state.claim_rows)

    def _opened(self, _: object) -> None:
        if self._toggle.value and self._state is not None:
            self._fill(self._make(self._state))

    def _check(self) -> None:
        self._fill(self._draft())

    def _fill(self, draft: Any) -> None:
        if self._state is not None:
            faults = self._faults(draft, self._state)
            for field in self._fields:
                field.show(getattr(draft, field.name), faults=faults)

    def _added(self) -> None:
        self._add(self._draft())
        if self._state is not None and self._draft() in (*self._state.here.actors, *self._state.here.claims):
            self._toggle.value = False


def _search_field(words: str, placeholder: str) -> Any:
    return widgets.Text(description=words, placeholder=placeholder, style=WIDTH, layout=widgets.Layout(width="98%"))


def _offered(options: Options, similar: tuple[Similar, ...], *, query: str) -> Options:
    """Return all, or what resembles a query."""
    return tuple((each.words, each.key) for each in similar) if query.strip() else options


def _one(key: str, noun: str) -> str:
    if not key:
        raise WorkbookError(f"the list of {noun}s: found none chosen; expected one: click on it first")
    return key


def _with_role(form: StatementDraft, role: str, *, add: str = "", out: str = "") -> StatementDraft:
    """Return the form with an actor in a role more, or less."""
    name = ROLE_FIELDS[role]
    kept = tuple(actor for actor in getattr(form, name) if actor not in (add, out))
    changed: dict[str, Any] = {name: (*kept, add) if add else kept}
    return replace(form, **changed)
