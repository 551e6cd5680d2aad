"""What a command shows while it works: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

AFTER = 1.0
"""Seconds before anything is shown."""


@contextmanager
def counting(total: int, *, unit: str) -> Iterator[Callable[[int], None]]:
    """Show a bar that is told how many more are done."""
    from tqdm import tqdm

    with tqdm(total=total, unit=unit, unit_scale=True, delay=AFTER, leave=False, disable=not _is_seen()) as bar:
        yield lambda more: bar.update(more) and None


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show the seconds that pass while nobody can say how much is done."""
    from tqdm import tqdm

    done = threading.Event()
    with tqdm(bar_format="{desc}: {elapsed}", desc=what, delay=AFTER, leave=False, disable=not _is_seen()) as bar:

        def tick() -> None:
            while not done.wait(AFTER):
                bar.update()

        watch = threading.Thread(target=tick, daemon=True)
        watch.start()
        try:
            yield
        finally:
            done.set()
            watch.join()


def _is_seen() -> bool:
    return sys.stderr.isatty()
