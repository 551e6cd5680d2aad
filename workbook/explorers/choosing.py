"""What a state leaves of the events: every part of an explorer asks here, and the same question is answered once."""

from __future__ import annotations

from workbook import measures
from workbook.events import EventIndex, IndexedSelection, select_indexed
from workbook.explorers.state import ExplorerState
from workbook.measures import Measured


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
    choices = tuple(state.choices(but=but))
    selection: IndexedSelection = index.kept(
        ("chosen", choices, state.dates, state.referred),
        lambda: select_indexed(index, choices, dates=state.dates, referred=state.referred),
    )
    return selection


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
    rows: Measured = index.kept(
        ("listed", tuple(state.choices(but=but)), state.dates, state.referred),
        lambda: measures.ledger_events(chosen(index, state, but=but)),
    )
    return rows
