"""What a command reads, and where it may write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from workbook.errors import Fault, ParameterError


class Named(click.ParamType[str]):
    """The name of something; an empty one, as of a variable that is not set, names nothing."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name."""
        if not str(value).strip():
            self.fail("found an empty name; expected a name or a path, or leave it out", param, ctx)
        return str(value)


class Place(click.Path):
    """A file or a folder; an empty path would be the folder in which one is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        if value == "":
            self.fail("found an empty path; expected a path; the folder in which you are is .", param, ctx)
        return super().convert(value, param, ctx)


def free_place(path: Path, *, command: str, force: bool) -> Path:
    """Return the place of a file to write; refuse one that is taken, unless it may be overwritten.

    Raises
    ------
    ParameterError
        Something is there already, or something that no file may take the place of.

    Examples
    --------
    >>> free_place(Path("new.csv"), command="workbook export", force=False).name
    'new.csv'
    """
    if path.is_dir():
        raise ParameterError(command, [Fault("parameters", None, "--out", f"the folder {path}", "a file")])
    if path.is_file() and not force:
        found = f"{path}, which is there already"
        raise ParameterError(command, [Fault("parameters", None, "--out", found, "a new name, or --force")])
    return no_device(path, command=command)


def no_device(path: Path, *, command: str) -> Path:
    """Return a place to write; refuse a device or a pipe, which a whole file would replace.

    Raises
    ------
    ParameterError
        There is one.

    Examples
    --------
    >>> no_device(Path("events"), command="workbook convert").name
    'events'
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise ParameterError(command, [Fault("parameters", None, "--out", f"{path}, a device or a pipe", "a file")])
    return path
