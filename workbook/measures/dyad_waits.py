"""How long accusations within dyads wait for a denial, found in the engine: only sums leave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from workbook.events import Selection, alike, collected
from workbook.measures.engine import bin_number, day_number

ACCUSING, DENYING = "alleges", "denies"
DYAD = ["accuser_id", "accused_id"]
NEVER = 10**7
"""A day, counted from 1970-01-01, that no calendar reaches."""

NEEDED = ("event_id", "actor_id", "target_id", "side", "date_earliest", "date_latest")
"""Columns of events that are asked for: an engine plans each of the others anew at every step."""

COUNTS = ("accusations", "answered", "denials", "accusation_events", "denial_events")


@dataclass(frozen=True)
class DyadWaits:
    """Days on which parties accuse each other or deny, and how long accusations wait: counted in the engine when asked.

    Attributes
    ----------
    days : narwhals.LazyFrame
        A row a dyad and day; see `dyad_waits`.
    parties : pandas.Index
        Keys of all parties, in order.
    """

    days: nw.LazyFrame[Any]
    parties: pd.Index

    def in_all(self) -> pd.DataFrame:
        """Count by ``dyad``, whether it ``is_placed``, and ``days`` that an accusation waits.

        Returns
        -------
        pandas.DataFrame
            These (``days`` is missing where there are denials alone), the numbers in `COUNTS`, of days and of events,
            and ``first``, the first day of them. What is not placed stands in no dyad or has no exact day; it lacks a
            dyad where it lacks a party.
        """
        return self._counted(is_placed=~nw.col("on").is_null())

    def by_bin(self, period: str) -> pd.DataFrame:
        """Count what is placed by ``dyad``, ``bin`` (as `workbook.measures.bins.bin_numbers` counts) and ``days``."""
        table = self._counted(bin=bin_number("on", period=period, of=self.days))
        return table[table["bin"].notna()].astype({"bin": "int64"})

    def _counted(self, **apart: nw.Expr) -> pd.DataFrame:
        counts = [nw.col(name).sum() if name.endswith("_events") else nw.col(name).count() for name in COUNTS]
        rows = self.days.with_columns(*(each.alias(name) for name, each in apart.items()))
        return collected(rows.group_by("dyad", *apart, "days").agg(*counts, nw.col("on").min().alias("first")))

    def with_parties(self, table: pd.DataFrame) -> pd.DataFrame:
        """Put ``accuser_id`` and ``accused_id`` in the place of a table's ``dyad``; both are missing where it is."""
        known = table["dyad"].notna().to_numpy()
        pair = np.divmod(table["dyad"].fillna(0).to_numpy(dtype="int64"), max(len(self.parties), 1))
        ends = {
            role: pd.Series(self.parties.take(places), index=table.index, dtype="str").where(known)
            for role, places in zip(DYAD, pair, strict=True)
        }
        rest = table.drop(columns="dyad")
        return rest.assign(**ends)[[*DYAD, *rest.columns]]


def dyad_waits(selection: Selection, *, window_days: int, end: int, level: str, between: Sequence[str]) -> DyadWaits:
    """Find for each day on which one party accuses another the first denial, and how long they wait.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.
    window_days : int
        Length of the window in days.
    end : int
        The last day of observation, in days since 1970-01-01.
    level : {"actor", "body", "state"}
        What a party is.
    between : sequence of str
        Parties of which both have to be among these; empty: all.

    Returns
    -------
    DyadWaits
        Its days have ``dyad`` (the pair as one number), ``on`` and ``day`` (as a number), ``days`` that an accusation
        waits, ``accusations``, ``answered`` and ``denials`` (1 or missing), ``accusation_events``, ``denial_events``.

    Notes
    -----
    One denial answers all accusations since the one before it: the answer is the least day of a denial from a day on,
    a cumulative minimum against the order of days.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> waits = dyad_waits(chosen, window_days=30, end=20_000, level="state", between=())
    >>> found = waits.in_all()
    >>> waits.with_parties(found[found["answered"] > 0])["accused_id"].tolist()
    ['RUS']
    """
    parties = pd.Index(sorted(selection.words.rolled_up(level)["as_id"].unique()), dtype="str")
    days = _days_of_dyads(selection, parties=parties, level=level, between=between)
    return DyadWaits(_waiting(_answered(days), window_days=window_days, end=end), parties)


