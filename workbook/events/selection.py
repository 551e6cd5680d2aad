"""Which events a question is about, and what that leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

import narwhals as nw
import pandas as pd

from workbook.errors import Fault, ParameterError, unknown_value
from workbook.events.basis import Basis
from workbook.events.choice import COLUMNS, LISTS, REASONS, WHOSE_DATES, Choice, read_selection
from workbook.events.data import EventData, alike, collected, lazy

COUNTS = ("statement", "mention", "one_a_day")
"""``statement``: each event once; ``mention``: once for each mention; ``one_a_day``: see `frequency`."""

ROLES = ("speaker", "target")
CARRIED = (*ROLES, "source")
"""Keys of a tally that an event can have several of."""

REFERRED = "only referred to"
KEPT = -1
Expression = nw.Expr


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
        return lazy(self.data.participants)

    @cached_property
    def mentions(self) -> nw.LazyFrame[Any]:
        """Columns ``event_id``, ``source_id``, ``form``, lazily."""
        return lazy(self.data.mentions)

    @cached_property
    def links(self) -> nw.LazyFrame[Any]:
        """Columns ``event_id``, ``answers_id``, lazily: both ends are in the selection."""
        return lazy(self.data.links)

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
        rows = self.with_carried(*keys, level=level).group_by(*keys)
        return collected(rows.agg(nw.len().alias("events"), nw.col("mention_count").sum().alias("mentions")))

    def spans(self, key: str, *, level: str = "actor") -> pd.DataFrame:
        """Find the first and the last dated event of each value of a key.

        Parameters
        ----------
        key, level : str
            As for `tally`.

        Returns
        -------
        pandas.DataFrame
            The key, ``first_earliest``, ``last_latest`` (days), ``first_text``, ``last_text`` (EDTF); of several on one
            day the text that sorts first. An event with an open bound is neither first nor last.

        Examples
        --------
        >>> import workbook
        >>> chosen = workbook.select(workbook.load("arms_transfers"), acts=["denial"])
        >>> chosen.spans("side")[["first_text", "last_text"]].iloc[0].tolist()
        ['2022-09-06', '2022-11-07']
        """
        dated = self.with_carried(key, level=level).filter(
            ~nw.col("date_earliest").is_null(), ~nw.col("date_latest").is_null()
        )
        ends = dated.group_by(key).agg(
            nw.col("date_earliest").min().alias("first_earliest"), nw.col("date_latest").max().alias("last_latest")
        )
        marked = dated.join(ends, on=key)
        first = marked.filter(nw.col("date_earliest") == nw.col("first_earliest"))
        last = marked.filter(nw.col("date_latest") == nw.col("last_latest"))
        texts = [
            collected(rows.group_by(key).agg(nw.col("date_text").min().alias(name)))
            for rows, name in ((first, "first_text"), (last, "last_text"))
        ]
        return collected(ends).merge(texts[0], on=key).merge(texts[1], on=key)

    def undated(self, *, most: int) -> list[str]:
        """Return the keys of events without an earliest or a latest date, in order, and no more than asked for."""
        is_open = nw.col("date_earliest").is_null() | nw.col("date_latest").is_null()
        rows = self.events.filter(is_open).select("event_id").sort("event_id").head(most)
        return [str(key) for key in collected(rows)["event_id"]]

    def with_carried(self, *keys: str, level: str = "actor") -> nw.LazyFrame[Any]:
        """Return the events, once for each speaker, target or source where these are among the keys."""
        rows = self.events
        for key in keys:
            if key in ROLES:
                rows = rows.join(self.people(key, level=level), on="event_id", how="left")
            elif key == "source":
                carried = self.mentions.select("event_id", nw.col("source_id").alias("source")).unique()
                rows = rows.join(carried, on="event_id", how="left")
        return rows

    def people(self, role: str, *, level: str = "actor") -> nw.LazyFrame[Any]:
        """Return each event's actors of one role, once each, as ``event_id`` and a column of the role's name.

        Two speakers of one state are, rolled up to states, one.
        """
        stands = alike(self.participants, self.words.rolled_up(level)[["actor_id", "as_id"]])
        people = self.participants.filter(nw.col("role") == role).join(stands, on="actor_id")
        return people.select("event_id", nw.col("as_id").alias(role)).unique()


def select(
    data: EventData,
    *,
    start: str | date | None = None,
    end: str | date | None = None,
    actors: Sequence[str] = (),
    acts: Sequence[str] = (),
    topics: Sequence[str] = (),
    claims: Sequence[str] = (),
    sources: Sequence[str] = (),
    selection: str = "",
    dates: str = "best",
    referred: bool = False,
) -> Selection:
    """Choose the events that a question is about.

    Parameters
    ----------
    data : EventData
        What to choose from; it is not changed.
    start, end : str or datetime.date, optional
        First and last day, as YYYY-MM-DD; empty or None: no bound. An event is in where its dates can lie
        between the two.
    actors : sequence of str
        Speakers: a state takes its bodies and people. Empty: all.
    acts, topics, claims, sources : sequence of str
        Keys; empty: all. With sources, only their mentions count.
    selection : str
        A further choice, as an explorer writes it (see `workbook.events.read_selection`): what it leaves out is out,
        and where it says ``dates`` or ``referred``, that holds.
    dates : {"best", "source"}
        Whose dates.
    referred : bool
        Whether statements that an article only refers back to are in.

    Returns
    -------
    Selection

    Raises
    ------
    ParameterError
        Unknown keys and impossible days, all at once.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"), actors=["PRK"], acts=["denial"])
    >>> chosen.basis.events
    4
    """
    asked = Choice.of(start=start, end=end, actors=actors, acts=acts, topics=topics, claims=claims, sources=sources)
    further = read_selection(selection)
    return select_all(
        data,
        [asked, *further.choices],
        dates=further.settings.get("dates", dates),
        referred=further.settings["referred"] == "true" if "referred" in further.settings else referred,
    )


def select_all(data: EventData, choices: Sequence[Choice], *, dates: str = "best", referred: bool = False) -> Selection:
    """Choose the events that meet every one of several choices.

    Parameters
    ----------
    data : EventData
        What to choose from; it is not changed.
    choices : sequence of Choice
        What is asked for.
    dates, referred
        As for `select`.

    Returns
    -------
    Selection

    Raises
    ------
    ParameterError
        As for `select`.

    Examples
    --------
    >>> import workbook
    >>> choices = [Choice(actors=("PRK",)), Choice(acts=("denial",), start="2023-01-01")]
    >>> select_all(workbook.load("arms_transfers"), choices).basis.events
    0
    """
    first, last = checked_days(data, choices, dates=dates)
    events = _dated(lazy(data.events), dates)
    mentions = lazy(data.mentions)
    for choice in (each for each in choices if each.sources):
        mentions = mentions.filter(nw.col("source_id").is_in(list(choice.sources)))
        events = _recounted(events, mentions)
    reasons = [reason for choice in choices for reason in _reasons(data, choice)]
    reasons += [] if referred else [(REFERRED, nw.col("is_referred"))]
    marked = events.with_columns(_reason(reasons).alias("left_out"))
    counts = collected(marked.group_by("left_out").agg(nw.len().alias("events")))
    by_place = dict(zip(counts["left_out"], counts["events"], strict=True))
    kept = marked.filter(nw.col("left_out") == KEPT).drop("left_out")
    ids = kept.select("event_id")
    kept_mentions = mentions.join(ids, on="event_id", how="semi")
    subset = replace(
        data,
        events=kept.to_native(),
        participants=lazy(data.participants).join(ids, on="event_id", how="semi").to_native(),
        mentions=kept_mentions.to_native(),
        links=_links_within(data, ids).to_native(),
    )
    left_out = summed([(reason, int(by_place.get(place, 0))) for place, (reason, _) in enumerate(reasons)])
    basis = _ground(data, kept, kept_mentions, dates=dates, left_out=left_out)
    return Selection(subset, basis, first, last)


def summed(counts: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Add up what is left out for reasons of the same words; keep those that left anything out."""
    sums: dict[str, int] = {}
    for reason, count in counts:
        sums[reason] = sums.get(reason, 0) + count
    return tuple((reason, count) for reason, count in sums.items() if count)


