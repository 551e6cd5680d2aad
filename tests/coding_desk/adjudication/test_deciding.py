"""Decisions: what may be decided, what is still open, and what stays when the comparison is made anew."""

from __future__ import annotations

import pytest

from workbook.coding_desk.adjudication import add, decide, open_differences, over, part, withdraw
from workbook.coding_desk.adjudication.decisions import mention_forms, outcome, statement_values, term_row
from workbook.errors import ParameterError

WHY = {"rule": "Acts", "reason": "As the codebook has it."}


def test_a_decided_difference_is_open_no_more_until_it_is_withdrawn(undecided) -> None:
    assert len(open_differences(undecided)) == 7
    decided = decide(undecided, item="anna-st002", field="hedge", decided="hedged", **WHY)
    assert [each.field for each in open_differences(decided)] == ["topic", "said", "relay", "answers", "unit", "unit"]
    assert len(open_differences(undecided)) == 7
    assert len(open_differences(withdraw(decided, item="anna-st002", field="hedge"))) == 7


@pytest.mark.parametrize(
    ("item", "field", "decided", "expected"),
    [
        ("anna-st1", "hedge", "hedged", "nearest: anna-st001"),
        ("anna-st001", "hedging", "hedged", "nearest: hedge"),
        ("anna-st001", "act", "denail", "nearest: denial"),
        ("anna-st001", "said", "22/09/2022", "EDTF"),
        ("anna-st001", "said", "", "a value"),
        ("anna-st001", "attribution", "nobody", "unnamed_sources"),
        ("anna-st001", "speaker", "", "at least one speaker"),
        ("anna-st001", "speaker", "john-kirbi", "nearest: john-kirby"),
        ("anna-st001", "claim_id", "ships-carry-weapon", "nearest: ships-carry-weapons"),
        ("anna-st001", "answers", "ben-st002", "nearest: ben-st004"),
        ("anna-st001", "unit", "st15", "nearest: st015"),
        ("anna-st001", "unit", "anna-st001", "nearest: anna-st00"),
        ("anna-st001", "form of s005", "spoken", "one of direct"),
        ("anna-st001", "form of s001", "direct", "nearest: form of s005"),
        ("anna-st001", "mention in s005", "yes", "one of coded, not coded"),
        ("claims ships-carry-weapons", "topic", "ships", "one of delivery"),
        ("claims ships-carry-weapons", "note", "ships", "one of claim, topic, about"),
        ("actors NOR", "parent_id", "RUT", "nearest: RUS"),
    ],
)
def test_what_cannot_stand_in_a_field_is_refused(undecided, item, field, decided, expected) -> None:
    with pytest.raises(ParameterError, match=expected):
        decide(undecided, item=item, field=field, decided=decided, **WHY)


def test_a_decision_needs_a_heading_of_the_codebook_and_a_reason(undecided) -> None:
    with pytest.raises(ParameterError) as caught:
        decide(undecided, item="anna-st002", field="hedge", decided="hedged", rule="Hedges", reason=" ")
    assert [fault.column for fault in caught.value.faults] == ["rule", "reason"]


def test_a_wording_is_chosen_without_a_rule(undecided) -> None:
    chosen = decide(undecided, item="anna-st002", field="summary", decided="Kirby repeats the finding.")
    values = statement_values(chosen, chosen.comparison.pair_of["anna-st002"])
    assert values["summary"] == "Kirby repeats the finding."


def test_a_field_in_which_both_agree_can_be_decided_too(undecided) -> None:
    decided = decide(undecided, item="anna-st001", field="attribution", decided="institution", **WHY)
    at = decided.decisions["anna-st001", "attribution"].difference
    assert (at.value_a, at.value_b) == ("unnamed_spokesperson", "unnamed_spokesperson")
    assert statement_values(decided, decided.comparison.pair_of["anna-st001"])["attribution"] == "institution"


@pytest.mark.parametrize("end", ["not coded", "st015", "anna-st002"])
def test_nothing_is_left_open_of_a_pair_that_is_not_coded_or_known_already(undecided, end) -> None:
    decided = decide(undecided, item="anna-st001", field="unit", decided=end, **WHY)
    assert "anna-st001" not in {each.item for each in open_differences(decided)}
    assert outcome(decided, decided.comparison.pair_of["anna-st001"]) == end


def test_a_unit_of_one_coder_is_open_until_it_is_decided(undecided) -> None:
    pair = undecided.comparison.pair_of["ben-st004"]
    assert outcome(undecided, pair) == ""
    assert outcome(decide(undecided, item="ben-st004", field="unit", decided="coded", **WHY), pair) == "coded"


def test_the_ground_of_a_better_date_is_that_of_whoever_has_the_date(undecided) -> None:
    pair = undecided.comparison.pair_of["anna-st001"]
    assert statement_values(undecided, pair)["said_best_ground"] == ""
    decided = decide(undecided, item="anna-st001", field="said_best", decided="2022-09-20", **WHY)
    decided = decide(decided, item="anna-st001", field="said_best_ground", decided="the agency's own page")
    assert statement_values(decided, pair)["said_best_ground"] == "the agency's own page"


def test_a_mention_can_be_struck_out_and_its_form_decided(undecided) -> None:
    pair = undecided.comparison.pair_of["anna-st001"]
    assert mention_forms(undecided, pair) == {"s005": "direct"}
    mixed = decide(undecided, item="anna-st001", field="form of s005", decided="mixed", **WHY)
    assert mention_forms(mixed, pair) == {"s005": "mixed"}
    none = decide(undecided, item="anna-st001", field="mention in s005", decided="not coded", **WHY)
    assert mention_forms(none, pair) == {}


def test_a_term_has_the_decided_cells_and_the_first_coders_words(undecided) -> None:
    decided = decide(undecided, item="claims ships-carry-weapons", field="topic", decided="plan", **WHY)
    term = next(each for each in decided.comparison.terms if each.table == "claims")
    row = term_row(decided, term)
    assert (row["claim_id"], row["topic"], row["short_claim"]) == ("ships-carry-weapons", "plan", "Ships carry weapons")


def test_a_claim_that_neither_coder_has_can_be_added_and_then_named(undecided) -> None:
    row = {
        "claim_id": "us-sees-ships",
        "claim": "The United States sees ships",
        "short_claim": "US sees ships",
        "topic": "context",
    }
    added = add(undecided, table="claims", row=row)
    decided = decide(added, item="anna-st003", field="claim_id", decided="us-sees-ships", **WHY)
    assert statement_values(decided, decided.comparison.pair_of["anna-st003"])["claim_id"] == "us-sees-ships"
    with pytest.raises(ParameterError, match="not taken"):
        add(added, table="claims", row=row)
    with pytest.raises(ParameterError, match="one of delivery"):
        add(undecided, table="claims", row=row | {"topic": "ships"})
    with pytest.raises(ParameterError, match="nearest: RUS"):
        add(
            undecided,
            table="actors",
            row={"actor_id": "x", "name": "X", "short_name": "X", "kind": "body", "parent_id": "RUT"},
        )


def test_decisions_about_what_is_unchanged_stay_when_units_are_parted(undecided) -> None:
    decided = decide(undecided, item="anna-st002", field="hedge", decided="hedged", **WHY)
    decided = decide(decided, item="anna-st001", field="relay", decided="kcna", **WHY)
    again, left_out = over(decided, part(decided.comparison, first="anna-st001", second="ben-st002"))
    assert set(again.decisions) == {("anna-st002", "hedge")}
    assert [(each.difference.item, each.decided) for each in left_out] == [("anna-st001", "kcna")]
