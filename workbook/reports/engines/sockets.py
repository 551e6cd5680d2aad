"""Where kernels and their clients meet: files that only this user can reach, in a folder of each kernel's own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from traitlets.config import Config


@contextmanager
def private_folder() -> Iterator[Path]:
    """Give a kernel a folder of its own, with a path short enough for sockets."""
    with tempfile.TemporaryDirectory(prefix="workbook-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def sockets_in(folder: Path) -> Config:
    """Let a kernel talk over files that only this user can reach, where the system can: no port is opened."""
    transport = "ipc" if os.name == "posix" else "tcp"
    return Config({"KernelManager": {"transport": transport, "connection_file": str(folder / "kernel.json")}})
