"""Events as one flat table: everybody who takes part and every source in a cell each."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from workbook.events import Selection
from workbook.writers.batches import CARRIED, event_batches

BETWEEN = "; "


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
    names = selection.words.actors.set_index("actor_id")["name"].to_dict()
    claims = selection.words.claims.set_index("claim_id")["claim"]
    for rows in event_batches(selection):
        cells = {name: _joined(rows[name], names={} if name == "sources" else names) for name in CARRIED}
        claimed = rows["claim_id"].map(claims).astype("str")
        yield rows.drop(columns=list(CARRIED)).assign(claim=claimed, **cells)


def _joined(lists: pd.Series, *, names: dict[str, str]) -> pd.Series:
    cells = [BETWEEN.join(str(names.get(key, key)) for key in keys) or None for keys in lists]
    return pd.Series(cells, index=lists.index, dtype="str")
