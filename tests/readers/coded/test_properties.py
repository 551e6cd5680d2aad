"""Whatever stands in a cell or a file: the package loads with every row, or says what is wrong."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.readers.coded.conftest import TABLES
from workbook.errors import Fault, FaultsError
from workbook.readers.coded import read_package

# One folder serves all draws: each draw restores what the one before has changed.
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "2022-09-31", "[..2022]", "true", "st1 st2", "st9", "denial", "-1", "\ufeff", '"', "a,b", "x\ny", "NaN"]
    ),
)


def written(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8", errors="surrogatepass")


def faults_of(package: Path) -> tuple[Fault, ...]:
    try:
        read_package(package)
    except FaultsError as error:
        return error.faults
    return ()


def loads_whole_or_says_why(package: Path) -> bool:
    faults = faults_of(package)
    assert all(fault.place and fault.found and fault.expected for fault in faults)
    if faults:
        return False
    loaded = read_package(package)
    for name in TABLES:
        rows = list(csv.reader(io.StringIO((package / name).read_text(encoding="utf-8"), newline="")))
        assert len(loaded.tables[name.removesuffix(".csv")]) == len(rows) - 1
    assert len(loaded.events().events) == len(loaded.tables["statements"])
    return True


@QUIET
@given(name=st.sampled_from(sorted(TABLES)), row=st.integers(0, 5), column=st.integers(0, 17), cell=CELLS)
def test_any_cell(package: Path, name: str, row: int, column: int, cell: str) -> None:
    rows = list(csv.reader(io.StringIO(TABLES[name])))
    line = rows[row % len(rows)]
    line[column % len(line)] = cell
    (package / name).write_bytes(written(rows))
    loads_whole_or_says_why(package)
    (package / name).write_bytes(TABLES[name].encode("utf-8"))


@QUIET
@given(name=st.sampled_from(sorted(TABLES)), content=st.binary(max_size=60), place=st.integers(0, 400))
def test_any_bytes_in_the_middle_of_a_file(package: Path, name: str, content: bytes, place: int) -> None:
    whole = TABLES[name].encode("utf-8")
    (package / name).write_bytes(whole[:place] + content + whole[place:])
    loads_whole_or_says_why(package)
    (package / name).write_bytes(whole)


@pytest.mark.parametrize("name", ["statements.csv", "acts.csv", "claims.csv", "sources.csv", "passages.csv"])
def test_a_row_on_which_others_hang_is_missed(package: Path, name: str) -> None:
    lines = TABLES[name].splitlines(keepends=True)
    for row in range(1, len(lines)):
        (package / name).write_bytes("".join(lines[:row] + lines[row + 1 :]).encode("utf-8"))
        assert not loads_whole_or_says_why(package)


def test_a_copy_elsewhere_is_the_same_data(package: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(package, tmp_path / "elsewhere")
    assert read_package(copied).checksum == read_package(package).checksum
