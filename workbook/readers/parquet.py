"""Standard events as Parquet: their types, and files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbook.errors import WorkbookError
from workbook.events import event_table
from workbook.files import ENDING

TYPES = {"string": "VARCHAR", "date": "TIMESTAMP", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
"""Types of DuckDB for those of the standard event table."""

ROW_GROUP = 122_880


def table_types() -> dict[str, str]:
    """Return the type of each column of the standard event table, as DuckDB calls it."""
    return {field["name"]: TYPES[field["type"]] for field in event_table()["fields"]}


def write_parquet(connection: Any, query: str, *, path: Path, metadata: Mapping[str, str]) -> None:
    """Write a query's rows as a Parquet file; whole or not at all.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Where the query's tables are.
    query : str
        In SQL.
    path : pathlib.Path
        Where to.
    metadata : mapping of str to str
        What the file says of itself; read by `read_metadata`.

    Raises
    ------
    WorkbookError
        It cannot be written, for example because the disk is full.
    """
    import duckdb

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}{ENDING}")
    said = ", ".join(f"{name}: {_quoted(value)}" for name, value in metadata.items())
    options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}, KV_METADATA {{{said}}}"
    try:
        connection.execute(f"COPY ({query}) TO {_quoted(str(part))} ({options})")
        part.replace(path)
    except duckdb.IOException as error:
        reason = str(error).splitlines()[0]
        raise WorkbookError(f"{path}: {reason}; expected a place that can be written, with room for it") from error
    finally:
        part.unlink(missing_ok=True)


def read_metadata(connection: Any, path: str) -> dict[str, str]:
    """Return what Parquet files say of themselves; of several the same key once, the first one's."""
    rows = connection.execute("SELECT key, value FROM parquet_kv_metadata(?)", [path]).fetchall()
    found: dict[str, str] = {}
    for key, value in rows:
        found.setdefault(key.decode("utf-8"), value.decode("utf-8"))
    return found


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
