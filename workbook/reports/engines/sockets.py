"""Where kernels and their clients meet: files that only this user can reach, in a folder of each kernel's own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from traitlets.config import Config

from workbook.kernels.places import temporary_folder


@contextmanager
def private_folder(*, within: Path | None = None) -> Iterator[Path]:
    """Give a kernel a folder of its own, for as long as it lives."""
    folder = temporary_folder(within=within)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sockets_in(folder: Path) -> Config:
    """Let a kernel talk over files that only this user can reach, where the system can: no port is opened."""
    transport = "ipc" if os.name == "posix" else "tcp"
    return Config({"KernelManager": {"transport": transport, "connection_file": str(folder / "kernel.json")}})
