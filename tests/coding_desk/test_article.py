"""Articles as they come in: pasted, as a text file, as a page; and what speaks against their dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.coding_desk.article import article_from_bytes, article_from_text
from workbook.coding_desk.doubts import doubts
from workbook.coding_desk.published import dateline, day_in_address, header_days
from workbook.errors import WorkbookError

TODAY = date(2026, 5, 1)
BODY = (
    "PORT FEN, Sept. 22 (Reuters) - The duke has sold boats to Rurland, a spokesperson of the ministry said on Monday."
)
PAGE = """<!doctype html><html lang="en"><head><title>Duke Sells Boats</title>
<meta property="og:site_name" content="Harbour Courier">
<meta property="article:published_time" content="2022-09-23T05:24:00Z">
<link rel="canonical" href="https://courier.example/2022/09/23/boats"></head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>Duke Sells Boats</h1>
<p>PORT FEN, Sept. 22 (Reuters) - The duke has sold boats to Rurland, a spokesperson of the ministry said on Monday.</p>
<p>“We have never sold a boat to anybody there,” Rudolf told reporters at the harbour on the same afternoon.</p>
</article><aside><h3>Most read</h3><a href="/goats">Why goats are the better boats of the poor</a></aside>
<script>alert("never")</script></body></html>"""


def warnings(text: str, published: str, url: str = "") -> tuple[str, ...]:
    return doubts(text, published=published, url=url, today=TODAY)


def test_a_page_is_stripped_to_its_article_with_what_it_tells_of_itself() -> None:
    found = article_from_bytes(PAGE.encode(), name="boats.html")
    assert "Rudolf told reporters" in found.text
    assert all(words not in found.text for words in ("goats", "Home", "alert"))
    assert (found.title, found.publisher, found.agency) == ("Duke Sells Boats", "Harbour Courier", "Reuters")
    assert found.url == "https://courier.example/2022/09/23/boats"
    assert (found.published, found.published_basis) == ("2022-09-22", "dateline")
    assert found.warnings == ()


def test_the_date_of_a_page_without_a_dateline_is_that_of_its_header() -> None:
    page = PAGE.replace("PORT FEN, Sept. 22 (Reuters) - ", "")
    found = article_from_bytes(page.encode(), name="boats.htm")
    assert (found.published, found.published_basis) == ("2022-09-23", "page_header")


def test_a_page_in_an_encoding_of_its_own_is_read() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1252">').encode("cp1252")
    assert "“We have never sold a boat" in article_from_bytes(page, name="boats.html").text


def test_a_pasted_text_gives_title_agency_and_date() -> None:
    found = article_from_text(f"date 2022-09-22\r\nDuke Sells Boats Again\r\n\r\n\r\n\r\n{BODY}\r\n")
    assert found.text == f"date 2022-09-22\nDuke Sells Boats Again\n\n{BODY}"
    assert (found.title, found.agency) == ("Duke Sells Boats Again", "Reuters")
    assert (found.published, found.published_basis) == ("2022-09-22", "dateline")


def test_a_dateline_without_a_year_gives_no_date_where_no_header_tells_the_year() -> None:
    found = article_from_text(BODY)
    assert (found.published, found.published_basis) == ("", "")
    assert "without a year" in found.warnings[0]


def test_a_dateline_is_not_given_the_year_in_which_the_page_was_saved() -> None:
    found = article_from_text(f"Friday, April 19, 2024\n{BODY}")
    assert found.published == ""
    assert "19 April 2024 on the page is another day" in found.warnings[0]


def test_text_that_is_not_english_is_taken_in_with_a_warning() -> None:
    found = article_from_text("Герцог продал лодки, сообщило министерство.")
    assert found.language == ""
    assert any("English" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "boats.txt", "empty"),
        (b"\xef\xbb\xbf \n", "boats.txt", "empty"),
        (b"\x00\x01\x02", "boats.txt", "no text"),
        (b"<html><body></body></html>", "boats.html", "no article was found"),
        (b"", "boats.html", "no article was found"),
        (b"%PDF-1.7", "boats.pdf", "expected a file that ends in .txt, .md, .html, .htm"),
    ],
)
def test_what_is_no_article_is_refused_with_its_name(content: bytes, name: str, why: str) -> None:
    with pytest.raises(WorkbookError, match=why) as raised:
        article_from_bytes(content, name=name)
    assert name in str(raised.value)


def test_an_empty_paste_is_refused() -> None:
    with pytest.raises(WorkbookError, match="paste"):
        article_from_text(" \n ")


def test_encodings_of_text_files_are_those_of_the_articles_folder() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert article_from_bytes("“No,” he said.".encode(encoding), name="a.txt").text == "“No,” he said."


@given(st.text(max_size=200))
def test_any_paste_is_taken_in_or_refused(text: str) -> None:
    try:
        found = article_from_text(text)
    except WorkbookError:
        return
    assert "\r" not in found.text
    assert found.text.strip()


@pytest.mark.parametrize(
    ("text", "day", "agency"),
    [
        ("SEOUL, Sept 22 (Reuters) - The duke", "Sept 22", "Reuters"),
        ("WASHINGTON (AP) — The duke", "", "AP"),
        ("Port Fen, May 17 (KCNA) -- The duke", "May 17", "KCNA"),
        ("PORT FEN (Harbour News / Sputnik - 06th September, 2022) The duke", "06th September, 2022", "Sputnik"),
        ("date 2023-09-03 PORT FEN, Sept. 3, 2023 (AFP) - The duke", "Sept. 3, 2023", "AFP"),
    ],
)
def test_datelines_of_agencies_are_read(text: str, day: str, agency: str) -> None:
    found = dateline(f"Duke sells boats\n\n{text} sold boats.")
    assert found is not None
    assert (found.day, found.agency) == (day, agency)


def test_a_bracket_in_a_sentence_is_no_dateline() -> None:
    assert dateline("The duke (who sold boats) said no.") is None


def test_days_in_lines_above_the_text_are_headers_and_those_in_it_are_not() -> None:
    text = f"Friday, April 19, 2024\nWritten: 2022-09-22 09:30\n{BODY} It was first sold on 3 May 2021, as he had told."
    assert header_days(text) == ("2022-09-22", "2024-04-19")


def test_impossible_days_in_an_address_are_none() -> None:
    assert day_in_address("https://courier.example/2022/02/31/boats") == ""
    assert day_in_address("https://courier.example/20220922000100") == ""


def test_a_header_that_is_the_day_of_saving_is_doubted() -> None:
    text = (
        "The duke denied on Thursday that he had sold a boat, and in early September the ministry had spoken of boats."
    )
    (only,) = warnings(text, "2024-04-19")
    assert "early September" in only
    assert "19 April 2024" in only
    assert warnings(text, "2022-09-23") == ()


def test_a_day_to_come_is_doubted() -> None:
    assert warnings("No.", "2026-05-03") == ("3 May 2026 is still to come.",)
    assert warnings("No.", "2026-05-02") == ()  # it may be that day elsewhere


def test_a_text_that_names_a_later_day_is_doubted() -> None:
    text = "The duke sold his boats to the neighbours on 5 September 2023, said the ministry of the harbour."
    assert "5 September 2023" in warnings(text, "2023-09-02")[0]
    assert warnings(text, "2023-09-05") == ()


def test_a_weekday_that_does_not_go_with_its_day_in_that_year_is_doubted() -> None:
    text = "The duke sold his boats to the neighbours on Monday, September 4, as the ministry of the harbour said."
    (only,) = warnings(text, "2022-10-01")  # a Sunday in 2022, a Saturday in 2021; the last Monday was in 2017
    assert "it was in 2017" in only
    assert warnings(text, "2023-10-01") == ()


def test_an_address_of_another_day_is_doubted() -> None:
    assert "6 September 2022" in warnings("No.", "2022-09-22", url="https://c.example/2022/09/06/x")[0]
    assert warnings("No.", "2022-09-07", url="https://c.example/2022/09/06/x") == ()


def test_without_a_date_nothing_is_doubted() -> None:
    assert warnings("Monday, September 4", "") == ()
