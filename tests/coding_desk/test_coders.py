"""Coders apart: where their rows stand, and what they begin with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.coding_desk.coders import coders_of, coding_folder, source_keys, starting_tables
from workbook.errors import FaultsError, WorkbookError
from workbook.readers.coded import find_package, read_package


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return Path(shutil.copytree(find_package("arms_transfers"), tmp_path / "arms"))


def begun(base: Path, coder: str) -> Path:
    """A coder's folder that holds all of the base's rows as the coder's own."""
    folder = coding_folder(base, coder=coder)
    for path, content in starting_tables(read_package(base), coder=coder).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content if path.endswith(".json") else (base / path).read_bytes())
    return folder


@pytest.mark.parametrize(
    "name", ["", "../anna", "an/na", "an\\na", ".anna", "-anna", "articles", "Articles", "a" * 41, "ann a", "ännä"]
)
def test_a_name_that_leads_elsewhere_is_refused(name) -> None:
    with pytest.raises(WorkbookError, match="no name for a coder"):
        coding_folder(Path("arms"), coder=name)


@given(st.text())
def test_a_coders_folder_never_leaves_the_package(name) -> None:
    try:
        folder = coding_folder(Path("arms"), coder=name)
    except WorkbookError:
        return
    assert folder.parent == Path("arms/codings")


def test_two_coders_whose_names_differ_in_capitals_alone_are_not_told_apart_by_every_disk(base) -> None:
    begun(base, "anna")
    with pytest.raises(WorkbookError, match="there is a coder 'anna' already"):
        coding_folder(base, coder="Anna")
    assert coding_folder(base, coder="anna").is_dir()


def test_a_coder_is_there_from_the_first_save(base) -> None:
    assert coders_of(base) == ()
    begun(base, "ben")
    begun(base, "anna")
    (base / "codings" / "notes").mkdir()
    assert coders_of(base) == ("anna", "ben")


def test_a_coder_begins_with_the_words_of_the_base_and_none_of_its_rows(base) -> None:
    files = starting_tables(read_package(base), coder="anna")
    assert sorted(files) == [
        "actors.csv",
        "acts.csv",
        "claims.csv",
        "datapackage.json",
        "mentions.csv",
        "participants.csv",
        "passages.csv",
        "sources.csv",
        "statements.csv",
    ]
    for name in ("actors.csv", "acts.csv", "claims.csv"):
        assert files[name] == (base / name).read_bytes()
    assert files["mentions.csv"] == b"mention_id,statement_id,source_id,form\n"
    assert files["sources.csv"].count(b"\n") == 1
    assert json.loads(files["datapackage.json"])["name"] == "arms_transfers_anna"


def test_a_coders_folder_is_a_package_once_it_has_rows_and_a_fault_before(base) -> None:
    folder = begun(base, "anna")
    assert read_package(folder).title.endswith("as anna coded it")
    (folder / "mentions.csv").write_bytes(starting_tables(read_package(base), coder="anna")["mentions.csv"])
    with pytest.raises(FaultsError, match=r"mentions\.csv: found no row"):
        read_package(folder)


def test_the_base_does_not_see_its_coders_rows(base) -> None:
    before = read_package(base).checksum
    begun(base, "anna")
    assert read_package(base).checksum == before


def test_articles_of_all_coders_have_keys_of_their_own(base) -> None:
    folder = begun(base, "anna")
    for name in ("sources.csv", "mentions.csv"):
        path = folder / name
        path.write_bytes(path.read_bytes().replace(b"s004", b"s009"))
    assert source_keys(base) == ("s000", "s001", "s002", "s003", "s004", "s009")
