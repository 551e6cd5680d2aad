"""Where a command may write."""

from __future__ import annotations

from pathlib import Path

from workbook.errors import Fault, ParameterError


def free_place(path: Path, *, command: str, force: bool) -> Path:
    """Return the place of a file to write; refuse one that is taken, unless it may be overwritten.

    Raises
    ------
    ParameterError
        Something is there already.

    Examples
    --------
    >>> free_place(Path("new.csv"), command="workbook export", force=False).name
    'new.csv'
    """
    if path.is_dir():
        raise ParameterError(command, [Fault("parameters", None, "--out", f"the folder {path}", "a file")])
    if path.exists() and not force:
        found = f"{path}, which is there already"
        raise ParameterError(command, [Fault("parameters", None, "--out", found, "a new name, or --force")])
    return path
