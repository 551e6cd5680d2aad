"""Papermill's own engine: a new interpreter for each notebook, on any system."""

from __future__ import annotations

from logging import NullHandler
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import NBClientEngine
from papermill.log import logger

from workbook.reports.engines.ended import ended
from workbook.reports.engines.sockets import private_folder, sockets_in

QUIET = ["--log-level=CRITICAL"]
"""A kernel that is ended would print that it was interrupted."""

logger.addHandler(NullHandler())  # What goes wrong is told on the page; without this, it would be on the terminal, too.


class StockEngine(NBClientEngine):  # type: ignore[misc]
    """Papermill's own engine: a new interpreter for each notebook."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> Any:
        """Run the notebook; say in which cell a kernel ended, if it does."""
        for name in ("memory_limit", "turns"):
            kwargs.pop(name, None)
        with private_folder() as folder:
            try:
                return super().execute_managed_notebook(
                    nb_man, kernel_name, config=sockets_in(folder), extra_arguments=QUIET, **kwargs
                )
            except (DeadKernelError, CellTimeoutError) as error:
                raise ended(error, nb_man, timeout=kwargs.get("execution_timeout")) from error
