"""The rows of a selection as an explorer lists them."""

from __future__ import annotations

from workbook.dates import in_words
from workbook.events import EventIndex, counted
from workbook.explorers.choosing import chosen, listed
from workbook.explorers.state import ExplorerState

MOST_ROWS, MOST_SORTED = 300, 1500
"""Rows that are listed, and of how many at most: these are named and put in order first."""


def rows_of(index: EventIndex, state: ExplorerState) -> dict[str, object]:
    """List the events of a state, ordered by date.

    Parameters
    ----------
    index : EventIndex
        The whole data set.
    state : ExplorerState
        What is filtered and picked.

    Returns
    -------
    dict
        ``lines``: key, date, speakers, act and claim of each, as text; ``note``: how many there are, and why none is
        listed where there are too many.

    Examples
    --------
    >>> import workbook
    >>> from workbook.events import index_events
    >>> listed = rows_of(index_events(workbook.load("arms_transfers")), ExplorerState().filtered(acts=("denial",)))
    >>> listed["lines"][0][:4], listed["note"]
    (['st019', '6 September 2022', 'Russia', 'denial'], '5 statements, by date.')
    """
    selection = chosen(index, state)
    total = counted(selection.basis.events, selection.basis.noun)
    if selection.basis.events > MOST_SORTED:
        return {"lines": [], "note": f"{total}: narrow them to {MOST_SORTED:,} or fewer, and they are listed here."}
    table = listed(index, state).table.head(MOST_ROWS)
    lines = [
        [
            str(row["event_id"]),
            in_words(str(row["date_text"])),
            str(row["speaker_names"]),
            str(row["act"]).replace("_", " "),
            row["claim"] if isinstance(row["claim"], str) else "",
        ]
        for row in table.to_dict("records")
    ]
    rest = f"; the first {MOST_ROWS} of them" if selection.basis.events > MOST_ROWS else ""
    return {"lines": lines, "note": f"{total}, by date{rest}."}