def checked_days(data: EventData, choices: Sequence[Choice], *, dates: str) -> tuple[date | None, date | None]:
    """Check all keys and days; return the latest first and the earliest last day."""
    known = {
        "actors": data.actors["actor_id"],
        "acts": data.acts["act"],
        "topics": data.claims["topic"].drop_duplicates(),
        "claims": data.claims["claim_id"],
        "sources": data.sources["source_id"],
    }
    faults = [
        unknown_value("selection", name, value, list(known[name]))
        for choice in choices
        for name in LISTS
        for value in getattr(choice, name)
        if value not in set(known[name])
    ]
    if dates not in WHOSE_DATES:
        faults.append(unknown_value("selection", "dates", dates, WHOSE_DATES))
    days = [choice.days() for choice in choices]
    faults += [
        Fault("selection", None, "start", f"start {first} after end {last}", "start on or before end")
        for first, last in days
        if first and last and first > last
    ]
    if faults:
        raise ParameterError(data.name, faults)
    firsts, lasts = [first for first, _ in days if first], [last for _, last in days if last]
    return max(firsts, default=None), min(lasts, default=None)


def _dated(events: nw.LazyFrame[Any], dates: str) -> nw.LazyFrame[Any]:
    if dates == "best":
        return events
    parts = ("text", "earliest", "latest", "precision")
    return events.with_columns(*(nw.col(f"source_date_{part}").alias(f"date_{part}") for part in parts))


