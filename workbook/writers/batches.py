"""The events of a selection in batches, so that memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from workbook.errors import WorkbookError
from workbook.events import Selection, collected

VECTORS, VECTOR = 20, 2048
"""How many of DuckDB's vectors are a batch, and how many rows are one."""

CARRIED = {"speakers": "actor_id", "targets": "target_id", "relays": "", "sources": "source_name"}
"""What an event can have several of, and where its one stands in the row."""

ORDER = ["date_latest", "event_id"]


def event_batches(selection: Selection) -> Iterator[pd.DataFrame]:
    """Go through the events of a selection in batches, with everybody who takes part.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.

    Yields
    ------
    pandas.DataFrame
        The standard event table, with ``speakers``, ``targets``, ``relays`` and ``sources``: a list of keys each.
        Stored events come in the order of their files, others by latest date, then key. One batch at least, which is
        empty where no event is chosen.

    Raises
    ------
    WorkbookError
        There are more or fewer events than were chosen: the files have changed since.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"), acts=["denial"])
    >>> next(event_batches(chosen))[["event_id", "speakers"]].iloc[0].tolist()
    ['st019', ['RUS']]
    """
    several = _several(selection)
    count = 0
    for rows in _rows(selection):
        count += len(rows)
        yield rows.assign(**{name: _lists(rows, several.get(name), column=CARRIED[name]) for name in CARRIED})
    check_count(selection, count)


def check_count(selection: Selection, count: int) -> None:
    """Refuse to go on where more or fewer events came than were chosen."""
    if count != selection.basis.events:
        raise WorkbookError(
            f"{selection.data.name}: found {count:,} events, and {selection.basis.events:,} when they were chosen; "
            "expected files that do not change meanwhile: choose and write again"
        )


def stored_query(selection: Selection) -> str:
    """Return the SQL of events that DuckDB reads from files; nothing where they are in memory or of another engine."""
    return selection.events.to_native().sql_query() if selection.events.implementation.is_duckdb() else ""


def has_own_rows(selection: Selection) -> bool:
    """Whether DuckDB reads the events from files in which each has its one speaker, target and source in its row."""
    data = selection.data
    return bool(stored_query(selection)) and data.participants is None and data.mentions is None


def _rows(selection: Selection) -> Iterator[pd.DataFrame]:
    query = stored_query(selection)
    if not query:
        yield collected(selection.events).sort_values(ORDER, ignore_index=True)
        return
    import duckdb

    with duckdb.default_connection().cursor() as connection:
        result = connection.execute(query)
        rows = result.fetch_df_chunk(VECTORS)
        yield rows
        while len(rows := result.fetch_df_chunk(VECTORS)):
            yield rows


def _several(selection: Selection) -> dict[str, pd.Series]:
    """Return by role the keys of each event's people and sources, as far as they stand in frames of their own."""
    found: dict[str, pd.Series] = {}
    if selection.data.participants is not None:
        people = collected(selection.participants)
        for role, keys in people.groupby("role"):
            found[f"{role}s"] = keys.groupby("event_id")["actor_id"].agg(list)
    if selection.data.mentions is not None:
        carried = collected(selection.mentions.select("event_id", "source_id").unique().sort("event_id", "source_id"))
        found["sources"] = carried.groupby("event_id")["source_id"].agg(list)
    return found


def _lists(rows: pd.DataFrame, several: pd.Series | None, *, column: str) -> pd.Series:
    keys: list[Any] = []
    if several is not None:
        keys = rows["event_id"].map(several).tolist()
    elif column:
        keys = [[key] if isinstance(key, str) else [] for key in rows[column]]
    else:
        keys = [[]] * len(rows)
    return pd.Series([key if isinstance(key, list) else [] for key in keys], index=rows.index, dtype="object")
