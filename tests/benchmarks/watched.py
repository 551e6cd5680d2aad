"""A command run as a whole, with its time and the most memory that it and all its children hold together."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psutil

INTERVAL = 0.05


@dataclass(frozen=True)
class Watched:
    """What a command took.

    Attributes
    ----------
    seconds : float
        Wall clock, from start to end.
    megabytes : float
        Peak, sampled; shared pages count once (proportional set size).
    output : str
        What it printed.
    """

    seconds: float
    megabytes: float
    output: str


def watch(command: Sequence[str], *, env: Mapping[str, str] | None = None) -> Watched:
    """Run a command to its end; a failure is raised with what it printed."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **(env or {})}
    )
    peak = [0.0]
    stop = threading.Event()
    sampler = threading.Thread(target=_sample, args=(process.pid, peak, stop))
    sampler.start()
    output, _ = process.communicate()
    seconds = time.perf_counter() - begun
    stop.set()
    sampler.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{output}")
    return Watched(seconds, peak[0], output)


def _sample(pid: int, peak: list[float], stop: threading.Event) -> None:
    while not stop.wait(INTERVAL):
        total = 0
        try:
            family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        except psutil.Error:
            continue
        for process in family:
            try:
                total += process.memory_full_info().pss
            except psutil.Error:
                continue
        peak[0] = max(peak[0], total / 1e6)