def _recounted(events: nw.LazyFrame[Any], mentions: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    counts = mentions.group_by("event_id").agg(
        nw.len().alias("mentions_here"), nw.col("source_id").n_unique().alias("sources_here")
    )
    return (
        events.join(counts, on="event_id", how="left")
        .with_columns(
            nw.col("mentions_here").fill_null(0).cast(nw.Int64).alias("mention_count"),
            nw.col("sources_here").fill_null(0).cast(nw.Int64).alias("source_count"),
        )
        .drop("mentions_here", "sources_here")
    )


def _reasons(data: EventData, choice: Choice) -> list[tuple[str, Expression]]:
    """List why a choice leaves an event out; the first reason that holds counts."""
    return [(REASONS[part], _left_out_by(part, choice, data=data)) for part in choice.asked()]


def _left_out_by(part: str, choice: Choice, *, data: EventData) -> Expression:
    first, last = choice.days()
    if part == "sources":
        return nw.col("mention_count") == 0
    if part == "actors":
        return ~nw.col("event_id").is_in(_events_of(data, choice.actors))
    if part == "start":
        return nw.col("date_latest") < _midnight(first)
    if part == "end":
        return nw.col("date_earliest") > _midnight(last)
    # Without a value an event is not among those chosen: engines differ in what a missing value is in.
    return ~nw.col(COLUMNS[part]).is_in(list(getattr(choice, part))).fill_null(value=False)


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time()) if day else None


def _events_of(data: EventData, actors: tuple[str, ...]) -> list[str]:
    spoken = lazy(data.participants).filter(
        nw.col("role") == "speaker", nw.col("actor_id").is_in(sorted(data.under(actors)))
    )
    return list(collected(spoken.select("event_id").unique())["event_id"])


def _reason(reasons: list[tuple[str, Expression]]) -> Expression:
    """Return the place of the first reason that holds, or `KEPT`: numbers, which are quicker than words."""
    reason: Expression = nw.lit(KEPT)
    for place, (_, holds) in reversed(list(enumerate(reasons))):
        reason = nw.when(holds.fill_null(value=False)).then(nw.lit(place)).otherwise(reason)
    return reason


def _links_within(data: EventData, ids: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    links = lazy(data.links).join(ids, on="event_id", how="semi")
    return links.join(ids, left_on="answers_id", right_on="event_id", how="semi")


def _ground(
    data: EventData,
    events: nw.LazyFrame[Any],
    mentions: nw.LazyFrame[Any],
    *,
    dates: str,
    left_out: tuple[tuple[str, int], ...],
) -> Basis:
    totals = collected(
        events.select(
            nw.len().alias("events"),
            nw.col("mention_count").sum().alias("mentions"),
            nw.col("is_machine_coded").cast(nw.Int64).sum().alias("machine"),
        )
    ).iloc[0]
    sources = collected(mentions.select(nw.col("source_id").n_unique().alias("sources")))["sources"].iloc[0]
    return Basis(
        dataset=f"{data.name} {data.version}",
        events=int(totals["events"]),
        mentions=int(totals["mentions"] or 0),
        sources=int(sources),
        dates=dates,
        left_out=left_out,
        noun="event" if int(totals["machine"] or 0) else "statement",
    )
