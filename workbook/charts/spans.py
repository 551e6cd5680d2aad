"""Rows of spans on an axis of time, each with its words over it."""

from __future__ import annotations

import pandas as pd

PAD = 0.03
LABELS = {
    **{"ticklabelposition": "inside top", "ticklabeloverflow": "allow", "automargin": False},
    **{"tickmode": "array", "tickfont": {"size": 11}, "gridcolor": "rgba(0,0,0,0)"},
}
"""The words of a row stand over its span, from the left edge on: they have the whole width of a phone."""


def padded(first: pd.Timestamp, last: pd.Timestamp) -> list[str]:
    """Return a range of days with room at both ends; left to itself, plotly makes room for words within the axis.

    Examples
    --------
    >>> padded(pd.Timestamp("2022-09-01"), pd.Timestamp("2022-09-01"))
    ['2022-08-30', '2022-09-03']
    """
    room = max(PAD * (last - first), pd.Timedelta(days=2))
    return [(first - room).date().isoformat(), (last + room).date().isoformat()]
