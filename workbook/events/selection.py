"""Events that were chosen, and the one aggregation that measures stand on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import narwhals as nw
import pandas as pd

from workbook.events.basis import Basis
from workbook.events.carried import IN_THE_ROW, links_of, mentions_of, participants_of
from workbook.events.data import EventData, alike, collected, lazy

COUNTS = ("statement", "mention", "one_a_day")
"""``statement``: each event once; ``mention``: once for each mention; ``one_a_day``: see `frequency`."""

ROLES = ("speaker", "target")
CARRIED = (*ROLES, "source")
"""Keys of a tally that an event can have several of."""

ENDS = {"first_earliest": "date_earliest", "last_latest": "date_latest"}
"""What a span ends with, and the bound that it is of."""


@dataclass(frozen=True)
class Selection:
    """Events that were chosen, with the ground they stand on.

    Attributes
    ----------
    data : EventData
        The chosen events, their participants and mentions; the small tables in full.
    basis : Basis
        How many, and what was left out.
    start, end : datetime.date or None
        First and last day asked for.
    """

    data: EventData
    basis: Basis
    start: date | None = None
    end: date | None = None

    @cached_property
    def events(self) -> nw.LazyFrame[Any]:
        """The standard event table, lazily."""
        return lazy(self.data.events)

    @cached_property
    def participants(self) -> nw.LazyFrame[Any]:
        """Columns ``event_id``, ``actor_id``, ``role``, lazily."""
        return participants_of(self.data)

    @cached_property
    def mentions(self) -> nw.LazyFrame[Any]:
        """Columns ``event_id``, ``source_id``, ``form``, lazily."""
        return mentions_of(self.data)

    @cached_property
    def links(self) -> nw.LazyFrame[Any]:
        """Columns ``event_id``, ``answers_id``, lazily: both ends are in the selection."""
        return links_of(self.data)

    @property
    def words(self) -> EventData:
        """What keys stand for: actors, claims, acts, sources. Its events may be more than those chosen."""
        return self.data

    def tally(self, *keys: str, level: str = "actor") -> pd.DataFrame:
        """Count the events that are alike: the one aggregation that measures stand on.

        Parameters
        ----------
        keys : str
            Columns of the standard event table, and some of `CARRIED`: by ``"speaker"`` and ``"target"`` an event
            counts once for each, by ``"source"`` once for each source that carries it; under a missing one where it
            has none.
        level : {"actor", "body", "state"}
            How far speakers and targets are rolled up.

        Returns
        -------
        pandas.DataFrame
            The keys (missing values are a value of their own), ``events`` and their ``mentions``; in no order.

        Examples
        --------
        >>> import workbook
        >>> chosen = workbook.select(workbook.load("arms_transfers"))
        >>> chosen.tally("side").sort_values("side")["events"].tolist()
        [26, 5, 23]
        """
        return collected(self.tallied(*keys, level=level))

    def tallied(self, *keys: str, level: str = "actor") -> nw.LazyFrame[Any]:
        """Tally without leaving the engine, for who adds up further; arguments and columns as of `tally`."""
        rows = self.with_carried(*keys, level=level).group_by(*keys)
        return rows.agg(nw.len().alias("events"), nw.col("mention_count").sum().alias("mentions"))

    def spans(self, *keys: str, level: str = "actor") -> pd.DataFrame:
        """Count the events that are alike, and find the first and the last dated one of them.

        Parameters
        ----------
        keys, level : str
            As for `tally`.

        Returns
        -------
        pandas.DataFrame
            As of `tally`, and ``first_earliest``, ``last_latest`` (days), ``first_text``, ``last_text`` (EDTF); of
            several on one day the text that sorts first. An event with an open bound is neither first nor last;
            neither is one that lacks a key.

        Examples
        --------
        >>> import workbook
        >>> chosen = workbook.select(workbook.load("arms_transfers"), acts=["denial"])
        >>> chosen.spans("side")[["first_text", "last_text"]].iloc[0].tolist()
        ['2022-09-06', '2022-11-07']
        """
        needed = dict.fromkeys([*keys, *ENDS.values(), "date_text", "mention_count"])
        rows = self.with_carried(*keys, level=level).select(*needed)
        is_open = nw.any_horizontal(*(nw.col(name).is_null() for name in (*keys, *ENDS.values())), ignore_nulls=False)
        bounds = [nw.when(~is_open).then(nw.col(bound)).alias(end) for end, bound in ENDS.items()]
        table = collected(
            rows.with_columns(*bounds)
            .group_by(*keys)
            .agg(
                nw.len().alias("events"),
                nw.col("mention_count").sum().alias("mentions"),
                nw.col("first_earliest").min(),
                nw.col("last_latest").max(),
            )
        )
        for end in ENDS:
            table = table.merge(_texts_on(rows.filter(~is_open), table, keys=keys, end=end), on=list(keys), how="left")
        return table

    def undated(self, *, most: int) -> list[str]:
        """Return the keys of events without an earliest or a latest date, in order, and no more than asked for."""
        is_open = nw.col("date_earliest").is_null() | nw.col("date_latest").is_null()
        rows = self.events.filter(is_open).select("event_id").sort("event_id").head(most)
        return [str(key) for key in collected(rows)["event_id"]]

    def with_carried(self, *keys: str, level: str = "actor") -> nw.LazyFrame[Any]:
        """Return the events, once for each speaker, target or source where these are among the keys."""
        rows = self.events
        for key in (each for each in keys if each in CARRIED):
            frame = self.data.mentions if key == "source" else self.data.participants
            if frame is None:
                rows = self._from_the_row(rows, key, level=level)
            elif key == "source":
                carried = self.mentions.select("event_id", nw.col("source_id").alias("source")).unique()
                rows = rows.join(carried, on="event_id", how="left")
            else:
                rows = rows.join(self.people(key, level=level), on="event_id", how="left")
        return rows

    def _from_the_row(self, rows: nw.LazyFrame[Any], key: str, *, level: str) -> nw.LazyFrame[Any]:
        column = IN_THE_ROW[key]
        if key == "source" or level == "actor":
            return rows.with_columns(nw.col(column).alias(key))
        stands = self.words.rolled_up(level)[["actor_id", "as_id"]].set_axis([column, key], axis=1)
        return rows.join(alike(rows, stands), on=column, how="left")

    def people(self, role: str, *, level: str = "actor") -> nw.LazyFrame[Any]:
        """Return each event's actors of one role, once each, as ``event_id`` and a column of the role's name.

        Two speakers of one state are, rolled up to states, one.
        """
        stands = alike(self.participants, self.words.rolled_up(level)[["actor_id", "as_id"]])
        people = self.participants.filter(nw.col("role") == role).join(stands, on="actor_id")
        return people.select("event_id", nw.col("as_id").alias(role)).unique()


def _texts_on(rows: nw.LazyFrame[Any], table: pd.DataFrame, *, keys: tuple[str, ...], end: str) -> pd.DataFrame:
    """Return the keys and the text that sorts first among the dates of the day on which their span ends.

    Few days are asked for, so that an engine reads little of rows that lie in the order of their dates.
    """
    text, ends = f"{end.partition('_')[0]}_text", table[[*keys, end]].dropna()
    if ends.empty:
        return ends.drop(columns=end).assign(**{text: pd.Series(dtype="str")})
    # As texts the days reach every engine unmoved, whatever its time zone.
    asked = alike(rows, ends.assign(**{end: [day.date().isoformat() for day in ends[end]]}))
    asked = asked.with_columns(nw.col(end).str.to_datetime(format="%Y-%m-%d"))
    found = rows.join(asked, left_on=[*keys, ENDS[end]], right_on=[*keys, end]).group_by(*keys)
    return collected(found.agg(nw.col("date_text").min().alias(text)))
