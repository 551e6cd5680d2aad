"""Events as numbers, read once: for who asks the same events again and again, as an explorer does.

What a choice leaves and how many events are alike is the same as by `workbook.select` and `Selection.tally`, which
read any engine; here each part of a choice is a mask and each count an addition, so that a million events answer in
milliseconds. The crossfilter of linked charts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from workbook.events.carried import links_of, mentions_of, participants_of
from workbook.events.data import EventData, collected, lazy

Numbers = np.ndarray[Any, Any]

TEXTS = ("act", "side", "family", "topic", "claim_id", "hedge", "actor_id", "target_id")
"""Columns by which events are tallied."""

MOST_KEPT = 64
"""Masks that are kept for the next question; one takes a byte an event."""


@dataclass(frozen=True)
class Coded:
    """A column as numbers.

    Attributes
    ----------
    codes : numpy.ndarray
        A row's place among the values; -1 where there is none.
    values : numpy.ndarray
        The different values, in order.
    """

    codes: Numbers
    values: Numbers

    def code_of(self, value: str) -> int:
        """Return the place of a value; -2, which no row has, where it does not occur."""
        place = int(np.searchsorted(self.values, value)) if len(self.values) else 0
        return place if place < len(self.values) and self.values[place] == value else -2


@dataclass(frozen=True)
class Pairs:
    """What an event can have several of: its speakers, its mentions.

    Attributes
    ----------
    events : numpy.ndarray
        The place of the event among the events.
    what : Coded
        The actor or the source.
    """

    events: Numbers
    what: Coded


@dataclass(frozen=True)
class Dates:
    """Bounds of all events, by one of `WHOSE_DATES`.

    Attributes
    ----------
    earliest, latest : numpy.ndarray
        Days since 1970-01-01; `OPEN` where there is none.
    together, precision : Coded
        Both bounds as one value; what kind of date it is.
    first, last : Coded
        The bounds with their text, in the order in which `Selection.spans` takes the first and the last; -1 where one
        is open. The values are pairs of the day and the text.
    """

    earliest: Numbers
    latest: Numbers
    together: Coded
    precision: Coded
    first: Coded
    last: Coded


OPEN = np.iinfo(np.int64).min


@dataclass(frozen=True)
class EventIndex:
    """Events as numbers; made by `index_events`.

    Attributes
    ----------
    data : EventData
        What is indexed.
    ids : numpy.ndarray
        Key of each event.
    columns : dict of str to Coded
        The columns in `TEXTS`.
    dates : dict of str to Dates
        By one of `WHOSE_DATES`.
    is_referred : numpy.ndarray
        Whether each event is only referred to.
    mention_count : numpy.ndarray
        Mentions of each event.
    speakers, mentions : Pairs
        Who speaks, once each; which source mentions it, a row a mention.
    places : dict of str to numpy.ndarray
        By frame of `EventData`: the place of each row's event, -1 where it is of none.
    noun : str
        What an event is called.
    """

    data: EventData
    ids: Numbers
    columns: dict[str, Coded]
    dates: dict[str, Dates]
    is_referred: Numbers
    mention_count: Numbers
    speakers: Pairs
    mentions: Pairs
    places: dict[str, Numbers]
    noun: str
    _kept: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.ids)

    def kept(self, key: object, make: Callable[[], Any]) -> Any:
        """Return what was made for a key, or make it and keep it for the next time."""
        if key not in self._kept:
            while len(self._kept) >= MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = make()
        return self._kept[key]

    def has_value(self, column: str, values: tuple[str, ...]) -> Numbers:
        """Mark the events with one of these values in a column."""
        coded = self.columns[column]
        mask: Numbers = self.kept((column, values), lambda: _is_among(coded, values))
        return mask

    def spoken_by(self, actors: tuple[str, ...]) -> Numbers:
        """Mark the events of these actors, and of all that belong to them."""
        mask: Numbers = self.kept(
            ("speakers", actors), lambda: self._having(self.speakers, tuple(self.data.under(actors)))
        )
        return mask

    def mentioned_in(self, sources: tuple[str, ...]) -> Numbers:
        """Mark the mentions in these sources."""
        mask: Numbers = self.kept(("sources", sources), lambda: _is_among(self.mentions.what, sources))
        return mask

    def _having(self, pairs: Pairs, values: tuple[str, ...]) -> Numbers:
        mask = np.zeros(len(self), dtype=bool)
        mask[pairs.events[_is_among(pairs.what, values)]] = True
        return mask


def index_events(data: EventData) -> EventIndex:
    """Read the events of any engine into an index.

    Parameters
    ----------
    data : EventData
        Events, participants and mentions are read once, in the columns that are needed.

    Returns
    -------
    EventIndex

    Examples
    --------
    >>> import workbook
    >>> len(index_events(workbook.load("arms_transfers")))
    58
    """
    bounds = [
        f"{prefix}date_{part}" for prefix in ("", "source_") for part in ("earliest", "latest", "text", "precision")
    ]
    numbers = ["is_referred", "is_machine_coded", "mention_count"]
    rows = collected(lazy(data.events).select("event_id", *TEXTS, *bounds, *numbers))
    by_key = pd.Index(rows["event_id"])
    frames = {
        "participants": collected(participants_of(data).select("event_id", "actor_id", "role")),
        "mentions": collected(mentions_of(data).select("event_id", "source_id")),
        "links": collected(links_of(data).select("event_id")),
    }
    places = {name: by_key.get_indexer(frame["event_id"]) for name, frame in frames.items()}
    is_speaker = (frames["participants"]["role"] == "speaker").to_numpy()
    speakers = coded(frames["participants"].loc[is_speaker, "actor_id"])
    return EventIndex(
        data=data,
        ids=rows["event_id"].to_numpy(dtype=object),
        columns={name: coded(rows[name]) for name in TEXTS},
        dates={"best": _dates(rows, prefix=""), "source": _dates(rows, prefix="source_")},
        is_referred=rows["is_referred"].fillna(value=False).to_numpy(dtype=bool),
        mention_count=rows["mention_count"].fillna(0).to_numpy(dtype="int64"),
        speakers=_pairs(places["participants"][is_speaker], speakers),
        mentions=_pairs(places["mentions"], coded(frames["mentions"]["source_id"])),
        places={"events": np.arange(len(rows)), **places},
        noun="event" if rows["is_machine_coded"].fillna(value=False).any() else "statement",
    )


def coded(column: pd.Series) -> Coded:
    """Return a column as numbers, its values in order.

    Examples
    --------
    >>> coded(pd.Series(["b", None, "a", "b"])).codes.tolist()
    [1, -1, 0, 1]
    """
    codes, values = pd.factorize(column, sort=True)
    return Coded(codes.astype("int64"), np.asarray(values, dtype=object))


def _pairs(events: Numbers, what: Coded) -> Pairs:
    """Put pairs in the order of their events; those of no known event are none."""
    known = np.flatnonzero((events >= 0) & (what.codes >= 0))
    order = known[np.lexsort([what.codes[known], events[known]])]
    return Pairs(events[order], Coded(what.codes[order], what.values))


def _dates(rows: pd.DataFrame, *, prefix: str) -> Dates:
    earliest, latest = (_days(rows[f"{prefix}date_{part}"]) for part in ("earliest", "latest"))
    texts = coded(rows[f"{prefix}date_text"])
    is_dated = (earliest != OPEN) & (latest != OPEN)
    # Of several on one day the text that sorts first: for the last, which is a maximum, texts count backwards.
    return Dates(
        earliest,
        latest,
        _together(earliest, latest),
        coded(rows[f"{prefix}date_precision"]),
        _ranked(earliest, texts, is_dated=is_dated, way=1),
        _ranked(latest, texts, is_dated=is_dated, way=-1),
    )


def _ranked(days: Numbers, texts: Coded, *, is_dated: Numbers, way: int) -> Coded:
    both = _together(days[is_dated], way * texts.codes[is_dated])
    codes = np.full(len(days), -1, dtype="int64")
    codes[is_dated] = both.codes
    return Coded(codes, _objects((day, texts.values[way * text]) for day, text in both.values))


def _together(first: Numbers, second: Numbers) -> Coded:
    """Return pairs of numbers as one column, in order."""
    (a, firsts), (b, seconds) = (pd.factorize(numbers, sort=True) for numbers in (first, second))
    codes, keys = pd.factorize(a * max(len(seconds), 1) + b, sort=True)
    pairs = zip(firsts[keys // max(len(seconds), 1)], seconds[keys % max(len(seconds), 1)], strict=True)
    return Coded(codes, _objects((int(one), int(other)) for one, other in pairs))


def _objects(pairs: Iterable[tuple[Any, Any]]) -> Numbers:
    listed = list(pairs)
    values = np.empty(len(listed), dtype=object)
    values[:] = listed
    return values


def _days(column: pd.Series) -> Numbers:
    days: Numbers = column.to_numpy().astype("datetime64[D]").astype("int64")
    return np.where(column.isna().to_numpy(), OPEN, days)


def _is_among(column: Coded, values: tuple[str, ...]) -> Numbers:
    # One place more than there are values: -1, no value, is looked up there and is never among them.
    wanted = np.zeros(len(column.values) + 1, dtype=bool)
    places = [place for place in map(column.code_of, values) if place >= 0]
    wanted[places] = True
    among: Numbers = wanted[column.codes]
    return among
