"""Which source an article is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.coding_desk.conftest import TEXT
from workbook.coding_desk.article import Article
from workbook.coding_desk.intake import go_on_with, keep_text, saved_articles, take_in, text_path
from workbook.coding_desk.opened import open_package
from workbook.coding_desk.package_rows import new_rows
from workbook.coding_desk.saving import ChangedOnDiskError, save, undo_last
from workbook.errors import WorkbookError
from workbook.evidence import read_article

ARTICLE = Article(TEXT, title="Envoys trade barbs over shells", publisher="The Courier", published="2022-09-23")


def saved(package, coding, denial, **where):
    opened = open_package(package, **where)
    with_statement = coding.with_statement(denial)
    changes = [*opened.changes(new_rows(with_statement, opened=opened)), *keep_text(with_statement, opened=opened)]
    save(changes, package=opened.base, checked=[opened.folder], title="", record=opened.record)


def test_a_new_article_gets_the_next_key_and_what_is_known_of_it(opened) -> None:
    taken = take_in(replace(ARTICLE, warnings=("The header is later.",)), opened=opened)
    assert (taken.coding.source_id, taken.coding.is_known) == ("s005", False)
    assert taken.coding.source.publisher == "The Courier"
    assert taken.notes == ("The header is later.",)


def test_a_key_under_which_another_text_lies_is_passed_over(opened) -> None:
    opened.articles.mkdir()
    (opened.articles / "s005.txt").write_text("Something else.", encoding="utf-8")
    assert take_in(ARTICLE, opened=opened).coding.source_id == "s006"
    (opened.articles / "s005.txt").write_text(TEXT.upper(), encoding="utf-8")
    assert take_in(ARTICLE, opened=opened).coding.source_id == "s005"


def test_an_article_without_a_word_is_refused(opened) -> None:
    with pytest.raises(WorkbookError, match="no text"):
        take_in(Article(" \n\x00 "), opened=opened)


def test_an_article_that_is_saved_is_known_again_by_its_text(package, coding, denial) -> None:
    saved(package, coding, denial)
    opened = open_package(package)
    assert read_article(text_path("s005", opened)) == TEXT
    assert saved_articles(opened) == (("s005", "Envoys trade barbs over shells"),)
    for taken in (take_in(Article(TEXT.upper()), opened=opened), go_on_with("s005", opened=opened)):
        assert (taken.coding.source_id, taken.coding.is_known) == ("s005", True)
        assert taken.coding.source == coding.source
        assert taken.coding.article.text == TEXT
        assert "coded already" in taken.notes[0]


def test_another_copy_of_it_is_known_by_its_passages_and_coded_in_the_text_that_is_kept(
    package, coding, denial
) -> None:
    saved(package, coding, denial)
    taken = take_in(Article(TEXT + "Share this page."), opened=open_package(package))
    assert (taken.coding.source_id, taken.coding.is_known) == ("s005", True)
    assert taken.coding.article.text == TEXT


def test_a_text_with_passages_of_another_source_can_be_either_and_the_coder_says(package, coding, denial) -> None:
    saved(package, coding, denial)
    opened = open_package(package)
    reprint = replace(ARTICLE, text="The Mail\n" + TEXT, publisher="The Mail")
    taken = take_in(reprint, opened=opened)
    assert (taken.coding.source_id, taken.coding.source.publisher, taken.alike) == ("s006", "The Mail", ("s005",))
    assert taken.notes[0].startswith("Passages of s005, “Envoys trade barbs over shells” (The Courier), stand in this")
    same = take_in(reprint, opened=opened, source_id="s005").coding
    assert (same.source_id, same.is_known, same.article.text) == ("s005", True, TEXT)
    assert take_in(Article("Nothing in common."), opened=opened).alike == ()


@pytest.mark.shared
def test_each_of_the_five_articles_is_known_by_its_passages(articles, opened) -> None:
    found = [
        take_in(Article(read_article(path)), opened=opened).coding.source_id for path in sorted(articles.iterdir())
    ]
    assert found == ["s000", "s001", "s002", "s003", "s004"]


def test_coders_apart_name_an_article_by_one_key(package, coding, denial) -> None:
    saved(package, coding, denial, coder="anna")
    opened = open_package(package, coder="ben")
    taken = take_in(ARTICLE, opened=opened)
    assert (taken.coding.source_id, taken.coding.is_known) == ("s005", False)
    assert taken.coding.source.publisher == "The Courier"
    other = take_in(Article("Quite another article.", publisher="The Mail"), opened=opened)
    assert other.coding.source_id == "s006"


def test_articles_outside_the_package_are_kept_there_and_stay_after_an_undo(package, coding, denial, tmp_path) -> None:
    saved(package, coding, denial, articles=tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / "s005.txt").read_text(encoding="utf-8") == TEXT
    undo_last(package)
    assert (tmp_path / "elsewhere" / "s005.txt").is_file()
    assert take_in(ARTICLE, opened=open_package(package, articles=tmp_path / "elsewhere")).coding.source_id == "s005"


def test_a_text_that_lies_there_is_held_until_the_rows_that_stand_on_it_are_saved(package, coding, opened) -> None:
    opened.articles.mkdir()
    text_path("s005", opened).write_text(TEXT, encoding="utf-8")
    changes = keep_text(coding, opened=opened)
    text_path("s005", opened).unlink()
    with pytest.raises(ChangedOnDiskError, match=r"s005\.txt"):
        save(changes, package=package, checked=[], title="1 statement")


def test_another_text_under_the_key_is_not_overwritten(package, coding, opened) -> None:
    opened.articles.mkdir()
    text_path("s005", opened).write_text("Something else.", encoding="utf-8")
    with pytest.raises(WorkbookError, match=r"s005\.txt: found another text"):
        keep_text(coding, opened=opened)
