"""A made-up article about the coded dispute, and a copy of the package into which it can be coded."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from workbook.coding_desk.article import Article
from workbook.coding_desk.draft import ArticleCoding, SourceDraft, StatementDraft
from workbook.coding_desk.opened import OpenedPackage, open_package
from workbook.readers.coded import find_package

TEXT = """Envoys trade barbs over shells
HARBOUR CITY, Sept 23 (Newswire) - A defence official in Pyongyang waved the charge away on Wednesday.
“Not one crate of ours went north, and none will go,” the official told the state agency.
The White House kept to its view. Nobody knows. “Crates moved all summer,” John Kirby told reporters on Thursday. Nobody knows.
"""


def span_of(text: str, words: str) -> tuple[int, int]:
    """Return where words stand in a text; they stand there once."""
    assert text.count(words) == 1, words
    return text.index(words), text.index(words) + len(words)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return Path(shutil.copytree(find_package("arms_transfers"), tmp_path / "mine"))


@pytest.fixture
def opened(package: Path) -> OpenedPackage:
    return open_package(package)


@pytest.fixture
def coding() -> ArticleCoding:
    article = Article(TEXT, "Envoys trade barbs over shells", "The Courier", "Newswire", "en")
    article = replace(article, published="2022-09-23", published_basis="dateline")
    return ArticleCoding(article, SourceDraft.of(article), "s005")


@pytest.fixture
def denial() -> StatementDraft:
    """A statement without a fault."""
    return StatementDraft(
        act="denial",
        claim_id="dprk-supplies-weapons",
        said="2022-09-21",
        said_basis="weekday",
        attribution="unnamed_spokesperson",
        channel="statement",
        speakers=("dprk-defence-ministry-official",),
        targets=("USA",),
        relays=("kcna",),
        form="direct",
        passages=(span_of(TEXT, "“Not one crate of ours went north, and none will go,”"),),
        summary="The ministry rejects that anything was delivered.",
    )
