"""The rules by which differences are decided: the headings of a package's codebook, each with its text."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from workbook.readers.coded import find_package

CODEBOOK = "CODEBOOK.md"
OWN = "arms_transfers"
"""Data set whose codebook counts where a package has none of its own."""


def rules(package: Path) -> dict[str, str]:
    """Return the rules of a package's codebook: text by heading, in their order.

    Examples
    --------
    >>> list(rules(find_package("arms_transfers")))[:3]
    ['Units', 'Splitting an utterance', 'Deeds']
    """
    path = package / CODEBOOK
    text = (path if path.is_file() else find_package(OWN) / CODEBOOK).read_text(encoding="utf-8")
    parts = re.split(r"^## +(.+?) *$", text, flags=re.MULTILINE)[1:]
    return {heading: words.strip() for heading, words in zip(parts[::2], parts[1::2], strict=True)}


@cache
def usual_rules() -> dict[str, str]:
    """Return the heading under which the codebook speaks of each field.

    Examples
    --------
    >>> usual_rules()["target"]
    'Speakers, targets, relays'
    """
    found: dict[str, str] = json.loads(
        files("workbook.coding_desk.adjudication").joinpath("usual_rules.json").read_text("utf-8")
    )
    return found
