"""How long answers and denials are awaited: to the last day that anybody has read about."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from workbook.dates import bounds, in_words
from workbook.events import Selection, collected


def end_of_observation(selection: Selection) -> pd.Timestamp:
    """Return the day to which answers are awaited: the selection's end, or the last day of any of its events.

    It is never after the last article, where articles have their days: nobody has read what was said since.
    """
    if selection.end:
        asked = pd.Timestamp(selection.end)
    else:
        last = collected(selection.events.select(nw.col("date_latest").max().alias("last")))["last"]
        asked = pd.Timestamp(last.iloc[0])
    article = _last_article(selection)
    return article if article and article < asked else asked


def _last_article(selection: Selection) -> pd.Timestamp | None:
    """Return the last day on which any article of the data set can have been published; nothing where none is known."""
    days = [bounds(text).latest for text in selection.words.sources["published"].dropna() if text]
    return max((pd.Timestamp(day) for day in days if day), default=None)


def unread_note(selection: Selection) -> str:
    """Say that the days chosen go on after the last article; empty where they do not."""
    article = _last_article(selection)
    if not article or not selection.end or selection.end <= article.date():
        return ""
    return f"Observation ends with the last article, on {in_words(article.date().isoformat())}."
