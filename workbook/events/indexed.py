"""Choosing and counting events that are indexed: the same answers as by `select_all`, at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from workbook.events.basis import Basis
from workbook.events.choice import COLUMNS, REASONS, Choice
from workbook.events.coded_columns import (
    BOUNDS,
    as_days,
    bound_columns,
    grouped,
    once,
    speakers,
    taken,
    texts,
    with_all_above,
)
from workbook.events.data import EventData, alike, lazy
from workbook.events.index import OPEN, Coded, EventIndex, Numbers, Pairs
from workbook.events.selecting import REFERRED, as_chosen, checked_days, summed
from workbook.events.selection import CARRIED, Selection

EPOCH = date(1970, 1, 1)
PRECISION = "date_precision"


@dataclass(frozen=True)
class Chosen:
    """What choices leave of an index.

    Attributes
    ----------
    is_in : numpy.ndarray
        Which events.
    mentions : Pairs
        Mentions in the sources chosen, of any event.
    counts : numpy.ndarray
        How many of them each event has.
    left_out : tuple of (str, int)
        As in `Basis`.
    """

    is_in: Numbers
    mentions: Pairs
    counts: Numbers
    left_out: tuple[tuple[str, int], ...]


class IndexedSelection(Selection):
    """Events of an index that were chosen; made by `select_indexed`. Frames of them are read when asked for."""

    def __init__(self, index: EventIndex, choices: Sequence[Choice], chosen: Chosen, *, dates: str) -> None:
        # What is frozen is set here alone.
        self.__dict__.update(
            index=index,
            chosen=chosen,
            whose_dates=dates,
            _choices=tuple(choices),
            basis=_basis(index, chosen, dates=dates),
        )
        first, last = checked_days(index.data, choices, dates=dates)
        self.__dict__.update(start=first, end=last)

    index: EventIndex
    chosen: Chosen
    whose_dates: str
    _choices: tuple[Choice, ...]

    @cached_property
    def data(self) -> EventData:
        """The chosen events as frames: the rows of those that are in, with the dates and mentions asked for."""
        return as_chosen(_rows_of(self.index, self.chosen.is_in), self._choices, dates=self.whose_dates)

    @property
    def words(self) -> EventData:
        """What keys stand for; read without a frame."""
        return self.index.data

    def tally(self, *keys: str, level: str = "actor") -> pd.DataFrame:
        """Count the events that are alike, as `Selection.tally` does."""
        if not self._is_known(keys):
            return super().tally(*keys, level=level)
        return self._alike(*keys, level=level)[0]

    def tallied(self, *keys: str, level: str = "actor") -> nw.LazyFrame[Any]:
        """Tally from the index, whose engine is memory."""
        return lazy(self.tally(*keys, level=level)) if self._is_known(keys) else super().tallied(*keys, level=level)

    def spans(self, *keys: str, level: str = "actor") -> pd.DataFrame:
        """Count the events that are alike and find the first and the last of them, as `Selection.spans` does."""
        if not self._is_known(keys):
            return super().spans(*keys, level=level)
        table, at, groups = self._alike(*keys, level=level)
        dates = self.index.dates[self.whose_dates]
        is_lacking = table[list(keys)].isna().any(axis=1).to_numpy()
        is_dated = (dates.first.codes[at] >= 0) & ~is_lacking[groups]
        first = np.full(len(table), len(dates.first.values))
        last = np.full(len(table), -1)
        np.minimum.at(first, groups[is_dated], dates.first.codes[at][is_dated])
        np.maximum.at(last, groups[is_dated], dates.last.codes[at][is_dated])
        first[first == len(dates.first.values)] = -1
        return table.assign(
            first_earliest=_end_days(dates.first, first),
            last_latest=_end_days(dates.last, last),
            first_text=_end_texts(dates.first, first),
            last_text=_end_texts(dates.last, last),
        )

    def _is_known(self, keys: Sequence[str]) -> bool:
        """Whether the index knows all of these keys, and these together."""
        carried = [key for key in keys if key in CARRIED]
        columns = {key for key in keys if key not in (*CARRIED, *BOUNDS)}
        has_both = len(set(BOUNDS) & set(keys)) != 1
        return columns <= {*self.index.columns, PRECISION} and carried in ([], ["speaker"], ["source"]) and has_both

    def _alike(self, *keys: str, level: str) -> tuple[pd.DataFrame, Numbers, Numbers]:
        """Return a tally, the place among the events of each row that it counts, and the row's own row in the tally."""
        at, parts = self._parts(*(key for key in keys if key in CARRIED), level=level)
        dates = self.index.dates[self.whose_dates]
        known = {**self.index.columns, PRECISION: dates.precision}
        parts |= {key: taken(known[key], at) for key in keys if key in known}
        if set(BOUNDS) <= set(keys):
            parts["bounds"] = taken(dates.together, at)
        groups, places = grouped(list(parts.values()), rows=len(at))
        values = {
            name: coded.values[place] if name == "bounds" else texts(coded, place)
            for (name, coded), place in zip(parts.items(), places, strict=True)
        }
        if "bounds" in values:
            values |= bound_columns(values.pop("bounds"))
        mentions = np.bincount(groups, weights=self.chosen.counts[at]).astype("int64")
        table = pd.DataFrame({key: values[key] for key in keys})
        return table.assign(events=np.bincount(groups), mentions=mentions), at, groups

    def undated(self, *, most: int) -> list[str]:
        """Return the keys of events without an earliest or a latest date, as `Selection.undated` does."""
        dates = self.index.dates[self.whose_dates]
        is_open = self.chosen.is_in & ((dates.earliest == OPEN) | (dates.latest == OPEN))
        return sorted(str(key) for key in self.index.ids[is_open])[:most]

    @property
    def ids(self) -> list[str]:
        """Keys of the chosen events."""
        return [str(key) for key in self.index.ids[self.chosen.is_in]]

    def values_of(self, column: str, ids: Sequence[str]) -> list[str]:
        """Return the different values that some of the chosen events have in a column."""
        wanted, coded = set(ids), self.index.columns[column]
        at = [place for place in np.flatnonzero(self.chosen.is_in) if self.index.ids[place] in wanted]
        codes = np.unique(coded.codes[at])
        return [str(value) for value in coded.values[codes[codes >= 0]]]

    def counts_of(self, column: str) -> dict[str, int]:
        """Count the events of each value of a column, or of each ``"speaker"`` or ``"source"``; none without any."""
        counts = self.tally(column)
        return {
            str(value): int(events)
            for value, events in zip(counts[column], counts["events"], strict=True)
            if pd.notna(value)
        }

    def speaking(self) -> dict[str, int]:
        """Count the events of each speaker, and of each actor above: a state's are those of its bodies and people."""
        above = self.index.kept("above", lambda: with_all_above(self.index))
        counts = np.bincount(above.what.codes[self.chosen.is_in[above.events]], minlength=len(above.what.values))
        return dict(zip(above.what.values.tolist(), counts.tolist(), strict=True))

    def _parts(self, *carried: str, level: str) -> tuple[Numbers, dict[str, Coded]]:
        """Return the places of the chosen events, once for each that they carry, and what that is."""
        if not carried:
            return np.flatnonzero(self.chosen.is_in), {}
        pairs = once(self.chosen.mentions) if carried[0] == "source" else speakers(self.index, level=level)
        is_kept = self.chosen.is_in[pairs.events]
        alone = self.chosen.is_in.copy()
        alone[pairs.events] = False
        without = np.flatnonzero(alone)
        at = np.concatenate([pairs.events[is_kept], without])
        codes = np.concatenate([pairs.what.codes[is_kept], np.full(len(without), -1)])
        return at, {carried[0]: Coded(codes, pairs.what.values)}


