"""A manager and a client of warm kernels, as papermill uses them."""

from __future__ import annotations

import asyncio
import sys
import threading
from queue import Empty
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient.exceptions import DeadKernelError
from papermill.clientwrap import PapermillNotebookClient

from workbook.kernels.provisioner import LAUNCHER

GREETING_SECONDS = 0.5


class WarmKernelManager(AsyncKernelManager):
    """A manager whose kernels are forked from the warm parent, whatever specifications are installed."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """Return the specification of an IPython kernel of this environment."""
        return KernelSpec(
            argv=[sys.executable, "-m", LAUNCHER, "-f", "{connection_file}"],
            display_name="Python (warm)",
            language="python",
            metadata={"kernel_provisioner": {"provisioner_name": "workbook-warm"}},
        )


class WarmNotebookClient(PapermillNotebookClient):  # type: ignore[misc]
    """A client that takes a kernel as ready once it greets, instead of waiting until it is silent."""

    exit_code: int | None = None

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.turns = threading.Semaphore()

    def papermill_execute_cells(self) -> None:
        """Run the cells when it is their turn; the kernel has started before, and others end meanwhile."""
        with self.turns:
            super().papermill_execute_cells()

    async def async_start_new_kernel_client(self) -> Any:
        """Connect, and wait for the kernel's welcome: from then on no output can be missed."""
        self.kc = self.km.client()
        self.kc.start_channels(hb=False, stdin=False)
        try:
            await self._greeting()
        except BaseException:
            await self._async_cleanup_kernel()
            raise
        return self.kc

    async def _greeting(self) -> None:
        deadline = asyncio.get_running_loop().time() + self.startup_timeout
        while True:
            try:
                await self.kc.get_iopub_msg(timeout=GREETING_SECONDS)
            except Empty:
                await self._async_check_alive()
                if asyncio.get_running_loop().time() > deadline:
                    raise DeadKernelError(f"no greeting within {self.startup_timeout} s") from None
            else:
                return

    async def _async_cleanup_kernel(self) -> None:
        if self.km.provisioner:
            self.exit_code = await self.km.provisioner.poll()
        await super()._async_cleanup_kernel()

    # The base class has made these from its own coroutines.
    start_new_kernel_client = run_sync(async_start_new_kernel_client)
    _cleanup_kernel = run_sync(_async_cleanup_kernel)
