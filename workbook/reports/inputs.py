"""What a report is made from, as one checksum: a page that carries it need not be made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from workbook.errors import WorkbookError
from workbook.readers.coded import find_package
from workbook.reports.request import ReportRequest

PACKAGE = Path(__file__).parents[1]
CODE = (".py", ".json", ".j2", ".css", ".js")
LIBRARIES = ("duckdb", "jinja2", "mistune", "narwhals", "numpy", "pandas", "plotly", "scipy")
"""Those that have a say in what stands on a page."""


class Inputs:
    """Checksums of what reports are made from; data and code are read once for a whole batch."""

    def __init__(self, *, form: str) -> None:
        self._form = form
        self._datasets: dict[str, str] = {}

    def of(self, request: ReportRequest) -> str:
        """Return the checksum of a report's notebook, parameters, data, package, libraries and form."""
        dataset = str(request.parameters.get("dataset", ""))
        if dataset and dataset not in self._datasets:
            self._datasets[dataset] = folder_checksum(find_package(dataset))
        parts = {
            "notebook": hashlib.sha256(request.card.path.read_bytes()).hexdigest(),
            "parameters": request.parameters,
            "data": self._datasets.get(dataset, ""),
            "events": stored_state(str(request.parameters.get("events", ""))),
            "package": package_checksum(),
            "form": self._form,
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def still(self, request: ReportRequest) -> bool:
        """Tell whether all that a report is made from is there and as it was, read anew."""
        try:
            return Inputs(form=self._form).of(request) == self.of(request)
        except (OSError, WorkbookError):
            return False


@cache
def package_checksum() -> str:
    """Return the checksum of the workbook's code, and of the versions of the libraries that it computes with."""
    code = (path for path in PACKAGE.rglob("*") if path.suffix in CODE and "bundled" not in path.parts)
    versions = json.dumps({name: version(name) for name in LIBRARIES})
    return _checksum(code, root=PACKAGE, more=versions)


def folder_checksum(folder: Path) -> str:
    """Return the checksum of all files of a folder, with their names."""
    return _checksum((path for path in folder.rglob("*") if path.is_file()), root=folder)


def stored_state(path: str) -> list[tuple[str, int, int]]:
    """Return names, sizes and times of change of stored events: they can be too many to be read for this."""
    if not path:
        return []
    place = Path(path)
    if place.is_file():  # Also one whose name could be read as a pattern.
        found = iter([place])
    else:
        root = Path(place.anchor or ".")
        found = place.rglob("*") if place.is_dir() else root.glob(str(place.relative_to(place.anchor)))
    states = [(str(each), each.stat()) for each in sorted(found) if each.is_file()]
    return [(name, state.st_size, state.st_mtime_ns) for name, state in states]


def _checksum(paths: Iterable[Path], *, root: Path, more: str = "") -> str:
    found = hashlib.sha256(more.encode())
    for path in sorted(paths):
        content = path.read_bytes()
        found.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()
