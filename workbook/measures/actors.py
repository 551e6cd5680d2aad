"""Speakers and targets of events, rolled up to a level of the tree of actors."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd

from workbook.events import Selection, collected


def rolled_up(selection: Selection, *, role: str, level: str, prefix: str = "actor") -> nw.LazyFrame[Any]:
    """Return each event's actors of one role, once each: ``event_id`` and ``{prefix}_id``."""
    return selection.people(role, level=level).rename({role: f"{prefix}_id"})


def described(selection: Selection, *, level: str, prefix: str = "actor") -> pd.DataFrame:
    """Return names for keys: ``{prefix}_id``, ``{prefix}_name``, ``{prefix}_short_name``, ``{prefix}_country``."""
    names = selection.words.rolled_up(level)[["as_id", "as_name", "as_short_name", "as_country"]]
    names = names.drop_duplicates("as_id", ignore_index=True)
    return names.rename(columns={name: name.replace("as_", f"{prefix}_", 1) for name in names.columns})


def joined_names(selection: Selection, *, role: str, column: str = "short_name") -> pd.DataFrame:
    """Return the names of each event's actors of one role in one text: ``event_id``, ``{role}_names``."""
    people = collected(selection.participants.filter(nw.col("role") == role).select("event_id", "actor_id"))
    people = people.assign(name=people["actor_id"].map(selection.words.actors.set_index("actor_id")[column]))
    names = people.groupby("event_id", sort=False)["name"].agg(", ".join)
    return names.rename(f"{role}_names").reset_index()
