"""Which unit of one coder is which unit of the other: the likeliest one-to-one matching, for people to mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbook.coding_desk.adjudication.units import Unit

WEIGHTS = {"passages": 0.4, "act": 0.2, "speaker": 0.2, "claim": 0.2}
"""What each likeness counts; together one."""

FLOOR = 0.6
"""Units less alike than this are not matched: the same passage alone is not enough, it often carries several acts."""

RELATED = 0.6
"""Likeness of a speaker to who stands above or below in the tree of actors."""


@dataclass(frozen=True)
class Vocabulary:
    """What keys mean, as far as likeness goes.

    Attributes
    ----------
    claims : mapping of str to str
        Wording by claim.
    parents : mapping of str to str
        Who an actor belongs to; empty for who stands at the top.
    """

    claims: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)


def matched(
    first: Sequence[Unit], second: Sequence[Unit], *, vocabulary: Vocabulary, floor: float = FLOOR
) -> tuple[tuple[Unit, Unit], ...]:
    """Match the units of two coders, so that the matches are as alike as can be together.

    Parameters
    ----------
    first, second : sequence of Unit
        Either coder's units over the same articles.
    vocabulary : Vocabulary
        Claims and actors of both.
    floor : float
        Least likeness of a match, 0 to 1.

    Returns
    -------
    tuple of (Unit, Unit)
        One to one, in the order of the first coder's units; who has no like is in none.

    References
    ----------
    H. W. Kuhn (1955), The Hungarian method for the assignment problem; as `scipy.optimize.linear_sum_assignment`.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    if not first or not second:
        return ()
    scores = np.array([[likeness(a, b, vocabulary=vocabulary) for b in second] for a in first])
    # A match below the floor counts as none, so that it takes no unit from a match above it.
    rows, columns = linear_sum_assignment(np.where(scores >= floor, scores, 0), maximize=True)
    return tuple(
        (first[row], second[column]) for row, column in zip(rows, columns, strict=True) if scores[row, column] >= floor
    )


def likeness(a: Unit, b: Unit, *, vocabulary: Vocabulary) -> float:
    """Return how alike two units are, 0 to 1: passages, act, speaker and claim, by their weights.

    Parameters
    ----------
    a, b : Unit
        A unit of either coder.
    vocabulary : Vocabulary
        Claims and actors of both.
    """
    parts = {
        "passages": shared_passages(a, b),
        "act": float(a.values["act"] == b.values["act"]),
        "speaker": _speakers(a.values["speaker"].split(), b.values["speaker"].split(), parents=vocabulary.parents),
        "claim": _claims(a.values["claim_id"], b.values["claim_id"], wordings=vocabulary.claims),
    }
    return sum(WEIGHTS[name] * part for name, part in parts.items())


def shared_passages(a: Unit, b: Unit) -> float:
    """Return the share of the shorter unit's passages, in characters, that both have.

    One coder marks the sentence, another the paragraph: so the shorter one counts.
    """
    shared = sum(each.shared_with(other) for each in a.passages for other in b.passages)
    shorter = min(sum(each.length for each in unit.passages) for unit in (a, b))
    return min(1.0, shared / shorter) if shorter else 0.0


def _speakers(a: Sequence[str], b: Sequence[str], *, parents: Mapping[str, str]) -> float:
    best = [max((_actors(one, other, parents=parents) for other in b), default=0.0) for one in a]
    back = [max((_actors(one, other, parents=parents) for other in a), default=0.0) for one in b]
    return sum(best + back) / len(best + back) if best and back else 0.0


def _actors(a: str, b: str, *, parents: Mapping[str, str]) -> float:
    if a == b:
        return 1.0
    return RELATED if a in _above(b, parents) or b in _above(a, parents) else 0.0


def _above(actor: str, parents: Mapping[str, str]) -> list[str]:
    line = [actor]
    while (parent := parents.get(line[-1], "")) and parent not in line:
        line.append(parent)
    return line[1:]


def _claims(a: str, b: str, *, wordings: Mapping[str, str]) -> float:
    from rapidfuzz import fuzz, utils

    if a == b:
        return 1.0
    words = (wordings.get(a, ""), wordings.get(b, ""))
    return float(fuzz.token_sort_ratio(*words, processor=utils.default_process)) / 100 if all(words) else 0.0
