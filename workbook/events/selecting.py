"""Which events a question is about, and what that leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import narwhals as nw
import pandas as pd

from workbook.errors import Fault, ParameterError, unknown_value
from workbook.events.basis import Basis
from workbook.events.carried import IN_THE_ROW, links_of, mentions_of, participants_of
from workbook.events.choice import COLUMNS, LISTS, REASONS, WHOSE_DATES, Choice, read_day, read_selection
from workbook.events.data import ALONE, SIDES, EventData, collected, lazy
from workbook.events.selection import Selection

REFERRED = "only referred to"
KEPT = -1
Expression = nw.Expr


def select(
    data: EventData,
    *,
    start: str | date | None = None,
    end: str | date | None = None,
    actors: Sequence[str] = (),
    acts: Sequence[str] = (),
    sides: Sequence[str] = (),
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
    acts, sides, topics, claims, sources : sequence of str
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
    keys = {"actors": actors, "acts": acts, "sides": sides, "topics": topics, "claims": claims, "sources": sources}
    asked = Choice.of(start=start, end=end, **keys)
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
    events, mentions = _as_asked(data, choices, dates=dates)
    reasons = [reason for choice in choices for reason in _reasons(data, choice)]
    reasons += [] if referred else [(REFERRED, nw.col("is_referred"))]
    marked = events.with_columns(_reason(reasons).alias("left_out"))
    placed = marked.select("left_out", nw.col("is_machine_coded").cast(nw.Int64).alias("machine")).group_by("left_out")
    counts = collected(placed.agg(nw.len().alias("events"), nw.col("machine").sum()))
    by_place = dict(zip(counts["left_out"], counts["events"], strict=True))
    # Where nothing is left out, no measure has to ask every row again.
    kept = events if set(by_place) <= {KEPT} else marked.filter(nw.col("left_out") == KEPT).drop("left_out")
    ids = kept.select("event_id")
    subset = replace(
        data,
        events=kept.to_native(),
        participants=None if data.participants is None else _of(lazy(data.participants), ids).to_native(),
        mentions=None if mentions is None else _of(mentions, ids).to_native(),
        links=None if data.links is None else _links_within(data, ids).to_native(),
    )
    left_out = summed([(reason, int(by_place.get(place, 0))) for place, (reason, _) in enumerate(reasons)])
    noun = "event" if counts["machine"].sum() else "statement"
    basis = _ground(subset, dates=dates, left_out=left_out, noun=noun)
    return Selection(subset, basis, first, last)


def as_chosen(data: EventData, choices: Sequence[Choice], *, dates: str) -> EventData:
    """Give events that were chosen already the dates and the mentions that the choices ask for; all of them stay."""
    events, mentions = _as_asked(data, choices, dates=dates)
    links = None if data.links is None else _links_within(data, events.select("event_id")).to_native()
    return replace(
        data, events=events.to_native(), mentions=None if mentions is None else mentions.to_native(), links=links
    )


def _as_asked(
    data: EventData, choices: Sequence[Choice], *, dates: str
) -> tuple[nw.LazyFrame[Any], nw.LazyFrame[Any] | None]:
    """Return the events with the dates asked for, and counted anew where sources are; and the mentions in these."""
    events, mentions = _dated(lazy(data.events), dates), None if data.mentions is None else lazy(data.mentions)
    for choice in (each for each in choices if each.sources):
        if mentions is None:
            events = _counted_in_the_row(events, choice)
        else:
            mentions = mentions.filter(nw.col("source_id").is_in(list(choice.sources)))
            events = _recounted(events, mentions)
    return events, mentions


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
        "sides": pd.Series(SIDES),
        "topics": data.claims["topic"].drop_duplicates(),
        "claims": data.claims["claim_id"],
        "sources": data.sources["source_id"],
    }
    faults = [
        unknown_value("selection", name, value, list(known[name]))
        for choice in choices
        for name in LISTS
        for value in getattr(choice, name)
        if (value.removeprefix(ALONE) if name == "actors" else value) not in set(known[name])
    ]
    if dates not in WHOSE_DATES:
        faults.append(unknown_value("selection", "dates", dates, WHOSE_DATES))
    days = [(read_day(choice.start, "start", faults), read_day(choice.end, "end", faults)) for choice in choices]
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


def _counted_in_the_row(events: nw.LazyFrame[Any], choice: Choice) -> nw.LazyFrame[Any]:
    is_in = nw.col(IN_THE_ROW["source"]).is_in(list(choice.sources)).fill_null(value=False)
    counts = [
        nw.when(is_in).then(nw.col(name)).otherwise(nw.lit(0)).alias(name) for name in ("mention_count", "source_count")
    ]
    return events.with_columns(*counts)


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
        if data.participants is None:
            return ~nw.col(IN_THE_ROW["speaker"]).is_in(sorted(data.under(choice.actors))).fill_null(value=False)
        return ~nw.col("event_id").is_in(_events_of(data, choice.actors))
    if part == "start":
        return nw.col("date_latest") < _midnight(first)
    if part == "end":
        return nw.col("date_earliest") > _midnight(last)
    # Without a value an event is not among those chosen: engines differ in what a missing value is in.
    return ~nw.col(COLUMNS[part]).is_in(list(getattr(choice, part))).fill_null(value=False)


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time()) if day else None


def _of(frame: nw.LazyFrame[Any], ids: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    return frame.join(ids, on="event_id", how="semi")


def _events_of(data: EventData, actors: tuple[str, ...]) -> list[str]:
    spoken = participants_of(data).filter(
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
    links = _of(links_of(data), ids)
    return links.join(ids, left_on="answers_id", right_on="event_id", how="semi")


def _ground(subset: EventData, *, dates: str, left_out: tuple[tuple[str, int], ...], noun: str) -> Basis:
    sums = [nw.len().alias("events"), nw.col("mention_count").sum().alias("mentions")]
    totals = collected(lazy(subset.events).select(*sums)).iloc[0]
    sources = collected(mentions_of(subset).select(nw.col("source_id").n_unique().alias("sources")))["sources"].iloc[0]
    return Basis(
        dataset=f"{subset.name} {subset.version}",
        events=int(totals["events"]),
        mentions=int(totals["mentions"] or 0),
        sources=0 if pd.isna(sources) else int(sources),
        dates=dates,
        left_out=left_out,
        notes=subset.notes,
        noun=noun,
    )
