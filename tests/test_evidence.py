"""Fingerprints: found under other spelling, not found under other words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.errors import WorkbookError
from workbook.evidence import (
    Fingerprint,
    Passage,
    fingerprint,
    locate,
    normalise,
    original_span,
    read_article,
    read_articles,
    verify,
)

ARTICLE = normalise("Rudolf spoke.\n\n“We have never sold a boat,” he said. The duke laughed.")


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    "other",
    [
        '"We have never sold a boat," he said',
        "“We have  never\r\nsold\u00a0a boat,” he said",
        "«we have never sold a boat,» HE SAID",
        "\ufeff“We have never sold a boat,” he said ",
    ],
)
def test_other_quotes_white_space_and_case_are_the_same_passage(other: str) -> None:
    assert fingerprint(other) == fingerprint("“We have never sold a boat,” he said")


def test_other_words_are_another_passage() -> None:
    assert fingerprint("We have never sold a boat") != fingerprint("We have never sold a goat")


def test_a_passage_is_found_wherever_the_hint_points() -> None:
    wanted = fingerprint("never sold a boat")
    where = ARTICLE.index("never")
    for hint in (0, where, where + 3, len(ARTICLE), 10_000):
        assert locate(wanted, ARTICLE, hint=hint) == where


def test_a_passage_longer_than_the_article_is_not_found() -> None:
    assert locate(Fingerprint("0" * 64, 5_000), ARTICLE) is None


@given(st.text(alphabet="abc ”\n", min_size=1, max_size=80), st.data())
def test_every_part_of_a_normalised_article_is_found_in_it(text: str, data) -> None:
    article = normalise(text)
    start = data.draw(st.integers(0, len(article)))
    end = data.draw(st.integers(start, len(article)))
    part = article[start:end]
    if part and normalise(part) == part:
        found = locate(fingerprint(part), article, hint=data.draw(st.integers(0, 90)))
        assert found is not None
        assert article[found : found + len(part)] == part


# Letters of one, two and three parts, quotation marks, accents in and after their letter, signs that fold to many.
PIECES = [*"aBZé“’«.,-–1", "e\u0301", "ß", "ﬁ", "İ", "…", "\ufeff", "Å", "한", "㎏", "½"]
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join).filter(normalise)
BLANKS = st.sampled_from([" ", "\n\n", "\u00a0", " \t ", "\u2003"])


@given(st.lists(st.tuples(WORDS, BLANKS), min_size=1, max_size=8), st.data())
def test_words_of_the_normalised_text_are_cut_out_of_the_text_as_it_stands(words, data) -> None:
    text = "".join(word + blank for word, blank in words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    wanted = normalise("".join(word + blank for word, blank in words[first : last + 1]))
    offset = len(normalise("".join(word + blank for word, blank in words[:first]))) + (first > 0)
    assert normalise(text)[offset : offset + len(wanted)] == wanted
    start, end = original_span(text, offset=offset, length=len(wanted))
    assert normalise(text[start:end]) == wanted
    assert not text[start].isspace()
    assert not text[end - 1].isspace()


@pytest.mark.parametrize("accent", ["é", "e\u0301"])
def test_an_accent_is_not_cut_off_its_letter(accent) -> None:
    text = f"A  caf{accent} by the sea"
    start, end = original_span(text, offset=2, length=4)
    assert text[start:end] == f"caf{accent}"


def test_verify_tells_found_from_missing() -> None:
    there = Passage("p1", fingerprint("The duke laughed."), 999, 2)
    gone = Passage("p2", fingerprint("The duke wept."), 0, 3)
    result = verify([there, gone], {"a.txt": "nothing", "b.txt": ARTICLE})
    assert result.found == {"p1": ("b.txt", ARTICLE.index("the duke"))}
    assert result.missing == (gone,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_articles_are_read_in_the_encodings_that_people_have(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Café “Fenwick”".encode(encoding))
    assert normalise(read_article(path)) == 'café "fenwick"'


def test_of_a_page_what_a_reader_sees_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<style>p{}</style><p>Boats &amp; <b>goats</b></p><p>sold</p><script>let x</script>", encoding="utf-8"
    )
    assert normalise(read_article(path)) == "boats & goats sold"


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\x00\x00")
    with pytest.raises(WorkbookError, match=r"a\.txt: no text"):
        read_articles(tmp_path)


def test_a_folder_without_articles_says_what_is_expected(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match=r"files that end in \.txt"):
        read_articles(tmp_path)
    with pytest.raises(WorkbookError, match="no such folder"):
        read_articles(tmp_path / "nowhere")
