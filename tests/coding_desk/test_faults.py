"""Faults beside the field that they concern, and rules of the codebook to think of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.coding_desk.conftest import TEXT, span_of
from workbook.coding_desk.draft import ActorDraft, ClaimDraft, StatementDraft
from workbook.coding_desk.faults import actor_faults, claim_faults, source_faults, statement_faults
from workbook.coding_desk.hints import hints

TWICE = (TEXT.index("Nobody knows."), TEXT.index("Nobody knows.") + len("Nobody knows."))
"""A sentence that stands in the article a second time."""


def test_a_statement_by_the_codebook_has_neither_faults_nor_hints(denial, coding, opened) -> None:
    assert statement_faults(denial, coding=coding, opened=opened) == ()
    assert hints(denial, coding=coding, opened=opened) == ()


def test_an_empty_form_names_every_field_that_is_needed(coding, opened) -> None:
    fields = {fault.column for fault in statement_faults(StatementDraft(), coding=coding, opened=opened)}
    assert fields == {
        *("act", "claim_id", "said", "said_basis", "attribution", "channel", "summary"),
        *("speakers", "form", "passages"),
    }


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"hedge": "hedged"}, ["hedge"]),
        ({"act": "allegation"}, ["hedge"]),
        ({"act": "denail"}, ["act"]),
        ({"claim_id": "unknown"}, ["claim_id"]),
        ({"said": "21 September 2022"}, ["said"]),
        ({"said": "2022-09-24"}, ["said"]),
        ({"said_best": "2022-09-20"}, ["said_best_ground", "said_best_certainty"]),
        ({"attribution": "joint"}, ["speakers"]),
        ({"speakers": ()}, ["speakers"]),
        ({"speakers": ("nobody",)}, ["speakers"]),
        ({"targets": ("nobody",)}, ["targets"]),
        ({"answers": ("st999",)}, ["answers"]),
        ({"answers": ("st006",)}, ["answers"]),
        ({"may_be_same_as": ("st015",)}, ["may_be_same_as"]),
        ({"passages": ()}, ["passages"]),
        ({"passages": (TWICE,)}, ["passages"]),
        ({"form": ""}, ["form"]),
        ({"summary": "A defence official in Pyongyang waved the charge away on Wednesday"}, ["summary"]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_fault_stands_beside_its_field(denial, coding, opened, change, fields) -> None:
    faults = statement_faults(replace(denial, **change), coding=coding, opened=opened)
    assert {fault.column for fault in faults} == set(fields)


def test_what_is_known_already_needs_a_form_and_a_passage_alone(denial, coding, opened) -> None:
    mention = StatementDraft(same_as="st015", form="direct", passages=denial.passages)
    assert statement_faults(mention, coding=coding, opened=opened) == ()
    late = statement_faults(replace(mention, same_as="st048"), coding=coding, opened=opened)
    assert [fault.column for fault in late] == ["said"]
    assert "st" not in {
        fault.column for fault in statement_faults(replace(mention, passages=()), coding=coding, opened=opened)
    }


def test_a_draft_may_answer_another_draft(denial, coding, opened) -> None:
    earlier = coding.with_statement(replace(denial, act="allegation", hedge="asserted", said="2022-09-19"))
    assert statement_faults(replace(denial, answers=("new1",)), coding=earlier, opened=opened) == ()
    later = coding.with_statement(replace(denial, act="allegation", hedge="asserted", said="2022-09-22"))
    faults = statement_faults(replace(denial, answers=("new1",)), coding=later, opened=opened)
    assert [fault.column for fault in faults] == ["answers"]


def test_a_new_actor_counts_before_it_is_saved(denial, coding, opened) -> None:
    actor = ActorDraft("harbour-office", "Harbour Office", "Harbour Office", "body", "PRK")
    assert actor_faults(actor, known=opened.rows("actors")) == ()
    with_actor = replace(coding, actors=(actor,))
    assert statement_faults(replace(denial, speakers=("harbour-office",)), coding=with_actor, opened=opened) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"actor_id": "USA"}, "actor_id"),
        ({"actor_id": "a b"}, "actor_id"),
        ({"kind": "boat", "parent_id": ""}, "kind"),
        ({"kind": "state"}, "parent_id"),
        ({"parent_id": "nobody"}, "parent_id"),
        ({"country": "Korea"}, "country"),
        ({"short_name": "A name that is too long for a label"}, "short_name"),
        ({"name": ""}, "name"),
    ],
)
def test_a_new_actor_is_checked_against_those_there_are(opened, change, field) -> None:
    actor = ActorDraft("harbour-office", "Harbour Office", "Harbour Office", "body", "PRK", "PRK")
    assert [fault.column for fault in actor_faults(replace(actor, **change), known=opened.rows("actors"))] == [field]


def test_a_new_claim_is_in_our_own_words_and_not_there_already(opened) -> None:
    claim = ClaimDraft("crates", "North Korea ships crates", "It ships crates", "delivery")
    assert claim_faults(claim, text=TEXT, known=opened.rows("claims")) == ()
    again = replace(claim, claim="Russia seeks weapons from North Korea")
    assert [fault.column for fault in claim_faults(again, text=TEXT, known=opened.rows("claims"))] == ["claim"]
    copied = replace(claim, claim="Not one crate of ours went north, and none will go, the official told")
    assert [fault.column for fault in claim_faults(copied, text=TEXT, known=opened.rows("claims"))] == ["claim"]


def test_a_source_needs_a_title_a_publisher_a_date_and_its_basis(coding) -> None:
    assert source_faults(coding.source) == ()
    bare = replace(coding.source, title="", publisher="", published="", published_basis="")
    assert [fault.column for fault in source_faults(bare)] == ["title", "publisher", "published", "published_basis"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"targets": ("kim-jong-un",)}, "targets"),
        ({"channel": "deed"}, "channel"),
        ({"act": "contact", "channel": "letter"}, "channel"),
        ({"attribution": "named"}, "attribution"),
        ({"speakers": ("PRK", "RUS")}, "attribution"),
        ({"act": "allegation", "targets": ()}, "targets"),
        ({"is_referred": True}, "said"),
        ({"said_basis": "bound"}, "said_basis"),
        ({"said_basis": "published"}, "said_basis"),
        ({"passages": (span_of(TEXT, "waved the charge away"),)}, "form"),
        ({"act": "pledge", "speakers": ("RUS", "PRK"), "attribution": "joint"}, "targets"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_rule_that_is_probably_broken_is_named(denial, coding, opened, change, field) -> None:
    found = hints(replace(denial, **change), coding=coding, opened=opened)
    assert field in [hint.field for hint in found]
    codebook = (opened.base / "CODEBOOK.md").read_text(encoding="utf-8")
    assert all(f"## {hint.rule}\n" in codebook for hint in found)
