"""Which acts the words of a statement betray, given on which side of the dispute the speaker stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from workbook.coding_desk.suggestions.vocabulary import CUES

ORDER = (
    "no_comment", "denial", "qualification", "counter_accusation", "warning", "demand", "criticism", "pledge",
    "announcement", "assessment",
)  # fmt: skip
"""Which acts are looked for first."""

MOST_ACTS = 2
"""How many acts the words of one speaker in one sentence are taken for."""

OF_THE_ACCUSED = ("denial", "counter_accusation", "pledge")
"""Words of denial are only taken for one from those who are accused in the data, or whose side is not known."""

OF_OTHERS = ("qualification",)
"""Words of doubt are only taken for a qualification from those who are not."""

ALONE = ("assessment",)
"""Acts that are only seen where no other is."""


CHARGE = re.compile(rf"\b(?:{'|'.join(CUES['acts']['allegation']['words'])})", re.IGNORECASE)
"""What the accused are said to do: beside an assessment, an allegation too."""


@dataclass(frozen=True)
class Act:
    """An act, and the words that betray it; empty for what a statement is where no cue is found."""

    name: str
    words: str


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {act: re.compile(rf"(?<![^\W_])(?:{'|'.join(CUES['acts'][act]['words'])})", re.IGNORECASE) for act in ORDER}


def acts_of(words: str, *, is_accused: bool | None, is_analyst: bool) -> tuple[Act, ...]:
    """Return the acts that a statement's words betray, a few at most.

    Parameters
    ----------
    words : str
        The sentence, quotations included.
    is_accused : bool or None
        Whether the speaker belongs to those who deny; ``None`` where that is not known.
    is_analyst : bool
        Analysts assess where nothing else is seen.

    Examples
    --------
    >>> acts_of("We have never sold a boat", is_accused=True, is_analyst=False)
    (Act(name='denial', words='have never sold'),)
    >>> acts_of("They sold boats", is_accused=False, is_analyst=False)
    (Act(name='allegation', words=''),)
    """
    found: list[Act] = []
    for act, pattern in _patterns().items():
        match = pattern.search(words)
        if match and _fits(act, is_accused=is_accused) and not (found and act in ALONE):
            found.append(Act(act, match[0]))
    if [act.name for act in found] == ["assessment"] and is_accused is False and (match := CHARGE.search(words)):
        found.append(Act("allegation", match[0]))
    return tuple(found[:MOST_ACTS]) or (Act(_usual(is_accused=is_accused, is_analyst=is_analyst), ""),)


def _fits(act: str, *, is_accused: bool | None) -> bool:
    if act in OF_THE_ACCUSED:
        return is_accused is not False
    return act not in OF_OTHERS or not is_accused


def _usual(*, is_accused: bool | None, is_analyst: bool) -> str:
    if is_analyst:
        return "assessment"
    return "announcement" if is_accused else "allegation"
