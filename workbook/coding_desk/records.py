"""A step of saving as it is written down before it is done: what finishes it, and what undoes it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from workbook.errors import WorkbookError

Stage = Literal["saving", "saved", "undoing"]


@dataclass(frozen=True)
class FileChange:
    """What a step does to one file.

    Attributes
    ----------
    path : pathlib.Path
        Which file.
    before, after : bytes or None
        Its bytes as they were read and as they shall be; ``None``: no file. Where both are the same the file is
        only held: the step is refused if somebody has changed it.
    """

    path: Path
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True)
class Record:
    """A step as it is written down.

    Attributes
    ----------
    stage : {"saving", "saved", "undoing"}
        How far it is.
    title : str
        What is saved, in words.
    changes : tuple of FileChange
        What it does to which file.
    """

    stage: Stage
    title: str
    changes: tuple[FileChange, ...]


def written(step: Record, *, package: Path) -> bytes:
    """Return a step as it is written down; its files are named by their place in the package."""
    changes = [
        {
            "path": each.path.relative_to(package).as_posix(),
            "before": _encoded(each.before),
            "after": _encoded(each.after),
        }
        for each in step.changes
    ]
    return json.dumps({"stage": step.stage, "title": step.title, "changes": changes}).encode("utf-8")


def read_record(path: Path, *, package: Path) -> Record | None:
    """Read a step that was written down; none where there is no such file.

    Raises
    ------
    WorkbookError
        The file is no record, or one that leads out of the package.
    """
    if not path.is_file():
        return None
    content = path.read_bytes()
    try:
        step: dict[str, Any] = json.loads(content)
        changes = tuple(
            FileChange(_inside(package, each["path"]), _decoded(each["before"]), _decoded(each["after"]))
            for each in step["changes"]
        )
        return Record(step["stage"], step["title"], changes)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorkbookError(f"{path}: found no record of a save; expected one as it was written: delete it") from error


def _inside(package: Path, path: str) -> Path:
    """Refuse what leads out of the package: a record can come from a stranger with the package."""
    whole = package / path
    if not whole.parent.resolve().is_relative_to(package.resolve()):
        raise ValueError(path)
    return whole


def _encoded(content: bytes | None) -> str | None:
    return None if content is None else base64.b64encode(content).decode("ascii")


def _decoded(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)
