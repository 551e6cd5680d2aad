"""What a click or a box on a chart means: the part of the data that is picked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from workbook.dates import period_of
from workbook.events import Choice, EventData
from workbook.explorers.state import ExplorerState

GROUPS = {"act": "acts", "topic": "topics", "actor": "actors", "source": "sources"}
"""By what a frequency is split: the filter that its groups are values of."""


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
    return Choice.of(start=first, end=last, **_group(data, split_by=state.split_by, group=group))


def pick_bars(state: ExplorerState, *, bin_starts: Sequence[str]) -> Choice:
    """Return what a box over bars stands for: all days from the first of the bins to the last."""
    days = sorted(date.fromisoformat(day) for day in bin_starts)
    if not days:
        return Choice()
    return Choice.of(start=period_of(days[0], period=state.period)[0], end=period_of(days[-1], period=state.period)[1])


def _group(data: EventData, *, split_by: str, group: str) -> dict[str, tuple[str, ...]]:
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
    one_side = _group(data, split_by="side", group=sides[0]) if len(set(sides)) == 1 else {}
    return Choice.of(start=first, end=last, **one_side)


def pick_actors(actors: Sequence[str]) -> Choice:
    """Return what bars of speakers stand for."""
    return Choice(actors=tuple(dict.fromkeys(actors)))


def pick_claims(claims: Sequence[str]) -> Choice:
    """Return what lanes of claims stand for."""
    return Choice(claims=tuple(dict.fromkeys(claims)))
