"""The desk from one click to the next, without a widget."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.coding_desk.conftest import TEXT, span_of
from workbook.coding_desk.article import Article
from workbook.coding_desk.draft import ActorDraft, ClaimDraft, StatementDraft
from workbook.coding_desk.opened import open_package
from workbook.coding_desk.state import DeskState
from workbook.coding_desk.suggestions import Suggestion
from workbook.errors import FaultsError, WorkbookError
from workbook.readers.coded import read_package

GUESS = Suggestion(
    sentence=3,
    act="denial",
    speaker="the official",
    actor_id="dprk-defence-ministry-official",
    said="2022-09-21",
    said_basis="weekday",
    date_words="Wednesday",
    attribution="unnamed_spokesperson",
    form="direct",
    relay="kcna",
    grounds=("a cue",),
)


def number_of(state: DeskState, words: str) -> int:
    return next(each.number for each in state.sentences if words in each.text)


@pytest.fixture
def desk(opened, coding) -> DeskState:
    """The article taken in; one guess, about its quotation."""
    state = DeskState(opened).with_article(coding.article)
    place = number_of(state, "Not one crate")
    return replace(state, suggestions=(replace(GUESS, sentence=place),))


def test_a_desk_without_an_article_says_so(opened) -> None:
    with pytest.raises(WorkbookError, match="found no article"):
        DeskState(opened).put_down()


def test_a_click_on_a_sentence_takes_its_guess_over_into_an_empty_form_alone(desk) -> None:
    place = number_of(desk, "Not one crate")
    form = desk.toggled(place).form
    assert (form.act, form.speakers, form.relays) == ("denial", ("dprk-defence-ministry-official",), ("kcna",))
    assert (form.said, form.said_basis, form.attribution, form.form) == (
        *("2022-09-21", "weekday"),
        *("unnamed_spokesperson", "direct"),
    )
    assert TEXT[slice(*form.passages[0])].startswith("“Not one crate")
    assert desk.here.statements == ()
    written = desk.with_form(StatementDraft(act="warning")).toggled(place).form
    assert (written.act, len(written.passages)) == ("warning", 1)


def test_a_second_click_takes_the_sentence_out_even_where_it_was_trimmed(desk) -> None:
    place = number_of(desk, "Not one crate")
    trimmed = desk.with_form(StatementDraft(passages=(span_of(TEXT, "none will go"),)))
    assert trimmed.passages_in(place) == (span_of(TEXT, "none will go"),)
    assert trimmed.toggled(place).form.passages == ()


def test_passages_stand_in_the_order_of_the_text(desk) -> None:
    form = desk.toggled(number_of(desk, "Crates moved")).toggled(number_of(desk, "waved the charge")).form
    assert list(form.passages) == sorted(form.passages)
    assert len(form.passages) == 2


def test_a_form_with_faults_is_not_put_down(desk) -> None:
    with pytest.raises(FaultsError, match="the statement") as raised:
        desk.toggled(1).put_down()
    assert len(raised.value.faults) > 5


def test_what_is_put_down_can_be_changed_and_taken_out(desk, denial) -> None:
    state = desk.with_form(denial).put_down()
    assert state.form == StatementDraft()
    assert [each.label for each in state.put_down_in(number_of(desk, "Not one crate"))] == ["new1"]
    changed = state.changing("new1")
    changed = changed.with_form(replace(changed.form, summary="It rejects the charge.")).put_down()
    assert [(each.label, each.summary) for each in changed.here.statements] == [("new1", "It rejects the charge.")]
    assert changed.changing("new1").without("new1").form == StatementDraft()
    assert changed.without("new1").here.statements == ()


def test_saving_writes_the_rows_and_undo_brings_them_back_to_the_list(desk, denial, package) -> None:
    state = desk.with_form(denial).put_down().after_save()
    assert state.here.statements == ()
    assert state.here.is_known
    assert len(read_package(package).tables["statements"]) == 59
    assert (package / "articles" / "s005.txt").read_text(encoding="utf-8") == TEXT
    more = state.with_form(replace(denial, claim_id="dprk-plans-to-supply-weapons")).put_down()
    back = more.after_undo()
    assert [(each.label, each.claim_id) for each in back.here.statements] == [
        ("new1", "dprk-supplies-weapons"),
        ("new2", "dprk-plans-to-supply-weapons"),
    ]
    assert (back.here.is_known, back.here.source_id) == (False, "s005")
    assert len(read_package(package).tables["statements"]) == 58
    assert not (package / "articles" / "s005.txt").exists()
    assert len(back.after_save().opened.rows("statements")) == 60


def test_an_undo_after_a_new_start_takes_the_rows_out(desk, denial, package) -> None:
    desk.with_form(denial).put_down().after_save()
    state = DeskState(open_package(package)).after_undo()
    assert len(state.opened.rows("statements")) == 58
    with pytest.raises(WorkbookError, match="no save to undo"):
        state.after_undo()


def test_a_copy_that_the_coder_says_is_a_known_article_is_added_to_it(desk, denial, package) -> None:
    desk.with_form(denial).put_down().after_save()
    copy = DeskState(open_package(package)).with_article(Article("The Courier\n" + TEXT, published="2022-09-23"))
    assert (copy.here.source_id, copy.alike) == ("s006", ("s005",))
    state = copy.with_article_of("s005")
    assert (state.here.source_id, state.alike, state.here.article.text) == ("s005", (), TEXT)
    saved = state.with_form(replace(denial, claim_id="dprk-plans-to-supply-weapons")).put_down().after_save()
    assert [row["source_id"] for row in saved.opened.rows("sources")][-1] == "s005"
    assert saved.opened.rows("mentions")[-1]["source_id"] == "s005"


def test_nothing_is_saved_without_a_statement(desk) -> None:
    with pytest.raises(WorkbookError, match="put the form down first"):
        desk.after_save()


def test_a_source_with_a_fault_is_not_saved(desk, denial, package) -> None:
    state = desk.with_source(replace(desk.here.source, title="")).with_form(denial).put_down()
    with pytest.raises(FaultsError, match=r"sources\.csv, line 7, title"):
        state.after_save()
    assert len(read_package(package).tables["statements"]) == 58


def test_new_actors_and_claims_that_nothing_needs_are_not_saved(desk, denial, package) -> None:
    office = ActorDraft("harbour-office", "Harbour Office", "Harbour Office", "body", "PRK")
    master = ActorDraft("harbour-master", "Harbour Master", "Harbour Master", "person", "harbour-office")
    claim = ClaimDraft("dprk-ships-crates", "North Korea ships crates", "It ships crates", "delivery")
    state = desk.with_actor(office).with_actor(replace(office, actor_id="unused"))
    state = replace(state, coding=replace(state.here, actors=(*state.here.actors, master))).with_claim(claim)
    assert state.form.claim_id == "dprk-ships-crates"
    state = state.with_form(replace(denial, speakers=("harbour-master",))).put_down().after_save()
    keys = {row["actor_id"] for row in state.opened.rows("actors")}
    assert {"harbour-office", "harbour-master"} <= keys
    assert "unused" not in keys
    assert "dprk-ships-crates" not in {row["claim_id"] for row in state.opened.rows("claims")}


def test_a_new_actor_or_claim_with_a_fault_is_refused(desk) -> None:
    with pytest.raises(FaultsError, match="the new actor"):
        desk.with_actor(ActorDraft("USA", "Again", "Again", "state"))
    with pytest.raises(FaultsError, match="the new claim"):
        desk.with_claim(ClaimDraft("x", "", "", "delivery"))


def test_a_package_that_changed_meanwhile_is_read_anew_and_the_list_stays(desk, denial, package) -> None:
    state = desk.with_form(denial).put_down()
    other = DeskState(open_package(package)).with_article(Article("Another article. Nothing else."))
    other = other.with_source(replace(desk.here.source, title="Another"))
    span = (0, len("Another article."))
    other.with_form(replace(denial, passages=(span,), form="indirect")).put_down().after_save()
    with pytest.raises(WorkbookError, match="nothing was saved"):
        state.after_save()
    again = state.reloaded()
    assert again.here.source_id == "s006"
    assert [row["statement_id"] for row in again.after_save().opened.rows("statements")][-2:] == ["st059", "st060"]


def as_coded_by(coder: str, package, coding, denial) -> DeskState:
    state = DeskState(open_package(package, coder=coder)).with_article(coding.article).with_source(coding.source)
    return state.with_form(denial).put_down()


def test_an_undo_leaves_the_text_on_which_another_coders_rows_stand(package, coding, denial) -> None:
    first = as_coded_by("anna", package, coding, denial).after_save()
    as_coded_by("ben", package, coding, denial).after_save()
    first.after_undo()
    assert (package / "articles" / "s005.txt").read_text(encoding="utf-8") == TEXT
    assert not (package / "codings" / "anna").exists()


def test_an_undo_leaves_a_text_that_both_the_package_and_a_coder_have(desk, package, coding, denial) -> None:
    base = desk.with_form(denial).put_down().after_save()
    as_coded_by("anna", package, coding, denial).after_save()
    base.after_undo()
    assert (package / "articles" / "s005.txt").is_file()


def test_a_save_after_which_another_coders_package_cannot_be_read_is_not_done_twice(package, coding, denial) -> None:
    as_coded_by("ben", package, coding, denial).after_save()
    mine = as_coded_by("anna", package, coding, denial)
    others = package / "codings" / "ben" / "statements.csv"
    whole = others.read_bytes()
    others.write_bytes(whole.replace(b"denial", b"denail"))
    saved = mine.after_save()
    assert "codings/ben" in str(saved.unread)
    assert saved.here.statements == ()
    with pytest.raises(WorkbookError, match="put the form down first"):
        saved.after_save()
    others.write_bytes(whole)
    assert saved.reloaded().unread is None
    assert len(read_package(package / "codings" / "anna").tables["statements"]) == 1


@pytest.mark.parametrize("is_relative", [False, True])
def test_the_folder_of_articles_can_be_named_in_another_way_than_the_package(
    package, coding, denial, monkeypatch, is_relative
) -> None:
    monkeypatch.chdir(package.parent)
    name, articles = (package, Path("mine/articles")) if is_relative else ("mine", package / "articles")
    state = DeskState(open_package(name, articles=articles)).with_article(coding.article).with_source(coding.source)
    saved = state.with_form(denial).put_down().after_save()
    assert (package / "articles" / "s005.txt").is_file()
    saved.after_undo()
    assert not (package / "articles" / "s005.txt").exists()