def select_indexed(
    index: EventIndex, choices: Sequence[Choice], *, dates: str = "best", referred: bool = False
) -> IndexedSelection:
    """Choose the events of an index that meet every one of several choices, as `select_all` does.

    Parameters
    ----------
    index : EventIndex
        From `index_events`.
    choices, dates, referred
        As for `select_all`.

    Raises
    ------
    ParameterError
        As for `select_all`.

    Examples
    --------
    >>> import workbook
    >>> from workbook.events import Choice, index_events
    >>> index = index_events(workbook.load("arms_transfers"))
    >>> select_indexed(index, [Choice(actors=("PRK",), acts=("denial",))]).basis.events
    4
    """
    checked_days(index.data, choices, dates=dates)
    mentions, counts = _mentions_in(index, choices)
    is_in = np.ones(len(index), dtype=bool)
    left_out = []
    for choice in choices:
        for part in choice.asked():
            is_out = is_in & _is_left_out(index, part, choice, dates=dates, counts=counts)
            left_out.append((REASONS[part], int(is_out.sum())))
            is_in &= ~is_out
    if not referred:
        left_out.append((REFERRED, int((is_in & index.is_referred).sum())))
        is_in &= ~index.is_referred
    chosen = Chosen(is_in, mentions, counts, summed(left_out))
    return IndexedSelection(index, choices, chosen, dates=dates)


