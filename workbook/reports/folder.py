"""A folder of reports: whole pages, and an index that says what is there."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
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
SAID = {"notebook", "title", "question", "choice", "finding", "inputs", "statements", "failed"}
"""What a page of ours says of itself."""

INDEX = "index.html"
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
            Another batch is at work in it.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / LOCK).open("w") as lock:
            if fcntl is not None:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError as error:
                    raise WorkbookError(
                        f"{self.path}: another batch writes into it; wait for it, or name another folder: --out"
                    ) from error
            for leftover in self.path.rglob(f".*{ENDING}"):
                leftover.unlink(missing_ok=True)
            write_assets(self.path, single_file=single_file)
            self._about = read_reports(self.path)
            try:
                yield self
            finally:
                self.write_index()

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
    pages = sorted(path for path in folder.glob("*.html") if path.name != INDEX)
    found = {page.name: _about(page.read_text(encoding="utf-8", errors="replace")) for page in pages}
    return {name: about for name, about in found.items() if about}


def _about(html: str) -> dict[str, Any] | None:
    found = ABOUT.search(html)
    try:
        about = json.loads(found[1]) if found else None
    except ValueError:
        return None
    return about if isinstance(about, dict) and set(about) >= SAID else None
