"""``workbook report`` and ``workbook notebooks``: refusals at once, lists for people and programs."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from workbook.cli import main


def run(*arguments: str):
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["actr=USA"], "nearest: actors"),
        (["start=2023-13-01"], "there is no month 13"),
        (["period=fortnight"], "one of day, week, month, quarter, year"),
        (["start=2023-09-01", "end=2023-01-01"], "a first day on or before the last"),
        (["actors=Atlantis"], "expected one of"),
        (["start"], "NAME=VALUE"),
    ],
)
def test_a_wrong_parameter_exits_2_naming_what_would_be_right(given, expected, tmp_path) -> None:
    flags = [part for text in given for part in ("-p", text)]
    result = run("report", "denials_vs_allegations", *flags, "--out", str(tmp_path / "out"))
    assert result.exit_code == 2
    assert expected in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_wrong_parameter_is_refused_before_a_kernel_could_start() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "workbook", "report", "-p", "actors=Atlantis"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    for library in ("papermill", "nbclient", "nbformat", "plotly"):
        assert f"| {library}\n" not in done.stderr


def test_a_folder_that_cannot_be_written_is_named_without_a_traceback(tmp_path) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    result = run("report", "claim_ledger", "--out", str(tmp_path / "taken" / "out"))
    assert result.exit_code == 1
    assert str(tmp_path / "taken") in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--each", "moth"], "(nearest: month)"),
        (["--each", "actor=Atlantis"], "--each, actor: found 'Atlantis'"),
        (["-p", "actors=USA", "--each", "actor"], "one of the two"),
        (["--plan", "nowhere.yaml"], "does not exist"),
        (["--jobs", "0"], "0"),
        (["--engine", "steam"], "'warm', 'stock'"),
        (["--timeout", "-1"], "-1"),
    ],
)
def test_what_cannot_be_is_refused_with_exit_2_and_leaves_nothing(tmp_path, arguments, expected) -> None:
    result = run("report", "claim_ledger", *arguments, "--out", str(tmp_path / "out"))
    assert result.exit_code == 2
    assert expected in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_plan_stands_alone(tmp_path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("- notebook: claim_ledger\n")
    for more in (["claim_ledger"], ["-p", "period=year"], ["--each", "actor"]):
        result = run("report", "--plan", str(plan), *more, "--out", str(tmp_path / "out"))
        assert result.exit_code == 2
        assert "--plan names notebooks" in result.stderr


def test_a_folder_in_which_another_batch_works_is_said(tmp_path) -> None:
    from workbook.reports.folder import ReportFolder

    with ReportFolder(tmp_path).opened(single_file=False):
        result = run("report", "coder_agreement", "--out", str(tmp_path))
    assert result.exit_code == 1
    assert "another batch writes into it" in result.stderr


def test_an_unknown_notebook_exits_2() -> None:
    result = run("report", "denial_vs_allegations")
    assert result.exit_code == 2
    assert "nearest: denials_vs_allegations" in result.stderr


def test_notebooks_are_listed_with_types_defaults_and_help() -> None:
    output = run("notebooks").output
    assert "denials_vs_allegations: Which allegations are answered by a denial" in output
    assert "period: str = 'month'\n      width of a bin; one of day, week, month, quarter, year" in output


def test_notebooks_are_listed_for_programs_too() -> None:
    listed = json.loads(run("notebooks", "--json").output)
    names = {notebook["name"]: {each["name"] for each in notebook["parameters"]} for notebook in listed}
    asked = {"dataset", "start", "end", "period", "actors", "acts", "topics", "count", "dates", "referred"}
    for name in ("statement_frequency", "actor_activity", "denials_vs_allegations", "claim_ledger"):
        assert asked <= names[name]


def test_pdf_without_a_browser_says_how_to_get_one(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    begun = time.monotonic()
    result = run("report", "claim_ledger", "--pdf", "--out", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert "apt-get install chromium" in result.stderr
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nowhere"))
    assert "no Chromium found at" in run("report", "claim_ledger", "--pdf", "--out", str(tmp_path / "out")).stderr
    assert time.monotonic() - begun < 60
