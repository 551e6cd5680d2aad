"""The words behind a statement, found in one's own copy."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from workbook.events import PASSAGE_COLUMNS
from workbook.evidence import fingerprint, normalise
from workbook.explorers.passages import CONTEXT, ArticleFolder

ARTICLE = (
    "Harbour news.\n\nThe duke rose.  “We have never sold\na single boat,” he told the café’s guests. Rain followed."
)
WORDS = "“We have never sold a single boat,” he told the café's guests"


def passages(*texts: str, offset: int = 0) -> pd.DataFrame:
    rows = []
    for place, text in enumerate(texts):
        kept = fingerprint(text)
        rows.append((f"p{place}", "e1", "s1", kept.sha256, kept.length, offset))
    return pd.DataFrame(rows, columns=list(PASSAGE_COLUMNS))


def test_a_passage_is_cut_out_as_it_stands_with_what_is_about_it(tmp_path) -> None:
    (tmp_path / "mine.txt").write_text(ARTICLE, encoding="utf-8")
    found = ArticleFolder(tmp_path).excerpts(passages(WORDS, offset=normalise(ARTICLE).index('"we')))
    excerpt = found["p0"]
    assert excerpt.file == "mine.txt"
    assert excerpt.before == "Harbour news. The duke rose. "
    assert excerpt.words == "“We have never sold a single boat,” he told the café’s guests"
    assert excerpt.after == ". Rain followed."


def test_a_passage_is_found_where_the_hint_is_wrong_and_another_file_comes_first(tmp_path) -> None:
    (tmp_path / "a.txt").write_text("Nothing of the kind.", encoding="utf-8")
    (tmp_path / "b.txt").write_text(ARTICLE, encoding="utf-8")
    assert ArticleFolder(tmp_path).excerpts(passages("Rain followed", offset=3))["p0"].file == "b.txt"


def test_long_surroundings_are_cut_and_the_cut_is_marked(tmp_path) -> None:
    long = f"{'before ' * 100}THE WORDS{' after' * 100}"
    (tmp_path / "a.txt").write_text(long, encoding="utf-8")
    excerpt = ArticleFolder(tmp_path).excerpts(passages("the words"))["p0"]
    assert excerpt.words == "THE WORDS"
    assert excerpt.before.startswith("… ")
    assert excerpt.after.endswith(" …")
    assert len(excerpt.before) <= CONTEXT + 2
    assert excerpt.before.endswith("before ")


def test_of_a_page_the_visible_words_are_shown(tmp_path) -> None:
    (tmp_path / "a.html").write_text("<p>The <b>duke</b> &amp; his boat</p><script>x</script>", encoding="utf-8")
    assert ArticleFolder(tmp_path).excerpts(passages("the duke & his boat"))["p0"].words == "The duke & his boat"


@pytest.mark.parametrize("accent", ["é", "e\u0301"])
def test_the_accent_of_the_last_letter_is_shown_however_it_is_written(tmp_path, accent) -> None:
    (tmp_path / "a.txt").write_text(f"At the caf{accent} they met.", encoding="utf-8")
    excerpt = ArticleFolder(tmp_path).excerpts(passages("at the café"))["p0"]
    assert (excerpt.words, excerpt.after) == (f"At the caf{accent}", " they met.")


def test_what_is_in_no_file_is_left_out(tmp_path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    found = ArticleFolder(tmp_path).excerpts(passages("The duke rose", "The duke sat down"))
    assert list(found) == ["p0"]


def test_without_a_folder_nothing_is_found() -> None:
    assert ArticleFolder(Path("nowhere")).excerpts(passages("anything")) == {}


def test_a_file_that_is_no_text_does_not_hide_the_others(tmp_path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\x00\x00")
    (tmp_path / "b.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "c.txt").mkdir()
    assert ArticleFolder(tmp_path).excerpts(passages("Rain followed"))["p0"].file == "b.txt"


def test_an_article_put_there_changed_or_taken_away_meanwhile_is_noticed(tmp_path) -> None:
    folder, path = ArticleFolder(tmp_path), tmp_path / "a.txt"
    assert folder.excerpts(passages("Rain followed")) == {}
    path.write_text(ARTICLE, encoding="utf-8")
    assert list(folder.excerpts(passages("Rain followed"))) == ["p0"]
    path.write_text("Snow followed, and much of it.", encoding="utf-8")
    assert folder.excerpts(passages("Rain followed")) == {}
    path.unlink()
    assert folder.excerpts(passages("Snow followed")) == {}
