"""The compare desk without a browser: what is shown, what a click makes of it, and what stays between sittings."""

from __future__ import annotations

import pytest

from workbook.coding_desk.adjudication import Adjudication, compare, decide
from workbook.coding_desk.adjudication.desk_state import CompareState
from workbook.coding_desk.adjudication.desk_view import (
    agreed_now,
    agreement_html,
    day_text,
    excerpts_html,
    item_options,
    pair_html,
    rule_html,
    same_options,
    standing_text,
)
from workbook.coding_desk.adjudication.drafts import draft_path, keep, restored
from workbook.coding_desk.compare import compare_coders
from workbook.errors import ParameterError, WorkbookError
from workbook.readers.coded import read_package

WHY = {"rule": "Acts", "reason": "So."}
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def state(undecided) -> CompareState:
    return CompareState.at_first(undecided)


def test_it_says_who_is_compared_and_how_much_is_open(state) -> None:
    assert (
        standing_text(state)
        == "anna and ben in 1 article (s005): 3 matched, 1 of anna alone, 1 of ben alone; 7 of 7 differences open."
    )


def test_the_list_says_in_words_what_agrees_and_differs(state) -> None:
    labels = [label for label, _ in item_options(state)]
    assert labels == [
        "= no difference | Article: Envoys trade barbs over crates",
        "= no difference | New actor: Norway",
        "○ Topic | New claim: North Korean ships carry weapons to Russia",
        "○ Said, Relay | denial: Unnamed official of the Ministry of National Defence of North Korea: The ministry rejects that anything was delivered.",
        "○ Hedge, Answers | allegation: John Kirby: Kirby says again that shells were sold.",
        "= no difference | no comment: John Kirby: Kirby does not say what the ships carry.",
        "○ Coded or not | counter accusation: Russia (anna alone): Moscow accuses the United States of inventing it.",
        "○ Coded or not | demand: Norway (ben alone): Norway asks for restraint.",
    ]
    assert [label for label, _ in item_options(state.decided("plan", **WHY))][2].startswith("✓ decided | New claim")


def test_a_decision_leads_to_the_next_open_difference(state) -> None:
    assert (state.item, state.field) == ("claims ships-carry-weapons", "topic")
    after = state.decided("delivery", **WHY)
    assert (after.item, after.field) == ("anna-st001", "said")
    last = after.at("ben-st004").decided("not coded", **WHY)
    assert (last.item, last.field) == ("anna-st001", "said")


def test_a_decision_without_a_reason_changes_nothing(state) -> None:
    with pytest.raises(ParameterError, match="why, in a sentence"):
        state.decided("delivery", rule="Acts", reason="")


def test_dates_that_can_be_one_day_are_said_to_be(state) -> None:
    assert day_text(state.at("anna-st001", "said")) == "The two dates can be the same day."
    assert day_text(state.at("anna-st001", "relay")) == ""


def test_a_pair_is_shown_field_by_field(state) -> None:
    page = pair_html(state.at("anna-st002"))
    assert "anna-st002, ben-st001" in page
    assert (
        '≠<span class="workbook-aside"> differs</span></td>\n<td>asserted</td><td>hedged</td>\n<td><b>○ open</b></td>'
        in page
    )
    assert "anna-st001: denial: Unnamed official" in page


def test_the_words_of_the_article_are_shown_where_its_text_is(state, base) -> None:
    page = excerpts_html(state.at("anna-st001"), articles=base / "articles")
    assert "<mark>“Not one crate of ours went north,” a ministry official told the state agency.</mark>" in page
    assert "<mark>Not one crate of ours went north</mark>" in page
    both = excerpts_html(state.at("anna-st002"), articles=base / "articles")
    assert both.count("<blockquote") == 1
    assert "<b>anna and ben</b>, s005" in both
    assert "in no text" in excerpts_html(state.at("anna-st001"), articles=base / "elsewhere")


def test_all_that_comes_from_rows_and_articles_is_escaped(base) -> None:
    for path in [*(base / "codings").rglob("statements.csv"), base / "articles" / "s005.txt"]:
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("Kirby says", EVIL).replace("In Washington", f"{EVIL} In Washington"), encoding="utf-8"
        )
    state = CompareState.at_first(Adjudication(compare(read_package(base), coders=("anna", "ben")))).at("anna-st002")
    shown = pair_html(state) + excerpts_html(state, articles=base / "articles")
    assert shown.count("&lt;script&gt;") >= 3
    assert "<script" not in shown


def test_rules_and_agreement_are_shown(state, base) -> None:
    assert "<p>Allegations alone have a <code>hedge</code>." in rule_html(base, "Hedge and concern")
    (base / "CODEBOOK.md").write_text(f"## Acts\n\nA {EVIL} [link](javascript:alert(1))\n", encoding="utf-8")
    assert "<script" not in rule_html(base, "Acts")
    assert "javascript:" not in rule_html(base, "Acts")
    page = agreement_html(agreed_now(state), when="before any decision")
    assert "3 matched units of 4 and 4, 75 % of all" in page
    assert '<th scope="row">Said</th><td>2</td><td>3</td><td>67 %</td>' in page


