"""Made-up rows in the layouts of the vendors, and what is converted of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from workbook.readers.machine.conversion import Conversion, convert
from workbook.readers.machine.tables import vendor_columns

GDELT_2 = vendor_columns("gdelt")
GDELT_1 = tuple(column for column in GDELT_2 if not column.endswith("ADM2Code"))
USUAL = {
    "SQLDATE": "20230904",
    "Actor1Code": "RURGOV",
    "Actor1Name": "RURITANIA",
    "Actor1CountryCode": "PRK",
    "Actor2Code": "FEN",
    "Actor2Name": "FENWICK",
    "Actor2CountryCode": "USA",
    "EventCode": "016",
    "GoldsteinScale": "-2.0",
    "NumMentions": "4",
    "NumSources": "2",
    "SOURCEURL": "https://courier.example/boats",
}


def gdelt_line(key: int, *, columns: Sequence[str] = GDELT_2, **cells: str) -> str:
    row = {"GLOBALEVENTID": str(key)} | USUAL | cells
    return "\t".join(row.get(column, "") for column in columns)


@pytest.fixture
def gdelt() -> Callable[..., str]:
    """A line of GDELT 2.0 by its key and what differs from the usual cells."""
    return gdelt_line


@pytest.fixture
def gdelt_1() -> Callable[..., str]:
    """A line of GDELT 1.0; without its last cell where the key is even."""

    def line(key: int, **cells: str) -> str:
        return gdelt_line(key, columns=GDELT_1[: 57 if key % 2 == 0 else 58], **cells)

    return line


class Converter:
    """Converts texts in a folder of its own and shows what came of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "events.parquet"

    def file(self, name: str, *lines: str) -> Path:
        path = self.folder / name
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    def convert(self, *inputs: Path | str, **options: object) -> Conversion:
        return convert(inputs, out=self.out, **options)  # type: ignore[arg-type]

    def events(self) -> pd.DataFrame:
        return duckdb.sql(f"SELECT * FROM read_parquet('{self.out}')").df()

    def kept_aside(self) -> list[list[bytes]]:
        lines = (self.folder / "events.parquet.aside.tsv").read_bytes().splitlines()
        return [line.split(b"\t", 3) for line in lines[1:]]


@pytest.fixture
def converter(tmp_path: Path) -> Converter:
    return Converter(tmp_path)


@pytest.fixture(scope="session")
def vendor_files() -> Path:
    """The folder of real files, which are not part of the project."""
    folder = Path(__file__).parents[3] / "shared" / "vendor"
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"{folder} is missing, and in CI these tests must run")
        pytest.skip(f"needs the vendors' files in {folder}")
    return folder
