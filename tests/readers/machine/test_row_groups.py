"""Files put one after the other are one file, for every reader, with the rows of all in their order."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from workbook.errors import WorkbookError
from workbook.readers.machine.row_groups import JoinedFile

ROWS = "SELECT i, 'text ' || (i % 7) AS word, CASE WHEN i % 3 > 0 THEN i / 2 END AS half FROM range({}, {}) AS rows(i)"


def written(path: Path, query: str, *, codec: str = "zstd") -> Path:
    options = f"FORMAT parquet, COMPRESSION {codec}, ROW_GROUP_SIZE 2048, KV_METADATA {{made: 'up {path.stem}'}}"
    duckdb.execute(f"COPY ({query}) TO '{path}' ({options})")
    return path


def joined(folder: Path, *pieces: Path) -> Path:
    with JoinedFile(folder / "joined.parquet") as file:
        for piece in pieces:
            file.add(piece)
    return folder / "joined.parquet"


@pytest.mark.parametrize("codec", ["zstd", "uncompressed"])
def test_rows_of_all_files_stand_in_their_order(tmp_path, codec) -> None:
    bounds = [(0, 5000), (5000, 5001), (5001, 20_000)]
    pieces = [written(tmp_path / f"{low}.parquet", ROWS.format(low, high), codec=codec) for low, high in bounds]
    whole = joined(tmp_path, *pieces)
    assert duckdb.sql(f"FROM '{whole}'").fetchall() == duckdb.sql(ROWS.format(0, 20_000)).fetchall()


def test_polars_reads_the_same_rows(tmp_path) -> None:
    polars = pytest.importorskip("polars")
    pieces = [written(tmp_path / f"{at}.parquet", ROWS.format(at, at + 3000)) for at in (0, 3000)]
    rows = polars.read_parquet(joined(tmp_path, *pieces))
    assert rows.rows() == duckdb.sql(ROWS.format(0, 6000)).fetchall()


def test_row_groups_are_found_by_their_statistics_and_filters(tmp_path) -> None:
    pieces = [written(tmp_path / f"{at}.parquet", ROWS.format(at, at + 3000)) for at in (0, 3000)]
    whole = joined(tmp_path, *pieces)
    assert duckdb.sql(f"SELECT i FROM '{whole}' WHERE i = 4321").fetchall() == [(4321,)]
    assert duckdb.sql(f"SELECT count(*) FROM '{whole}' WHERE word = 'text 3'").fetchall() == [(857,)]
    assert duckdb.sql(f"SELECT count(*) FROM '{whole}' WHERE word = 'text 9'").fetchall() == [(0,)]
    groups = "SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata('{}') ORDER BY 1"
    assert duckdb.sql(groups.format(whole)).fetchall() == [(0, 2048), (1, 952), (2, 2048), (3, 952)]


def test_metadata_is_that_of_the_first(tmp_path) -> None:
    pieces = [written(tmp_path / f"{name}.parquet", ROWS.format(0, 1)) for name in ("first", "second")]
    query = f"SELECT value FROM parquet_kv_metadata('{joined(tmp_path, *pieces)}') WHERE key = 'made'"
    assert duckdb.sql(query).fetchall() == [(b"up first",)]


def test_a_file_without_rows_stays_one(tmp_path) -> None:
    empty = written(tmp_path / "empty.parquet", ROWS.format(0, 0))
    assert duckdb.sql(f"FROM '{joined(tmp_path, empty)}'").fetchall() == []
    assert joined(tmp_path, empty, written(tmp_path / "one.parquet", ROWS.format(0, 1))).stat().st_size > 0
    assert duckdb.sql(f"SELECT i FROM '{tmp_path}/joined.parquet'").fetchall() == [(0,)]


def test_files_with_other_columns_are_refused(tmp_path) -> None:
    one, other = (
        written(tmp_path / "one.parquet", "SELECT 1 AS a"),
        written(tmp_path / "other.parquet", "SELECT 1 AS b"),
    )
    with pytest.raises(WorkbookError, match="other columns"):
        joined(tmp_path, one, other)
