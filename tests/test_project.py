"""What holds for the project as a whole: its words, its locks, its data."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import tomllib
import unicodedata
from pathlib import Path
from zipfile import ZipFile

import pytest
from frictionless import Package

import workbook
from workbook.evidence import read_articles
from workbook.readers.coded import find_package, read_package
from workbook.readers.coded.tables import table_schemas

ROOT = Path(__file__).parents[1]
RUN = 10
PACKAGES = ("arms_transfers", "arms_transfers_2022_2024")


def project_files() -> list[Path]:
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files"], capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def texts() -> dict[Path, str]:
    found = {}
    for path in project_files():
        try:
            found[path] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


FACTS = {
    "sources.csv": ("title", "url"),
    "actors.csv": ("name", "description"),
    "units.csv": ("speaker", "target", "via"),
}
"""Columns of facts: titles, addresses, and offices, which have long names."""


def own_words(path: Path, text: str) -> str:
    """Return what is written in our own words."""
    if path.name not in FACTS:
        return text
    rows = csv.DictReader(text.splitlines())
    return "\n".join(cell for row in rows for name, cell in row.items() if name not in FACTS[path.name])


def runs(text: str) -> set[tuple[str, ...]]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = re.findall(r"[^\W_]+", plain)
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


@pytest.mark.shared
def test_no_sentence_of_an_article_stands_in_the_project(articles, more_articles) -> None:
    paths = [*articles.glob("*.txt"), *more_articles.glob("*/articles/*.txt")]
    # The first lines of an article of the periods are its address, its title and its date, which are facts.
    texts_ = [(path.read_text(encoding="utf-8").splitlines(), path.parent.parent == articles.parent) for path in paths]
    lines = [line for text, is_whole in texts_ for line in (text if is_whole else text[3:])]
    known = set().union(*(runs(line) for line in lines if len(line) > 100))
    assert len(known) > 500
    copied = {path.name: runs(own_words(path, text)) & known for path, text in texts().items() if path.suffix != ".js"}
    assert {name: found for name, found in copied.items() if found} == {}


@pytest.mark.shared
def test_every_passage_stands_in_the_article_that_its_mention_names(articles) -> None:
    package = read_package("arms_transfers")
    rows = package.tables["passages"].merge(package.tables["mentions"], on="mention_id")
    found = read_articles(articles)
    by_number = {f"s{name[:3]}": text for name, text in found.items()}
    from workbook.evidence import Fingerprint, locate

    for row in rows.itertuples():
        article = by_number[row.source_id]
        assert locate(Fingerprint(row.sha256, int(row.length)), article, hint=int(row.offset)) == int(row.offset)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-engines.lock"])
def test_a_lock_file_pins_with_hashes_and_names_no_address(name) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    pins = re.findall(r"^([a-zA-Z0-9._-]+)==(\S+)", lock, re.MULTILINE)
    assert len(pins) > 100
    assert lock.count("--hash=sha256:") > len(pins)
    assert "://" not in lock


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == workbook.__version__
    assert f"## {workbook.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "Numbers changed" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PACKAGES)
def test_a_data_package_is_valid_for_frictionless_too(name) -> None:
    report = Package(str(find_package(name) / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])


@pytest.mark.parametrize("name", PACKAGES)
def test_every_rule_of_a_decision_is_a_heading_of_the_codebook(name) -> None:
    folder = find_package(name)
    headings = set(re.findall(r"^## (.+)$", (folder / "CODEBOOK.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(read_package(name).tables["decisions"]["rule"]) <= headings


@pytest.mark.parametrize("name", PACKAGES)
def test_every_unit_of_either_coder_became_a_row_or_has_a_decision(name) -> None:
    units = read_package(name).tables["units"]
    assert (units["statement_id"].notna() ^ units["decision_id"].notna()).all()


@pytest.mark.parametrize("name", PACKAGES)
def test_every_field_in_which_matched_coders_differ_is_decided(name) -> None:
    tables = read_package(name).tables
    harmonised = tables["harmonised"].set_index("unit_id").fillna("")
    decided = set(tables["decisions"][["unit_a", "field"]].itertuples(index=False, name=None))
    # Of a unit that is not coded, or the same statement as another, nothing else is left to decide.
    matches = [match for match in tables["matches"].itertuples() if (match.unit_a, "unit") not in decided]
    assert len(matches) > 50
    for match in matches:
        a, b = harmonised.loc[match.unit_a], harmonised.loc[match.unit_b]
        for field in ("act", "speaker", "target", "claim_id", "said", "attribution", "channel", "hedge"):
            if sorted(a[field].split()) != sorted(b[field].split()):
                assert (match.unit_a, field) in decided, (match.unit_a, field)


def test_the_readme_of_the_data_names_every_table() -> None:
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    for schema in table_schemas().values():
        assert schema.path.partition("/")[0] in text


def test_the_wheel_carries_data_and_notebooks_and_nobodys_articles(tmp_path) -> None:
    project = tmp_path / "project"
    for path in project_files():
        copy = project / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    own = project / "data" / "arms_transfers" / "articles" / "s000.txt"
    own.parent.mkdir()
    own.write_text("Somebody else's words.", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", str(project)]
    subprocess.run([*command, "--wheel-dir", str(tmp_path)], check=True, capture_output=True)
    wheel = next(tmp_path.glob("*.whl"))
    assert not [name for name in ZipFile(wheel).namelist() if "/articles/" in name]
    target = tmp_path / "installed"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    code = "import json, workbook.cli.notebooks, workbook.readers.coded as c; print(c.find_package('arms_transfers'))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str(target / "workbook" / "bundled" / "data" / "arms_transfers")
    listed = subprocess.run(
        [sys.executable, "-m", "workbook", "notebooks", "--json"],
        cwd=tmp_path, env={"PYTHONPATH": str(target)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert len(json.loads(listed.stdout)) == 8