def _days_of_dyads(selection: Selection, *, parties: pd.Index, level: str, between: Sequence[str]) -> nw.LazyFrame[Any]:
    """Count both sides' events by dyad and day; a dyad is one number, which an engine sorts in half the time."""
    said = selection.events.filter(nw.col("side").is_in([ACCUSING, DENYING])).select(*NEEDED).to_native()
    both = Selection(replace(selection.data, events=said), selection.basis)
    rows = _between(both.with_carried("speaker", "target", level=level), between)
    for role in ("speaker", "target"):
        rows = _numbered(rows, role, parties)
    speaker, target, accuses = nw.col("speaker_number"), nw.col("target_number"), nw.col("side") == ACCUSING
    # In pandas what is missing differs from everything.
    is_dyad = ~speaker.is_null() & ~target.is_null() & (speaker != target)
    is_placed = is_dyad & (nw.col("date_earliest") == nw.col("date_latest"))
    size, one = len(parties), nw.lit(1)
    rows = rows.select(
        nw.when(accuses).then(speaker * size + target).otherwise(target * size + speaker).alias("dyad"),
        nw.when(is_placed).then(nw.col("date_earliest")).alias("on"),
        nw.when(accuses).then(one).alias("accusation_events"),
        nw.when(~accuses).then(one).alias("denial_events"),
    )
    days = rows.group_by("dyad", "on").agg(nw.col("accusation_events").count(), nw.col("denial_events").count())
    return days.with_columns(day_number("on", of=days).alias("day"))


def _between(rows: nw.LazyFrame[Any], parties: Sequence[str]) -> nw.LazyFrame[Any]:
    """Keep what is said between these, and by or about them with nobody at the other end."""
    if not parties:
        return rows
    speaks, is_meant = (nw.col(role).is_in(list(parties)) for role in ("speaker", "target"))
    nobody_speaks, nobody_is_meant = (nw.col(role).is_null() for role in ("speaker", "target"))
    return rows.filter((speaks & is_meant) | (speaks & nobody_is_meant) | (nobody_speaks & is_meant))


def _numbered(rows: nw.LazyFrame[Any], role: str, parties: pd.Index) -> nw.LazyFrame[Any]:
    number = f"{role}_number"
    numbers = pd.DataFrame({role: parties, number: [str(place) for place in range(len(parties))]}, dtype="str")
    return rows.join(alike(rows, numbers).with_columns(nw.col(number).cast(nw.Int64)), on=role, how="left")


def _answered(days: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Put beside each day the first day from it on that has a denial."""
    denied = nw.when(nw.col("denial_events") > 0).then(nw.col("day")).otherwise(nw.lit(NEVER))
    answer = nw.col("denied").cum_min(reverse=True).over("dyad", order_by="day")
    return days.with_columns(denied.alias("denied")).with_columns(answer.alias("answer"))


def _waiting(days: nw.LazyFrame[Any], *, window_days: int, end: int) -> nw.LazyFrame[Any]:
    """Mark what each day holds, and how long its accusation is seen to wait."""
    lag, left = nw.col("answer") - nw.col("day"), (nw.lit(end) - nw.col("day")).clip(0, window_days)
    accuses, is_answered, one = nw.col("accusation_events") > 0, lag <= window_days, nw.lit(1)
    return days.with_columns(
        nw.when(accuses).then(nw.when(is_answered).then(lag).otherwise(left)).alias("days"),
        nw.when(accuses).then(one).alias("accusations"),
        nw.when(accuses & is_answered).then(one).alias("answered"),
        nw.when(nw.col("denial_events") > 0).then(one).alias("denials"),
    )