def _end_days(ends: Coded, places: Numbers) -> pd.Series:
    return as_days([ends.values[place][0] if place >= 0 else OPEN for place in places])


def _end_texts(ends: Coded, places: Numbers) -> pd.Series:
    return pd.Series([ends.values[place][1] if place >= 0 else None for place in places], dtype="str")


def _mentions_in(index: EventIndex, choices: Sequence[Choice]) -> tuple[Pairs, Numbers]:
    """Keep the mentions in the sources chosen, and count them by event."""
    asked = [choice.sources for choice in choices if choice.sources]
    if not asked:
        return index.mentions, index.mention_count
    is_kept = np.logical_and.reduce([index.mentioned_in(sources) for sources in asked])
    events, what = index.mentions.events[is_kept], index.mentions.what
    return Pairs(events, Coded(what.codes[is_kept], what.values)), np.bincount(events, minlength=len(index))


def _is_left_out(index: EventIndex, part: str, choice: Choice, *, dates: str, counts: Numbers) -> Numbers:
    bounds, (first, last) = index.dates[dates], choice.days()
    left_out: Numbers
    if part == "sources":
        left_out = counts == 0
    elif part == "actors":
        left_out = ~index.spoken_by(choice.actors)
    elif part == "start" and first:
        left_out = (bounds.latest < (first - EPOCH).days) & (bounds.latest != OPEN)
    elif part == "end" and last:
        left_out = bounds.earliest > (last - EPOCH).days
    else:
        left_out = ~index.has_value(COLUMNS[part], getattr(choice, part))
    return left_out


def _basis(index: EventIndex, chosen: Chosen, *, dates: str) -> Basis:
    sources = chosen.mentions.what.codes[chosen.is_in[chosen.mentions.events]]
    return Basis(
        dataset=f"{index.data.name} {index.data.version}",
        events=int(chosen.is_in.sum()),
        mentions=int(chosen.counts[chosen.is_in].sum()),
        sources=int(np.count_nonzero(np.bincount(sources))),
        dates=dates,
        left_out=chosen.left_out,
        notes=index.data.notes,
        noun=index.noun,
    )


def _rows_of(index: EventIndex, is_in: Numbers) -> EventData:
    """Keep the rows of some events: in memory by their places, in another engine by their keys."""
    wanted = pd.DataFrame({"event_id": index.ids[is_in]}, dtype="str")
    kept = {}
    for name, places in index.places.items():
        frame = getattr(index.data, name)
        if frame is None:
            continue
        if isinstance(frame, pd.DataFrame):
            kept[name] = frame[is_in[places] & (places >= 0)].reset_index(drop=True)
        else:
            kept[name] = lazy(frame).join(alike(lazy(frame), wanted), on="event_id", how="semi").to_native()
    return replace(index.data, **kept)
