"""What an explorer draws: a state in, figures out. No widget is needed to see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import plotly.graph_objects as go

from workbook import charts, measures
from workbook.charts.ledger import MOST_CLAIMS
from workbook.events import LISTS, Choice, EventData, EventIndex, IndexedSelection
from workbook.explorers.choosing import answered, chosen, listed
from workbook.explorers.picking import pick_actors, pick_bar
from workbook.explorers.state import ExplorerState
from workbook.measures import Measured

MOST_MARKS = 750
"""Statements that are drawn one by one; more are drawn as bars, which a page draws within half a second."""

MOST_SPEAKERS = 15
"""Speakers that are drawn: as many as stand beside how often there is anything; the filter lists all of them."""

FADED = 0.25
ACROSS = ("frequency", "timeline")


@dataclass(frozen=True)
class View:
    """A chart of an explorer.

    Attributes
    ----------
    figure : plotly.graph_objects.Figure
        The chart; what is picked in it is drawn in full, the rest faint.
    caption, alt : str
        What the numbers stand on; what is to be seen, for whoever cannot see it.
    runs_across : bool
        Whether time runs from left to right in it, or a list from top to bottom.
    """

    figure: go.Figure
    caption: str
    alt: str
    runs_across: bool


def view(index: EventIndex, state: ExplorerState, *, name: str) -> View:
    """Draw one view of a state.

    Parameters
    ----------
    index : EventIndex
        The whole data set.
    state : ExplorerState
        What is filtered and picked; what is picked in this view marks it and does not narrow it.
    name : {"frequency", "activity", "timeline", "ledger"}
        Which view.

    Returns
    -------
    View

    Examples
    --------
    >>> import workbook
    >>> from workbook.events import index_events
    >>> drawn = view(index_events(workbook.load("arms_transfers")), ExplorerState(), name="timeline")
    >>> drawn.alt.partition(":")[0]
    'Time line from 5 September 2022 to 5 September 2023'
    """
    figure = DRAWN[name](index, state)
    pick = state.pick_in(name)
    if pick is not None:
        _mark(figure, pick, picked=chosen(index, state), state=state.as_drawn(name))
    meta = figure.layout.meta
    return View(figure, str(meta["caption"]), str(meta["alt"]), runs_across=name in ACROSS)


def _frequency(index: EventIndex, state: ExplorerState) -> go.Figure:
    return charts.statement_frequency(_counted(index, state, but="frequency"))


def _counted(index: EventIndex, state: ExplorerState, *, but: str) -> Measured:
    return measures.frequency(
        chosen(index, state, but=but),
        period=state.period,
        split_by=state.split_by,
        count=state.count,
        uncertain=state.uncertain,
        level=state.level,
    )


def _activity(index: EventIndex, state: ExplorerState) -> go.Figure:
    speakers = measures.speakers(chosen(index, state, but="activity"), level=state.level)
    return charts.actor_ranking(speakers, most=MOST_SPEAKERS)


def _timeline(index: EventIndex, state: ExplorerState) -> go.Figure:
    selection = chosen(index, state, but="timeline")
    if selection.basis.events > MOST_MARKS:
        return charts.sides_over_time(_counted(index, state.as_drawn("timeline"), but="timeline"))
    rows = listed(index, state, but="timeline")
    sided = rows.table[rows.table["side"] != "neither"].reset_index(drop=True)
    return charts.denials_timeline(Measured(sided, rows.basis), answered(index, state, but="timeline"))


def _ledger(index: EventIndex, state: ExplorerState) -> go.Figure:
    selection = chosen(index, state, but="ledger")
    counts = measures.claim_counts(selection)
    if selection.basis.events > MOST_MARKS or len(counts.table) > MOST_CLAIMS:
        return charts.claim_bars(counts)
    return charts.claim_lanes(listed(index, state, but="ledger"), counts)


DRAWN: dict[str, Callable[[EventIndex, ExplorerState], go.Figure]] = {
    "frequency": _frequency,
    "activity": _activity,
    "timeline": _timeline,
    "ledger": _ledger,
}


def _mark(figure: go.Figure, pick: Choice, *, picked: IndexedSelection, state: ExplorerState) -> None:
    """Fade all that is not picked."""
    events = set(picked.ids) if picked.basis.events <= MOST_MARKS else set()
    for trace in figure.data:
        if trace.customdata is not None:
            trace.selectedpoints = [
                place
                for place, (event, *parts) in enumerate(trace.customdata)
                if event in events or (parts and _is_picked(parts, pick, data=picked.words, state=state))
            ]
            trace.unselected = {"marker": {"opacity": FADED}}


def _is_picked(parts: list[str], pick: Choice, *, data: EventData, state: ExplorerState) -> bool:
    """Say whether a mark that is no statement stands for what is picked: an actor, a claim, or a bin and group."""
    if len(parts) == 1 and pick.claims:
        return parts[0] in pick.claims
    if len(parts) == 1:
        return _everybody(data, pick_actors(data, state, actors=parts)) <= _everybody(data, pick)
    bar = pick_bar(data, state, bin_start=parts[0], group=parts[1])
    groups = [(set(getattr(bar, name)), set(getattr(pick, name))) for name in LISTS if name != "actors"]
    groups.append((_everybody(data, bar), _everybody(data, pick)))
    is_within = pick.start <= bar.start <= (pick.end or bar.start)
    return is_within and all(not asked or group <= asked for group, asked in groups)


def _everybody(data: EventData, choice: Choice) -> set[str]:
    """Return all who speak in a choice: a state that is picked takes its bodies and people."""
    return data.under(choice.actors)
