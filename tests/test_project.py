"""What holds for the project as a whole: its words, its locks, its data."""

from __future__ import annotations

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


def runs(text: str) -> set[tuple[str, ...]]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = re.findall(r"[^\W_]+", plain)
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


@pytest.mark.shared
def test_no_sentence_of_an_article_stands_in_the_project(articles) -> None:
    lines = [line for path in articles.glob("*.txt") for line in path.read_text(encoding="utf-8").splitlines()]
    known = set().union(*(runs(line) for line in lines if len(line) > 100))
    assert len(known) > 500
    copied = {path.name: runs(text) & known for path, text in texts().items() if path.suffix != ".js"}
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


def test_the_data_package_is_valid_for_frictionless_too() -> None:
    report = Package(str(find_package("arms_transfers") / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])


def test_every_rule_of_a_decision_is_a_heading_of_the_codebook() -> None:
    folder = find_package("arms_transfers")
    headings = set(re.findall(r"^## (.+)$", (folder / "CODEBOOK.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(read_package("arms_transfers").tables["decisions"]["rule"]) <= headings


def test_every_unit_of_either_coder_became_a_row_or_has_a_decision() -> None:
    units = read_package("arms_transfers").tables["units"]
    assert units.groupby("coder").size().to_dict() == {"A": 62, "B": 61}
    assert (units["statement_id"].notna() ^ units["decision_id"].notna()).all()


def test_every_field_in_which_matched_coders_differ_is_decided() -> None:
    tables = read_package("arms_transfers").tables
    harmonised = tables["harmonised"].set_index("unit_id").fillna("")
    decided = set(tables["decisions"][["unit_a", "field"]].itertuples(index=False, name=None))
    for match in tables["matches"].itertuples():
        a, b = harmonised.loc[match.unit_a], harmonised.loc[match.unit_b]
        for name in ("act", "speaker", "target", "claim_id", "said", "attribution", "channel", "hedge"):
            if sorted(a[name].split()) != sorted(b[name].split()):
                assert (match.unit_a, name) in decided, (match.unit_a, name)


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
    assert len(json.loads(listed.stdout)) == 7
