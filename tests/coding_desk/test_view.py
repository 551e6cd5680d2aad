"""What the desk shows, without a widget: everything from an article or the data is escaped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.coding_desk.test_state import GUESS, desk, number_of  # noqa: F401
from workbook.coding_desk.draft import StatementDraft
from workbook.coding_desk.faults import statement_faults
from workbook.coding_desk.hints import Hint
from workbook.coding_desk.same import known_statements
from workbook.coding_desk.view import (
    act_html,
    beside_html,
    date_html,
    draft_text,
    error_lines,
    guess_text,
    known_text,
    meaning_html,
    message_html,
    missing_text,
    notes_html,
    sentence_text,
    statement_options,
)
from workbook.coding_desk.vocabulary import columns, meanings
from workbook.errors import Fault, FaultsError

EVIL = "<img src=x onerror=alert(1)>"


def test_a_sentence_says_whether_it_is_chosen_and_what_was_put_down_of_it(desk, denial) -> None:  # noqa: F811
    place = number_of(desk, "Not one crate")
    assert sentence_text(desk, place).startswith("☐ “Not one crate")
    assert sentence_text(desk.toggled(place), place).startswith("☑ “Not one crate")
    assert sentence_text(desk.with_form(denial).put_down(), place).endswith("  [new1]")


def test_a_guess_is_a_question_in_a_line(desk) -> None:  # noqa: F811
    name = "Unnamed official of the Ministry of National Defence of North Korea"
    assert guess_text(GUESS, state=desk) == f"↳ denial? {name}, 21 September 2022 (“Wednesday”)"
    unknown = replace(GUESS, actor_id="", speaker="", said="", date_words="")
    assert guess_text(unknown, state=desk) == "↳ denial? speaker not found"


def test_an_act_is_shown_with_what_it_is_not(desk) -> None:  # noqa: F811
    html = act_html("denial", state=desk)
    assert "Rejects a claim about oneself" in html
    assert "Declining to comment" in html
    assert act_html("", state=desk) == ""


def test_every_value_of_every_vocabulary_has_its_meaning_and_no_other_has() -> None:
    homes = {"form": "mentions", "published_basis": "sources", "kind": "actors", "topic": "claims"}
    for field, values in meanings().items():
        assert set(values) == set(columns(homes.get(field, "statements"))[field].allowed), field
        assert all(meaning_html(field, value) for value in values)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2022-09-21", "21 September 2022, a Wednesday"),
        ("[2022-09-01..2022-09-10]", "between 1 and 10 September 2022: from Thu 2022-09-01 to Sat 2022-09-10"),
        ("[..2023-06-12]", "by 12 June 2023: from open to Mon 2023-06-12"),
        ("June", ""),
        ("", ""),
    ],
)
def test_a_date_is_told_in_words_with_its_bounds(text, words) -> None:
    html = date_html(text)
    assert (words in html) if words else html == ""


def test_a_fault_stands_beside_its_field_and_what_is_missing_in_one_line(desk, denial) -> None:  # noqa: F811
    faults = statement_faults(replace(denial, said="soon", summary=""), coding=desk.here, opened=desk.opened)
    assert "soon" in beside_html("said", faults=faults)
    assert beside_html("summary", faults=faults) == ""
    assert missing_text(faults) == "Still to fill in: summary."
    assert missing_text(()) == ""


def test_faults_are_listed_by_label_and_those_of_the_package_by_line() -> None:
    form = Fault("the statement", None, "claim_id", "'x'", "a key")
    package = Fault("statements.csv", 60, "act", "'x'", "an act")
    assert error_lines(FaultsError("it", [form, package])) == [
        "it: 2 faults",
        "Claim: found 'x'; expected a key",
        "statements.csv, line 60, act: found 'x'; expected an act",
    ]


def test_nothing_from_an_article_or_the_data_is_markup(desk, denial) -> None:  # noqa: F811
    acts = desk.opened.tables["acts"]
    rows = tuple(row | {"definition": EVIL} for row in acts.rows)
    evil = replace(desk, opened=replace(desk.opened, tables={**desk.opened.tables, "acts": replace(acts, rows=rows)}))
    shown = [
        act_html("denial", state=evil),
        beside_html("x", faults=[Fault("it", None, "x", EVIL, EVIL)], hints=[Hint("x", EVIL, EVIL)]),
        message_html([EVIL], is_fault=True),
        notes_html([EVIL]),
    ]
    for html in shown:
        assert EVIL not in html
        assert "&lt;img" in html or "&lt;IMG" in html


def test_messages_are_read_out(desk) -> None:  # noqa: F811
    assert 'role="alert"' in message_html(["No."], is_fault=True)
    assert 'role="status"' in message_html(["Saved."], is_fault=False)
    assert message_html([], is_fault=False) == ""


def test_a_draft_and_a_mention_are_told_in_a_line(desk, denial) -> None:  # noqa: F811
    line = draft_text(replace(denial, label="new1"), state=desk)
    assert line.startswith("new1: 21 September 2022: Unnamed official of the Ministry")
    assert line.endswith("denial: The ministry rejects that anything was delivered. (1 passage)")
    mention = StatementDraft(label="new2", same_as="st015", form="direct", passages=((0, 5), (6, 9)))
    assert draft_text(mention, state=desk) == "new2: mention of st015, direct, 2 passages"
    known = known_statements(denial, source_id="s002", opened=desk.opened)[0]
    assert known_text(known, source_id="s002").startswith("st015 (same claim; in s002 already) 21 September 2022: ")


def test_statements_that_can_be_answered_begin_with_drafts_and_the_same_claim(desk, denial) -> None:  # noqa: F811
    state = desk.with_form(denial).put_down().with_form(denial)
    keys = [key for _, key in statement_options(state)]
    assert keys[0] == "new1"
    claims = {row["statement_id"]: row["claim_id"] for row in desk.opened.rows("statements")}
    same = [claims[key] == "dprk-supplies-weapons" for key in keys[1:]]
    assert same == sorted(same, reverse=True)
    assert len(keys) == 59
