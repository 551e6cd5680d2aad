"""How far a batch is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any


class Progress:
    """Tells what is done, running and failed, and how long the rest will take.

    Parameters
    ----------
    total : int
        Reports that were asked for.
    unchanged : int
        Those of them that need not be made again.
    """

    def __init__(self, *, total: int, unchanged: int) -> None:
        self.total = total
        self.done = unchanged
        self.unchanged = unchanged
        self.running = 0
        self.failed = 0
        self._bar: Any = None

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=self.total, initial=self.unchanged, unit="report", leave=False)
        elif self.unchanged:
            self._line(f"{self.unchanged} of {self.total} as they were")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def began(self) -> None:
        """Count a report that runs now."""
        self.running += 1
        self._show()

    def ended(self, page: str, *, begun: float, failed: bool) -> None:
        """Count a report that has ended."""
        self.running -= 1
        self.done += 1
        self.failed += failed
        if self._bar is None:
            word = "failed" if failed else "done"
            self._line(f"{self.done}/{self.total} {word} {page} ({time.monotonic() - begun:.1f} s)")
        else:
            self._bar.update()
            self._show()

    def _show(self) -> None:
        if self._bar is not None:
            self._bar.set_postfix_str(f"{self.running} running, {self.failed} failed")

    @staticmethod
    def _line(text: str) -> None:
        print(text, file=sys.stderr, flush=True)
