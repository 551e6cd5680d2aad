"""Events stored as Parquet, opened by the engine of one's choice; rows are read when a measure asks for them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd

from workbook.errors import Fault, FaultsError, ParameterError, WorkbookError, unknown_value
from workbook.events import EVENT_COLUMNS, EventData, collected, lazy
from workbook.readers.machine.tables import acts
from workbook.readers.parquet import read_metadata

ENGINES = ("duckdb", "pandas", "polars", "pyspark")
MADE_UP = "These events are made up by a generator: no finding."


def open_events(
    path: str | Path,
    *,
    engine: str = "duckdb",
    memory_limit: str = "",
    spill_to: str | Path = "",
    session: Any = None,
) -> EventData:
    """Open events that are stored as Parquet, of any size.

    Parameters
    ----------
    path : str or pathlib.Path
        A file, a folder of files, or a pattern such as ``events/*.parquet``.
    engine : {"duckdb", "pandas", "polars", "pyspark"}
        What computes. DuckDB is embedded and reads from the file what is asked for; pandas reads all into memory;
        polars and PySpark are extras (``workbook[polars]``, ``workbook[spark]``).
    memory_limit : str
        With DuckDB: the most memory that it takes, such as ``"1GB"``; what does not fit is spilled. It holds for this
        process.
    spill_to : str or pathlib.Path
        With DuckDB: the folder to spill to.
    session : pyspark.sql.SparkSession, optional
        With PySpark: one's own session; without it a local one.

    Returns
    -------
    EventData
        Each event with its one speaker, target and source in its row.

    Raises
    ------
    ParameterError
        There is no such engine.
    WorkbookError
        There is no such file, or its engine is not installed.
    FaultsError
        The columns are not those of the standard event table.

    Examples
    --------
    >>> import tempfile
    >>> from workbook.readers.made_up import write_made_up
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = write_made_up(Path(folder) / "events.parquet", rows=100)
    ...     open_events(made.path, engine="pandas").title
    'Made-up events, no findings'
    """
    if engine not in ENGINES:
        raise _unknown(engine)
    pattern = _pattern(path)
    metadata = _checked(pattern)
    events = READERS[engine](pattern, memory_limit=memory_limit, spill_to=str(spill_to), session=session)
    is_made_up = metadata.get("made_up") == "true"
    name = "made_up" if is_made_up else Path(path).stem.strip("*") or "events"
    return EventData(
        name=name,
        title="Made-up events, no findings" if is_made_up else name,
        version=metadata.get("workbook", "0"),
        checksum=hashlib.sha256(repr(sorted(metadata.items())).encode()).hexdigest(),
        events=events,
        participants=None,
        mentions=None,
        links=None,
        sources=_sources(events),
        actors=_actors(events),
        claims=_claims(events),
        acts=_acts(events),
        notes=(MADE_UP,) if is_made_up else (),
    )


def _unknown(engine: str) -> ParameterError:
    return ParameterError("open_events", [unknown_value("parameters", "engine", engine, ENGINES)])


def _pattern(path: str | Path) -> str:
    """Return what to read: of a folder all Parquet files in it."""
    text = str(path)
    if "*" in text:
        return text
    if Path(path).is_dir():
        return str(Path(path) / "**" / "*.parquet")
    if not Path(path).is_file():
        raise WorkbookError(f"{text}: no such file; expected Parquet as `workbook convert` writes it")
    return text


def _checked(pattern: str) -> dict[str, str]:
    """Read what the files say of themselves, and hold their columns against the standard event table."""
    import duckdb

    with duckdb.connect() as connection:
        try:
            columns = connection.read_parquet(pattern).columns
            metadata = read_metadata(connection, pattern)
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise WorkbookError(f"{pattern}: {reason}; expected Parquet as `workbook convert` writes it") from error
    missing = [name for name in EVENT_COLUMNS if name not in columns]
    if missing:
        expected = "a column of the standard event table: convert the vendor's files with `workbook convert`"
        raise FaultsError(pattern, [Fault(pattern, None, name, "no such column", expected) for name in missing])
    return metadata


def _duckdb(pattern: str, *, memory_limit: str, spill_to: str, **_: Any) -> Any:
    import duckdb

    # In a notebook, and in a report, it would be text among the numbers.
    duckdb.execute("SET enable_progress_bar = false")
    for name, value in (("memory_limit", memory_limit), ("temp_directory", spill_to)):
        if value:
            duckdb.execute(f"SET {name} = ?", [value])
    return duckdb.read_parquet(pattern, hive_partitioning=False).select(*EVENT_COLUMNS)


def _pandas(pattern: str, **_: Any) -> Any:
    import duckdb

    with duckdb.connect() as connection:
        frame = connection.read_parquet(pattern, hive_partitioning=False).select(*EVENT_COLUMNS).df()
    texts = [name for name in frame.columns if frame[name].dtype == object]
    return frame.astype(dict.fromkeys(texts, "str"))


def _polars(pattern: str, **_: Any) -> Any:
    polars = _installed("polars", extra="polars")
    return polars.scan_parquet(pattern, hive_partitioning=False).select(EVENT_COLUMNS)


def _pyspark(pattern: str, *, session: Any, **_: Any) -> Any:
    sql = _installed("pyspark.sql", extra="spark")
    # A session of one's own is somebody else's cluster; this one listens on this machine alone.
    spark = session or (
        sql.SparkSession.builder.appName("workbook")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", str(os.cpu_count() or 1))
        .getOrCreate()
    )
    folder = pattern.removesuffix("/**/*.parquet")
    return spark.read.option("recursiveFileLookup", "true").parquet(folder).select(*EVENT_COLUMNS)


