"""The commands of the README run, and its figures are the data's."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from textwrap import dedent

import pytest

import workbook
from tests.benchmarks.events import gdelt_row
from workbook.cli import COMMANDS
from workbook.readers.coded import find_package
from workbook.reports.catalogue import read_catalogue

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DATA_README = (ROOT / "data" / "README.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    found = re.findall(rf"^( *)```{language}\n(.*?)\n *```", text, re.DOTALL | re.MULTILINE)
    return [dedent(block) for _, block in found]


COMMAND_LINES = [
    line.strip()
    for text in (README, DATA_README)
    for block in blocks(text, "sh")
    for line in block.splitlines()
    if line.strip().startswith("workbook ")
] + re.findall(r"`(workbook report --plan [^`]+)`", README)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the README's paths name."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(find_package("arms_transfers"), folder / "path" / "to" / "my_package")
    (plan,) = blocks(README, "yaml")
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    downloads = folder / "path" / "to" / "downloads"
    downloads.mkdir()
    rows = [gdelt_row(Random(1), key=key) for key in range(20)]
    (downloads / "20200101000000.export.CSV").write_text("\n".join([*rows, ""]), encoding="utf-8")
    convert = ["convert", "auto", str(downloads), "--out", str(folder / "events.parquet")]
    subprocess.run([sys.executable, "-m", "workbook", *convert], check=True, capture_output=True)
    return folder


@pytest.mark.kernel
@pytest.mark.parametrize(
    "line", [line for line in dict.fromkeys(COMMAND_LINES) if "verify" not in line and "--pdf" not in line]
)
def test_a_command_of_the_readme_runs(desk, line) -> None:
    command = [sys.executable, "-m", *shlex.split(line)]
    if command[3:4] == ["report"] and len(command) > 4 and "dataset" in line:
        command.insert(4, "coder_agreement")  # one notebook stands for all: the others run on their own lines
    if command[3:] == ["report", "--out", "my_reports"]:
        command.insert(4, "coder_agreement")
    done = subprocess.run(command, cwd=desk, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.shared
@pytest.mark.parametrize("line", [line for line in dict.fromkeys(COMMAND_LINES) if "verify" in line])
def test_verify_as_the_readme_calls_it(desk, articles, line) -> None:
    target = desk / "path" / "to" / "articles"
    if not target.exists():
        shutil.copytree(articles, target)
    subprocess.run([sys.executable, "-m", *shlex.split(line)], cwd=desk, check=True, capture_output=True)


@pytest.mark.browser
@pytest.mark.parametrize("line", [line for line in COMMAND_LINES if "--pdf" in line])
def test_a_pdf_as_the_readme_prints_it(desk, chromium, line) -> None:
    environment = os.environ | {"CHROMIUM": chromium}
    subprocess.run(
        [sys.executable, "-m", *shlex.split(line)], cwd=desk, check=True, capture_output=True, env=environment
    )
    assert (desk / "reports" / "denials_vs_allegations.pdf").read_bytes().startswith(b"%PDF")


def test_python_of_the_readme_runs(desk, monkeypatch) -> None:
    monkeypatch.chdir(desk)
    for text in (README, DATA_README):
        for block in blocks(text, "python"):
            exec(compile(block, "README.md", "exec"), {})


def test_every_make_target_of_the_readme_exists() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in set(re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)$", README, re.MULTILINE)):
        assert f"make {''.join(target)} " in listed


def test_the_readme_lists_every_notebook_with_its_question_and_every_command() -> None:
    for card in read_catalogue():
        assert f"| `{card.name}` | {card.question} |" in README
    for command in COMMANDS:
        assert f"workbook {command}" in README


def test_the_figures_of_the_readme_are_the_datas() -> None:
    record, small = workbook.load("arms_transfers_2022_2024"), workbook.load("arms_transfers")
    words = " ".join(README.split())
    assert f"{len(record.sources)} articles of September 2022 to June 2024" in words
    referred = int(record.events["is_referred"].sum())
    assert f"{len(record.events)} statements, of which {referred} are only referred to" in words
    assert f"{len(small.events)} statements, {int(small.events['is_referred'].sum())} of them referred to" in words


def test_links_and_pictures_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
    for name in ("example.png", "explorer.png"):
        assert (ROOT / "reports" / name).stat().st_size > 20_000
