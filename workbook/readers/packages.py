"""Where data packages lie: those that travel with the workbook, and one's own."""

from __future__ import annotations

from pathlib import Path

from workbook.errors import WorkbookError, nearest

INSTALLED = Path(__file__).parents[1] / "bundled" / "data"
CHECKOUT = Path(__file__).parents[2] / "data"


def package_names() -> list[str]:
    """Return the names of the data sets that travel with the workbook."""
    return sorted(path.parent.name for path in _home().glob("*/datapackage.json"))


def find_package(name_or_path: str | Path) -> Path:
    """Return the folder of a data package.

    Parameters
    ----------
    name_or_path : str or pathlib.Path
        Name of a data set that travels with the workbook, or the path of a package's folder or descriptor.

    Raises
    ------
    WorkbookError
        There is no such package.
    """
    path = Path(name_or_path)
    if str(name_or_path) in package_names():
        return _home() / str(name_or_path)
    if path.name == "datapackage.json" and path.is_file():
        return path.parent
    if path.is_dir() and str(name_or_path):
        return path
    names = package_names()
    raise WorkbookError(
        f"data set {str(name_or_path)!r}: no such name and no such folder; expected one of "
        f"{', '.join(names)}{nearest(name_or_path, names)}, or the folder of a data package"
    )


def _home() -> Path:
    return INSTALLED if INSTALLED.is_dir() else CHECKOUT
