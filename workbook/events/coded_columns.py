"""Arithmetic of indexed columns: pairs rolled up, rows that are alike counted, numbers turned back into values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from workbook.events.data import EventData
from workbook.events.index import OPEN, Coded, EventIndex, Numbers, Pairs

BOUNDS = ("date_earliest", "date_latest")
DENSE = 4_000_000
"""Up to so many possible combinations are counted in an array of their own; more are sorted."""


def speakers(index: EventIndex, *, level: str) -> Pairs:
    """Return who speaks, rolled up, once each."""
    speakers: Pairs = index.kept(("speakers", level), lambda: once(_rolled_up(index.speakers, index.data, level=level)))
    return speakers


def with_all_above(index: EventIndex) -> Pairs:
    """Return who speaks and all to whom they belong, once each."""
    values = np.array(
        sorted({step for actor in index.speakers.what.values for step in index.data.above(actor)}), object
    )
    places = {actor: place for place, actor in enumerate(values)}
    paths = [[places[step] for step in index.data.above(actor)] for actor in index.speakers.what.values]
    lengths = np.array([len(path) for path in paths], dtype="int64")
    steps = np.array([step for path in paths for step in path], dtype="int64")
    reach, starts = lengths[index.speakers.what.codes], (np.cumsum(lengths) - lengths)[index.speakers.what.codes]
    within = np.arange(int(reach.sum())) - np.repeat(np.cumsum(reach) - reach, reach)
    codes = steps[np.repeat(starts, reach) + within]
    return once(Pairs(np.repeat(index.speakers.events, reach), Coded(codes, values)))


def _rolled_up(pairs: Pairs, data: EventData, *, level: str) -> Pairs:
    stands = data.rolled_up(level).set_index("actor_id")["as_id"]
    names = [str(stands.get(actor, actor)) for actor in pairs.what.values]
    values = np.array(sorted(set(names)), dtype=object)
    places = {name: place for place, name in enumerate(values)}
    codes = np.array([places[name] for name in names], dtype="int64")[pairs.what.codes]
    return Pairs(pairs.events, Coded(codes, values))


def once(pairs: Pairs) -> Pairs:
    """Keep each pair once."""
    width = max(len(pairs.what.values), 1)
    keys = pairs.events * width + pairs.what.codes
    if (np.diff(keys) > 0).all():
        return pairs
    unique = np.unique(keys)
    return Pairs(unique // width, Coded(unique % width, pairs.what.values))


def taken(column: Coded, at: Numbers) -> Coded:
    """Return the rows of a column at some places."""
    return Coded(column.codes[at], column.values)


def grouped(parts: list[Coded], *, rows: int) -> tuple[Numbers, list[Numbers]]:
    """Group rows that are alike in all parts: the group of each row, and each group's place in each part."""
    sizes = [len(part.values) + 1 for part in parts]
    # A missing value, -1, becomes 0: every combination is one number.
    keys = np.zeros(rows, dtype="int64")
    for part, size in zip(parts, sizes, strict=True):
        keys = keys * size + (part.codes + 1)
    if int(np.prod([float(size) for size in sizes])) <= DENSE:
        is_there = np.bincount(keys) > 0
        present, groups = np.flatnonzero(is_there), (np.cumsum(is_there) - 1)[keys]
    else:
        present, groups = np.unique(keys, return_inverse=True)
    places: list[Numbers] = []
    for size in reversed(sizes):
        places.insert(0, present % size - 1)
        present = present // size
    return groups, places


def texts(column: Coded, places: Numbers) -> pd.Series:
    """Turn places among the values back into text; -1 is missing."""
    return pd.Series([column.values[place] if place >= 0 else None for place in places], dtype="str")


def bound_columns(pairs: Numbers) -> dict[str, pd.Series]:
    """Part pairs of bounds into two columns of days."""
    return {name: as_days([pair[place] for pair in pairs]) for place, name in enumerate(BOUNDS)}


def as_days(days: Sequence[int]) -> pd.Series:
    """Turn days since 1970-01-01 into time stamps; `OPEN` is missing."""
    numbers = np.array(days, dtype="int64")
    stamps = numbers.astype("datetime64[D]").astype("datetime64[us]")
    return pd.Series(np.where(numbers == OPEN, np.datetime64("NaT", "us"), stamps))
