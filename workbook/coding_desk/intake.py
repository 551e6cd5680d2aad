"""Which source an article is: one that is coded already, one whose text lies in the articles folder, or a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from workbook.coding_desk.article import Article
from workbook.coding_desk.coders import coders_of
from workbook.coding_desk.draft import ArticleCoding, SourceDraft
from workbook.coding_desk.opened import OpenedPackage
from workbook.coding_desk.rows import FIRST_KEYS, next_keys
from workbook.coding_desk.saving import ChangedOnDiskError, FileChange
from workbook.errors import WorkbookError
from workbook.evidence import Fingerprint, locate, normalise, read_article
from workbook.files import write_whole
from workbook.readers.coded import read_package

REACH = 500
"""Characters by which another copy of an article can be longer or shorter before a passage."""


@dataclass(frozen=True)
class Intake:
    """An article as the desk takes it in.

    Attributes
    ----------
    coding : ArticleCoding
        The article under its key, without statements.
    notes : tuple of str
        What the coder should know: that it is coded already, that the page's date cannot be the article's.
    alike : tuple of str
        Sources of which passages stand in the text: the same article in another copy, or the same report of an agency
        in another outlet, which is a source of its own.
    """

    coding: ArticleCoding
    notes: tuple[str, ...]
    alike: tuple[str, ...] = ()


def take_in(article: Article, *, opened: OpenedPackage, source_id: str = "") -> Intake:
    """Give an article the key of its source.

    Parameters
    ----------
    article : Article
        As it was pasted or read from a file.
    opened : OpenedPackage
        The package for which it is coded.
    source_id : str
        Which source it is, where the coder knows; empty: as far as its text tells.

    Returns
    -------
    Intake
        An article that is there already keeps its key, and its row if the package has it; passages are then counted
        in the text that lies in the articles folder. A new one gets the next key.

    Raises
    ------
    WorkbookError
        There is no text.
    """
    text = article.text.replace("\x00", " ").encode("utf-8", errors="replace").decode("utf-8")
    if not text.strip():
        raise WorkbookError("the article: found no text; expected its words, pasted or from a file")
    article = replace(article, text=text)
    source_id = source_id or _known_source(text, opened)
    if not source_id:
        alike = _alike(normalise(text), opened)
        notes = (*(_alike_note(key, opened) for key in alike), *article.warnings)
        return Intake(ArticleCoding(article, SourceDraft.of(article), _free_key(text, opened)), notes, alike)
    row = _source_row(source_id, opened)
    source = SourceDraft(**{name: row[name] for name in row if name != "source_id"}) if row else SourceDraft.of(article)
    is_known = source_id in {each["source_id"] for each in opened.rows("sources")}
    kept = text_path(source_id, opened)
    coding = ArticleCoding(
        replace(article, text=read_article(kept) if kept.is_file() else text), source, source_id, is_known
    )
    return Intake(coding, (_known_note(source_id, source, is_known=is_known), *article.warnings))


def saved_articles(opened: OpenedPackage) -> tuple[tuple[str, str], ...]:
    """Return the articles that can be gone on with: those of the package whose text lies in the articles folder.

    Returns
    -------
    tuple of (str, str)
        Key and title, in the order of the table.
    """
    rows = opened.rows("sources")
    return tuple((row["source_id"], row["title"]) for row in rows if text_path(row["source_id"], opened).is_file())


def go_on_with(source_id: str, *, opened: OpenedPackage) -> Intake:
    """Take in an article whose text lies in the articles folder."""
    return take_in(Article(read_article(text_path(source_id, opened))), opened=opened)


def text_path(source_id: str, opened: OpenedPackage) -> Path:
    """Return where the text of an article lies."""
    return opened.articles / f"{source_id}.txt"


def keep_text(coding: ArticleCoding, *, opened: OpenedPackage) -> list[FileChange]:
    """Return the change that keeps an article's text beside the package; where it lies there already, it is held.

    An articles folder outside the package is no part of a step that can be undone: there the text is written at once.

    Raises
    ------
    ChangedOnDiskError
        Another text lies there under this key.
    """
    path = text_path(coding.source_id, opened)
    if path.is_file():
        if not _lies_under(coding.source_id, coding.article.text, opened):
            raise ChangedOnDiskError(
                f"{path}: found another text under this key; expected this article, or no file: nothing was saved; "
                "load the package again, then save"
            )
        held = path.read_bytes()
        return [FileChange(path, held, held)] if _is_inside(path, opened) else []
    content = coding.article.text.encode("utf-8")
    if _is_inside(path, opened):
        return [FileChange(path, None, content)]
    write_whole(path, content)
    return []


def texts_of_others(opened: OpenedPackage) -> frozenset[Path]:
    """Return where the texts lie that rows of the package, or of other coders, stand on: an undo leaves them there."""
    folders = [opened.base, *(opened.base / "codings" / coder for coder in coders_of(opened.base))]
    others = [read_package(folder) for folder in folders if folder != opened.folder]
    return frozenset(text_path(key, opened) for other in others for key in other.tables["sources"]["source_id"])


def _is_inside(path: Path, opened: OpenedPackage) -> bool:
    return path.resolve().is_relative_to(opened.base.resolve())


def _known_source(text: str, opened: OpenedPackage) -> str:
    """Return the key under which an article is there: by its whole text, or by its passages, all at their places."""
    by_text = (key for key in opened.sources_taken if _lies_under(key, text, opened))
    at_place = {key for key, found in _passages_in(normalise(text), opened, reach=0).items() if all(found)}
    return next(by_text, "") or min(at_place, default="")


def _alike(folded: str, opened: OpenedPackage) -> tuple[str, ...]:
    """Return the sources of which some passage stands in a text near its place."""
    return tuple(key for key, found in _passages_in(folded, opened, reach=REACH).items() if any(found))


def _passages_in(folded: str, opened: OpenedPackage, *, reach: int) -> dict[str, list[bool]]:
    """Tell for each source which of its passages stand in a text, so many characters from their place at most."""
    source_of = {row["mention_id"]: row["source_id"] for row in opened.rows("mentions")}
    found: dict[str, list[bool]] = {}
    for row in opened.rows("passages"):
        offset, length = int(row["offset"]), int(row["length"])
        around = folded[max(0, offset - reach) : offset + length + reach]
        stands = locate(Fingerprint(row["sha256"], length), around, hint=min(reach, offset)) is not None
        found.setdefault(source_of[row["mention_id"]], []).append(stands)
    return found


def _lies_under(key: str, text: str, opened: OpenedPackage) -> bool:
    path = text_path(key, opened)
    return path.is_file() and normalise(read_article(path)) == normalise(text)


def _free_key(text: str, opened: OpenedPackage) -> str:
    """Return the next key that no source has, and no other text in the articles folder."""
    taken = list(opened.sources_taken)
    while True:
        key = next_keys(taken, first=FIRST_KEYS["sources"], count=1)[0]
        if not text_path(key, opened).exists() or _lies_under(key, text, opened):
            return key
        taken.append(key)


def _source_row(source_id: str, opened: OpenedPackage) -> dict[str, str]:
    """Return the row of a source: the folder's own, or the base's; empty where neither has it."""
    base = read_package(opened.base).tables["sources"].fillna("").to_dict("records")
    rows = [*opened.rows("sources"), *({str(name): str(cell) for name, cell in row.items()} for row in base)]
    return next((row for row in rows if row["source_id"] == source_id), {})


def _known_note(source_id: str, source: SourceDraft, *, is_known: bool) -> str:
    title = f"“{source.title}”, " if source.title else ""
    if is_known:
        return f"This is {source_id}, {title}which is coded already: what you put down is added to it."
    return f"This is {source_id}, {title}which others code too: your rows name it by the same key."


def _alike_note(source_id: str, opened: OpenedPackage) -> str:
    row = _source_row(source_id, opened)
    return (
        f"Passages of {source_id}, “{row['title']}” ({row['publisher']}), stand in this text. "
        "The same article is not coded twice; the same report in another outlet is an article of its own."
    )
