"""What a click or a box on a chart means: the part of the data that is picked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from workbook.dates import period_of
from workbook.events import ALONE, Choice, EventData, EventIndex
from workbook.explorers.choosing import chosen
from workbook.explorers.state import ExplorerState

GROUPS = {"act": "acts", "topic": "topics", "source": "sources"}
"""By what a frequency is split: the filter that its groups are values of."""

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ENDS = 2
"""A box on an axis has two."""


def pick_of(
    index: EventIndex, state: ExplorerState, *, view: str, points: Sequence[Sequence[str]], days: Sequence[str] = ()
) -> Choice:
    """Return what is picked by a click on a mark, or by a box over several.

    Parameters
    ----------
    index : EventIndex
        The whole data set.
    state : ExplorerState
        What the view was drawn from.
    view : str
        One of `VIEWS`.
    points : sequence of sequence of str
        Custom data of the marks: the key of a statement, or an empty text and what a bar stands for.
    days : sequence of str
        On the time line: where the box begins and ends, as plotly writes days.

    Returns
    -------
    Choice
        Everything, where the marks stand for nothing.

    Examples
    --------
    >>> import workbook
    >>> from workbook.events import index_events
    >>> index = index_events(workbook.load("arms_transfers"))
    >>> pick_of(index, ExplorerState(), view="ledger", points=[["st015"], ["st016"]]).claims
    ('dprk-plans-to-supply-weapons', 'dprk-supplies-weapons')
    """
    keys = [point[0] for point in points if point[0]]
    parts = [tuple(point[1:]) for point in points if not point[0] and len(point) > 1]
    if view == "activity":
        return pick_actors(index.data, state, actors=[actor for (actor,) in parts])
    if view == "ledger":
        named = [claim for (claim,) in parts]
        return pick_claims(named or chosen(index, state, but=view).values_of("claim_id", keys))
    if parts:
        drawn = state.as_drawn(view)
        bars = [pick_bar(index.data, drawn, bin_start=start, group=group) for start, group in parts]
        return bars[0] if len(set(bars)) == 1 else pick_bars(state, bin_starts=[start for start, _ in parts])
    # Over bars, which stand on names, plotly writes places instead of days; there an empty box is nothing.
    ends = sorted(date.fromisoformat(day[:10]) for day in days if DAY.match(day))
    if len(ends) == ENDS:
        first, last = ends
        return pick_days(
            index.data, first=first, last=last, sides=chosen(index, state, but=view).values_of("side", keys)
        )
    return Choice()


def pick_bar(data: EventData, state: ExplorerState, *, bin_start: str, group: str) -> Choice:
    """Return what a bar of the frequency stands for: its bin, and its group.

    Parameters
    ----------
    data : EventData
        Whose acts the sides and families are made of.
    state : ExplorerState
        Whose period and split the bars are drawn by.
    bin_start, group : str
        First day of the bin, key of the group.

    Examples
    --------
    >>> import workbook
    >>> data = workbook.load("arms_transfers")
    >>> pick_bar(data, ExplorerState(), bin_start="2022-09-01", group="denies").parts()
    {'start': '2022-09-01', 'end': '2022-09-30', 'acts': ('denial',)}
    """
    first, last = period_of(date.fromisoformat(bin_start), period=state.period)
    return Choice.of(start=first, end=last, **_group(data, state, group=group))


def pick_bars(state: ExplorerState, *, bin_starts: Sequence[str]) -> Choice:
    """Return what a box over bars stands for: all days from the first of the bins to the last."""
    days = sorted(date.fromisoformat(day) for day in bin_starts)
    if not days:
        return Choice()
    return Choice.of(start=period_of(days[0], period=state.period)[0], end=period_of(days[-1], period=state.period)[1])


def _group(data: EventData, state: ExplorerState, *, group: str) -> dict[str, tuple[str, ...]]:
    split_by = state.split_by
    if split_by == "actor":
        return {"actors": _of_bar(data, group, level=state.level)}
    if split_by in GROUPS:
        return {GROUPS[split_by]: (group,)}
    acts = data.acts.loc[data.acts[split_by] == group, "act"] if split_by in data.acts.columns else ()
    return {"acts": tuple(acts)}


def pick_days(data: EventData, *, first: date, last: date, sides: Sequence[str]) -> Choice:
    """Return what a box on the time line stands for: its days, and its side where it covers but one.

    Examples
    --------
    >>> import workbook
    >>> data = workbook.load("arms_transfers")
    >>> pick_days(data, first=date(2022, 9, 1), last=date(2022, 9, 22), sides=["alleges"]).acts
    ('allegation',)
    """
    one_side = _group(data, ExplorerState(split_by="side"), group=sides[0]) if len(set(sides)) == 1 else {}
    return Choice.of(start=first, end=last, **one_side)


def pick_actors(data: EventData, state: ExplorerState, *, actors: Sequence[str]) -> Choice:
    """Return what bars of speakers stand for, at the level at which they are drawn.

    Examples
    --------
    >>> import workbook
    >>> data = workbook.load("arms_transfers")
    >>> pick_actors(data, ExplorerState(), actors=["USA"]).actors
    ('=USA',)
    >>> pick_actors(data, ExplorerState(level="state"), actors=["USA"]).actors
    ('USA',)
    """
    keys = [key for actor in actors for key in _of_bar(data, actor, level=state.level)]
    return Choice(actors=tuple(dict.fromkeys(keys)))


def _of_bar(data: EventData, actor: str, *, level: str) -> tuple[str, ...]:
    """Return whom a bar stands for: with all below it where these are in it, or those alone that are."""
    levels = data.rolled_up(level)
    members = set(levels.loc[levels["as_id"] == actor, "actor_id"])
    if data.under([actor]) == members:
        return (actor,)
    return tuple(sorted(key if data.under([key]) == {key} else f"{ALONE}{key}" for key in members))


def pick_claims(claims: Sequence[str]) -> Choice:
    """Return what lanes of claims stand for."""
    return Choice(claims=tuple(dict.fromkeys(claims)))
