"""One task on stored events by one engine, as a program of its own: ``python event_tasks.py TASK BY FILE [LIMIT]``.

Prints the seconds that it took without its imports, and a checksum of the numbers, so that all can be seen to be equal.
What a peer is asked for is what the measure gives: `activity` with the texts of the first and last date and how many
are spoken about, `exchanges` with the accusations of each dyad of states and which of them are denied within `WINDOW`.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import duckdb
import pandas as pd

WINDOW = 14
FREQUENCY = """
SELECT date_trunc('month', date_earliest) AS bin, side, count(*) AS n FROM '{file}' GROUP BY ALL
"""
ACTIVITY = """
SELECT actor_id, count(*) AS statements, count(*) FILTER (side = 'alleges') AS allegations,
    count(*) FILTER (side = 'denies') AS denials, sum(mention_count) AS mentions,
    min(date_earliest) AS first_earliest, max(date_latest) AS last_latest,
    arg_min(date_text, date_earliest) AS first_text, arg_max(date_text, date_latest) AS last_text,
    count(DISTINCT target_id) AS targets
FROM '{file}' GROUP BY actor_id
"""
EXCHANGES = """
WITH said AS (
    SELECT DISTINCT side, actor_country, target_country, date_earliest AS day FROM '{file}'
    WHERE side IN ('alleges', 'denies') AND actor_country <> target_country AND date_earliest = date_latest
),
accused AS (SELECT actor_country AS accuser_id, target_country AS accused_id, day FROM said WHERE side = 'alleges'),
denied AS (SELECT target_country AS accuser_id, actor_country AS accused_id, day FROM said WHERE side = 'denies')
SELECT accused.accuser_id, accused.accused_id, count(*) AS accusations,
    count(*) FILTER (date_diff('day', accused.day, denied.day) <= {window}) AS answered
FROM accused ASOF LEFT JOIN denied
    ON accused.accuser_id = denied.accuser_id AND accused.accused_id = denied.accused_id AND accused.day <= denied.day
