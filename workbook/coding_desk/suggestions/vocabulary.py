"""The lists of words that the rules read; they stand beside this file as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib.resources import files
from typing import Any


def _read(name: str) -> dict[str, Any]:
    path = files("workbook.coding_desk.suggestions").joinpath(name)
    words: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return words


CUES = _read("cues.json")
"""Verbs of speech, and by act the verbs that perform it and the words that betray it."""

ROLES = _read("roles.json")
"""Nouns for people and bodies that speak."""

STATES = _read("states.json")
"""How states are called in English, by ISO 3166-1 alpha-3."""

BODIES = _read("bodies.json")
"""Bodies that stand for a state, whether or not the data set knows them."""

BOILERPLATE = _read("boilerplate.json")
"""What on a page is not the article."""


def any_of(words: Iterable[str]) -> str:
    r"""Return a pattern of any of these words, the longest first.

    Examples
    --------
    >>> any_of(["cut", "cut ties"])
    'cut\\s+ties|cut'
    """
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
