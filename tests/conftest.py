"""What several folders of tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

from workbook.dates import bounds
from workbook.errors import WorkbookError
from workbook.events import EVENT_COLUMNS, EventData, Selection, select
from workbook.reports.pdf import find_chromium

# A deadline would be a timed assertion: machines are noisy.
settings.register_profile("workbook", deadline=None)
settings.load_profile("workbook")

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def articles() -> Path:
    """The folder of the articles' texts, which are not part of the project."""
    return _shared("articles")


@pytest.fixture(scope="session")
def more_articles() -> Path:
    """The folder of the articles of the five periods, a folder each."""
    return _shared("coding_more")


@pytest.fixture(scope="session")
def chromium() -> str:
    try:
        return find_chromium()
    except WorkbookError as error:
        if os.environ.get("CI"):
            pytest.fail(f"in CI these tests must run: {error}")
        pytest.skip(str(error))


def _shared(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"{folder} is missing, and in CI these tests must run")
        pytest.skip(f"needs the articles' texts in {folder}")
    return folder


EVENTS = """
e1  allegation  alleges asserted  2022-09-06                FEN             RUR  sells-boats  s1,s2  -
e2  allegation  alleges hedged    [2022-09-29..2022-10-02]  duke            RUR  sells-boats  s1     -
e3  denial      denies  -         2022-09-10                rudolf          FEN  sells-boats  s2     e1
e4  denial      denies  -         2022-10-12                ministry        FEN  sells-boats  s2     e1,e2
e5  allegation  alleges confirmed 2022-11                   FEN             RUR  sold-yacht   s3     -
e6  warning     neither -         2022-11-15                FEN,GRA,ZEN,LUT RUR  sells-boats  s3     -
e7  denial      denies  -         [..2022-11-20]            RUR             FEN  sells-boats  s3     -
e8  contact     neither -         2022-10-20/2022-10-22     rudolf          GRA  visits       s1     -
e9  assessment  neither -         [..2022-11-30]            analysts        -    valuable     s3     -
e10 denial      denies  -         2022-12-01                rudolf          -    sold-yacht   s3     -
e11 allegation  alleges hedged    2022-12-20                duke            GRA  helps        s2     -
"""
ACTORS = """
FEN FEN - state | RUR RUR - state | GRA GRA - state | ZEN ZEN - state | LUT LUT - state
duke FEN FEN person | ministry RUR RUR body | rudolf RUR ministry person | analysts - - group
"""
FAMILIES = {"warning": "pressure", "contact": "deed"}
TOPICS = {
    "sells-boats": "delivery",
    "sold-yacht": "delivery",
    "visits": "meeting",
    "valuable": "motive",
    "helps": "talks",
}


def _listed(text: str) -> list[str]:
    return [] if text == "-" else text.split(",")


def _event(line: str) -> dict[str, object]:
    key, act, side, hedge, date, speakers, targets, claim, sources, _ = line.split()
    first_last = bounds(date)
    return {
        "event_id": key,
        "dataset": "boats",
        "date_text": date,
        "date_earliest": pd.Timestamp(first_last.earliest) if first_last.earliest else pd.NaT,
        "date_latest": pd.Timestamp(first_last.latest) if first_last.latest else pd.NaT,
        "date_precision": first_last.precision,
        "actor_id": speakers.split(",")[0],
        "target_id": (_listed(targets) or [None])[0],
        "act": act,
        "family": FAMILIES.get(act, "claim"),
        "side": side,
        "claim_id": claim,
        "topic": TOPICS[claim],
        "hedge": None if hedge == "-" else hedge,
        "certainty": "high",
        "mention_count": len(_listed(sources)),
        "source_count": len(_listed(sources)),
        "is_referred": key == "e7",
        "is_machine_coded": False,
        "summary": f"What {key} says.",
    }


@pytest.fixture
def dispute() -> EventData:
    """Eleven events about boats: every form of date, a joint warning, answered and unanswered allegations.

    e7 is referred to only. e9 has no earliest date. e2 lies half in September, half in October.
    """
    lines = EVENTS.strip().splitlines()
    events = pd.DataFrame([_event(line) for line in lines]).reindex(columns=list(EVENT_COLUMNS))
    dates = ["date_earliest", "date_latest"]
    events[dates] = events[dates].astype("datetime64[us]")
    for part in ("text", "earliest", "latest", "precision"):
        events[f"source_date_{part}"] = events[f"date_{part}"]
    cells = [line.split() for line in lines]
    people = [(row[0], actor, "speaker") for row in cells for actor in _listed(row[5])]
    people += [(row[0], actor, "target") for row in cells for actor in _listed(row[6])]
    actors = [row.split() for row in ACTORS.replace("|", "\n").strip().splitlines() if row.strip()]
    claims = pd.DataFrame({"claim_id": list(TOPICS), "topic": list(TOPICS.values())})
    return EventData(
        name="boats",
        title="Boats",
        version="1.0.0",
        checksum="0" * 64,
        events=events,
        participants=pd.DataFrame(people, columns=["event_id", "actor_id", "role"]),
        mentions=pd.DataFrame(
            [(row[0], source, "direct") for row in cells for source in _listed(row[8])],
            columns=["event_id", "source_id", "form"],
        ),
        links=pd.DataFrame(
            [(row[0], answered) for row in cells for answered in _listed(row[9])], columns=["event_id", "answers_id"]
        ),
        sources=pd.DataFrame(
            {
                "source_id": ["s1", "s2", "s3"],
                "publisher": ["Courier", "Mail", "Times"],
                "agency": ["Newswire", None, None],
                "published": ["2022-10-30", "2022-12-21", "[2022-12-02..2022-12-05]"],
            }
        ),
        actors=pd.DataFrame(
            {
                "actor_id": [row[0] for row in actors],
                "name": [f"The {row[0]}" for row in actors],
                "short_name": [row[0] for row in actors],
                "kind": [row[3] for row in actors],
                "parent_id": [None if row[2] == "-" else row[2] for row in actors],
                "country": [None if row[1] == "-" else row[1] for row in actors],
            }
        ),
        claims=claims.assign(claim=claims["claim_id"] + " indeed", short_claim=claims["claim_id"]),
        acts=pd.DataFrame({"act": ["allegation", "denial", "warning", "contact", "assessment"]}),
    )


@pytest.fixture
def chosen(dispute: EventData) -> Selection:
    """All of them but the one that is only referred to."""
    return select(dispute)
