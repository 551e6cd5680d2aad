"""An article as it comes to the desk: its words, and what is known of where and when it appeared."""

from __future__ import annotations

from dataclasses import dataclass


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
        What speaks against the page's date, a sentence or two each.
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
    """Take in a text that was pasted."""
    return Article(text)


def article_from_bytes(content: bytes, *, name: str) -> Article:
    """Take in a file that was chosen: .txt, .md, .html or .htm."""
    return article_from_text(content.decode("utf-8"))
