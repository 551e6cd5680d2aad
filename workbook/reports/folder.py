"""A folder of reports: whole pages, and an index that says what is there."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import UnionType
from typing import Any

from workbook.errors import WorkbookError
from workbook.files import ENDING, write_whole
from workbook.reports.files import Dress, write_assets
from workbook.reports.index import index_page

try:
    import fcntl
except ImportError:  # Windows: two batches at once in one folder are not told apart there.
    fcntl = None  # type: ignore[assignment]

ABOUT = re.compile(r'<script type="application/json" id="about">(.*?)</script>', re.DOTALL)
SAID: dict[str, type | UnionType] = {
    "notebook": str,
    "title": str,
    "question": str,
    "choice": dict,
    "finding": str,
    "inputs": str,
    "statements": int | None,
    "failed": bool,
}
"""What a page of ours says of itself."""

INDEX = "index.html"
INDEX_WORDS = "Who said what about whom, when"
"""What every index of reports says."""

LOCK = ".lock"


class ReportFolder:
    """Where a batch writes; only one batch at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._about: dict[str, dict[str, Any]] = {}

    @contextmanager
    def opened(self, *, single_file: bool) -> Iterator[ReportFolder]:
        """Hold the folder for one batch, without what a killed one has left; the index is true at the end, too.

        Raises
        ------
        WorkbookError
            Another batch is at work in it, or it has an index that is none of reports.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        self._refuse_foreign_index()
        with (self.path / LOCK).open("a") as lock:  # What is in a file of that name stays there.
            if fcntl is not None:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError as error:
                    raise WorkbookError(
                        f"{self.path}: another batch writes into it; wait for it, or name another folder: --out"
                    ) from error
            for folder in (self.path, self.path / "assets"):  # Below may be folders of other batches, at work.
                for leftover in folder.glob(f".*{ENDING}"):
                    leftover.unlink(missing_ok=True)
            write_assets(self.path, single_file=single_file)
            self._about = read_reports(self.path)
            try:
                yield self
            finally:
                self.write_index()

    def _refuse_foreign_index(self) -> None:
        index = self.path / INDEX
        if index.is_file() and INDEX_WORDS not in index.read_text(encoding="utf-8", errors="replace"):
            raise WorkbookError(
                f"{index}: found a page that is no index of reports; expected none, for it would be overwritten: "
                "name another folder with --out, or move the page away"
            )

    def holds(self, page: str, *, inputs: str, pdf: bool) -> bool:
        """Tell whether the page is there, whole, made from these inputs, and printed if it is to be."""
        about = self._about.get(page, {})
        printed = not pdf or (self.path / page).with_suffix(".pdf").is_file()
        return about.get("inputs") == inputs and not about.get("failed") and printed

    def put(self, page: str, html: str) -> Path:
        """Write a page, and the index with it; a print of the page before it goes."""
        path = self.path / page
        with self._lock:
            path.with_suffix(".pdf").unlink(missing_ok=True)
            write_whole(path, html.encode("utf-8"))
            self._about[page] = _about(html) or {}
            self._write_index()
        return path

    def write_index(self) -> None:
        """Write the index anew, for prints that have come since."""
        with self._lock:
            self._write_index()

    def _write_index(self) -> None:
        reports = [about | {"file": page, "pdf": self._pdf(page)} for page, about in self._about.items()]
        write_whole(self.path / INDEX, index_page(reports, dress=Dress()).encode("utf-8"))

    def _pdf(self, page: str) -> str:
        path = (self.path / page).with_suffix(".pdf")
        return path.name if path.is_file() else ""


def read_reports(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what each page of a folder says of itself, by file; pages that are none of ours are passed over."""
    pages = sorted(path for path in folder.glob("*.html") if path.name != INDEX and path.is_file())
    found = {page.name: _about(page.read_text(encoding="utf-8", errors="replace")) for page in pages}
    return {name: about for name, about in found.items() if about}


def _about(html: str) -> dict[str, Any] | None:
    found = ABOUT.search(html)
    try:
        about = json.loads(found[1]) if found else None
    except ValueError:
        return None
    if not isinstance(about, dict) or not set(about) >= set(SAID):
        return None
    is_ours = all(isinstance(about[name], kind) for name, kind in SAID.items())
    return about if is_ours and all(isinstance(words, str) for words in about["choice"].values()) else None
