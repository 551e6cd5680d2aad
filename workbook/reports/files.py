"""Files of a report: their names, and writing that is whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

PLOTLY = "plotly-cartesian-4.1.1.min.js"
PLOTLY_SHA256 = "79542150855a52c567260e3137095dbe2b744e6d702a5cabe67da246942fba7a"
ASSETS = (PLOTLY, "plotly-LICENSE.txt", "report.css", "report.js")
LONGEST_STEM = 96


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, whenever the process ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def report_stem(notebook: str, changed: Mapping[str, object]) -> str:
    """Name a report: readable, safe on every file system, another for other parameters.

    Examples
    --------
    >>> report_stem("claim_ledger", {})
    'claim_ledger'
    >>> report_stem("claim_ledger", {"actors": ["USA"], "start": "2023-01-01"})
    'claim_ledger--actors-USA--start-2023-01-01--4e7a00'
    """
    if not changed:
        return _safe(notebook)
    words = [_safe(f"{name}-{_readable(value)}") for name, value in sorted(changed.items())]
    digest = hashlib.sha256(json.dumps(dict(sorted(changed.items()))).encode()).hexdigest()[:6]
    return f"{'--'.join([_safe(notebook), *words])[:LONGEST_STEM]}--{digest}"


def _readable(value: object) -> str:
    return "+".join(map(str, value)) if isinstance(value, list) else str(value)


def _safe(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_+.-]+", "_", text).strip("._") or "report"


def asset_names() -> dict[str, str]:
    """Return under what names the shared files lie beside the reports: those that change carry a checksum."""
    names = {PLOTLY: PLOTLY, "plotly-LICENSE.txt": "plotly-LICENSE.txt"}
    for name in ("report.css", "report.js"):
        stem, ending = name.split(".")
        names[name] = f"{stem}-{hashlib.sha256(_asset(name)).hexdigest()[:8]}.{ending}"
    return names


def write_assets(folder: Path) -> None:
    """Put the shared files beside the reports, where they are not there already."""
    for name, written in asset_names().items():
        path = folder / "assets" / written
        content = _asset(name)
        if not path.is_file() or path.read_bytes() != content:
            write_whole(path, content)


def _asset(name: str) -> bytes:
    return files("workbook.reports").joinpath("assets", name).read_bytes()
