"""An article as it comes to the desk: its words, and what is known of where and when it appeared."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

from workbook.coding_desk.doubts import doubts
from workbook.coding_desk.published import agency_named, dateline, header_days, resolved
from workbook.dates import in_words
from workbook.errors import WorkbookError
from workbook.evidence import ARTICLE_ENDINGS, BYTE_ORDER_MARK, decoded

PAGES = (".html", ".htm")
LONGEST_TITLE = 30
"""Words of a line that may be a title."""

FEWEST_LATIN = 0.6
"""Share of the letters from which a text is taken for English where nothing tells its language."""

ADDRESS = re.compile(r"^https?://\S+$")
SAVED = re.compile(r"^date \d{4}-\d{2}-\d{2}\s*")
NO_TITLE = re.compile(r"^\W*(?:by [A-Z]|published|updated|written|home\b|https?:)|[.!:]$", re.IGNORECASE)
SHORTEST_TITLE = 4


@dataclass(frozen=True)
class Article:
    """An article, before anything of it is coded.

    Attributes
    ----------
    text : str
        Its words, the paragraphs parted by newlines: what is kept in the folder of articles and fingerprinted.
    title, publisher, agency, url : str
        As far as the text or the page tells; empty where it does not.
    language : str
        ISO 639-1 code; empty where it is not known.
    published : str
        EDTF; empty where it is not known.
    published_basis : str
        ``"dateline"``, ``"page_header"`` or ``"inferred"``; empty without a date.
    warnings : tuple of str
        What speaks against the date, and what is missing, a sentence or two each.
    """

    text: str
    title: str = ""
    publisher: str = ""
    agency: str = ""
    language: str = "en"
    url: str = ""
    published: str = ""
    published_basis: str = ""
    warnings: tuple[str, ...] = ()


def article_from_text(text: str) -> Article:
    r"""Take in a text that was pasted.

    Parameters
    ----------
    text : str
        As it was copied, with or without the lines above the article.

    Returns
    -------
    Article
        All that is found of it is a guess, to be confirmed.

    Raises
    ------
    WorkbookError
        There is no text.

    Examples
    --------
    >>> found = article_from_text("Duke Sells Boats Again\nPORT FEN, Sept. 22, 2022 (AP) - He said so on Monday.")
    >>> found.title, found.agency, found.published, found.published_basis
    ('Duke Sells Boats Again', 'AP', '2022-09-22', 'dateline')
    """
    plain = _plain(text)
    if not plain.strip():
        raise WorkbookError("no text; paste the words of an article")
    lines = [line.strip() for line in plain.split("\n") if line.strip()]
    url = next((line for line in lines[:SHORTEST_TITLE] if ADDRESS.match(line)), "")
    bare = Article(plain, title=_title(lines), agency=agency_named(plain), language=_language(plain), url=url)
    return _dated(bare, header=next(iter(header_days(plain)), ""))


def article_from_bytes(content: bytes, *, name: str) -> Article:
    """Take in a file that was chosen.

    Parameters
    ----------
    content : bytes
        Of a text: UTF-8, UTF-16 with its mark, or Windows-1252. Of a page any encoding that it declares.
    name : str
        Of the file; it ends in .txt, .md, .html or .htm. Of a page, what is not the article is left out (trafilatura).

    Returns
    -------
    Article

    Raises
    ------
    WorkbookError
        The file is no text, a page without an article, or of another kind.

    Examples
    --------
    >>> article_from_bytes("The duke said so.".encode(), name="boats.txt").text
    'The duke said so.'
    """
    ending = PurePath(name).suffix.lower()
    if ending not in ARTICLE_ENDINGS:
        raise WorkbookError(f"{name}: no article; expected a file that ends in {', '.join(ARTICLE_ENDINGS)}")
    if ending in PAGES:
        return _from_page(content, name=name)
    text = decoded(content, name=name)
    if not text.strip(f"{BYTE_ORDER_MARK} \t\r\n"):
        raise WorkbookError(f"{name}: an empty file; expected the words of an article")
    return article_from_text(text)


def _from_page(content: bytes, *, name: str) -> Article:
    from trafilatura import bare_extraction

    page: Any = bare_extraction(
        content,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    text = _plain(page.text or "") if page else ""
    if not text.strip():
        raise WorkbookError(f"{name}: no article was found on this page; open it, copy the text and paste it")
    found = Article(
        text,
        title=page.title or "",
        publisher=page.sitename or "",
        agency=agency_named(text),
        language=_language(text),
        url=page.url or "",
    )
    return _dated(found, header=page.date or "")


def _plain(text: str) -> str:
    """Return a text with one kind of line ends and without what cannot be seen."""
    lines = text.replace(BYTE_ORDER_MARK, "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    seen = (re.sub(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u2028\u2029]", " ", line).rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(seen)).strip("\n")


def _title(lines: list[str]) -> str:
    """Take the first line that may be a title, if anything follows it."""
    bare = (SAVED.sub("", line) for line in lines[:-1])
    short = (line for line in bare if SHORTEST_TITLE <= len(line.split()) <= LONGEST_TITLE)
    return next((line for line in short if not NO_TITLE.search(line) and not header_days(line)), "")


def _language(text: str) -> str:
    letters = re.findall(r"[^\W\d_]", text)
    latin = sum(letter.isascii() for letter in letters)
    return "en" if latin >= FEWEST_LATIN * len(letters) else ""


def _dated(article: Article, *, header: str) -> Article:
    """Take the day of the dateline, else of the page's header, and say what speaks against it."""
    line = dateline(article.text)
    day = resolved(line, header=header) if line else ""
    is_undecided = line and line.day and not day
    published, basis = (day, "dateline") if day else (header, "page_header" if header else "")
    if is_undecided:
        published, basis = "", ""
    found = list(doubts(article.text, published=published, url=article.url, today=datetime.now(tz=UTC).date()))
    if line and is_undecided:
        other = f"; {in_words(header)} on the page is another day" if header else ""
        found.append(f"The dateline says “{line.day}” without a year{other}: give the year.")
    if not published:
        found.append("No date of publication was found: give one, or what bounds it.")
    if not article.language:
        found.append("The text is not English: suggestions and dates in words are made for English alone.")
    return replace(article, published=published, published_basis=basis, warnings=tuple(found))
