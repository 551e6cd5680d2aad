"""One task on stored events by one engine, as a program of its own: ``python event_tasks.py TASK BY FILE [LIMIT]``.

Prints the seconds that it took without its imports, and a checksum of the numbers, so that all can be seen to be equal.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd

FREQUENCY = """
SELECT date_trunc('month', date_earliest) AS bin, side, count(*) AS n FROM '{file}' GROUP BY ALL
"""
ACTIVITY = """
SELECT actor_id, side, count(*) AS n, sum(mention_count) AS mentions, min(date_earliest) AS first, max(date_latest) AS last
FROM '{file}' GROUP BY ALL
"""
COLUMNS = {
    "frequency": ["date_earliest", "side"],
    "activity": ["actor_id", "side", "mention_count", "date_earliest", "date_latest"],
}
Table = list[tuple[Any, ...]]


def by_sql(task: str, file: str) -> Table:
    query = {"frequency": FREQUENCY, "activity": ACTIVITY}[task].format(file=file)
    return _numbers(task, duckdb.sql(query).df())


def by_pandas(task: str, file: str) -> Table:
    rows = duckdb.read_parquet(file).select(*COLUMNS[task]).df()
    return _numbers(task, _grouped(task, rows))


def _grouped(task: str, rows: pd.DataFrame) -> pd.DataFrame:
    if task == "frequency":
        months = rows["date_earliest"].dt.to_period("M").dt.start_time
        return rows.assign(bin=months).groupby(["bin", "side"], as_index=False).size().rename(columns={"size": "n"})
    return rows.groupby(["actor_id", "side"], as_index=False).agg(
        n=("side", "size"),
        mentions=("mention_count", "sum"),
        first=("date_earliest", "min"),
        last=("date_latest", "max"),
    )


def by_polars(task: str, file: str) -> Table:
    import polars as pl

    rows = pl.scan_parquet(file).select(COLUMNS[task])
    if task == "frequency":
        query = rows.group_by(pl.col("date_earliest").dt.truncate("1mo").alias("bin"), "side").agg(pl.len().alias("n"))
    else:
        query = rows.group_by("actor_id", "side").agg(
            pl.len().alias("n"),
            pl.col("mention_count").sum().alias("mentions"),
            pl.col("date_earliest").min().alias("first"),
            pl.col("date_latest").max().alias("last"),
        )
    found = query.collect(engine="streaming")
    return _numbers(task, pd.DataFrame(found.to_dict(as_series=False)))


def by_workbook(task: str, file: str, *, limit: str = "") -> Table:
    import workbook
    from workbook import measures

    begun = time.perf_counter()
    data = workbook.open_events(file, memory_limit=limit)
    opened = time.perf_counter()
    chosen = workbook.select(data)
    selected = time.perf_counter()
    if task == "frequency":
        table = measures.frequency(chosen, period="month", split_by="side").table
        found = table[table["events"] > 0].rename(columns={"bin_start": "bin", "group": "side", "events": "n"})
    else:
        found = _sides(measures.speakers(chosen).table)
    ended = time.perf_counter()
    print(f"parts {opened - begun:.3f} {selected - opened:.3f} {ended - selected:.3f}")
    return _numbers(task, found)


def _sides(table: pd.DataFrame) -> pd.DataFrame:
    """Turn a row a speaker into what the queries give, a row a speaker and side, but for what it does not tell apart."""
    names = {"allegations": "alleges", "denials": "denies", "other": "neither"}
    long = table.melt(id_vars=["actor_id"], value_vars=list(names), var_name="side", value_name="n")
    return long[long["n"] > 0].assign(side=long["side"].map(names))


def _numbers(task: str, table: pd.DataFrame) -> Table:
    """Return the counts in order; what a measure does not tell by side is left out."""
    keys = ["bin", "side"] if task == "frequency" else ["actor_id", "side"]
    if task == "frequency":
        table = table.assign(bin=pd.to_datetime(table["bin"]).dt.strftime("%Y-%m-%d"))
    rows = table[[*keys, "n"]].astype({"n": "int64"}).sort_values(keys)
    return list(rows.itertuples(index=False, name=None))


BY: dict[str, Callable[[str, str], Table]] = {"sql": by_sql, "pandas": by_pandas, "polars": by_polars}


def main() -> None:
    task, by, file, *rest = sys.argv[1:]
    begun = time.perf_counter()
    found = by_workbook(task, file, limit=rest[0] if rest else "") if by == "workbook" else BY[by](task, file)
    seconds = time.perf_counter() - begun
    print(f"{seconds:.3f} {hashlib.sha256(repr(found).encode()).hexdigest()[:12]}")


if __name__ == "__main__":
    main()
