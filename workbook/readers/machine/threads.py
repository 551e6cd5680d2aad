"""Batches on all cores: a thread each.

Unpacking, DuckDB and files leave the interpreter free, so that threads keep the cores busy and share what is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event, Lock

from workbook.readers.machine.batch import Batch, convert_batch
from workbook.readers.machine.batch_writer import Resources

LEAST_MEMORY = 200 * 1024 * 1024
"""Bytes that a batch needs for rows that wait to be written; with less, fewer run at once."""


def convert_batches(
    listed: Sequence[Batch], folder: Path, *, jobs: int, memory: int, tell: Callable[[int], None]
) -> None:
    """Convert batches, each into a folder of its own, as many at once as there are jobs.

    Parameters
    ----------
    listed : sequence of Batch
        What to convert.
    folder : pathlib.Path
        Where the batches' folders go.
    jobs : int
        Batches at once.
    memory : int
        Bytes that DuckDB may use for all together.
    tell : callable
        Is told the bytes of files read so far.
    """
    workers = max(1, min(jobs, len(listed), memory // LEAST_MEMORY))
    # A thread alone still reads the next block while DuckDB takes the last.
    resources = Resources(threads=1, memory=memory // workers)
    progress = _Progress(tell)
    with ThreadPoolExecutor(workers) as pool:
        running: set[Future[None]] = {
            pool.submit(convert_batch, each, folder / each.key, resources=resources, tell=progress.add)
            for each in listed
        }
        try:
            ended, _ = wait(running, return_when=FIRST_EXCEPTION)
            for each in ended:
                each.result()
        except BaseException:
            progress.stop()
            pool.shutdown(cancel_futures=True)
            raise


class StoppedError(Exception):
    """Ends a batch whose conversion has been given up."""


class _Progress:
    """Adds up what all threads have read, and stops them when one has failed or the user wants it."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        self._tell, self._lock, self._stopped = tell, Lock(), Event()
        self._read = 0

    def add(self, count: int) -> None:
        if self._stopped.is_set():
            raise StoppedError
        with self._lock:
            self._read += count
            self._tell(self._read)

    def stop(self) -> None:
        self._stopped.set()