GROUP BY ALL
"""
QUERIES = {"frequency": FREQUENCY, "activity": ACTIVITY, "exchanges": EXCHANGES}
COUNTED = ["statements", "allegations", "denials", "mentions", "first_text", "last_text", "targets"]
NUMBERS = {
    "frequency": (["bin", "side"], ["n"]),
    "activity": (["actor_id"], COUNTED),
    "exchanges": (["accuser_id", "accused_id"], ["accusations", "answered"]),
}
COLUMNS = {
    "frequency": ["date_earliest", "side"],
    "activity": ["actor_id", "target_id", "side", "mention_count", "date_text", "date_earliest", "date_latest"],
    "exchanges": ["actor_country", "target_country", "side", "date_earliest", "date_latest"],
}
DYAD = ["accuser_id", "accused_id"]
Table = list[tuple[Any, ...]]


def by_sql(task: str, file: str) -> Table:
    return _numbers(task, duckdb.sql(QUERIES[task].format(file=file, window=WINDOW)).df())


def by_pandas(task: str, file: str) -> Table:
    rows = duckdb.read_parquet(file).select(*COLUMNS[task]).df()
    grouped = {"frequency": _frequency, "activity": _activity, "exchanges": _exchanges}
    return _numbers(task, grouped[task](rows))


def _frequency(rows: pd.DataFrame) -> pd.DataFrame:
    months = rows["date_earliest"].dt.to_period("M").dt.start_time
    return rows.assign(bin=months).groupby(["bin", "side"], as_index=False).size().rename(columns={"size": "n"})


def _activity(rows: pd.DataFrame) -> pd.DataFrame:
    sides = {"allegations": rows["side"] == "alleges", "denials": rows["side"] == "denies"}
    by_actor = rows.assign(**sides).groupby("actor_id")
    found = by_actor.agg(
        statements=("side", "size"),
        allegations=("allegations", "sum"),
        denials=("denials", "sum"),
        mentions=("mention_count", "sum"),
        first=("date_earliest", "idxmin"),
        last=("date_latest", "idxmax"),
        targets=("target_id", "nunique"),
    )
    texts = {f"{end}_text": rows["date_text"].loc[found[end]].to_numpy() for end in ("first", "last")}
    return found.assign(**texts).reset_index()


def _exchanges(rows: pd.DataFrame) -> pd.DataFrame:
    exact = rows[(rows["actor_country"] != rows["target_country"]) & (rows["date_earliest"] == rows["date_latest"])]
    exact = exact.drop(columns="date_latest").drop_duplicates().sort_values("date_earliest")
    names = {"alleges": dict(zip(["actor_country", "target_country"], DYAD, strict=True))}
    names["denies"] = dict(zip(["target_country", "actor_country"], DYAD, strict=True))
    accused, denied = (exact[exact["side"] == side].rename(columns=names[side]) for side in names)
    denied = denied[[*DYAD, "date_earliest"]].assign(answered=1)
    window = pd.Timedelta(days=WINDOW)
    pairs = pd.merge_asof(accused, denied, on="date_earliest", by=DYAD, direction="forward", tolerance=window)
    return pairs.groupby(DYAD, as_index=False).agg(accusations=("side", "size"), answered=("answered", "sum"))


def by_polars(task: str, file: str) -> Table:
    import polars as pl

    rows = pl.scan_parquet(file).select(COLUMNS[task])
    if task == "frequency":
        query = rows.group_by(pl.col("date_earliest").dt.truncate("1mo").alias("bin"), "side").agg(pl.len().alias("n"))
    elif task == "activity":
        query = rows.group_by("actor_id").agg(
            pl.len().alias("statements"),
            (pl.col("side") == "alleges").sum().alias("allegations"),
            (pl.col("side") == "denies").sum().alias("denials"),
            pl.col("mention_count").sum().alias("mentions"),
            pl.col("date_text").min_by("date_earliest").alias("first_text"),
            pl.col("date_text").max_by("date_latest").alias("last_text"),
            pl.col("target_id").n_unique().alias("targets"),
        )
    else:
        exact = pl.col("date_earliest") == pl.col("date_latest")
        said = rows.filter(pl.col("actor_country") != pl.col("target_country"), exact).drop("date_latest").unique()
        said = said.sort("date_earliest")
        names = {"actor_country": "accuser_id", "target_country": "accused_id"}
        accused = said.filter(pl.col("side") == "alleges").rename(names)
        names = {"target_country": "accuser_id", "actor_country": "accused_id"}
        denied = said.filter(pl.col("side") == "denies").rename(names).select(*DYAD, "date_earliest", answered=1)
        pairs = accused.join_asof(denied, on="date_earliest", by=DYAD, strategy="forward", tolerance=f"{WINDOW}d")
        query = pairs.group_by(DYAD).agg(pl.len().alias("accusations"), pl.col("answered").sum())
    found = query.collect(engine="streaming")
    return _numbers(task, pd.DataFrame(found.to_dict(as_series=False)))


def by_workbook(task: str, file: str, *, limit: str = "", engine: str = "duckdb") -> Table:
    import workbook
    from workbook import measures

    begun = time.perf_counter()
    data = workbook.open_events(file, memory_limit=limit, engine=engine)
    opened = time.perf_counter()
    chosen = workbook.select(data)
    selected = time.perf_counter()
    if task == "frequency":
        table = measures.frequency(chosen, period="month", split_by="side").table
        found = table[table["events"] > 0].rename(columns={"bin_start": "bin", "group": "side", "events": "n"})
    elif task == "activity":
        found = measures.activity(chosen).table
    else:
        found = measures.dyad_exchanges(chosen, window_days=WINDOW).table
        found = found[found["accusations"] > 0]
    ended = time.perf_counter()
    print(f"parts {opened - begun:.3f} {selected - opened:.3f} {ended - selected:.3f}")
    return _numbers(task, found)


def _numbers(task: str, table: pd.DataFrame) -> Table:
    """Return the numbers in order."""
    keys, counts = NUMBERS[task]
    if task == "frequency":
        table = table.assign(bin=pd.to_datetime(table["bin"]).dt.strftime("%Y-%m-%d"))
    whole = {name: "int64" for name in counts if not name.endswith("_text")}
    rows = table[[*keys, *counts]].astype(whole).sort_values(keys)
    return list(rows.itertuples(index=False, name=None))


NEEDED = {"sql": (), "pandas": (), "polars": ("polars",), "workbook": ("workbook.measures", "scipy.special")}
"""What is imported before the clock starts."""

BY: dict[str, Callable[[str, str], Table]] = {"sql": by_sql, "pandas": by_pandas, "polars": by_polars}


def main() -> None:
    task, by, file, *rest = sys.argv[1:]
    name, _, engine = by.partition(":")
    for library in NEEDED[name]:
        import_module(library)
    begun = time.perf_counter()
    if name == "workbook":
        found = by_workbook(task, file, limit=rest[0] if rest else "", engine=engine or "duckdb")
    else:
        found = BY[name](task, file)
    seconds = time.perf_counter() - begun
    print(f"{seconds:.3f} {hashlib.sha256(repr(found).encode()).hexdigest()[:12]}")


if __name__ == "__main__":
    main()
