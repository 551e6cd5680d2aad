"""The warm engine: kernels forked from a process that has imported everything."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import NBClientEngine
from papermill.log import logger
from traitlets.config import Config

from workbook.kernels.warm import warm_parent
from workbook.reports.engines.client import WarmKernelManager, WarmNotebookClient
from workbook.reports.engines.ended import ended
from workbook.reports.engines.sockets import private_folder, sockets_in

LOG_TAIL = 20_000
"""Bytes of what a dead kernel printed last that are kept for its error page."""


class WarmEngine(NBClientEngine):  # type: ignore[misc]
    """Kernels forked from a process that has imported everything: fresh for each notebook, at once there."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        memory_limit: int = 0,
        turns: threading.Semaphore | None = None,
        **_: Any,
    ) -> Any:
        """Run the notebook in a forked kernel, which has a folder of its own for sockets and for its last words."""
        with private_folder(within=warm_parent.folder) as folder:
            log_file = folder / "log"
            config = sockets_in(folder)
            config.WarmProvisioner = Config(memory_limit=memory_limit, log_file=str(log_file))
            client = WarmNotebookClient(
                nb_man,
                km=WarmKernelManager(config=config),
                shutdown_kernel="immediate",
                timeout=execution_timeout,
                startup_timeout=start_timeout,
                kernel_name=kernel_name,
                log=logger,
                log_output=log_output,
                stdout_file=stdout_file,
                stderr_file=stderr_file,
            )
            client.owns_km = True
            client.turns = turns or client.turns
            try:
                return client.execute()
            except (DeadKernelError, CellTimeoutError) as error:
                raise ended(
                    error, nb_man, timeout=execution_timeout, code=client.exit_code, log=_tail(log_file)
                ) from error


def _tail(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - LOG_TAIL))
        return file.read().decode(errors="replace").strip()
