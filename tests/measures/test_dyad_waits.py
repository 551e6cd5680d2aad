"""Answers found by a cumulative minimum are those of looking at every denial after every accusation."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.dates import PERIODS
from workbook.events import collected, lazy, select
from workbook.measures import dyad_exchanges
from workbook.measures.bins import bin_numbers
from workbook.measures.engine import bin_number
from workbook.readers.frame import events_from_frame

FIRST = date(2022, 12, 20)
PARTIES = ("FEN", "GRA", "RUR")


class Said(NamedTuple):
    """One event: who accuses whom or denies it to whom, after how many days, and whether that day is known."""

    speaker: str
    target: str | None
    act: str
    day: int
    is_exact: bool


EVENTS = st.lists(
    st.builds(
        Said,
        st.sampled_from(PARTIES),
        st.sampled_from([*PARTIES, None]),
        st.sampled_from(["allegation", "denial"]),
        st.integers(0, 40),
        st.sampled_from([True, True, True, False]),
    ),
    min_size=1,
    max_size=40,
)


def frame(said: list[Said]) -> pd.DataFrame:
    days = [(FIRST + timedelta(days=each.day)).isoformat() for each in said]
    return pd.DataFrame(
        {
            "event_id": [f"e{place}" for place in range(len(said))],
            "actor_id": [each.speaker for each in said],
            "target_id": [each.target for each in said],
            "act": [each.act for each in said],
            "date_text": [day if each.is_exact else day[:7] for day, each in zip(days, said, strict=True)],
        }
    )


def last_day(said: list[Said]) -> int:
    """Return the last day of observation: of a month that is all that is known, its last one."""
    days = [FIRST + timedelta(days=each.day) for each in said]
    ends = [
        day if each.is_exact else (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        for day, each in zip(days, said, strict=True)
    ]
    return (max(ends) - FIRST).days


def naive(said: list[Said], *, window: int) -> Counter[tuple[str, str, str, int]]:
    """Count accusations by accuser, accused, outcome and days, by looking at every denial after each."""
    placed = [each for each in said if each.is_exact and each.target and each.target != each.speaker]
    accusing = {(each.speaker, each.target, each.day) for each in placed if each.act == "allegation"}
    found: Counter[tuple[str, str, str, int]] = Counter()
    for accuser, accused, day in accusing:
        lags = [
            each.day - day
            for each in placed
            if (each.act, each.speaker, each.target) == ("denial", accused, accuser) and 0 <= each.day - day <= window
        ]
        wait = min(lags) if lags else min(last_day(said) - day, window)
        found[accuser, accused, "answered" if lags else "censored", wait] += 1
    return found


@settings(max_examples=40)
@given(EVENTS, st.integers(1, 20))
def test_every_accusation_waits_for_the_first_denial_of_the_accused(said, window) -> None:
    linked = dyad_exchanges(select(events_from_frame(frame(said))), window_days=window, level="actor", period="week")
    found: Counter[tuple[str, str, str, int]] = Counter()
    for row in linked.waits.itertuples():
        for outcome in ("answered", "censored"):
            found[row.accuser_id, row.accused_id, outcome, row.days] += getattr(row, outcome)
    expected = naive(said, window=window)
    assert +found == expected
    for table in (linked.table, linked.over_time):
        outcomes = table[["answered", "unanswered", "open"]].sum()
        assert outcomes.sum() == table["accusations"].sum() == expected.total()
        unanswered = sum(
            count for (*_, outcome, days), count in expected.items() if (outcome, days) == ("censored", window)
        )
        assert outcomes["unanswered"] == unanswered
        events = table[["accusation_events", "denial_events"]].to_numpy().sum()
        assert events == sum(each.is_exact and each.target not in (None, each.speaker) for each in said)


@settings(max_examples=30)
@given(st.lists(st.dates(date(1, 1, 8), date(9000, 1, 1)), min_size=1), st.sampled_from(PERIODS))
def test_an_engine_numbers_bins_as_they_are_numbered_in_memory(days, period) -> None:
    table = pd.DataFrame({"on": pd.Series(np.array(days, dtype="datetime64[us]"))})
    rows = lazy(table)
    found = collected(rows.select(bin_number("on", period=period, of=rows).alias("bin")))["bin"]
    expected = bin_numbers(np.array(days, dtype="datetime64[D]").astype("int64"), period=period)
    assert found.tolist() == expected.tolist()
