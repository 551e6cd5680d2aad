"""The committed notebooks: no logic in them, text outputs that hold, and a changed datum that fails them."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workbook.readers.coded import find_package
from workbook.readers.coded.tables import table_schemas
from workbook.reports.catalogue import notebooks_folder, read_card, read_catalogue
from workbook.reports.parameters import VOCABULARIES

NOTEBOOKS = sorted(notebooks_folder().glob("*.ipynb"))
FIVE_ARTICLES = Path(__file__).parent / "five_articles"
SMALL = sorted(FIVE_ARTICLES.glob("*.ipynb"))
LOGIC = (
    ast.FunctionDef,
    ast.Lambda,
    ast.For,
    ast.While,
    ast.If,
    ast.Try,
    ast.With,
    ast.ListComp,
    ast.DictComp,
    ast.ClassDef,
)
MOST_LINES_OF_A_CELL, MOST_LINES = 10, 60
DRAWN = {"chart", "statements", "explorer", "desk"}
"""Cells whose output is for eyes and hands, not for a comparison."""


def code_cells(path: Path) -> list[dict[str, object]]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


def tags(cell: dict[str, object]) -> list[str]:
    return cell["metadata"].get("tags", [])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_calls_and_does_not_compute(path) -> None:
    cells = code_cells(path)
    sources = ["".join(cell["source"]) for cell in cells]
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    assert not [ast.unparse(node) for node in nodes if isinstance(node, LOGIC)]
    assert not any(word in "".join(sources) for word in ("read_csv", "Path(", "open("))
    lengths = [
        len(source.splitlines()) for source, cell in zip(sources, cells, strict=True) if "parameters" not in tags(cell)
    ]
    assert max(lengths) <= MOST_LINES_OF_A_CELL
    assert sum(len(source.splitlines()) for source in sources) <= MOST_LINES


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_numbers_keep_their_outputs_and_charts_do_not(path) -> None:
    for cell in code_cells(path):
        assert cell["execution_count"], "run `make notebooks`"
        if DRAWN & set(tags(cell)):
            assert "nbval-ignore-output" in tags(cell)
            assert cell["outputs"] == []
        else:
            assert all(output["name"] == "stdout" for output in cell["outputs"])
            assert "nbval-ignore-output" not in tags(cell)
    assert sum(len(cell["outputs"]) for cell in code_cells(path)) >= (1 if read_card(path).is_interactive else 3)


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.stem)
def test_on_the_five_articles_the_same_code_runs(path) -> None:
    original = notebooks_folder() / path.name
    ran = [cell for cell in code_cells(path) if "injected-parameters" not in tags(cell)]
    assert [cell["source"] for cell in ran] == [cell["source"] for cell in code_cells(original)], "run `make notebooks`"
    (injected,) = [cell for cell in code_cells(path) if "injected-parameters" in tags(cell)]
    assert "".join(injected["source"]).splitlines()[1:] == ['dataset = "arms_transfers"']


def test_every_report_about_a_data_set_runs_on_the_five_articles_too() -> None:
    asked = {card.name for card in read_catalogue() if "dataset" in {each.name for each in card.parameters}}
    needs_events = {card.name for card in read_catalogue() if "events" in {each.name for each in card.parameters}}
    assert {path.stem for path in SMALL} == asked - needs_events


def test_the_ledger_counts_what_was_certainly_said_by_the_last_day() -> None:
    parameters, load, measure = code_cells(notebooks_folder() / "claim_ledger.ipynb")[:3]
    names: dict[str, object] = {}
    exec("".join(parameters["source"]), names)
    names["end"] = "2023-07-26"
    for cell in (load, measure):
        exec("".join(cell["source"]), names)
    # One of the allegations is of 29 July or before; eight other statements are as uncertain.
    assert names["ledger"].basis.notes == (
        "As of 2023-07-26; 9 statements may lie after that day and are not counted.",
    )


@pytest.mark.parametrize("card", read_catalogue(), ids=lambda card: card.name)
def test_the_help_of_a_parameter_names_what_may_stand_there(card) -> None:
    for parameter in card.parameters:
        assert parameter.help
        if parameter.name in VOCABULARIES and parameter.kind == "str":
            known = VOCABULARIES[parameter.name](None).known
            assert all(value in parameter.help for value in known), (parameter.name, known)


def test_the_vocabularies_of_the_schema_and_of_the_charts_are_one() -> None:
    from workbook.charts.template import ACT_COLOURS, HEDGE_SYMBOLS

    columns = {column.name: column.allowed for column in table_schemas()["statements"].columns}
    assert set(columns["hedge"]) == set(HEDGE_SYMBOLS)
    acts = (find_package("arms_transfers") / "acts.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {line.partition(",")[0] for line in acts} == set(ACT_COLOURS)


def validated(package: Path, notebook: Path, *, folder: Path) -> subprocess.CompletedProcess[str]:
    """Hold a notebook's outputs against a run on another package, as `make test` does on its own."""
    text = notebook.read_text(encoding="utf-8")
    name = r"dataset = \"arms_transfers\""
    assert name in text
    (folder / notebook.name).write_text(text.replace(name, rf"dataset = \"{package}\""), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "--nbval", "--override-ini=addopts=", "-p", "no:cacheprovider", "-q"]
    return subprocess.run([*command, str(folder / notebook.name)], capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(find_package("arms_transfers"), tmp_path / "arms_transfers"))


@pytest.mark.kernel
def test_an_unchanged_copy_of_the_data_passes(copy, tmp_path) -> None:
    done = validated(copy, FIVE_ARTICLES / "claim_ledger.ipynb", folder=tmp_path)
    assert done.returncode == 0, done.stdout


@pytest.mark.kernel
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("statements.csv", "explicit,,,,named,briefing,,false,false,,,high,Sullivan warns", None),
        (
            "statements.csv",
            "asserted,false,false,,,high,Sullivan says that Kim",
            "hedged,false,false,,,high,Sullivan says that Kim",
        ),
        ("statements.csv", ",2023-09-04,explicit,", ",2023-08-04,explicit,"),
    ],
    ids=["a removed row", "another hedge", "another date"],
)
def test_one_changed_datum_fails_the_notebooks(copy, tmp_path, name, old, new) -> None:
    path = copy / name
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(at for at, line in enumerate(lines) if old in line)
    lines[place : place + 1] = [] if new is None else [lines[place].replace(old, new)]
    path.write_text("".join(lines), encoding="utf-8")
    done = validated(copy, FIVE_ARTICLES / "denials_vs_allegations.ipynb", folder=tmp_path)
    assert done.returncode == 1, done.stdout
    assert "failed" in done.stdout
