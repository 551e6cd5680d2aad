"""What each filter could still be set to, and how many statements that would leave."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.charts.template import SIDE_WORDS
from workbook.events import EventData, EventIndex, IndexedSelection
from workbook.explorers.choosing import chosen
from workbook.explorers.state import ExplorerState

COUNTED = {"acts": "act", "sides": "side", "topics": "topic", "claims": "claim_id", "sources": "source"}
"""Filters whose values are counted one by one, and the key of their tally; actors are counted up their tree."""


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


def facets(index: EventIndex, state: ExplorerState) -> dict[str, list[FacetValue]]:
    """Count for every value of every filter what choosing it alone would leave.

    Parameters
    ----------
    index : EventIndex
        The whole data set.
    state : ExplorerState
        Filters and picks; a filter does not narrow its own values.

    Returns
    -------
    dict of str to list of FacetValue
        By filter: ``actors`` as a tree, ``acts``, ``sides``, ``topics``, ``claims``, ``sources``. Values that occur
        nowhere in the data are left out; those that would leave nothing stay, with 0.

    Examples
    --------
    >>> import workbook
    >>> from workbook.events import index_events
    >>> found = facets(index_events(workbook.load("arms_transfers")), ExplorerState())
    >>> [(value.label, value.left) for value in found["acts"][:2]]
    [('allegation', 26), ('denial', 5)]
    """
    data = index.data
    counts = {part: _narrowed(index, state, part).counts_of(column) for part, column in COUNTED.items()}
    # The order is that of the whole data: what moves under a pointer cannot be clicked.
    whole = chosen(index, ExplorerState(referred=True))
    return {
        "actors": _actor_tree(data, _narrowed(index, state, "actors").speaking(), whole.speaking()),
        "acts": _acts(index, counts["acts"]),
        "sides": _sides(index, counts["sides"]),
        "topics": _topics(index, counts["topics"]),
        "claims": _claims(index, counts["claims"], whole.counts_of("claim_id")),
        "sources": _sources(data, counts["sources"]),
    }


def _narrowed(index: EventIndex, state: ExplorerState, part: str) -> IndexedSelection:
    return chosen(index, state.filtered(**{part: ()}))


def _actor_tree(data: EventData, left: dict[str, int], whole: dict[str, int]) -> list[FacetValue]:
    """List the speakers and all above them, each under its own, the most frequent first."""
    names = dict(zip(data.actors["actor_id"], data.actors["name"], strict=True))
    paths = {actor: data.above(actor)[::-1] for actor in left}
    order = sorted(left, key=lambda actor: [(-whole[step], names[step], step) for step in paths[actor]])
    return [FacetValue(actor, names[actor], len(paths[actor]) - 1, left[actor]) for actor in order]


def _acts(index: EventIndex, left: dict[str, int]) -> list[FacetValue]:
    used = set(index.columns["act"].values)
    acts = [act for act in index.data.acts["act"] if act in used]
    return [FacetValue(act, act.replace("_", " "), 0, left.get(act, 0)) for act in acts]


def _sides(index: EventIndex, left: dict[str, int]) -> list[FacetValue]:
    used = set(index.columns["side"].values)
    return [FacetValue(side, words, 0, left.get(side, 0)) for side, words in SIDE_WORDS.items() if side in used]


def _topics(index: EventIndex, left: dict[str, int]) -> list[FacetValue]:
    return [FacetValue(topic, topic, 0, left.get(topic, 0)) for topic in index.columns["topic"].values]


def _claims(index: EventIndex, left: dict[str, int], whole: dict[str, int]) -> list[FacetValue]:
    used = set(index.columns["claim_id"].values)
    rows = [row for row in index.data.claims.to_dict("records") if row["claim_id"] in used]
    rows.sort(key=lambda row: (-whole[row["claim_id"]], row["short_claim"]))
    return [FacetValue(row["claim_id"], row["short_claim"], 0, left.get(row["claim_id"], 0)) for row in rows]


def _sources(data: EventData, left: dict[str, int]) -> list[FacetValue]:
    sources = data.sources[["source_id", "publisher"]].itertuples(index=False)
    return [
        FacetValue(key, key if key == publisher else f"{key} {publisher}", 0, left.get(key, 0))
        for key, publisher in sources
    ]
