"""A data set in memory: the standard event table and the small tables that explain it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pandas as pd

from workbook.errors import Fault, ParameterError

if TYPE_CHECKING:
    from narwhals.typing import IntoFrame

LEVELS = ("actor", "body", "state")
"""How far the tree of actors is rolled up."""


@cache
def event_table() -> dict[str, Any]:
    """Return the definition of the standard event table as a Frictionless Table Schema.

    Examples
    --------
    >>> event_table()["fields"][0]["name"]
    'event_id'
    """
    text = files("workbook.events").joinpath("event_table.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


EVENT_COLUMNS: tuple[str, ...] = tuple(field["name"] for field in event_table()["fields"])
"""Columns of the standard event table, in their order."""


SIDES = ("alleges", "denies", "neither")

ALONE = "="
"""Before the key of an actor: itself, without those that belong to it."""

_WATCHED: ContextVar[list[nw.LazyFrame[Any]] | None] = ContextVar("watched", default=None)

PASSAGE_COLUMNS = ("passage_id", "event_id", "source_id", "sha256", "length", "offset")


@dataclass(frozen=True)
class EventData:
    """A data set: events, who takes part in them, who mentions them, and the words used for it.

    Attributes
    ----------
    name, title, version, checksum : str
        Which data these are; the checksum is SHA-256 over the tables' bytes.
    events : frame
        The standard event table (see `event_table`), of any engine that narwhals knows.
    participants : frame or None
        Columns ``event_id``, ``actor_id``, ``role`` (speaker, target, relay), of the same engine; ``None`` where each
        event has at most one speaker and one target, which stand in its row.
    mentions : frame or None
        Columns ``event_id``, ``source_id``, ``form``, of the same engine; ``None`` where each event has at most one
        source, which stands in its row.
    links : frame or None
        Columns ``event_id``, ``answers_id``: which event answers which, of the same engine; ``None``: nobody says.
    sources, actors, claims, acts : pandas.DataFrame
        As in the coded data package; small.
    passages : pandas.DataFrame
        Columns ``passage_id``, ``event_id``, ``source_id``, ``sha256``, ``length``, ``offset``: fingerprints of the
        words that carry a mention; empty where nobody coded by hand.
    path : str
        Folder of the data package; empty where the events are from elsewhere.
    notes : tuple of str
        What has to be known to read any number of them, a sentence each; it goes into every caption.
    """

    name: str
    title: str
    version: str
    checksum: str
    events: IntoFrame
    participants: IntoFrame | None
    mentions: IntoFrame | None
    links: IntoFrame | None
    sources: pd.DataFrame
    actors: pd.DataFrame
    claims: pd.DataFrame
    acts: pd.DataFrame
    passages: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(PASSAGE_COLUMNS)))
    path: str = ""
    notes: tuple[str, ...] = ()

    def under(self, actor_ids: tuple[str, ...] | list[str]) -> set[str]:
        """Return these actors and all that belong to them, down the tree; of one with `ALONE` before it, itself."""
        alone = {actor.removeprefix(ALONE) for actor in actor_ids if actor.startswith(ALONE)}
        found: set[str] = set()
        waiting = [actor for actor in actor_ids if not actor.startswith(ALONE)]
        while waiting:
            actor = waiting.pop()
            if actor not in found:
                found.add(actor)
                waiting.extend(self._children.get(actor, []))
        return found | alone

    def above(self, actor_id: str) -> list[str]:
        """Return an actor and all to whom it belongs, up the tree."""
        path = [actor_id]
        while isinstance(self._parents.get(path[-1]), str):
            path.append(self._parents[path[-1]])
        return path

    @cached_property
    def _parents(self) -> dict[str, str]:
        return dict(zip(self.actors["actor_id"], self.actors["parent_id"], strict=True))

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for actor, parent in self._parents.items():
            if isinstance(parent, str):
                children.setdefault(parent, []).append(actor)
        return children

    def rolled_up(self, level: str) -> pd.DataFrame:
        """Return for each actor the one that stands for it at a level of the tree.

        Parameters
        ----------
        level : {"actor", "body", "state"}
            ``"body"`` puts persons and spokespersons under their body, ``"state"`` all under their state.
            Who has no body, or no state, stands for itself.

        Returns
        -------
        pandas.DataFrame
            Columns ``actor_id`` and ``as_id``, ``as_name``, ``as_short_name``, ``as_country``.
        """
        if level not in LEVELS:
            raise ParameterError(
                "actors", [Fault("parameters", None, "level", repr(level), f"one of {', '.join(LEVELS)}")]
            )
        return self._levels[level]

    @cached_property
    def _levels(self) -> dict[str, pd.DataFrame]:
        """The actors at each level; the table of actors does not change."""
        return {level: self._at(level) for level in LEVELS}

    def _at(self, level: str) -> pd.DataFrame:
        rows = self.actors.set_index("actor_id")
        tree = {str(row.actor_id): (row.kind, row.parent_id) for row in self.actors.itertuples()}
        stands = [_stands_for(actor, level=level, tree=tree) for actor in tree]
        seen = rows.loc[stands]
        return pd.DataFrame(
            {
                "actor_id": rows.index,
                "as_id": stands,
                "as_name": seen["name"].array,
                "as_short_name": seen["short_name"].array,
                "as_country": seen["country"].array,
            }
        )


def _stands_for(actor: str, *, level: str, tree: dict[str, tuple[Any, Any]]) -> str:
    """Go up the tree, of kinds and parents by actor, to who stands for an actor at a level."""
    wanted = {"actor": (), "body": ("body", "organisation", "state"), "state": ("state",)}[level]
    at = actor
    while wanted and tree[at][0] not in wanted and isinstance(tree[at][1], str):
        at = tree[at][1]
    return at if not wanted or tree[at][0] in wanted else actor


def lazy(frame: IntoFrame) -> nw.LazyFrame[Any]:
    """Return a frame of any engine as a lazy narwhals frame."""
    return nw.from_native(frame).lazy()


def collected(frame: nw.LazyFrame[Any]) -> pd.DataFrame:
    """Run a lazy frame and return its rows as pandas; call it on aggregated tables only.

    polars and PySpark turn to pandas by way of pyarrow, which nothing else here needs: their rows are taken one by one.
    """
    if (watched := _WATCHED.get()) is not None:
        watched.append(frame)
    engine = frame.implementation
    types = {name: PANDAS_TYPES.get(str(dtype).partition("(")[0]) for name, dtype in frame.collect_schema().items()}
    if not engine.is_polars() and not engine.is_pyspark():
        found = frame.collect(backend="pandas").to_pandas().reset_index(drop=True)
        # A column of DuckDB's without a value is one of objects.
        return found.astype(
            {name: "str" for name, kind in types.items() if kind == "str" and found[name].dtype == object}
        )
    native = frame.to_native()
    rows = native.collect().rows() if engine.is_polars() else [tuple(row) for row in native.collect()]
    columns = zip(*rows, strict=True) if rows else [()] * len(types)
    return pd.DataFrame(
        {name: pd.Series(list(values), dtype=types[name]) for name, values in zip(types, columns, strict=True)}
    )


@contextmanager
def watched_frames() -> Iterator[list[nw.LazyFrame[Any]]]:
    """List the lazy frames that `collected` runs meanwhile, in their order."""
    frames: list[nw.LazyFrame[Any]] = []
    token = _WATCHED.set(frames)
    try:
        yield frames
    finally:
        _WATCHED.reset(token)


PANDAS_TYPES = {"String": "str", "Datetime": "datetime64[us]", "Float64": "float64"}
"""Types that a column without a value does not show by itself."""


def alike(frame: nw.LazyFrame[Any], table: pd.DataFrame) -> nw.LazyFrame[Any]:
    """Return a small pandas table, of texts, as a lazy frame of the same engine as another frame."""
    engine = frame.implementation
    texts = table.astype("object").where(table.notna(), None)
    columns = {str(name): texts[name].tolist() for name in texts.columns}
    found: nw.LazyFrame[Any]
    if engine.is_polars():
        found = nw.from_dict(columns, dict.fromkeys(columns, nw.String()), backend="polars").lazy()
    elif engine.is_pyspark():
        rows = list(zip(*columns.values(), strict=True))
        types = ", ".join(f"`{name}` string" for name in columns)
        found = nw.from_native(frame.to_native().sparkSession.createDataFrame(rows, types))
    elif engine.is_pandas():
        found = nw.from_native(table).lazy()
    else:
        found = nw.from_native(table.astype("str")).lazy(backend=engine)
    return found
