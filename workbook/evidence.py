"""Evidence without copying: fingerprints of passages, and how they are found again.

Articles are other people's property. A passage is kept as the SHA-256 of its normalised words; whoever has the article
can find it, whoever has not learns nothing of its words.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from workbook.errors import WorkbookError

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛", "'"))
ARTICLE_ENDINGS = (".txt", ".md", ".html", ".htm")
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Fingerprint:
    """What is kept of a passage.

    Attributes
    ----------
    sha256 : str
        SHA-256 of the normalised passage in UTF-8, in hexadecimal digits.
    length : int
        Characters of the normalised passage.
    """

    sha256: str
    length: int


@dataclass(frozen=True)
class Passage:
    """A passage as a data package keeps it.

    Attributes
    ----------
    passage_id : str
        Its key.
    fingerprint : Fingerprint
        What is kept of its words.
    offset : int
        Where it began in the coder's copy: a hint.
    row : int
        Line of the table.
    """

    passage_id: str
    fingerprint: Fingerprint
    offset: int
    row: int


@dataclass(frozen=True)
class Verification:
    """What was found of a package's passages.

    Attributes
    ----------
    found : dict of str to (str, int)
        By key of the passage: the article's file name, and the offset in its normalised text.
    missing : tuple of Passage
        The others.
    """

    found: dict[str, tuple[str, int]]
    missing: tuple[Passage, ...]


def normalise(text: str) -> str:
    r"""Fold what differs between copies of the same words.

    Compatibility characters (NFKC), curly quotation marks, runs of white space and case are folded; a byte order
    mark is dropped. Folding twice changes nothing.

    Examples
    --------
    >>> normalise("“No,\u00a0never,” he  said")
    '"no, never," he said'
    """
    folded = text
    # Case-folding can make characters that NFKC folds further, so both are repeated until nothing changes.
    while (again := _folded_once(folded)) != folded:
        folded = again
    return folded


def _folded_once(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.replace(BYTE_ORDER_MARK, "")).translate(QUOTES)
    return " ".join(plain.split()).casefold()


def fingerprint(text: str) -> Fingerprint:
    """Return what is kept of a passage.

    Examples
    --------
    >>> fingerprint("Never!") == fingerprint("  never! ")
    True
    """
    normalised = normalise(text)
    return Fingerprint(_digest(normalised), len(normalised))


def _digest(normalised: str) -> str:
    return hashlib.sha256(normalised.encode("utf-8", errors="surrogatepass")).hexdigest()


def original_span(text: str, *, offset: int, length: int) -> tuple[int, int]:
    """Return where a stretch of the normalised text stands in the text itself.

    Parameters
    ----------
    text : str
        As it was read, not normalised.
    offset, length : int
        In ``normalise(text)``, as `locate` gives them.

    Returns
    -------
    tuple of int
        Start and end in the text; ``text[start:end]`` holds the stretch.

    Examples
    --------
    >>> original_span("“No,”  he said.", offset=6, length=7)
    (7, 14)
    >>> "“No,”  he said."[7:14]
    'he said'
    """
    start, end = _prefix_reaching(text, offset + 1) - 1, _prefix_reaching(text, offset + length)
    # An accent that stands after its letter is the last character's, too.
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return start, end


def _prefix_reaching(text: str, count: int) -> int:
    """Return the length of the shortest beginning of a text that has so many characters when normalised."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if len(normalise(text[:middle])) >= count else (middle + 1, high)
    return low


def locate(wanted: Fingerprint, article: str, *, hint: int = 0) -> int | None:
    """Find a passage in an article.

    Parameters
    ----------
    wanted : Fingerprint
        What is kept of the passage.
    article : str
        The normalised article.
    hint : int
        Where to look first.

    Returns
    -------
    int or None
        Offset in the article, ``None`` if the passage is not in it.

    Examples
    --------
    >>> locate(fingerprint("sold a boat"), normalise("We never sold a boat."))
    9
    """
    for offset in _nearest_first(hint, len(article) - wanted.length + 1):
        if _digest(article[offset : offset + wanted.length]) == wanted.sha256:
            return offset
    return None


