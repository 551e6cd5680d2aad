# Every name and text in the SQL has gone through `quoted` or `literal`, or is a constant of this package.
"""From parts to the output: sorted by day, each event once, there whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import duckdb

from workbook.errors import WorkbookError
from workbook.readers.machine.batch_writer import Resources
from workbook.readers.machine.events_query import PART_COLUMNS, kept_value
from workbook.readers.machine.layout import KEPT, literal, quoted
from workbook.readers.machine.provenance import KEY, LISTING, Provenance
from workbook.readers.machine.row_groups import JoinedFile
from workbook.readers.machine.spans import BEFORE, NO_DAYS, DayCount, Span, month_sql, spans
from workbook.readers.machine.tables import table_types

ROWS_AT_ONCE = 61_440
"""Rows that each thread holds before they are written: half of what DuckDB takes by itself, for half the memory."""

COMPRESSION = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS_AT_ONCE}"
LEFT_OUT = "ANTI JOIN repeated USING (part, source, line)"
MONTH_FILE = "events.parquet"

EVENT_BYTES = 4608
"""Bytes of memory for each event that is sorted at once: several times its own, for the copies until it is written."""

LEAST_MEMORY = 128 * 1024 * 1024
"""Bytes that a thread needs to sort; with less, fewer run at once."""

OF_THE_DATE = {
    "date_text": "strftime(date_earliest, '%Y-%m-%d')",
    "date_latest": "date_earliest",
    "date_precision": "'day'",
    "source_date_text": "strftime(date_earliest, '%Y-%m-%d')",
    "source_date_earliest": "date_earliest",
    "source_date_latest": "date_earliest",
    "source_date_precision": "'day'",
    "is_referred": "false",
    "is_machine_coded": "true",
}
"""What a machine-coded event has in the columns that parts do not keep; the others are empty."""


@dataclass(frozen=True)
class Place:
    """A row of a part: which part by its number, which source in it, which line."""

    part: int
    source: int
    line: int


@dataclass(frozen=True)
class Repeated:
    """A row whose event is there already.

    Attributes
    ----------
    place, first : Place or None
        Where it stands, and where the event stood first; nothing where the output had it before.
    event_id : str
        The event.
    """

    place: Place
    first: Place | None
    event_id: str


class Merge:
    """The events of all parts, and those of an output that was there before.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        With bounds on memory and threads.
    resources : Resources
        These bounds.
    parts : sequence of pathlib.Path
        Parts, in the order of the inputs.
    before : pathlib.Path or None
        An output to which the parts are added.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        parts: Sequence[Path],
        *,
        resources: Resources,
        before: Path | None,
    ) -> None:
        self._connection = connection
        self._parts = parts
        self._threads = max(1, min(resources.threads, resources.memory // LEAST_MEMORY))
        self._at_once = resources.memory // (self._threads * EVENT_BYTES)
        self._before = sorted(before.rglob("*.parquet")) if before and before.is_dir() else [before] if before else []
        place = "part INTEGER, source INTEGER, line BIGINT"
        connection.execute(f"CREATE TABLE repeated ({place}, event_id VARCHAR, first STRUCT({place}))")
        numbers = ", ".join(f"({number}, {literal(str(part))})" for number, part in enumerate(parts))
        values = f"VALUES {numbers}" if parts else "SELECT 0, '' WHERE false"
        connection.execute(f"CREATE TABLE parts AS SELECT * FROM ({values}) AS listed(part, filename)")

    def leave_out_repeated(self) -> dict[tuple[int, int], int]:
        """Find the rows whose event is there already, and leave them out from now on.

        Returns
        -------
        dict of (int, int) to int
            How many there are, by part and source.
        """
        twice = f"SELECT event_id FROM {self._read_parts()} GROUP BY event_id HAVING count(*) > 1"
        self._connection.execute(f"""
            INSERT INTO repeated SELECT * FROM (
                SELECT part, source, line, event_id,
                    first_value(struct_pack(part, source, line)) OVER rows AS first
                FROM {self._read_parts()} SEMI JOIN ({twice}) AS twice USING (event_id)
                WINDOW rows AS (PARTITION BY event_id ORDER BY part, source, line)
            ) WHERE struct_pack(part, source, line) <> first
        """)
        if self._before:
            self._connection.execute(f"""
                INSERT INTO repeated SELECT part, source, line, event_id, NULL
                FROM {self._read_parts()} {LEFT_OUT}
                SEMI JOIN (SELECT event_id FROM {_read(self._before)}) AS known USING (event_id)
            """)
        query = "SELECT part, source, count(*) FROM repeated GROUP BY part, source ORDER BY part, source"
        return {(part, source): count for part, source, count in self._connection.execute(query).fetchall()}

    def repeated(self, part: int, source: int) -> Iterator[Repeated]:
        """Go through the rows of a source in a part whose event is there already, in the order of their lines."""
        query = "SELECT line, event_id, first FROM repeated WHERE part = ? AND source = ? ORDER BY line"
        found = self._connection.cursor().execute(query, [part, source])
        while rows := found.fetchmany(1000):
            for line, event_id, first in rows:
                yield Repeated(Place(part, source, line), Place(**first) if first else None, event_id)

    def write_file(self, path: Path, provenance: Provenance) -> None:
        """Write all events into one file, sorted by day, with their provenance."""
        listed = list(spans(self._counted("NULL"), most=self._at_once)) or [NO_DAYS]
        rows = self._written(path, listed, named={KEY: provenance.as_text()})
        _assert_same(rows, provenance.rows, path)

    def write_months(self, folder: Path, provenance: Provenance) -> None:
        """Write all events into a folder ``year=/month=``, a file a month.

        A month without new events is taken over as it is.
        """
        folder.mkdir(parents=True)
        listed = list(spans(self._counted(month_sql("last")), most=self._at_once))
        touched = {_month_path(span.month) for span in listed if span.month and span.parts != {BEFORE}}
        rows = self._linked([path for path in self._before if _in_month(path) not in touched], folder)
        named = {KEY: provenance.readers, "created_by": provenance.created_by}
        for month, group in groupby(listed, key=lambda span: span.month):
            path = folder / _month_path(month)
            if _month_path(month) in touched:
                path.parent.mkdir(parents=True, exist_ok=True)
                rows += self._written(path, list(group), named=named)
        _assert_same(rows, provenance.rows, folder)
        (folder / LISTING).write_text(provenance.as_text(), encoding="utf-8")

    def _counted(self, month: str) -> Iterator[DayCount]:
        """Count the events of each day in each part, in the order in which they are written."""
        last = kept_value("date_latest")
        new = f"SELECT part, date_earliest, {last} AS last FROM {self._read_parts()} {LEFT_OUT}"
        old = f"SELECT {BEFORE}, date_earliest, date_latest FROM {_read(self._before)}" if self._before else ""
        query = f"""
            SELECT {month} AS month, CAST(date_earliest AS VARCHAR), part, count(*)
            FROM ({new}{" UNION ALL " if old else ""}{old}) GROUP BY month, date_earliest, part
            ORDER BY month, date_earliest, part
        """
        return (DayCount(*row) for row in self._connection.execute(query).fetchall())

    def _written(self, path: Path, listed: Sequence[Span], *, named: dict[str, str]) -> int:
        """Write the events of spans into one file, sorted, several at once."""
        threads = min(self._threads, len(listed))
        self._connection.execute(f"SET threads = {self._threads // threads}")
        # A column of which DuckDB proves that none is missing is written as one that never is, in this piece and not in
        # another: row groups of one file have to be alike.
        self._connection.execute("SET disabled_optimizers = 'statistics_propagation'")
        pieces = [path.with_name(f"{path.name}.{number:06}") for number in range(len(listed))]
        # Said once: it grows with the inputs, and what joins the pieces takes it from the first.
        said = [named, *({} for _ in pieces[1:])]
        with JoinedFile(path) as file, ThreadPoolExecutor(threads) as pool:
            for piece in pool.map(self._piece, listed, pieces, said):
                file.add(piece)
                piece.unlink()
        return file.rows

    def _piece(self, span: Span, path: Path, named: dict[str, str]) -> Path:
        columns = ", ".join(map(quoted, PART_COLUMNS))
        new = f"{self._read_parts(span.parts)} {LEFT_OUT} WHERE {span.condition(kept_value('date_latest'))}"
        events = f"SELECT {columns} FROM {new}"
        if BEFORE in span.parts:
            # Whatever is more than a vendor says goes through as a whole.
            whole = f"CASE WHEN {_is_more()} THEN CAST(to_json(before) AS VARCHAR) END AS {KEPT}"
            old = ", ".join(quoted(name) for name in PART_COLUMNS if name != KEPT)
            rows = f"{_read(self._before)} AS before WHERE {span.condition('date_latest')}"
            events += f" UNION ALL SELECT {old}, {whole} FROM {rows}"
        query = f"SELECT {', '.join(_standard())} FROM (SELECT * FROM ({events}) ORDER BY date_earliest, event_id)"
        metadata = ", ".join(f"{name}: {literal(text)}" for name, text in named.items())
        options = f"{COMPRESSION}, KV_METADATA {{{metadata}}}" if named else COMPRESSION
        with self._connection.cursor() as cursor:
            cursor.execute(f"COPY ({query}) TO {literal(str(path))} ({options})")
        return path

    def _linked(self, paths: Sequence[Path], folder: Path) -> int:
        rows = 0
        for path in paths:
            target = folder / _in_month(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path, target)
            except OSError:
                shutil.copyfile(path, target)
            found = self._connection.execute(f"SELECT count(*) FROM {_read([path])}").fetchone()
            rows += int(found[0]) if found else 0
        return rows

    def _read_parts(self, numbers: Collection[int] | None = None) -> str:
        """Return SQL of the events of parts of these numbers, or of all."""
        read = [part for number, part in enumerate(self._parts) if numbers is None or number in numbers]
        if not read:
            empty = ", ".join(f"NULL AS {quoted(name)}" for name in PART_COLUMNS)
            return f"(SELECT 0 AS part, 0 AS source, 0 AS line, {empty} WHERE false)"
        listed = ", ".join(literal(str(part)) for part in read)
        return f"(SELECT * FROM read_parquet([{listed}], filename = true) JOIN parts USING (filename))"


def _read(paths: Sequence[Path]) -> str:
    listed = ", ".join(literal(str(path)) for path in paths)
    return f"read_parquet([{listed}], hive_partitioning = false)"


def _standard() -> Iterator[str]:
    """Go through the columns of the standard event table as SQL, each of its type."""
    for name, kind in table_types().items():
        if name in PART_COLUMNS:
            sql = quoted(name)
        elif name in OF_THE_DATE:
            sql = f"CASE WHEN {KEPT} IS NULL THEN {OF_THE_DATE[name]} ELSE {kept_value(name)} END"
        else:
            sql = kept_value(name)
        yield f"CAST({sql} AS {kind}) AS {quoted(name)}"


def _is_more() -> str:
    """Return SQL that tells whether an event says more than parts keep of a vendor's."""
    same = [
        f"{quoted(name)} IS NOT DISTINCT FROM CAST({sql} AS {table_types()[name]})" for name, sql in OF_THE_DATE.items()
    ]
    same += [f"{quoted(name)} IS NULL" for name in table_types() if name not in (*PART_COLUMNS, *OF_THE_DATE)]
    return f"NOT ({' AND '.join(same)})"


def _month_path(month: date) -> Path:
    return Path(f"year={month:%Y}") / f"month={month:%m}" / MONTH_FILE


def _in_month(path: Path) -> Path:
    return Path(*path.parts[-3:])


def _assert_same(found: int, expected: int, path: Path) -> None:
    if found != expected:
        raise WorkbookError(f"{path}: {found} events came of {expected} sound rows; nothing was written")
