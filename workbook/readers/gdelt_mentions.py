# Every name and text in the SQL has gone through `quoted` or `literal`, or is a constant of this package.
"""GDELT 2.0 mentions: which article mentions which event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from workbook.errors import Fault, FaultsError
from workbook.readers.machine.aside import LISTED
from workbook.readers.machine.inputs import BrokenFileError, Source, named_files, runs_of, sources_of
from workbook.readers.machine.layout import TAB, literal, quoted
from workbook.readers.machine.lines import unsound
from workbook.readers.machine.part import rows_in
from workbook.readers.machine.tables import standard_columns, vendor_columns

PREFIX, WHOLE = "gdelt2-", "[0-9]{1,18}"


def gdelt_mentions(events: str | Path, mentions: Sequence[str | Path]) -> duckdb.DuckDBPyRelation:
    """Read which article mentions which of the events.

    Parameters
    ----------
    events : str or pathlib.Path
        A Parquet file of GDELT 2.0 events that `workbook convert` has written, or a glob of such files.
    mentions : sequence of str or pathlib.Path
        GDELT's files of mentions: files, folders, globs; plain, .gz or .zip.

    Returns
    -------
    duckdb.DuckDBPyRelation
        A row a mention: ``event_id``, ``source_id`` (the article's address, or how it is cited), ``form`` (null: GDELT
        does not say it), ``publisher`` and ``confidence`` (in per cent). Mentions of other events are left out.

    Raises
    ------
    FaultsError
        Lines that are no mentions and files that cannot be read, all at once.
    """
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    connection.execute("CREATE TABLE said (event_id VARCHAR, source_id VARCHAR, publisher VARCHAR, confidence BIGINT)")
    faults: list[Fault] = []
    with TemporaryDirectory() as folder:
        for path in named_files(mentions):
            try:
                for source in sources_of(path):
                    faults += _read(connection, source, Path(folder) / "block.tsv")
            except BrokenFileError as error:
                faults.append(error.fault)
    if faults:
        more = f"; the first {LISTED} of {len(faults)}" if len(faults) > LISTED else ""
        raise FaultsError(f"mentions{more}", faults[:LISTED])
    known = f"(SELECT event_id FROM read_parquet({literal(str(events))}, hive_partitioning = false))"
    return connection.sql(
        "SELECT event_id, source_id, CAST(NULL AS VARCHAR) AS form, publisher, confidence "
        f"FROM said SEMI JOIN {known} AS known USING (event_id)"
    )


def _read(connection: duckdb.DuckDBPyConnection, source: Source, file: Path) -> list[Fault]:
    """Read the mentions of a source; return what is wrong with the lines that are none."""
    faults = list(_copied(source, file))
    names = standard_columns("gdelt_mentions")
    key, sure = quoted(names["event_id"]), quoted(names["confidence"])
    rows = rows_in(file, {"at_line": "BIGINT"} | dict.fromkeys(vendor_columns("gdelt_mentions"), "VARCHAR"))
    is_bad = " OR ".join(f"NOT coalesce(regexp_full_match({cell}, '{WHOLE}'), false)" for cell in (key, sure))
    for line, *cells in connection.execute(f"SELECT at_line, {key}, {sure} FROM {rows} WHERE {is_bad}").fetchall():
        columns = f"{names['event_id']}, {names['confidence']}"
        faults.append(Fault(source.place, line, columns, repr(cells), "whole numbers"))
    connection.execute(
        f"INSERT INTO said SELECT {literal(PREFIX)} || {key}, {quoted(names['source_id'])}, "
        f"{quoted(names['publisher'])}, CAST({sure} AS BIGINT) FROM {rows} WHERE NOT ({is_bad})"
    )
    return faults


def _copied(source: Source, file: Path) -> Iterator[Fault]:
    """Copy the lines that can be read, each with its number before it; go through what is wrong with the others."""
    width = len(vendor_columns("gdelt_mentions"))
    with file.open("wb") as out:
        for run in runs_of(source):
            for at, raw in enumerate(run.lines, start=run.first):
                line = raw.removesuffix(b"\r")
                cells = line.count(TAB) + 1
                wrong = unsound(line) or ("" if cells == width else f"{cells} cells")
                if wrong:
                    yield Fault(source.place, at, "", wrong, f"{width} cells in UTF-8, parted by tabs")
                else:
                    out.write(b"%d\t%b\n" % (at, line))
