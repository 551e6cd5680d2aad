"""The index of a folder of reports, made from the pages that are there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from workbook.reports.files import write_whole
from workbook.reports.page import index_page

ABOUT = re.compile(r'<script type="application/json" id="about">(.*?)</script>', re.DOTALL)
INDEX = "index.html"


def write_index(folder: Path) -> Path:
    """Write index.html anew from the pages of the folder.

    Parameters
    ----------
    folder : pathlib.Path
        Where the reports are; pages that are none of ours are passed over.

    Returns
    -------
    pathlib.Path
    """
    path = folder / INDEX
    write_whole(path, index_page(read_reports(folder)).encode("utf-8"))
    return path


def read_reports(folder: Path) -> list[dict[str, Any]]:
    """Return what each page of a folder says of itself, by notebook and parameters."""
    pages = sorted(path for path in folder.glob("*.html") if path.name != INDEX)
    reports = []
    for page in pages:
        about = ABOUT.search(page.read_text(encoding="utf-8"))
        if about:
            pdf = page.with_suffix(".pdf")
            reports.append(json.loads(about[1]) | {"file": page.name, "pdf": pdf.name if pdf.is_file() else ""})
    return sorted(reports, key=lambda each: (each["title"], len(each["changed"]), each["file"]))
