"""What events carry: who takes part, who mentions them, what they answer.

Coded statements have several speakers and many mentions, in frames of their own. A machine-coded event has one speaker,
one target and one source: they stand in its row, and no frame repeats them.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from workbook.events.data import EventData, lazy

IN_THE_ROW = {"speaker": "actor_id", "target": "target_id", "source": "source_name"}
"""Where an event that carries one of each has it."""


def participants_of(data: EventData) -> nw.LazyFrame[Any]:
    """Return ``event_id``, ``actor_id`` and ``role``, lazily."""
    if data.participants is not None:
        return lazy(data.participants)
    events = lazy(data.events)
    roles = [
        events.filter(~nw.col(IN_THE_ROW[role]).is_null()).select(
            "event_id", nw.col(IN_THE_ROW[role]).alias("actor_id"), nw.lit(role).alias("role")
        )
        for role in ("speaker", "target")
    ]
    return nw.concat(roles)


def mentions_of(data: EventData) -> nw.LazyFrame[Any]:
    """Return ``event_id``, ``source_id`` and ``form``, lazily."""
    if data.mentions is not None:
        return lazy(data.mentions)
    named = lazy(data.events).filter(~nw.col("source_name").is_null())
    return named.select(
        "event_id", nw.col("source_name").alias("source_id"), nw.lit(None).cast(nw.String).alias("form")
    )


def links_of(data: EventData) -> nw.LazyFrame[Any]:
    """Return ``event_id`` and ``answers_id``, lazily; none where nobody says what answers what."""
    if data.links is not None:
        return lazy(data.links)
    none = lazy(data.events).filter(nw.col("event_id").is_null())
    return none.select("event_id", nw.col("event_id").alias("answers_id"))
