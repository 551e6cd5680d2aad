"""The words behind a statement, in the analyst's own copies of the articles: found by fingerprint, never kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from workbook.errors import WorkbookError
from workbook.evidence import ARTICLE_ENDINGS, Fingerprint, Passage, normalise, original_span, read_article, verify

CONTEXT = 160
"""Characters that are shown before and after a passage."""


@dataclass(frozen=True)
class Excerpt:
    """A passage with what stands around it.

    Attributes
    ----------
    file : str
        Name of the article's file.
    before, words, after : str
        The passage and its surroundings, as they stand in the file; blanks are folded.
    """

    file: str
    before: str
    words: str
    after: str


@dataclass
class ArticleFolder:
    """A folder with articles, read when the first passage is looked for.

    Attributes
    ----------
    path : pathlib.Path
        Where the texts lie; it may be missing, then nothing is found.
    """

    path: Path
    _texts: dict[str, str] = field(default_factory=dict)
    _folded: dict[str, str] = field(default_factory=dict)
    _stamp: tuple[tuple[str, int, int], ...] = ()

    def excerpts(self, passages: pd.DataFrame) -> dict[str, Excerpt]:
        """Find passages.

        Parameters
        ----------
        passages : pandas.DataFrame
            Columns as in `EventData.passages`.

        Returns
        -------
        dict of str to Excerpt
            By key of the passage; those in no article are left out.
        """
        self._read()
        wanted = [
            Passage(row.passage_id, Fingerprint(row.sha256, int(row.length)), int(row.offset), place)
            for place, row in enumerate(passages.itertuples())
        ]
        found = verify(wanted, self._folded).found
        lengths = {each.passage_id: each.fingerprint.length for each in wanted}
        return {key: self._excerpt(file, offset, lengths[key]) for key, (file, offset) in found.items()}

    def _read(self) -> None:
        """Read the articles again where a file is new or another."""
        paths = sorted(self.path.iterdir()) if self.path.is_dir() else []
        paths = [path for path in paths if path.suffix.lower() in ARTICLE_ENDINGS and path.is_file()]
        stamp = tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in paths)
        if stamp == self._stamp:
            return
        self._texts, self._stamp = {}, stamp
        for path in paths:
            try:
                self._texts[path.name] = read_article(path)
            except (OSError, WorkbookError):
                continue  # A file that is no text holds no passage; the others are looked at.
        self._folded = {name: normalise(text) for name, text in self._texts.items()}

    def _excerpt(self, file: str, offset: int, length: int) -> Excerpt:
        text = self._texts[file]
        start, end = original_span(text, offset=offset, length=length)
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        cut_before, cut_after = "… " if start > CONTEXT else "", " …" if end + CONTEXT < len(text) else ""
        return Excerpt(file, cut_before + _folded(before), _folded(text[start:end]), _folded(after) + cut_after)


def _folded(text: str) -> str:
    """Fold blanks, but keep one at the ends where there was any."""
    words = " ".join(text.split())
    return f"{' ' if text[:1].isspace() else ''}{words}{' ' if text[-1:].isspace() else ''}" if words else " "
