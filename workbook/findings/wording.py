"""How numbers, lists and shares are put into words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbook.dates import in_words
from workbook.events import counted

HALF_PERCENT = 0.005
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Findings:
    """Sentences that say what was found, with their numbers; printed one a line.

    Examples
    --------
    >>> print(Findings.of("Six statements deny.", "", "None was answered."))
    Six statements deny.
    None was answered.
    """

    sentences: tuple[str, ...]

    @classmethod
    def of(cls, *sentences: str) -> Findings:
        """Keep the sentences that say something."""
        return cls(tuple(sentence for sentence in sentences if sentence))

    def __str__(self) -> str:
        return "\n".join(self.sentences)


def listed(words: Iterable[str]) -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> listed(["KCNA", "CBS", "New York Times"])
    'KCNA, CBS and New York Times'
    """
    parts = list(words)
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def weight(value: float) -> str:
    """Write a count that may be a fraction, as a date spread over bins makes it.

    Examples
    --------
    >>> weight(4.0), weight(4.25), weight(0.04)
    ('4', '4.3', '0.0')
    """
    return f"{value:.0f}" if math.isclose(value, round(value), abs_tol=1e-9) else f"{value + 1e-9:.1f}"


def percent(share: float) -> str:
    """Write a share as a percentage without decimals; what is not all is not 100 %, what is not none not 0 %.

    Examples
    --------
    >>> percent(0.215), percent(0.998), percent(0.002), percent(1.0)
    ('22 %', 'over 99 %', 'under 1 %', '100 %')
    """
    if 1 - HALF_PERCENT <= share < 1:
        return "over 99 %"
    if 0 < share < HALF_PERCENT:
        return "under 1 %"
    return f"{100 * share + 1e-9:.0f} %"


def interval(low: float, high: float) -> str:
    """Write a 95 % interval of a share.

    Examples
    --------
    >>> interval(0.117, 0.362)
    '95 % interval 12 to 36 %'
    """
    return f"95 % interval {100 * low + 1e-9:.0f} to {100 * high + 1e-9:.0f} %"


def verb(number: float, one: str, many: str) -> str:
    """Choose the verb that agrees with a number; a sum of shares is one as nearly as a sum of fractions can be.

    Examples
    --------
    >>> verb(1 / 49 * 49, "is", "are"), verb(2, "is", "are")
    ('is', 'are')
    """
    return one if math.isclose(number, 1) else many


def first_few(words: Sequence[str], *, most: int = 5) -> str:
    """List the first few words and count the rest.

    Examples
    --------
    >>> first_few(["a", "b", "c", "d"], most=2)
    'a, b and 2 more'
    """
    rest = len(words) - most
    return listed(words) if rest <= 0 else listed([*words[:most], f"{rest} more"])


def times(number: int) -> str:
    """Write how often.

    Examples
    --------
    >>> times(1), times(2), times(3)
    ('once', 'twice', '3 times')
    """
    return {1: "once", 2: "twice"}.get(int(number), f"{number} times")


def on_day(text: str) -> str:
    """Write an EDTF date as it follows a verb; empty for an unknown one.

    Examples
    --------
    >>> on_day("2022-09-06"), on_day("[2022-09-05..2022-09-08]"), on_day("")
    ('on 6 September 2022', 'between 5 and 8 September 2022', 'on an unknown day')
    >>> on_day("2022-09"), on_day("2022-11~"), on_day("2023-07-25/2023-07-27")
    ('in September 2022', 'about November 2022', 'from 25 to 27 July 2023')
    """
    if not text:
        return "on an unknown day"
    words = in_words(text)
    if ".." in text or text[-1] in "?~%":
        return words
    if "/" in text:
        return f"from {words}"
    return f"on {words}" if DAY.search(text) else f"in {words}"


def statements(number: float) -> str:
    """Write how many statements.

    Examples
    --------
    >>> statements(2)
    '2 statements'
    """
    return counted(number, "statement")
