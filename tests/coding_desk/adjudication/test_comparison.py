"""Two coders side by side: what is matched, what differs, and how far they agree before any decision."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from workbook.coding_desk.adjudication import Difference, compare, join, part, same
from workbook.coding_desk.adjudication.comparison import coders_to_compare, differences_of
from workbook.coding_desk.adjudication.pairs import Pair
from workbook.errors import ParameterError, WorkbookError
from workbook.measures import agreement
from workbook.readers.coded import read_package

OWN_WAYS = [
    # The claim was written in twice: same wording, so one key; its topic is a difference.
    Difference("claims ships-carry-weapons", "topic", "delivery", "plan"),
    Difference("anna-st001", "said", "2022-09-21", "[2022-09-20..2022-09-21]"),
    Difference("anna-st001", "relay", "kcna", ""),
    Difference("anna-st002", "hedge", "asserted", "hedged"),
    # Ben's st002 is Anna's denial.
    Difference("anna-st002", "answers", "", "anna-st001"),
    Difference("anna-st004", "unit", "coded", "not coded"),
    Difference("ben-st004", "unit", "not coded", "coded"),
]


def pairs(comparison) -> list[tuple[str, str]]:
    return [tuple(unit.unit_id if unit else "" for unit in (pair.first, pair.second)) for pair in comparison.pairs]


def test_units_of_the_same_words_act_and_speaker_are_one(compared) -> None:
    assert pairs(compared) == [
        ("anna-st001", "ben-st002"),
        ("anna-st002", "ben-st001"),
        ("anna-st003", "ben-st003"),
        ("anna-st004", ""),
        ("", "ben-st004"),
    ]


def test_every_difference_is_listed_and_nothing_else(compared) -> None:
    assert list(compared.differences) == OWN_WAYS


def test_the_order_of_targets_is_no_difference(compared) -> None:
    first, second = compared.pair_of["anna-st002"].units
    turned = replace(second, values={**second.values, "target": "RUS PRK"})
    assert differences_of(Pair(first, turned)) == compared.differences[3:5]


def test_a_claim_that_both_wrote_in_is_one_claim(compared) -> None:
    assert [term.item for term in compared.terms] == ["sources s005", "actors NOR", "claims ships-carry-weapons"]
    assert {unit.values["claim_id"] for unit in compared.pair_of["anna-st003"].units} == {"ships-carry-weapons"}


def test_agreement_is_that_of_three_pairs_before_any_decision(compared) -> None:
    agreed = agreement(compared.codings())
    assert (agreed.units_a, agreed.units_b, agreed.matched) == (4, 4, 3)
    assert agreed.matched_share == pytest.approx(6 / 8)
    table = agreed.table.set_index("field")["agreed"]
    assert table[["act", "speaker", "claim_id", "said", "date_overlap"]].tolist() == [3, 3, 3, 2, 3]
    assert table["hedge"] == 0


def test_parted_units_stand_alone_and_joined_ones_together(compared) -> None:
    apart = part(compared, first="anna-st003", second="ben-st003")
    assert ("anna-st003", "") in pairs(apart)
    assert ("", "ben-st003") in pairs(apart)
    other = join(apart, first="anna-st003", second="ben-st004", note="Both about ships")
    assert ("anna-st003", "ben-st004") in pairs(other)
    assert other.pair_of["anna-st003"].note == "Both about ships"
    assert pairs(join(other, first="anna-st003", second="ben-st003")) == pairs(compared)


def test_a_unit_that_was_in_another_pair_leaves_it(compared) -> None:
    other = join(compared, first="anna-st004", second="ben-st002")
    assert ("anna-st004", "ben-st002") in pairs(other)
    assert ("anna-st001", "") in pairs(other)


def test_two_claims_are_one_once_people_say_so(base, code) -> None:
    comparison = compare(read_package(base), coders=("anna", "ben"))
    other = same(comparison, table="claims", key="ships-carry-weapons", as_key="dprk-supplies-weapons")
    assert {unit.values["claim_id"] for unit in other.pair_of["anna-st003"].units} == {"dprk-supplies-weapons"}
    assert [term.item for term in other.terms] == ["sources s005", "actors NOR"]


@pytest.mark.parametrize(
    ("key", "as_key"), [("ships-carry-weapon", "dprk-supplies-weapons"), ("ships-carry-weapons", "nothing-known"), ("ships-carry-weapons", "ships-carry-weapons")]
)  # fmt: skip
def test_what_is_no_claim_cannot_be_another_one(compared, key, as_key) -> None:
    with pytest.raises(ParameterError):
        same(compared, table="claims", key=key, as_key=as_key)


def test_a_unit_that_there_is_not_is_answered_with_the_nearest(compared) -> None:
    with pytest.raises(ParameterError, match="nearest: anna-st001"):
        join(compared, first="ana-st001", second="ben-st001")


def test_coders_and_articles_that_there_are_not_are_named(base) -> None:
    package = read_package(base)
    with pytest.raises(ParameterError, match="one of anna, ben"):
        compare(package, coders=("anna", "bert"))
    with pytest.raises(ParameterError, match="two coders"):
        compare(package, coders=("anna", "anna"))
    with pytest.raises(ParameterError, match="s004"):
        compare(package, coders=("anna", "ben"), sources=["s004"])


def test_the_only_two_with_an_article_in_common_need_not_be_named(base, package) -> None:
    assert coders_to_compare(read_package(base)) == ("anna", "ben")
    assert coders_to_compare(read_package(base), coders=["ben", "anna"]) == ("ben", "anna")
    with pytest.raises(WorkbookError, match="expected two coders"):
        coders_to_compare(read_package(base), coders=["ben"])


def test_a_team_is_asked_which_two(base, code) -> None:
    shutil.copytree(base / "codings" / "ben", base / "codings" / "cleo")
    with pytest.raises(WorkbookError, match=r"found 3 pairs .* coders=\['anna', 'ben'\]; "):
        coders_to_compare(read_package(base))


def test_without_coders_there_is_nobody_to_compare(package) -> None:
    assert coders_to_compare(read_package(package)) is None
