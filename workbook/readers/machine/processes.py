"""Batches on all cores: a process each, which ends when the one that started it has ended."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from workbook.readers.machine.batch import Batch, convert_batch
from workbook.readers.machine.batch_writer import Resources

LOOK = 0.2
"""Seconds after which is told how far the processes are."""

_read: Synchronized[int] | None = None


def convert_batches(
    listed: Sequence[Batch], folder: Path, *, jobs: int, memory: int, tell: Callable[[int], None]
) -> None:
    """Convert batches, each into a folder of its own, with as many processes as there are jobs.

    Parameters
    ----------
    listed : sequence of Batch
        What to convert.
    folder : pathlib.Path
        Where the batches' folders go.
    jobs : int
        Processes at once; one batch alone is converted by this process, with as many threads.
    memory : int
        Bytes that all may use together.
    tell : callable
        Is told the bytes of files read so far.
    """
    if len(listed) == 1 or jobs == 1:
        done = 0
        resources = Resources(threads=jobs, memory=memory)
        for batch in listed:
            convert_batch(batch, folder / batch.key, resources=resources)
            done += sum(Path(path).stat().st_size for path, _ in batch.files)
            tell(done)
        return
    # A process that was forked from one that has used DuckDB may wait for a lock for ever.
    context = multiprocessing.get_context("spawn")
    read: Synchronized[int] = context.Value("q", 0)
    workers = min(jobs, len(listed))
    resources = Resources(threads=max(1, jobs // workers), memory=memory // workers)
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(read,)) as pool:
        waiting: set[Future[None]] = {pool.submit(_convert, each, folder / each.key, resources) for each in listed}
        try:
            while waiting:
                ended, waiting = wait(waiting, timeout=LOOK, return_when=FIRST_EXCEPTION)
                for each in ended:
                    each.result()
                tell(read.value)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _begin(read: Synchronized[int]) -> None:
    global _read  # noqa: PLW0603 - how a process of a pool is given what it shares
    _read = read
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _convert(batch: Batch, folder: Path, resources: Resources) -> None:
    convert_batch(batch, folder, resources=resources, tell=_add)


def _add(count: int) -> None:
    if _read is not None:
        with _read.get_lock():
            _read.value += count
