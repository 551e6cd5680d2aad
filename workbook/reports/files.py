"""Files of a report: the scripts and styles that pages wear."""

from __future__ import annotations

import base64
import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import ClassVar

from workbook.charts.plotlyjs import LICENSE, PLOTLY, plotly_asset
from workbook.files import write_whole


@dataclass(frozen=True)
class Dress:
    """Scripts and styles of a page: files beside it, or, for a page that travels alone, inside it."""

    single_file: bool = False
    plotly_file: ClassVar[str] = PLOTLY

    @property
    def policy(self) -> str:
        """What the page may load: nothing from outside its folder, and nothing but itself if it is alone."""
        scripts = f"{' '.join(map(_source_hash, self.inline))} blob:" if self.single_file else "'self' file:"
        return (
            f"default-src 'none'; script-src {scripts}; style-src 'self' file: 'unsafe-inline'; "
            "img-src 'self' file: data: blob:; base-uri 'none'; form-action 'none'"
        )

    @property
    def inline(self) -> tuple[str, ...]:
        """Scripts that stand inside a page that is alone."""
        return (text("report.js"), text("unpack.js"))

    @property
    def css(self) -> str:
        """The styles."""
        return text("report.css")

    @property
    def plotly(self) -> str:
        """plotly.js with its licence, compressed, as text."""
        return _packed()

    @staticmethod
    def path(name: str) -> str:
        """Return where a shared file lies, seen from a page."""
        return f"assets/{asset_names()[name]}"


def _source_hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@cache
def _packed() -> str:
    content = b"/*\n" + asset(LICENSE) + b"*/\n" + asset(PLOTLY)
    return base64.b64encode(gzip.compress(content, mtime=0)).decode()


@cache
def asset_names() -> dict[str, str]:
    """Return under what names the shared files lie beside the reports: those that change carry a checksum."""
    names = {PLOTLY: PLOTLY, LICENSE: LICENSE}
    for name in ("report.css", "report.js", "index.js"):
        stem, ending = name.split(".")
        names[name] = f"{stem}-{hashlib.sha256(asset(name)).hexdigest()[:8]}.{ending}"
    return names


def write_assets(folder: Path, *, single_file: bool) -> None:
    """Put the shared files beside the reports, where they are not there already; for pages alone, the index's."""
    needed = ("report.css", "index.js") if single_file else tuple(asset_names())
    for name in needed:
        path = folder / "assets" / asset_names()[name]
        content = asset(name)
        if not path.is_file() or path.read_bytes() != content:
            write_whole(path, content)


def text(name: str) -> str:
    """Return a shared file as text."""
    return asset(name).decode("utf-8")


@cache
def asset(name: str) -> bytes:
    """Return a shared file as it travels with the package."""
    if name in (PLOTLY, LICENSE):
        return plotly_asset(name)
    return files("workbook.reports").joinpath("assets", name).read_bytes()
