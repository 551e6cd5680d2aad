"""What DuckDB is asked for: the SQL of a selection or a measure, and how DuckDB goes about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from workbook.errors import WorkbookError
from workbook.events.data import watched_frames
from workbook.events.selection import Selection

IN_MEMORY = re.compile(r'"(__duckdb_source_\w+)"')
"""What DuckDB calls a small table that lies in the memory of this process alone."""


@dataclass(frozen=True)
class Explained:
    """What DuckDB is asked for; printed, it is SQL that runs elsewhere.

    Attributes
    ----------
    queries : tuple of str
        SQL, in the order in which it is asked. What is in memory, such as who stands for which actor, is written out
        as values.
    """

    queries: tuple[str, ...]

    def __str__(self) -> str:
        count = len(self.queries)
        return "\n\n".join(f"-- {place} of {count}\n{sql};" for place, sql in enumerate(self.queries, start=1))

    def plans(self) -> tuple[str, ...]:
        """Ask DuckDB how it would answer each query; nothing is computed."""
        import duckdb

        with duckdb.default_connection().cursor() as connection:
            return tuple(str(connection.execute(f"EXPLAIN {sql}").fetchall()[0][1]) for sql in self.queries)


def explain(asked: Selection | Callable[..., Any], *arguments: Any, **choices: Any) -> Explained:
    """Show the SQL that DuckDB gets.

    Parameters
    ----------
    asked : Selection or callable
        A selection, for its events; or a measure, or whatever asks for events, such as `workbook.select`. It is run,
        because what it asks for last can hang on what it finds first.
    arguments, choices : Any
        What the measure is given.

    Returns
    -------
    Explained
        ``print`` shows the SQL, its ``plans()`` are DuckDB's.

    Raises
    ------
    WorkbookError
        DuckDB was asked for nothing: pandas, polars and PySpark have no SQL, and an index counts by itself.

    Examples
    --------
    >>> import tempfile, workbook
    >>> from pathlib import Path
    >>> from workbook.readers.made_up import write_made_up
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     events = workbook.open_events(write_made_up(Path(folder) / "events.parquet", rows=50).path)
    ...     said = explain(workbook.measures.frequency, workbook.select(events), period="year")
    >>> len(said.queries), "GROUP BY" in said.queries[0]
    (1, True)
    """
    frames = [asked.events] if isinstance(asked, Selection) else _asked_by(asked, *arguments, **choices)
    queries = [frame.to_native() for frame in frames if frame.implementation.is_duckdb()]
    if not queries:
        engines = sorted({frame.implementation.value for frame in frames}) or ["an index in memory"]
        raise WorkbookError(
            f"explain: nothing was asked of DuckDB, but of {', '.join(engines)}, which has no SQL; expected events "
            "that DuckDB reads: workbook.open_events('events.parquet', engine='duckdb'). Coded statements become such "
            "a file by `workbook export parquet`"
        )
    return Explained(tuple(_written_out(query.sql_query()) for query in queries))


def _asked_by(measure: Callable[..., Any], *arguments: Any, **choices: Any) -> list[nw.LazyFrame[Any]]:
    with watched_frames() as frames:
        measure(*arguments, **choices)
    return frames


def _written_out(sql: str) -> str:
    """Put values where SQL names a table in the memory of this process."""
    return IN_MEMORY.sub(lambda found: _values(found[1]), sql)


def _values(name: str) -> str:
    import duckdb

    table = duckdb.table(name)
    columns = list(zip(table.columns, table.types, strict=True))
    rows = ", ".join(f"({', '.join(map(_literal, row))})" for row in table.fetchall())
    typed = ", ".join(f'CAST("{column}" AS {kind}) AS "{column}"' for column, kind in columns)
    named = ", ".join(f'"{column}"' for column, _ in columns)
    values = f"VALUES {rows}" if rows else f"SELECT {', '.join(['NULL'] * len(columns))} WHERE false"
    # Every value is a literal, and the names are those of columns.
    return f"(SELECT {typed} FROM ({values}) AS in_memory({named}))"  # noqa: S608


def _literal(value: object) -> str:
    return "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"
