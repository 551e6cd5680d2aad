"""A provisioner for jupyter_client that forks kernels from the warm parent instead of starting an interpreter."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Int, Unicode

from workbook.kernels.order import Order
from workbook.kernels.warm import WarmKernel, warm_parent

LAUNCHER = "ipykernel_launcher"
POLL_SECONDS = 0.002


class WarmProvisioner(LocalProvisioner):
    """Launch IPython kernels of this environment warm; any other kernel as jupyter_client itself does.

    Registered as ``workbook-warm``. A kernel specification names it in its metadata:
    ``"kernel_provisioner": {"provisioner_name": "workbook-warm"}``.
    """

    memory_limit = Int(0, config=True, help="Bytes of data that a kernel may hold; 0: no limit.")
    log_file = Unicode("", config=True, help="File that takes what the process prints; empty: as its parent's.")

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel, if it is one that can be forked."""
        arguments = launcher_arguments(cmd)
        if arguments is None:
            return await super().launch_kernel(cmd, **kwargs)
        order = Order(
            arguments=arguments,
            cwd=str(kwargs.get("cwd") or Path.cwd()),
            env=dict(kwargs.get("env") or os.environ),
            stderr=self.log_file,
            memory_limit=self.memory_limit,
        )
        kernel = await asyncio.get_running_loop().run_in_executor(None, warm_parent.fork, order)
        self.process = kernel  # type: ignore[assignment]  # It has of Popen what is used of it.
        self.pid = kernel.pid
        self.cwd = order.cwd
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and return once it has ended."""
        await super().kill(restart=restart)
        while await self.poll() is None:
            await asyncio.sleep(POLL_SECONDS)

    async def cleanup(self, restart: bool = False) -> None:
        """Let go of a kernel that has ended by itself."""
        if isinstance(self.process, WarmKernel):
            self.process.close()
        await super().cleanup(restart=restart)


def launcher_arguments(cmd: list[str]) -> list[str] | None:
    """Return what follows ``python -m ipykernel_launcher`` of this environment; ``None`` for any other command.

    Examples
    --------
    >>> import sys
    >>> launcher_arguments([sys.executable, "-m", "ipykernel_launcher", "-f", "kernel.json"])
    ['-f', 'kernel.json']
    >>> launcher_arguments(["R", "--slave"])
    """
    if sys.platform == "win32" or LAUNCHER not in cmd or Path(cmd[0]) != Path(sys.executable):
        return None
    place = cmd.index(LAUNCHER)
    return cmd[place + 1 :] if cmd[1:place] in (["-m"], ["-Xfrozen_modules=off", "-m"]) else None
