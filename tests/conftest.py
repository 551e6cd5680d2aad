"""What several folders of tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def articles() -> Path:
    """The folder of the articles' texts, which are not part of the project."""
    return _shared("articles")


def _shared(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"{folder} is missing, and in CI these tests must run")
        pytest.skip(f"needs the articles' texts in {folder}")
    return folder
