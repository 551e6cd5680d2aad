"""Events as Parquet that `workbook.open_events` opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from workbook.events import Selection
from workbook.readers.parquet import table_types
from workbook.readers.parquet import write_parquet as write_query
from workbook.readers.stored import MADE_UP
from workbook.writers.batches import stored_query
from workbook.writers.flat import flat_rows


def write_parquet(selection: Selection, path: Path) -> int:
    """Write a selection's events as a Parquet file of the standard event table; whole or not at all.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.
    path : pathlib.Path
        Where to. Stored events are written as they are, in bounded memory; to coded ones ``claim``, ``speakers``,
        ``targets``, ``relays`` and ``sources`` are added, because a statement can have several.

    Returns
    -------
    int
        Rows in the file.

    Examples
    --------
    >>> import tempfile, workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"), acts=["denial"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "denials.parquet"
    ...     write_parquet(chosen, path), len(workbook.open_events(path, engine="pandas").events)
    (5, 5)
    """
    import duckdb

    about = {"note": selection.basis.caption()} | ({"made_up": "true"} if MADE_UP in selection.basis.notes else {})
    query = stored_query(selection)
    with duckdb.default_connection().cursor() if query else duckdb.connect() as connection:
        if not query:
            query = _typed(connection, flat_rows(selection))
        write_query(connection, query, path=path, metadata=about)
        return _row_count(connection, path)


def _typed(connection: Any, rows: pd.DataFrame) -> str:
    """Give each column its type, also where it holds no value; return the query of the rows."""
    types = dict.fromkeys(rows.columns, "VARCHAR") | table_types()
    connection.execute(f"CREATE TABLE flat ({', '.join(f'{name} {types[name]}' for name in rows.columns)})")
    connection.from_df(rows).insert_into("flat")
    return "FROM flat"


def _row_count(connection: Any, path: Path) -> int:
    found = connection.execute("SELECT sum(num_rows) FROM parquet_file_metadata(?)", [str(path)]).fetchone()
    return int(found[0])
