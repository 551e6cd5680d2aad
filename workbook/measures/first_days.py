"""When something was done for the first time, as bounds: each of several dates can be uncertain."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

DAY = pd.Timedelta(days=1)


def first_days(rows: pd.DataFrame, *, by: Sequence[str], prefix: str = "first") -> pd.DataFrame:
    """Find the first day of each group, as bounds.

    Parameters
    ----------
    rows : pandas.DataFrame
        The keys of groups, ``date_earliest``, ``date_latest``: the bounds of a date each; missing where one is open.
    by : sequence of str
        Columns that make a group.
    prefix : str
        Begins the names of the columns.

    Returns
    -------
    pandas.DataFrame
        By group ``{prefix}_earliest`` (the least of the earliest days; missing where one of them is open),
        ``{prefix}_latest`` (the least of the latest days) and ``{prefix}_text`` (EDTF; empty where nothing is known).

    Examples
    --------
    >>> days = pd.to_datetime(["2022-09-05", "2022-09-06"])
    >>> rows = pd.DataFrame({"of": "a", "date_earliest": days, "date_latest": days[[1, 1]]})
    >>> first_days(rows, by=["of"])["first_text"].tolist()
    ['[2022-09-05,2022-09-06]']
    """
    grouped = rows.assign(is_open=rows["date_earliest"].isna()).groupby(list(by))
    found = grouped.agg(earliest=("date_earliest", "min"), latest=("date_latest", "min"), is_open=("is_open", "any"))
    earliest = found["earliest"].mask(found["is_open"])
    texts = [bounds_text(*pair) for pair in zip(earliest, found["latest"], strict=True)]
    columns = {f"{prefix}_earliest": earliest, f"{prefix}_latest": found["latest"], f"{prefix}_text": texts}
    return pd.DataFrame(columns, index=found.index)


def bounds_text(earliest: pd.Timestamp, latest: pd.Timestamp) -> str:
    """Write bounds as an EDTF date; empty where both are open.

    Examples
    --------
    >>> bounds_text(pd.Timestamp("2022-09-05"), pd.Timestamp("2022-09-08")), bounds_text(pd.NaT, pd.NaT)
    ('[2022-09-05..2022-09-08]', '')
    """
    first, last = ("" if pd.isna(day) else day.date().isoformat() for day in (earliest, latest))
    if first == last:
        return first
    return f"[{first},{last}]" if first and last and latest - earliest == DAY else f"[{first}..{last}]"
