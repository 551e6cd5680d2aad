"""``workbook convert`` says what it did and what it refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from workbook.cli import main
from workbook.readers.machine.tables import vendor_columns


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["convert", *map(str, arguments)], catch_exceptions=False)


def line(key: int, code: str = "016") -> str:
    cells = {"GLOBALEVENTID": str(key), "SQLDATE": "20230904", "EventCode": code, "NumMentions": "1", "NumSources": "1"}
    return "\t".join(cells.get(column, "") for column in vendor_columns("gdelt")) + "\n"


@pytest.fixture
def three(tmp_path: Path) -> Path:
    path = tmp_path / "three.csv"
    path.write_text(line(1) + line(2, code="?") + line(3), encoding="utf-8")
    return path


def test_counts_in_are_counts_out_and_aside(three: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.parquet"
    result = run("gdelt", three, "--out", out, "--on-bad-rows", "keep-aside")
    assert result.exit_code == 0
    assert "3 rows of 1 new files = 2 events + 1 kept aside; 2 events in all" in result.output
    assert f"kept aside in {out}.aside.tsv" in result.output
    again = run("auto", three, "--out", out)
    assert "0 rows of 0 new files" in again.output
    assert "1 files were in before" in again.output


def test_bad_rows_are_refused_in_words(three: Path, tmp_path: Path) -> None:
    result = run("gdelt", three, "--out", tmp_path / "events.parquet")
    assert result.exit_code == 1
    assert f"{three}, line 2, EventCode: found '?'; expected a code of the table cameo.csv" in result.stderr
    assert "keep-aside takes the rest" in result.stderr
    assert "Traceback" not in result.output
    assert not (tmp_path / "events.parquet").exists()


def test_a_format_that_there_is_not_is_a_wrong_call(three: Path, tmp_path: Path) -> None:
    result = run("gdlet", three, "--out", tmp_path / "events.parquet")
    assert result.exit_code == 2
    assert "nearest: gdelt" in result.stderr


def test_months_go_into_a_folder(three: Path, tmp_path: Path) -> None:
    result = run("auto", three, "--out", tmp_path / "e", "--partition", "month", "--on-bad-rows", "keep-aside")
    assert result.exit_code == 0
    assert (tmp_path / "e" / "year=2023" / "month=09" / "events.parquet").is_file()


def test_help_shows_a_call_on_a_line_of_its_own() -> None:
    lines = [line.strip() for line in run("--help").output.splitlines()]
    assert "workbook convert gdelt 'gdelt/*.zip' --out events.parquet" in lines
