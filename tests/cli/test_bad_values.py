"""Empty, doubled and impossible values on the command line: refused in words, never taken for something else."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from workbook.cli import main
from workbook.errors import WorkbookError
from workbook.readers.packages import find_package


def run(*arguments: str | Path):
    return CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", ""),
        ("export", "csv", "", "--out", "x.csv"),
        ("export", "csv", "arms_transfers", "--out", ""),
        ("convert", "gdelt", "", "--out", "x.parquet"),
        ("convert", "gdelt", "data", "--out", ""),
        ("demo-events", "--rows", "5", "--out", ""),
        ("verify", ""),
        ("verify", ".", "--package", ""),
        ("report", "claim_ledger", "--out", ""),
        ("report", "--plan", ""),
    ],
)
def test_an_empty_name_or_path_is_not_taken_for_everything_or_for_the_folder_one_is_in(arguments) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "found an empty" in result.stderr


def test_an_empty_name_of_a_data_set_is_not_the_folder_one_is_in() -> None:
    with pytest.raises(WorkbookError, match="data set '': no such name"):
        find_package("")
    result = run("report", "claim_ledger", "-p", "dataset=")
    assert result.exit_code == 2
    assert "expected one of arms_transfers" in result.stderr


@pytest.mark.parametrize("given", [("-p", "start=2023-01-01", "start=2023-02-01"), ("--each", "actor", "actor=USA")])
def test_a_name_that_is_given_twice_is_refused_and_not_decided_by_the_order(given) -> None:
    option, *texts = given
    name = texts[0].partition("=")[0]
    result = run("report", "claim_ledger", *(part for text in texts for part in (option, text)))
    assert result.exit_code == 2
    assert f"{option}: found {name} 2 times; expected each name once" in result.stderr


@pytest.mark.parametrize(
    ("notebook", "given", "least"), [("claim_ledger", "lanes=0", 1), ("coded_vs_machine", "within_days=-1", 0)]
)
def test_a_number_that_is_too_small_is_refused_before_anything_runs(notebook, given, least, tmp_path) -> None:
    result = run("report", notebook, "-p", given, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert f"expected a whole number of {least} or more" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("memory", ["nan", "inf", "-1", "1e300"])
def test_memory_that_no_process_can_have_is_refused(memory) -> None:
    result = run("report", "claim_ledger", "--memory", memory)
    assert result.exit_code == 2
    assert "--memory" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [("demo-events", "--rows", 5, "--seed", -1), ("convert", "gdelt", "data", "--memory", 99_999_999_999_999)],
)
def test_numbers_out_of_range_are_refused_without_a_traceback(arguments, tmp_path) -> None:
    result = run(*arguments, "--out", tmp_path / "x.parquet")
    assert result.exit_code == 2
    assert "is not in the range" in result.stderr


def test_days_of_an_export_are_named_by_their_options_both_at_once(tmp_path) -> None:
    result = run("export", "csv", "arms_transfers", "--out", tmp_path / "x", "--start", "2023", "--end", "2023-13-01")
    assert result.exit_code == 2
    assert "--start: found '2023'; expected a day, YYYY-MM-DD" in result.stderr
    assert "--end: found '2023-13-01'; expected a day, YYYY-MM-DD" in result.stderr
    assert not (tmp_path / "x").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder in which not even root can write")
def test_parquet_that_cannot_be_written_is_said_in_words() -> None:
    result = run("demo-events", "--rows", 5, "--out", "/proc/made.parquet")
    assert result.exit_code == 1
    assert result.stderr.startswith("/proc/made.parquet: ")
    assert "expected a place that can be written, with room for it" in result.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes that have a name")
def test_a_device_or_a_pipe_is_not_replaced_by_a_file_not_even_by_force(tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for command in (
        ("export", "csv", "arms_transfers", "--force"),
        ("demo-events", "--rows", 5, "--force"),
        ("convert", "gdelt", "data"),
    ):
        result = run(*command, "--out", tmp_path / "pipe")
        assert result.exit_code == 2
        assert "a device or a pipe" in result.stderr
    assert (tmp_path / "pipe").is_fifo()
