"""What each filter could still be set to, and how many statements that would leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import pandas as pd

from workbook.events import EventData, Selection, alike, collected, select_all
from workbook.explorers.state import ExplorerState

COLUMNS = {"acts": "act", "topics": "topic", "claims": "claim_id"}


@dataclass(frozen=True)
class FacetValue:
    """A value of a filter.

    Attributes
    ----------
    key, label : str
        As a filter takes it, and as people read it.
    depth : int
        How far down the tree it stands.
    left : int
        Statements that it would leave, with all other filters as they are.
    """

    key: str
    label: str
    depth: int
    left: int


def facets(data: EventData, state: ExplorerState) -> dict[str, list[FacetValue]]:
    """Count for every value of every filter what choosing it alone would leave.

    Parameters
    ----------
    data : EventData
        The whole data set.
    state : ExplorerState
        Filters and picks; a filter does not narrow its own values.

    Returns
    -------
    dict of str to list of FacetValue
        By filter: ``actors`` as a tree, ``acts``, ``topics``, ``claims``, ``sources``. Values that occur nowhere in
        the data are left out; those that would leave nothing stay, with 0.

    Examples
    --------
    >>> import workbook
    >>> found = facets(workbook.load("arms_transfers"), ExplorerState())
    >>> [(value.label, value.left) for value in found["acts"][:2]]
    [('allegation', 26), ('denial', 5)]
    """
    whole = _chosen(data, state)
    narrowed = {
        name: _chosen(data, state.filtered(**{name: ()})) if getattr(state.filters, name) else whole
        for name in ("actors", *COLUMNS, "sources")
    }
    counts = {name: _by_column(narrowed[name], column) for name, column in COLUMNS.items()}
    return {
        "actors": _actor_tree(data, _by_actor(narrowed["actors"], data)),
        "acts": _acts(data, counts["acts"]),
        "topics": _topics(data, counts["topics"]),
        "claims": _claims(data, counts["claims"]),
        "sources": _sources(data, _by_source(narrowed["sources"])),
    }


def _chosen(data: EventData, state: ExplorerState) -> Selection:
    return select_all(data, state.choices(), dates=state.dates, referred=state.referred)


def _by_column(selection: Selection, column: str) -> dict[str, int]:
    return _counts(selection.events.group_by(nw.col(column)).agg(nw.len().alias("left")), column)


def _by_source(selection: Selection) -> dict[str, int]:
    rows = selection.mentions.select("event_id", "source_id").unique()
    return _counts(rows.group_by("source_id").agg(nw.len().alias("left")), "source_id")


def _by_actor(selection: Selection, data: EventData) -> dict[str, int]:
    """Count the statements of each actor and of all that belong to it, once each."""
    people = selection.participants.filter(nw.col("role") == "speaker").select("event_id", "actor_id")
    above = alike(people, _ancestors(data))
    rows = people.join(above, on="actor_id").select("event_id", "above_id").unique()
    return _counts(rows.group_by("above_id").agg(nw.len().alias("left")), "above_id")


def _ancestors(data: EventData) -> pd.DataFrame:
    parents = _parents(data)
    pairs = [(actor, above) for actor in parents for above in _upwards(actor, parents)]
    return pd.DataFrame(pairs, columns=["actor_id", "above_id"], dtype="str")


def _parents(data: EventData) -> dict[str, Any]:
    return dict(zip(data.actors["actor_id"], data.actors["parent_id"], strict=True))


def _upwards(actor: str, parents: dict[str, Any]) -> list[str]:
    path = [actor]
    while isinstance(parents.get(path[-1]), str):
        path.append(parents[path[-1]])
    return path


def _counts(rows: nw.LazyFrame[Any], key: str) -> dict[str, int]:
    table = collected(rows)
    return {str(each): int(left) for each, left in zip(table[key], table["left"], strict=True) if pd.notna(each)}


def _actor_tree(data: EventData, left: dict[str, int]) -> list[FacetValue]:
    """List the speakers and all above them, each under its own, the most frequent first."""
    speaking = collected(
        nw.from_native(data.participants).lazy().filter(nw.col("role") == "speaker").select("actor_id").unique()
    )["actor_id"]
    parents = _parents(data)
    shown = {above for actor in speaking for above in _upwards(str(actor), parents)}
    names = dict(zip(data.actors["actor_id"], data.actors["name"], strict=True))
    paths = {actor: _upwards(actor, parents)[::-1] for actor in shown}
    order = sorted(shown, key=lambda actor: [(-left.get(step, 0), names[step], step) for step in paths[actor]])
    return [FacetValue(actor, names[actor], len(paths[actor]) - 1, left.get(actor, 0)) for actor in order]


def _acts(data: EventData, left: dict[str, int]) -> list[FacetValue]:
    used = _used(data, "act")
    return [FacetValue(act, act.replace("_", " "), 0, left.get(act, 0)) for act in data.acts["act"] if act in used]


def _topics(data: EventData, left: dict[str, int]) -> list[FacetValue]:
    return [FacetValue(topic, topic, 0, left.get(topic, 0)) for topic in sorted(_used(data, "topic"))]


def _claims(data: EventData, left: dict[str, int]) -> list[FacetValue]:
    used = _used(data, "claim_id")
    rows = [row for row in data.claims.to_dict("records") if row["claim_id"] in used]
    rows.sort(key=lambda row: (-left.get(row["claim_id"], 0), row["short_claim"]))
    return [FacetValue(row["claim_id"], row["short_claim"], 0, left.get(row["claim_id"], 0)) for row in rows]


def _sources(data: EventData, left: dict[str, int]) -> list[FacetValue]:
    rows = data.sources.to_dict("records")
    return [
        FacetValue(row["source_id"], f"{row['source_id']} {row['publisher']}", 0, left.get(row["source_id"], 0))
        for row in rows
    ]


def _used(data: EventData, column: str) -> set[str]:
    values = collected(nw.from_native(data.events).lazy().select(column).unique())[column]
    return {str(value) for value in values if pd.notna(value)}