def _nearest_first(hint: int, count: int) -> Iterator[int]:
    """Go through 0 to count - 1, outwards from the hint."""
    at = min(max(hint, 0), max(count - 1, 0))
    for step in range(count):
        if at + step < count:
            yield at + step
        if step and at - step >= 0:
            yield at - step


def verify(passages: Sequence[Passage], articles: Mapping[str, str]) -> Verification:
    """Find passages in articles: where each was first, then everywhere.

    Parameters
    ----------
    passages : sequence of Passage
        What to find.
    articles : mapping of str to str
        Normalised texts by file name, from `read_articles`.

    Returns
    -------
    Verification
    """
    found = {}
    for passage in passages:
        place = _at_hint(passage, articles) or _anywhere(passage, articles)
        if place:
            found[passage.passage_id] = place
    return Verification(found, tuple(each for each in passages if each.passage_id not in found))


def _at_hint(passage: Passage, articles: Mapping[str, str]) -> tuple[str, int] | None:
    end = passage.offset + passage.fingerprint.length
    for name, text in articles.items():
        if _digest(text[passage.offset : end]) == passage.fingerprint.sha256:
            return name, passage.offset
    return None


def _anywhere(passage: Passage, articles: Mapping[str, str]) -> tuple[str, int] | None:
    for name, text in articles.items():
        offset = locate(passage.fingerprint, text, hint=passage.offset)
        if offset is not None:
            return name, offset
    return None


def read_articles(*folders: Path) -> dict[str, str]:
    """Read all articles of some folders, normalised.

    Parameters
    ----------
    *folders : pathlib.Path
        Each with files that end in .txt, .md, .html or .htm; hidden ones are passed over.

    Returns
    -------
    dict of str to str
        Normalised text by file name, or by path where there are several folders, in the order of the names.

    Raises
    ------
    WorkbookError
        There is no such folder, or no article in it.
    """
    paths = [path for folder in folders for path in _article_paths(folder)]
    names = [path.name if len(folders) == 1 else str(path) for path in paths]
    return {name: normalise(read_article(path)) for name, path in zip(names, paths, strict=True)}


def _article_paths(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise WorkbookError(f"{folder}: no such folder; expected a folder with the texts of the articles")
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in ARTICLE_ENDINGS and path.name[0] != ".")
    if not paths:
        raise WorkbookError(f"{folder}: no article; expected files that end in {', '.join(ARTICLE_ENDINGS)}")
    return paths


def read_article(path: Path) -> str:
    """Read the text of an article, whatever its encoding; of a page its visible text.

    Parameters
    ----------
    path : pathlib.Path
        UTF-8, UTF-16 with its mark, or Windows-1252.

    Raises
    ------
    WorkbookError
        The file is no text.
    """
    text = decoded(path.read_bytes(), name=str(path))
    return _visible(text) if path.suffix.lower() in (".html", ".htm") else text


def decoded(content: bytes, *, name: str) -> str:
    """Return the text of a file, whatever its encoding.

    Parameters
    ----------
    content : bytes
        UTF-8, UTF-16 with its mark, or Windows-1252.
    name : str
        Of the file, for the fault.

    Raises
    ------
    WorkbookError
        The file is no text.

    Examples
    --------
    >>> decoded("“Never”".encode("cp1252"), name="article.txt")
    '“Never”'
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        raise WorkbookError(f"{name}: no text; expected UTF-8, UTF-16 with its mark, or Windows-1252")
    return _eight_bit(content)


def _eight_bit(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


class _Visible(HTMLParser):
    """Collects what a reader of a page sees."""

    SILENT = ("script", "style", "template", "noscript")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Part words at blocks."""
        self.silent += tag in self.SILENT
        if not re.fullmatch(r"a|abbr|b|cite|em|i|mark|q|s|small|span|strong|sub|sup|u", tag):
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Part words at the ends of blocks."""
        self.silent -= bool(self.silent) and tag in self.SILENT
        self.handle_starttag("br" if tag in self.SILENT else tag, [])

    def handle_data(self, data: str) -> None:
        """Keep what is seen."""
        if not self.silent:
            self.words.append(data)


def _visible(page: str) -> str:
    parser = _Visible()
    parser.feed(page)
    parser.close()
    return "".join(parser.words)
