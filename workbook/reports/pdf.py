"""Pages printed to PDF by a Chromium of the system."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from workbook.errors import WorkbookError
from workbook.files import write_whole

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WIDTH, HEIGHT = 718, 1000
"""Pixels of an A4 page within its margins: charts are drawn for it, and not cut off."""

SECONDS = 120
FLAGS = (
    *("--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *(
        "--disable-component-update",
        "--disable-sync",
        "--no-pdf-header-footer",
        "--virtual-time-budget=20000",
    ),
)
DATE = re.compile(rb"/(CreationDate|ModDate) \(D:(\d{14})([^)]*)\)")


def find_chromium() -> str:
    """Return the Chromium of this machine.

    Raises
    ------
    WorkbookError
        There is none; says how to get one.
    """
    named = os.environ.get("CHROMIUM")
    found = next((path for path in map(shutil.which, [named] if named else NAMES) if path), None)
    if not found:
        raise WorkbookError(
            f"no Chromium found{f' at {named}' if named else ''}; expected one of "
            f"{', '.join(NAMES)} on the path, or its path in the environment variable CHROMIUM. "
            "Install it, for example: sudo apt-get install chromium"
        )
    return found


def print_page(page: Path, *, chromium: str) -> Path:
    """Print a page to a PDF beside it.

    Parameters
    ----------
    page : pathlib.Path
        The report.
    chromium : str
        From `find_chromium`.

    Returns
    -------
    pathlib.Path
        The PDF; the same bytes for the same page and browser (SOURCE_DATE_EPOCH gives its date).

    Raises
    ------
    WorkbookError
        The browser printed nothing, or SOURCE_DATE_EPOCH is no number of seconds.
    """
    day = _printed_on()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "page.pdf"
        command = [chromium, *FLAGS, f"--user-data-dir={folder}/profile", f"--window-size={WIDTH},{HEIGHT}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # Chromium refuses to run as root with its sandbox.
        command += [f"--print-to-pdf={target}", page.resolve().as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise WorkbookError(f"{page.name}: {chromium} did not print it within {SECONDS} seconds") from error
        if not target.is_file():
            raise WorkbookError(f"{page.name}: {chromium} printed nothing; it said: {done.stderr.strip()[-400:]}")
        pdf = page.with_suffix(".pdf")
        write_whole(pdf, DATE.sub(rb"/\1 (D:" + day + rb"\3)", target.read_bytes()))
    return pdf


def _printed_on() -> bytes:
    """Return the date that is asked for, letter for letter as long as the clock's, in whose place it is put."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH") or "0"
    try:
        day = datetime.fromtimestamp(int(seconds), tz=UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise WorkbookError(
            f"SOURCE_DATE_EPOCH: found {seconds!r}; expected seconds since 1970, such as 1700000000"
        ) from error
    return f"{day:%Y%m%d%H%M%S}".encode()
