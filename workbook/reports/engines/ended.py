"""How a kernel ended before its notebook did, and in which cell."""

from __future__ import annotations

import signal
from typing import Any

from nbclient.exceptions import CellTimeoutError

from workbook.errors import WorkbookError


class KernelEndedError(WorkbookError):
    """A kernel that died or was ended, with the cell that it was running."""

    def __init__(self, message: str, *, source: str, log: str = "") -> None:
        super().__init__(message)
        self.source = source
        self.log = log


def ended(
    error: Exception, nb_man: Any, *, timeout: int | None, code: int | None = None, log: str = ""
) -> KernelEndedError:
    """Say how a kernel ended, and in which cell."""
    begun = [cell for cell in nb_man.nb.cells if cell.metadata.get("papermill", {}).get("start_time")]
    source = begun[-1].source if begun else ""
    if isinstance(error, CellTimeoutError):
        return KernelEndedError(f"the cell took longer than {timeout} seconds, and its kernel was ended", source=source)
    return KernelEndedError(f"the kernel died{_how(code)}", source=source, log=log)


def _how(code: int | None) -> str:
    if code is None:
        return ""
    if code >= 0:
        return f" with exit status {code}"
    return f" of signal {-code} ({signal.strsignal(-code)})"
