"""Kernels as any front end starts them: by the kernel specification that is installed with the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from jupyter_client import KernelManager

SECONDS = 30


class Kernel:
    """A kernel and its client."""

    def __init__(self, manager: KernelManager) -> None:
        self.manager = manager
        self.client = manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=SECONDS)

    def says(self, code: str) -> str:
        """Run code and return what it prints, or the name of its error."""
        said: list[str] = []

        def hear(message: dict) -> None:
            if message["msg_type"] == "stream":
                said.append(message["content"]["text"])
            if message["msg_type"] == "error":
                said.append(message["content"]["ename"])

        self.client.execute_interactive(code, timeout=SECONDS, output_hook=hear)
        return "".join(said).strip()

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture
def start() -> Iterator[Callable[..., Kernel]]:
    """Start warm kernels; they end with the test."""
    started = []

    def starter(**arguments: object) -> Kernel:
        manager = KernelManager(kernel_name="workbook")
        manager.start_kernel(**arguments)
        started.append(Kernel(manager))
        return started[-1]

    yield starter
    for kernel in started:
        kernel.close()
