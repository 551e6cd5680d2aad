"""One notebook run by papermill: the executed notebook, or what went wrong."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CELL_TIMEOUT = 600
"""Seconds that a cell may take."""

ENGINES = ("warm", "stock")
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
        As Python prints it, without colours; of a kernel that died, what it printed last.
    """

    error: str
    source: str
    traceback: str


@dataclass(frozen=True)
class Runner:
    """How notebooks are run.

    Attributes
    ----------
    engine : {"warm", "stock"}
        Kernels forked from a process that has imported everything, or a new interpreter for each.
    timeout : int
        Seconds that a cell may take.
    memory_limit : int
        Bytes of data that a warm kernel may hold; 0: no limit.
    turns : threading.Semaphore
        Taken while the cells of a notebook run in a warm kernel: kernels can start and end beside.
    """

    engine: str = "stock"
    timeout: int = CELL_TIMEOUT
    memory_limit: int = 0
    turns: threading.Semaphore = field(default_factory=threading.Semaphore)

    def begin(self) -> None:
        """Let the process that forks kernels import what they need; returns at once."""
        if self.engine == "warm":
            from workbook.kernels.warm import warm_parent

            warm_parent.begin()

    def run(self, path: Path, *, parameters: Mapping[str, object]) -> dict[str, Any] | Failure:
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
        from workbook.kernels.preload import without_address_grammar

        without_address_grammar()
        import papermill

        from workbook.reports.engines.ended import KernelEndedError

        try:
            executed = papermill.execute_notebook(
                str(path),
                None,
                parameters=dict(parameters),
                engine_name=self.engine,
                kernel_name=KERNEL,
                progress_bar=False,
                execution_timeout=self.timeout,
                cwd=None,  # It would be set for the whole process, and other notebooks run beside this one.
                memory_limit=self.memory_limit,
                turns=self.turns,
            )
        except papermill.PapermillExecutionError as error:
            return Failure(f"{error.ename}: {error.evalue}", error.source, ESCAPES.sub("", "\n".join(error.traceback)))
        except KernelEndedError as error:
            return Failure(str(error), error.source, ESCAPES.sub("", error.log))
        except Exception as error:  # A client of kernels raises whatever it does; the other notebooks go on.
            return Failure(f"{type(error).__name__}: {error}", "", "")
        return dict(executed)


def default_engine() -> str:
    """Return the engine for this system: kernels can be forked with safety on Linux."""
    return "warm" if sys.platform == "linux" else "stock"


@contextmanager
def own_event_loop() -> Iterator[None]:
    """Close the event loop that clients of kernels open for the thread they are used in, and leave open."""
    from jupyter_core.utils import ensure_event_loop

    loop = ensure_event_loop()
    try:
        yield
    finally:
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


@contextmanager
def drawing_as_json() -> Iterator[None]:
    """Let plotly hand over figures as JSON alone, whatever the user's own setting: the page brings its plotly.js."""
    names = {"PLOTLY_RENDERER": "plotly_mimetype", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
