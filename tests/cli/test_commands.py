"""The command line says in words what is wrong, with the right exit status."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from workbook.cli import COMMANDS, main
from workbook.readers.coded import find_package


def run(*arguments: str):
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(find_package("arms_transfers"), tmp_path / "package"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert command in run("--help").output
    assert len(result.output.splitlines()) > 5


def test_an_unknown_command_is_answered_with_the_nearest() -> None:
    result = run("chekc")
    assert result.exit_code == 2
    assert "nearest: check" in result.output


def test_check_says_what_a_healthy_package_holds() -> None:
    result = run("check")
    assert result.exit_code == 0
    assert "arms_transfers 1.0.1: no fault" in result.output
    assert "5 sources" in result.output


def test_check_lists_all_faults_and_exits_1(copy: Path) -> None:
    statements = copy / "statements.csv"
    text = statements.read_text(encoding="utf-8")
    statements.write_text(text.replace("allegation", "alegation", 2), encoding="utf-8")
    result = run("check", str(copy))
    assert result.exit_code == 1
    assert "2 faults" in result.stderr
    assert result.stderr.count("found 'alegation'; expected a key that stands in acts.csv") == 2
    assert "Traceback" not in result.output


def test_check_of_nothing_is_an_error_in_words() -> None:
    result = run("check", "atlantis")
    assert result.exit_code == 1
    assert "expected one of arms_transfers" in result.stderr


@pytest.mark.shared
def test_verify_finds_every_passage_in_the_articles(articles: Path) -> None:
    result = run("verify", str(articles))
    assert result.exit_code == 0, result.output
    assert "passages found in 5 articles" in result.output


@pytest.mark.shared
def test_verify_looks_in_several_folders(articles: Path, tmp_path: Path) -> None:
    for place, path in enumerate(sorted(articles.glob("*.txt"))):
        (tmp_path / f"{place % 2}").mkdir(exist_ok=True)
        shutil.copy(path, tmp_path / f"{place % 2}" / "article.txt" if place < 2 else tmp_path / f"{place % 2}")
    assert run("verify", str(tmp_path / "0")).exit_code == 1
    result = run("verify", str(tmp_path / "0"), str(tmp_path / "1"))
    assert result.exit_code == 0, result.output
    assert "passages found in 5 articles" in result.output


@pytest.mark.shared
def test_verify_finds_them_under_other_line_ends_quotes_and_white_space(articles: Path, tmp_path: Path) -> None:
    for path in articles.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        changed = text.replace("“", '"').replace("”", '"').replace("’", "'").replace(" ", "  ").replace("\n", "\r\n")
        (tmp_path / f"my copy of {path.stem}.txt").write_bytes(changed.encode("utf-16"))
    assert run("verify", str(tmp_path)).exit_code == 0


@pytest.mark.shared
def test_verify_names_the_rows_of_a_changed_word(articles: Path, tmp_path: Path) -> None:
    for path in articles.glob("*.txt"):
        shutil.copy(path, tmp_path)
    changed = next(tmp_path.glob("000*"))
    text = changed.read_text(encoding="utf-8")
    assert "infantry rockets" in text
    changed.write_text(text.replace("infantry rockets", "infantry pockets"), encoding="utf-8")
    result = run("verify", str(tmp_path))
    assert result.exit_code == 1
    assert "passages.csv, line" in result.stderr
    assert "in s000" in result.stderr


def test_importing_the_package_loads_no_library() -> None:
    libraries = "{'pandas', 'plotly', 'narwhals', 'papermill'}"
    code = f"import sys, workbook; print(sorted({libraries} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
