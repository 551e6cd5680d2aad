"""Events as one flat table: everybody who takes part and every source in a cell each."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from workbook.events import EVENT_COLUMNS, Selection
from workbook.writers.batches import CARRIED, event_batches

BETWEEN = "; "

FLAT_COLUMNS = (*EVENT_COLUMNS, "claim", *CARRIED)


def flat_rows(selection: Selection) -> pd.DataFrame:
    """Return a selection's events as one flat table.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.

    Returns
    -------
    pandas.DataFrame
        The standard event table, with ``claim``, ``speakers``, ``targets``, ``relays`` and ``sources``; several in a
        cell are parted by "; ". Ordered by latest date, then key; stored events as they are stored.

    Examples
    --------
    >>> import workbook
    >>> rows = flat_rows(workbook.select(workbook.load("arms_transfers"), acts=["denial"]))
    >>> rows["speakers"].iloc[0]
    'Russia'
    """
    return pd.concat(flat_batches(selection), ignore_index=True)


def flat_batches(selection: Selection) -> Iterator[pd.DataFrame]:
    """Go through the rows of `flat_rows` in batches, so that memory does not grow with their number."""
    names, claims = names_of(selection), claims_of(selection)
    for rows in event_batches(selection):
        cells = {name: _joined(rows[name], names={} if name == "sources" else names) for name in CARRIED}
        claimed = rows["claim_id"].map(claims).astype("str")
        yield rows.assign(claim=claimed, **cells)[list(FLAT_COLUMNS)]


def names_of(selection: Selection) -> dict[str, str]:
    """Return the names of actors by their keys."""
    actors = selection.words.actors
    return dict(zip(actors["actor_id"], actors["name"], strict=True))


def claims_of(selection: Selection) -> dict[str, str]:
    """Return the claims by their keys."""
    claims = selection.words.claims
    return dict(zip(claims["claim_id"], claims["claim"], strict=True))


def _joined(lists: pd.Series, *, names: dict[str, str]) -> pd.Series:
    cells = [BETWEEN.join(str(names.get(key, key)) for key in keys) or None for keys in lists]
    return pd.Series(cells, index=lists.index, dtype="str")