READERS: dict[str, Callable[..., Any]] = {
    "duckdb": _duckdb,
    "pandas": _pandas,
    "polars": _polars,
    "pyspark": _pyspark,
}


def _installed(library: str, *, extra: str) -> Any:
    from importlib import import_module

    try:
        return import_module(library)
    except ImportError as error:
        raise WorkbookError(
            f"engine: {library} is not installed; expected it for this engine: pip install 'dispute-workbook[{extra}]'"
        ) from error


def _sources(events: Any) -> pd.DataFrame:
    rows = lazy(events).filter(~nw.col("source_name").is_null()).group_by("source_name")
    names = collected(rows.agg(nw.len().alias("count")).sort("source_name"))["source_name"].astype("str")
    columns = {"source_id": names, "title": "", "publisher": names, "agency": "", "published": "", "url": ""}
    return pd.DataFrame(columns, dtype="str")


def _actors(events: Any) -> pd.DataFrame:
    """List the actors, and above them the states that they are of."""
    named = [
        lazy(events)
        .filter(~nw.col(f"{role}_id").is_null())
        .group_by(f"{role}_id")
        .agg(nw.col(f"{role}_name").min().alias("name"), nw.col(f"{role}_country").min().alias("country"))
        .rename({f"{role}_id": "actor_id"})
        for role in ("actor", "target")
    ]
    people = pd.concat([collected(rows) for rows in named]).astype("str")
    people = people.sort_values(["actor_id", "name"]).drop_duplicates("actor_id", ignore_index=True)
    is_state = people["actor_id"] == people["country"]
    states = sorted(set(people["country"].dropna()) - set(people.loc[is_state, "actor_id"]))
    above = pd.DataFrame({"actor_id": states, "name": states, "country": states, "kind": "state"}, dtype="str")
    people = people.assign(
        kind=is_state.map({True: "state", False: "organisation"}), parent_id=people["country"].mask(is_state)
    )
    actors = pd.concat([people, above], ignore_index=True)
    names = actors["name"].fillna(actors["actor_id"])
    return actors.assign(name=names, short_name=names.str.slice(0, 24)).astype("str")


def _claims(events: Any) -> pd.DataFrame:
    rows = lazy(events).filter(~nw.col("claim_id").is_null()).group_by("claim_id", "topic")
    claims = collected(rows.agg(nw.len().alias("count"))).drop(columns="count").astype("str")
    claims = claims.sort_values(["claim_id", "topic"]).drop_duplicates("claim_id", ignore_index=True)
    return claims.assign(claim=claims["claim_id"], short_claim=claims["claim_id"].str.slice(0, 48))


def _acts(events: Any) -> pd.DataFrame:
    """List the acts that are defined, whether they occur or not, and any others that occur."""
    rows = lazy(events).group_by("act", "family", "side").agg(nw.len().alias("count"))
    own = collected(rows).drop(columns="count").sort_values(["act", "side", "family"])
    own = own.drop_duplicates("act", ignore_index=True)
    defined = pd.DataFrame(list(acts().values())).astype("str")
    return pd.concat([defined, own[~own["act"].isin(defined["act"])]], ignore_index=True)
