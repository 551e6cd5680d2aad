"""Made-up events of realistic skew, for trying things out and for measuring: nobody may take them for findings.

Few actors do most of what is done, stories are reported many times over, events come in bursts, and some accusations
are denied some days later. The states have user-assigned codes of ISO 3166-1 (XAA and on), which no state has.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from workbook.errors import Fault, ParameterError, WorkbookError
from workbook.events import EVENT_COLUMNS
from workbook.readers.coded import read_package
from workbook.readers.parquet import table_types, write_parquet

NOTE = "Made up by a generator: no finding."
ONTOLOGY = "made up after CAMEO"
CHUNK = 1_000_000
FIRST_DAY, DAYS = "2015-01-01", 3653
STATES, ROLES = 40, ("", "GOV", "MIL", "OPP", "MED")
SOURCES = 300
STORIES = 0.7
"""Share of rows that tell a story first; the others tell one again."""

BURSTS, IN_BURSTS, BURST_DAYS = 25, 0.25, 12
DENIED, MEAN_LAG = 0.3, 4.0

WORDS_FOR = "arms_transfers"
"""The data set whose acts these are."""

PERSON = {"id": "code", "name": "name", "country": "state"}

CODES = (
    *(("010", "announcement", 0.0, 0.16), ("012", "assessment", -0.4, 0.06), ("011", "no_comment", -0.1, 0.02)),
    *(("016", "denial", -2.0, 0.03), ("112", "allegation", -2.0, 0.09), ("111", "criticism", -2.0, 0.11)),
    *(("020", "demand", 3.0, 0.07), ("030", "pledge", 4.0, 0.1), ("040", "contact", 1.0, 0.26)),
    *(("130", "warning", -4.4, 0.05), ("163", "sanction", -8.0, 0.02), ("072", "delivery", 8.3, 0.03)),
)
"""Code, act, score and share of each kind of event."""

DENIAL, ALLEGATION = 3, 4
DRAWN = "place BIGINT, day INTEGER, actor INTEGER, target INTEGER, kind INTEGER, mentions INTEGER, source INTEGER"


@dataclass(frozen=True)
class MadeUp:
    """What was written.

    Attributes
    ----------
    path : pathlib.Path
        The Parquet file.
    rows, seed : int
        How many events, and the seed that makes the same again.
    """

    path: Path
    rows: int
    seed: int


def write_made_up(path: Path, *, rows: int, seed: int = 1) -> MadeUp:
    """Write made-up events as a Parquet file of the standard event table; whole or not at all.

    Parameters
    ----------
    path : pathlib.Path
        Where to.
    rows : int
        How many events, 1 or more.
    seed : int
        Another seed, other events; the same, the same.

    Raises
    ------
    ParameterError
        There is no row to write.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_made_up(Path(folder) / "events.parquet", rows=1000).rows
    1000
    """
    if rows < 1:
        raise ParameterError("demo-events", [Fault("parameters", None, "rows", str(rows), "a whole number, 1 or more")])
    import duckdb

    with tempfile.TemporaryDirectory() as place, duckdb.connect(config={"temp_directory": place}) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"CREATE TABLE drawn ({DRAWN})")
        for chunk in _chunks(rows, seed=seed):
            connection.from_df(chunk).insert_into("drawn")
        _name_codes(connection)
        about = {"made_up": "true", "seed": str(seed), "rows": str(rows), "note": NOTE}
        write_parquet(connection, _standard_rows(), path=path, metadata=about)
    return MadeUp(path, rows, seed)


def demo_events(*, rows: int = 20_000, seed: int = 1) -> Path:
    """Return a file of made-up events to try things out on; it is written once, into the user's cache.

    Parameters
    ----------
    rows, seed : int
        As for `write_made_up`.

    Returns
    -------
    pathlib.Path
        Another for other rows, another seed and another version of the generator.

    Raises
    ------
    WorkbookError
        There is no place to write to.

    Examples
    --------
    >>> demo_events(rows=100) == demo_events(rows=100)
    True
    """
    generator = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:10]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    path = cache / "dispute-workbook" / f"made-up-{rows}-{seed}-{generator}.parquet"
    if not path.is_file():
        try:
            write_made_up(path, rows=rows, seed=seed)
        except OSError as error:
            expected = "a folder that can be written to, or another in the variable XDG_CACHE_HOME"
            raise WorkbookError(f"{path.parent}: {error.strerror}; expected {expected}") from error
    return path


def _chunks(rows: int, *, seed: int) -> Iterator[pd.DataFrame]:
    for place, first in enumerate(range(0, rows, CHUNK)):
        draw = np.random.Generator(np.random.PCG64([seed, place]))
        yield _drawn(draw, rows=min(CHUNK, rows - first), first=first, total=rows)


def _drawn(draw: np.random.Generator, *, rows: int, first: int, total: int) -> pd.DataFrame:
    """Draw stories, and rows that tell them, all as numbers."""
    stories = max(1, round(rows * STORIES))
    actors = STATES * len(ROLES)
    kinds = draw.choice(len(CODES), size=stories, p=_shares())
    day, actor, target = _days(draw, stories), _skewed(draw, stories, actors), _skewed(draw, stories, actors)
    target = np.where(target == actor, (target + 1) % actors, target)
    _answered(draw, kinds, day, actor, target)
    told = np.concatenate([np.arange(stories), draw.integers(0, stories, rows - stories)])
    return pd.DataFrame(
        {
            "place": np.arange(first, first + rows),
            "day": day[told],
            "actor": actor[told],
            "target": target[told],
            "kind": kinds[told],
            "mentions": draw.geometric(0.35, rows),
            "source": _skewed(draw, rows, SOURCES),
        }
    )


def _shares() -> np.ndarray[Any, Any]:
    shares = np.array([share for *_, share in CODES])
    whole: np.ndarray[Any, Any] = shares / shares.sum()
    return whole


def _days(draw: np.random.Generator, count: int) -> np.ndarray[Any, Any]:
    """Draw days: most at any time, some in bursts that fade away."""
    days = draw.integers(0, DAYS, count)
    starts = draw.integers(0, DAYS, BURSTS)
    bursting = draw.random(count) < IN_BURSTS
    within = starts[draw.integers(0, BURSTS, count)] + draw.exponential(BURST_DAYS, count).astype("int64")
    chosen: np.ndarray[Any, Any] = np.where(bursting, np.minimum(within, DAYS - 1), days)
    return chosen


def _skewed(draw: np.random.Generator, count: int, among: int) -> np.ndarray[Any, Any]:
    """Draw places of which the first are much more frequent than the last."""
    places = (np.exp(draw.random(count) * np.log(among + 1)) - 1).astype("int64")
    within: np.ndarray[Any, Any] = np.minimum(places, among - 1)
    return within


def _answered(
    draw: np.random.Generator,
    kinds: np.ndarray[Any, Any],
    day: np.ndarray[Any, Any],
    actor: np.ndarray[Any, Any],
    target: np.ndarray[Any, Any],
) -> None:
    """Turn the stories after some accusations into their denials: the accused speaks, some days later."""
    accused = np.flatnonzero(kinds[:-1] == ALLEGATION)
    accused = accused[draw.random(len(accused)) < DENIED]
    kinds[accused + 1] = DENIAL
    actor[accused + 1], target[accused + 1] = target[accused], actor[accused]
    lags = draw.exponential(MEAN_LAG, len(accused)).astype("int64")
    day[accused + 1] = np.minimum(day[accused] + lags, DAYS - 1)


def _name_codes(connection: Any) -> None:
    """Put the names of states, actors and acts beside the numbers."""
    states = [f"X{chr(65 + place // 26)}{chr(65 + place % 26)}" for place in range(STATES)]
    people = [(state, role) for state in states for role in ROLES]
    named = pd.DataFrame(
        {
            "place": range(len(people)),
            "code": [f"{state}{role}" for state, role in people],
            "name": [f"Made-up {role.lower() or 'state'} of {state}" for state, role in people],
            "state": [state for state, _ in people],
        }
    )
    kinds = pd.DataFrame([code[:3] for code in CODES], columns=["code", "act", "score"]).reset_index(names="place")
    acts = read_package(WORDS_FOR).tables["acts"][["act", "family", "side"]]
    for name, table in {"named": named, "kinds": kinds.merge(acts, on="act")}.items():
        connection.from_df(table).create(name)


def _standard_rows() -> str:
    """Return the query of the standard event table."""
    day = f"(DATE '{FIRST_DAY}' + drawn.day)"
    written = f"strftime({day}, '%Y-%m-%d')"
    known = {
        "event_id": "'made-up-' || drawn.place",
        "dataset": "'made_up'",
        **{f"{prefix}date_text": written for prefix in ("", "source_")},
        **{f"{prefix}date_{end}": day for prefix in ("", "source_") for end in ("earliest", "latest")},
        **{f"{prefix}date_precision": "'day'" for prefix in ("", "source_")},
        **{
            f"actor_{column}": f"speaker.{of}"
            for column, of in (("id", "code"), ("name", "name"), ("country", "state"))
        },
        **{f"target_{column}": f"aim.{of}" for column, of in (("id", "code"), ("name", "name"), ("country", "state"))},
        **dict.fromkeys(("actor_count", "target_count", "source_count"), "1"),
        **{column: f"kinds.{column}" for column in ("act", "family", "side", "score")},
        "vendor_code": "kinds.code",
        "ontology": f"'{ONTOLOGY}'",
        "mention_count": "drawn.mentions",
        "source_name": "'made-up-' || drawn.source || '.example'",
        "is_referred": "false",
        "is_machine_coded": "true",
        "note": f"'{NOTE}'",
    }
    types = table_types()
    columns = ", ".join(f"CAST({known.get(name, 'NULL')} AS {types[name]}) AS {name}" for name in EVENT_COLUMNS)
    joined = (
        "drawn JOIN named speaker ON speaker.place = drawn.actor JOIN named aim ON aim.place = drawn.target "
        "JOIN kinds ON kinds.place = drawn.kind"
    )
    return f"SELECT {columns} FROM {joined} ORDER BY drawn.day, drawn.place"
