"""Matching on made-up units: what counts, how much, and that the whole is matched as well as can be."""

from __future__ import annotations

import pytest

from workbook.coding_desk.adjudication.matching import FLOOR, WEIGHTS, Vocabulary, likeness, matched, shared_passages
from workbook.coding_desk.adjudication.units import Stretch, Unit

WORDS = Vocabulary(
    claims={"boats": "Ruritania sells boats", "oars": "Fenwick buys cheap oars"},
    parents={"rudolf": "ministry", "ministry": "RUR", "RUR": "", "FEN": ""},
)


def unit(
    key: str,
    *spans: tuple[int, int],
    act: str = "denial",
    speaker: str = "rudolf",
    claim: str = "boats",
    source: str = "s1",
) -> Unit:
    values = {"act": act, "speaker": speaker, "claim_id": claim}
    stretches = tuple(Stretch(source, "", end - start, start) for start, end in spans)
    return Unit(key, key[0], key, values, values, {source: "direct"}, stretches)


def matches(first: list[Unit], second: list[Unit]) -> list[tuple[str, str]]:
    return [(a.unit_id, b.unit_id) for a, b in matched(first, second, vocabulary=WORDS)]


def test_the_weights_are_one_together() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_passages_are_compared_by_the_shorter_one() -> None:
    # Thirty of fifty characters of the shorter unit are shared.
    assert shared_passages(unit("a1", (0, 100)), unit("b1", (70, 120))) == pytest.approx(0.6)
    assert shared_passages(unit("a1", (0, 100)), unit("b1", (10, 20), (90, 100))) == 1
    assert shared_passages(unit("a1", (0, 100)), unit("b1", (0, 100), source="s2")) == 0
    assert shared_passages(unit("a1"), unit("b1", (0, 100))) == 0


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (unit("b1", (0, 10)), 1.0),
        (unit("b1", (20, 30)), 0.6),
        (unit("b1", (0, 10), act="demand"), 0.8),
        (unit("b1", (0, 10), speaker="RUR"), 0.8 + 0.2 * 0.6),
        (unit("b1", (0, 10), speaker="FEN"), 0.8),
        # Of three comparisons, either coder's speakers against the other's, two find the same one.
        (unit("b1", (0, 10), speaker="rudolf FEN"), 0.8 + 0.2 * 2 / 3),
        (unit("b1", (0, 10), claim="unknown"), 0.8),
    ],
)
def test_likeness_adds_up(other, expected) -> None:
    assert likeness(unit("a1", (0, 10)), other, vocabulary=WORDS) == pytest.approx(expected)


def test_likeness_is_the_same_from_either_side() -> None:
    a, b = unit("a1", (0, 10), speaker="ministry"), unit("b1", (3, 30), speaker="rudolf FEN", claim="oars")
    assert likeness(a, b, vocabulary=WORDS) == pytest.approx(likeness(b, a, vocabulary=WORDS))


def test_two_acts_in_one_sentence_go_to_their_likes() -> None:
    first = [unit("a1", (0, 50)), unit("a2", (0, 50), act="counter_accusation", claim="oars")]
    second = [unit("b1", (0, 50), act="counter_accusation", claim="oars"), unit("b2", (0, 50))]
    assert matches(first, second) == [("a1", "b2"), ("a2", "b1")]


def test_the_same_sentence_alone_makes_no_match() -> None:
    assert matches([unit("a1", (0, 50))], [unit("b1", (0, 50), act="demand", speaker="FEN", claim="unknown")]) == []


def test_a_match_below_the_floor_takes_no_unit_from_one_above_it() -> None:
    # a1 is just like b1; pairing a1 with b2 and a2 with b1 would leave more likeness in sum, but both below the floor.
    first = [unit("a1", (0, 50)), unit("a2", (0, 50), act="demand", speaker="FEN", claim="unknown")]
    second = [unit("b1", (0, 50)), unit("b2", (0, 50), act="pledge", speaker="FEN", claim="other")]
    scores = [likeness(a, b, vocabulary=WORDS) for a, b in ((first[0], second[1]), (first[1], second[0]))]
    assert max(scores) < FLOOR
    assert ("a1", "b1") in matches(first, second)


def test_who_has_no_units_has_no_match() -> None:
    assert matches([], [unit("b1", (0, 50))]) == []
