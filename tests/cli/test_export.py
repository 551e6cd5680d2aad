"""Export and made-up events on the command line: what is written is said, and nothing is overwritten by chance."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from workbook.cli import main
from workbook.readers.stored import MADE_UP


def run(*arguments: str | Path):
    return CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture
def made(tmp_path) -> Path:
    assert run("demo-events", "--rows", 300, "--out", tmp_path / "made.parquet").exit_code == 0
    return tmp_path / "made.parquet"


def test_demo_events_say_that_they_are_no_findings(tmp_path) -> None:
    result = run("demo-events", "--rows", 20, "--out", tmp_path / "made.parquet", "--seed", 5)
    assert result.output == f"{tmp_path / 'made.parquet'}: 20 made-up events, no findings; seed 5\n"


def test_a_file_is_overwritten_only_by_force(made) -> None:
    before = made.read_bytes()
    refused = run("demo-events", "--rows", 10, "--out", made)
    assert refused.exit_code == 2
    assert "which is there already; expected a new name, or --force" in refused.stderr
    assert made.read_bytes() == before
    assert run("demo-events", "--rows", 10, "--out", made, "--force").exit_code == 0
    assert made.read_bytes() != before
    assert run("export", "csv", made, "--out", made).exit_code == 2
    assert "expected a file" in run("export", "csv", made, "--out", made.parent, "--force").stderr


def test_rows_in_are_rows_out_also_those_only_referred_to(tmp_path) -> None:
    result = run("export", "csv", "arms_transfers", "--out", tmp_path / "all.csv")
    assert result.output == f"{tmp_path / 'all.csv'}: 58 statements chosen = 58 rows written\n"
    part = run("export", "csv", "arms_transfers", "--out", tmp_path / "part.csv", "--actor", "PRK", "--act", "denial")
    assert "7 statements chosen = 7 rows written" in part.output
    text = "actors=PRK&acts=denial&referred=false"
    part = run("export", "csv", "arms_transfers", "--out", tmp_path / "less.csv", "--selection", text)
    assert "4 statements chosen = 4 rows written" in part.output


def test_plover_names_what_it_has_no_event_for_and_where_it_is_kept(tmp_path) -> None:
    output = run("export", "plover", "arms_transfers", "--out", tmp_path / "all.jsonl", "--act", "denial").output
    assert "8 statements chosen = 8 rows written" in output
    assert "PLOVER has no event for 8 denial: event is empty, the act is in text_info.workbook" in output
    assert "3 dates of no single day" in output


@pytest.mark.parametrize("name", ["csv", "parquet", "plover"])
def test_made_up_events_say_so_in_every_format(made, tmp_path, name) -> None:
    result = run("export", name, made, "--out", tmp_path / "out", "--start", "2018-01-01")
    assert result.exit_code == 0
    assert MADE_UP in result.output
    if name != "parquet":
        lines = (tmp_path / "out").read_text(encoding="utf-8").splitlines()[name == "csv" :]
        assert len(lines) > 100
        assert all("Made up by a generator: no finding." in line for line in lines)


def test_what_cannot_be_chosen_or_found_is_said_and_nothing_is_written(tmp_path) -> None:
    result = run("export", "csv", "arms_transfers", "--out", tmp_path / "x.csv", "--actor", "USB")
    assert result.exit_code == 2
    assert "nearest: USA" in result.stderr
    assert "no such file" in run("export", "csv", tmp_path / "no.parquet", "--out", tmp_path / "x.csv").stderr
    assert not list(tmp_path.iterdir())
