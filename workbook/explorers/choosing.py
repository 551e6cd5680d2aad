"""What a state leaves of the events: every part of an explorer asks here, and the same question is answered once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, TypeVar

from workbook import measures
from workbook.events import Choice, EventIndex, IndexedSelection, Selection, select_indexed
from workbook.explorers.state import ExplorerState
from workbook.measures import Exchanges, Measured

Told = TypeVar("Told", Measured, Exchanges)

MOST_READ = 2000
"""Events of a data set that is read whole, once: each state takes its own rows out of what was read."""


def chosen(index: EventIndex, state: ExplorerState, *, but: str = "") -> IndexedSelection:
    """Return the events of a state.

    Parameters
    ----------
    index : EventIndex
        The whole data set.
    state : ExplorerState
        What is filtered and picked.
    but : str
        A view whose own pick does not count, as that view sees the events.

    Raises
    ------
    ParameterError
        The state asks for what the data do not know.

    Examples
    --------
    >>> import workbook
    >>> from workbook.events import index_events
    >>> index = index_events(workbook.load("arms_transfers"))
    >>> chosen(index, ExplorerState().filtered(actors=("PRK",), acts=("denial",))).ids
    ['st015', 'st016', 'st048', 'st049']
    """
    return _selected(index, _asked(state, but=but))


def listed(index: EventIndex, state: ExplorerState, *, but: str = "") -> Measured:
    """Return the events of a state with what a mark or a row says of them, as `workbook.measures.ledger_events` does.

    Parameters
    ----------
    index, state, but
        As for `chosen`.

    Examples
    --------
    >>> import workbook
    >>> from workbook.events import index_events
    >>> index = index_events(workbook.load("arms_transfers"))
    >>> len(listed(index, ExplorerState().filtered(actors=("PRK",), acts=("denial",))).table)
    4
    """
    rows = _read(index, state, but=but, measure=measures.ledger_events)
    selection = chosen(index, state, but=but)
    is_in = rows.table["event_id"].isin(selection.ids)
    return replace(rows, table=rows.table[is_in].reset_index(drop=True), basis=selection.basis)


def answered(index: EventIndex, state: ExplorerState, *, but: str = "") -> Exchanges:
    """Return the denials of a state that answer its allegations: what `workbook.measures.exchanges` finds answered.

    Parameters
    ----------
    index, state, but
        As for `chosen`.

    Examples
    --------
    >>> import workbook
    >>> from workbook.events import index_events
    >>> index = index_events(workbook.load("arms_transfers"))
    >>> answered(index, ExplorerState()).table["denial_id"].tolist()
    ['st019', 'st015', 'st016']
    """
    linked = _read(index, state, but=but, measure=measures.exchanges)
    selection = chosen(index, state, but=but)
    is_in = linked.table[["allegation_id", "denial_id"]].isin(selection.ids).all(axis=1)
    return replace(linked, table=linked.table[is_in].reset_index(drop=True), basis=selection.basis)


def _read(index: EventIndex, state: ExplorerState, *, but: str, measure: Callable[[Selection], Told]) -> Told:
    """Measure what is to be read for a state, once."""
    asked = _read_for(index, _asked(state, but=but))
    told: Told = index.kept((measure, asked), lambda: measure(_selected(index, asked)))
    return told


class _Asked(NamedTuple):
    """What decides which events are chosen, and what is told of them."""

    choices: tuple[Choice, ...]
    dates: str
    referred: bool


def _asked(state: ExplorerState, *, but: str) -> _Asked:
    return _Asked(tuple(state.choices(but=but)), state.dates, state.referred)


def _read_for(index: EventIndex, asked: _Asked) -> _Asked:
    """Return what to read: of a small data set all, as told by the same sources and dates.

    Nothing else that a state asks for changes what is told of an event, but only whether it is in.
    """
    if len(index) > MOST_READ:
        return asked
    sources = tuple(Choice(sources=choice.sources) for choice in asked.choices if choice.sources)
    return _Asked(sources, asked.dates, referred=True)


def _selected(index: EventIndex, asked: _Asked) -> IndexedSelection:
    choices, dates, referred = asked
    selection: IndexedSelection = index.kept(
        ("chosen", asked), lambda: select_indexed(index, choices, dates=dates, referred=referred)
    )
    return selection
