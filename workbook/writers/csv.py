"""Events as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from workbook.events import EVENT_COLUMNS, Selection
from workbook.readers.parquet import table_types
from workbook.writers import batches
from workbook.writers.batches import VECTOR, check_count, has_own_rows, stored_query
from workbook.writers.flat import FLAT_COLUMNS, claims_of, flat_batches, names_of
from workbook.writers.whole import whole_file

ACTIVE = "=+-@\t\r\n＝＋－＠"
"""Beginnings that a spreadsheet takes for a formula (OWASP, CSV injection); in some languages wide signs, too."""

QUOTED = ',"\n\r'
"""What stands in quotation marks (RFC 4180)."""


def write_csv(selection: Selection, path: Path, *, tell: Callable[[int], None] = lambda _rows: None) -> int:
    """Write a selection's events as a flat CSV file; whole or not at all.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.
    path : pathlib.Path
        Where to. UTF-8; the columns of `workbook.writers.flat_rows`; days as YYYY-MM-DD. Text that a spreadsheet would
        take for a formula gets an apostrophe in front.
    tell : callable
        Is told how many more rows are written, now and then.

    Returns
    -------
    int
        Rows written.

    Examples
    --------
    >>> import tempfile, workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"), acts=["denial"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_csv(chosen, Path(folder) / "denials.csv")
    5
    """
    count = 0
    with whole_file(path) as file:
        file.write(f"{','.join(FLAT_COLUMNS)}\n".encode())
        for lines in _stored_lines(selection) if has_own_rows(selection) else _lines(selection):
            file.write("".join(f"{line}\n" for line in lines).encode("utf-8"))
            count += len(lines)
            tell(len(lines))
    return count


def _lines(selection: Selection) -> Iterator[list[str]]:
    """Go through the lines of events in memory, in batches."""
    import duckdb

    with duckdb.connect() as connection:
        for rows in flat_batches(selection):
            yield [line for (line,) in connection.from_df(rows).project(_line(FLAT_COLUMNS)).fetchall()]


def _stored_lines(selection: Selection) -> Iterator[list[str]]:
    """Go through the lines of events that DuckDB reads from files, in batches; who is named is put in here."""
    import duckdb

    names, claims = (_cells(texts) for texts in (names_of(selection), claims_of(selection)))
    columns = f"{_line(EVENT_COLUMNS)}, claim_id, actor_id, target_id, {_cell('source_name')}"
    count = 0
    with duckdb.default_connection().cursor() as connection:
        found = connection.execute(connection.sql(stored_query(selection)).project(columns).sql_query())
        while rows := found.fetchmany(batches.VECTORS * VECTOR):
            yield [
                f"{event},{claims.get(claim, '')},{names.get(actor, '')},{names.get(target, '')},,{source}"
                for event, claim, actor, target, source in rows
            ]
            count += len(rows)
    check_count(selection, count)


def _cells(texts: Mapping[str, str]) -> dict[str, str]:
    """Return texts as cells."""
    import duckdb

    table = pd.DataFrame({"key": list(texts), "words": list(texts.values())}, dtype="str")
    with duckdb.connect() as connection:
        return dict(connection.from_df(table).project(f"key, {_cell('words')}").fetchall())


def _line(columns: Sequence[str]) -> str:
    return f"concat_ws(',', {', '.join(map(_cell, columns))})"


def _cell(column: str) -> str:
    """Return SQL that writes a column as cells: empty where it is missing, quoted where it has to be."""
    kind = table_types().get(column, "VARCHAR")
    value = f"CAST({column} AS {kind})"
    if kind == "VARCHAR":
        return _text_cell(value)
    written = {
        "TIMESTAMP": f"strftime({value}, '%Y-%m-%d')",
        "BOOLEAN": f"CASE WHEN {value} THEN 'True' WHEN NOT {value} THEN 'False' END",
    }
    return f"coalesce({written.get(kind, f'CAST({value} AS VARCHAR)')}, '')"


def _text_cell(text: str) -> str:
    safe = f"CASE WHEN {text}[1] IN ({', '.join(map(_character, ACTIVE))}) THEN '''' || {text} ELSE {text} END"
    needs = " OR ".join(f"contains({text}, {_character(each)})" for each in QUOTED)
    return f"CASE WHEN {needs} THEN '\"' || replace({safe}, '\"', '\"\"') || '\"' ELSE coalesce({safe}, '') END"


def _character(one: str) -> str:
    return f"chr({ord(one)})"
