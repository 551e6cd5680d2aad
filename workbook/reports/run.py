"""One notebook run by papermill: the executed notebook, or what went wrong."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from traitlets.config import Config

CELL_TIMEOUT = 600
"""Seconds that a cell may take."""

KERNEL = "python3"
ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True)
class Failure:
    """A notebook that did not run to its end.

    Attributes
    ----------
    error : str
        Name and words of the error.
    source : str
        The cell in which it arose; empty where it was in none.
    traceback : str
        As Python prints it, without colours.
    """

    error: str
    source: str
    traceback: str


def run_notebook(path: Path, *, parameters: Mapping[str, object]) -> dict[str, Any] | Failure:
    """Run a notebook in a fresh kernel.

    Parameters
    ----------
    path : pathlib.Path
        The notebook; it is not changed.
    parameters : mapping of str to object
        What to set.

    Returns
    -------
    dict or Failure
        The executed notebook as JSON has it.
    """
    import papermill

    with _drawing_as_json():
        try:
            executed = papermill.execute_notebook(
                str(path),
                None,
                parameters=dict(parameters),
                kernel_name=KERNEL,
                progress_bar=False,
                execution_timeout=CELL_TIMEOUT,
                cwd=str(Path.cwd()),
                config=_private_sockets(),
            )
        except papermill.PapermillExecutionError as error:
            return Failure(f"{error.ename}: {error.evalue}", error.source, ESCAPES.sub("", "\n".join(error.traceback)))
        except Exception as error:  # A kernel that dies or hangs raises whatever its client does; the others go on.
            return Failure(f"{type(error).__name__}: {error}", "", "")
    return dict(executed)


def _private_sockets() -> Config:
    """Let kernels talk over files of this user, where the system can: no port is opened."""
    from traitlets.config import Config

    return Config({"KernelManager": {"transport": "ipc"}} if os.name == "posix" else {})


@contextmanager
def _drawing_as_json() -> Iterator[None]:
    """Let plotly hand over figures as JSON alone, whatever the user's own setting: the page brings its plotly.js."""
    names = {"PLOTLY_RENDERER": "plotly_mimetype", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
