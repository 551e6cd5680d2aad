"""What the tests of explorers look at: the coded articles, eleven events about boats, and two thousand of nothing."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import workbook
from workbook.events import EventData, EventIndex, index_events
from workbook.readers.frame import events_from_frame

MANY = 2000


@pytest.fixture(scope="session")
def index() -> EventIndex:
    """The coded articles: 54 statements that count, 4 that are only referred to."""
    return index_events(workbook.load("arms_transfers"))


@pytest.fixture
def boats(dispute: EventData) -> EventIndex:
    """Eleven events about boats: see `dispute`; its acts say their side and family, as every data set's do."""
    acts = dispute.events[["act", "family", "side"]].drop_duplicates(ignore_index=True)
    return index_events(replace(dispute, acts=acts))


@pytest.fixture(scope="session")
def many() -> EventIndex:
    """Two thousand events, one after the other of three acts, by five speakers, about 100 claims, within 2023."""
    places = range(MANY)
    frame = pd.DataFrame(
        {
            "event_id": [f"n{place:04}" for place in places],
            "actor_id": [f"speaker {place % 5}" for place in places],
            "act": [("allegation", "denial", "criticism")[place % 3] for place in places],
            "claim_id": [f"claim {place % 100:02}" for place in places],
            "topic": [f"topic {place % 100 // 50}" for place in places],
            "date": pd.Timestamp("2023-01-01") + pd.to_timedelta([place % 365 for place in places], unit="D"),
        }
    )
    return index_events(events_from_frame(frame, name="many"))