def test_a_new_claim_can_be_said_to_be_a_known_one(state) -> None:
    assert ("North Korea supplies weapons to Russia (dprk-supplies-weapons)", "dprk-supplies-weapons") in same_options(
        state
    )
    after = state.same_as("dprk-supplies-weapons")
    assert "claims ships-carry-weapons" not in after.items


def test_parting_and_joining_leave_out_what_no_longer_fits(state) -> None:
    decided = state.at("anna-st001", "relay").decided("kcna", **WHY)
    apart = decided.at("anna-st001").parted()
    assert [each.decided for each in apart.left_out] == ["kcna"]
    assert apart.partners()[:2] == ("ben-st002", "ben-st004")
    assert apart.joined("ben-st002").pair.second.unit_id == "ben-st002"


def test_decisions_stay_between_sittings(state, base) -> None:
    decided = state.decided("delivery", **WHY).at("anna-st003").parted()
    keep(decided.adjudication)
    adjudication, left_out = restored(compare(read_package(base), coders=("anna", "ben")))
    assert adjudication.decisions == decided.adjudication.decisions
    assert adjudication.comparison.choices == decided.adjudication.comparison.choices
    assert left_out == ()


def test_a_kept_decision_about_other_values_is_left_out_and_said(state, base) -> None:
    keep(state.at("anna-st001", "relay").decided("kcna", **WHY).adjudication)
    path = base / "codings" / "ben" / "participants.csv"
    path.write_bytes(path.read_bytes() + b"st002,new-york-times,relay\n")
    adjudication, left_out = restored(compare(read_package(base), coders=("anna", "ben")))
    assert not adjudication.decisions
    assert [each.decided for each in left_out] == ["kcna"]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"choices": {}, "added": {}, "decisions": [{}]}', '{"choices": 7}']
)
def test_a_file_that_holds_no_decisions_is_named(compared, base, content) -> None:
    path = draft_path(base, ("anna", "ben"))
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    with pytest.raises(WorkbookError, match="found no decisions as they were kept"):
        restored(compared)


def test_nothing_open_is_said_in_words(package) -> None:
    desk = compare_coders(package)
    assert desk.state is None
    assert desk.where() == "Nothing is open: no two coders have an article in common that is not adjudicated."
    assert desk.agreement().matched == 56


def test_clicks_decide_write_and_undo(base) -> None:
    desk = compare_coders(base)
    while desk.state.open:
        value = desk.state.values[0] or desk.state.values[1]
        assert desk.apply(lambda state, value=value: state.decided(value, **WHY))
    assert draft_path(base, ("anna", "ben")).is_file()
    desk._write.click()
    assert desk.state is None
    assert "Written: adjudication of anna and ben" in desk._message.value
    assert desk.agreement().matched == 59
    assert not draft_path(base, ("anna", "ben")).exists()
    desk._undo.click()
    assert desk.where().endswith("1 of ben alone; nothing is open.")
    assert not desk.state.open


def test_what_cannot_be_written_is_said_and_the_desk_stays(base) -> None:
    desk = compare_coders(base)
    desk._write.click()
    assert "7 open" in desk._message.value
    assert 'role="alert"' in desk._message.value
    assert desk.state.open


def test_decisions_taken_in_python_are_those_of_the_desk(base, undecided) -> None:
    keep(decide(undecided, item="anna-st001", field="relay", decided="kcna", **WHY))
    assert compare_coders(base).state.adjudication.decided("anna-st001", "relay") == "kcna"


def test_decisions_taken_at_another_desk_meanwhile_are_not_overwritten_nor_put_away(base) -> None:
    here, there = compare_coders(base), compare_coders(base)
    assert there.apply(lambda state: state.at("anna-st001", "relay").decided("kcna", **WHY))
    assert not here.apply(lambda state: state.decided("delivery", **WHY))
    assert "taken at another desk" in here._message.value
    assert len(here.state.open) == 7
    here._write.click()
    assert "taken at another desk" in here._message.value
    again = compare_coders(base)
    assert again.state.adjudication.decided("anna-st001", "relay") == "kcna"
    assert again.apply(lambda state: state.at("anna-st001", "act").decided("delivery", **WHY))


def test_a_decision_that_cannot_be_kept_is_not_taken_and_said(base, monkeypatch) -> None:
    def full(path, content) -> None:
        raise OSError(28, "No space left on device", str(path))

    desk = compare_coders(base)
    monkeypatch.setattr("workbook.coding_desk.adjudication.drafts.write_whole", full)
    assert not desk.apply(lambda state: state.decided("delivery", **WHY))
    assert "No space left on device" in desk._message.value
    assert len(desk.state.open) == 7
