"""The warm parent as seen by who orders kernels: started once a process, when the first kernel is wanted."""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from workbook.errors import WorkbookError
from workbook.kernels.order import ENDED_LINE, READY_LINE, Order, send_last, send_order
from workbook.kernels.places import temporary_folder

PACKAGE = Path(__file__).parents[1]
START_SECONDS = 120
READY, ENDED = (re.compile(line.replace(b"%d", rb"(-?\d+)")) for line in (READY_LINE, ENDED_LINE))
# A library's own thread would make a fork unsafe; a kernel computes on one core, and several kernels run side by side.
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # Without it the debugger warns at its import.
}


class WarmKernel:
    """A forked kernel, with the methods of `subprocess.Popen` that a provisioner uses."""

    stdin = stdout = stderr = None

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._heard = b""
        self.returncode: int | None = None
        self._channel.settimeout(START_SECONDS)
        until = time.monotonic() + START_SECONDS
        while (ready := READY.search(self._heard)) is None:
            if self.poll() is not None or time.monotonic() > until:
                how = "was not there in time" if self.returncode is None else f"ended as it began: {self.returncode}"
                raise WorkbookError(f"a warm kernel {how}; more --memory may help, and --engine stock does without")
        self.pid = int(ready[1])
        self._channel.setblocking(False)

    def close(self) -> None:
        """Let go of the kernel; if it still runs, it is ended: nobody waits for it any more."""
        self._channel.close()

    __del__ = close

    def poll(self) -> int | None:
        """Return how the kernel ended: its exit status, or minus the signal; ``None`` while it runs."""
        if self.returncode is None:
            try:
                part = self._channel.recv(64)
            except (BlockingIOError, TimeoutError):
                return None
            except OSError:
                part = b""
            self._heard += part
            ended = ENDED.search(self._heard)
            if ended:
                self.returncode = int(ended[1])
            elif not part:
                self.returncode = -signal.SIGKILL  # The parent is gone, and took its kernels with it.
            if self.returncode is not None:
                self._channel.close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Return how the kernel ended, once it has."""
        until = time.monotonic() + (timeout if timeout is not None else float("inf"))
        while (code := self.poll()) is None:
            left = until - time.monotonic()
            if left <= 0:
                raise subprocess.TimeoutExpired("kernel", timeout or 0.0)
            self._channel.settimeout(min(left, START_SECONDS))
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and to all that it has started."""
        with contextlib.suppress(OSError):
            self._channel.sendall(bytes([number]))

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class WarmParentHandle:
    """The warm parent of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._ready = False
        self._made_for: tuple[str, dict[str, str]] = ("", {})
        self._folder: Path | None = None
        self._retired: list[tuple[subprocess.Popen[bytes], socket.socket]] = []

    @property
    def folder(self) -> Path:
        """A folder for what belongs to kernels; the parent removes it when this process ends, however it ends."""
        if self._folder is None or not self._folder.is_dir():
            self._folder = temporary_folder()
        return self._folder

    @property
    def pid(self) -> int | None:
        """Number of the parent's process, if there is one."""
        return self._process.pid if self._process else None

    def ready(self) -> None:
        """Start the parent if it is not there, and wait until it has imported everything.

        Raises
        ------
        WorkbookError
            It could not be started.
        """
        with self._lock:
            self._make_ready(os.environ)

    def begin(self) -> None:
        """Start the parent if it is not there, without waiting until it has imported everything."""
        with self._lock:
            self._drop_useless(os.environ)
            if self._process is None:
                self._begin(os.environ)

    def _begin(self, env: Mapping[str, str]) -> None:
        if not hasattr(os, "fork"):
            raise WorkbookError("no warm kernels: this system cannot fork; --engine stock does without them")
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "workbook.kernels.parent", str(theirs.fileno()), str(self.folder)],
                pass_fds=[theirs.fileno()],
                env={**env, **ENVIRONMENT},
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # A Ctrl-C in the terminal is for who orders kernels, not for them.
            )
        self._control, self._ready, self._made_for = ours, False, (package_stamp(), _lasting(env))

    def fork(self, order: Order) -> WarmKernel:
        """Return a fresh kernel.

        Raises
        ------
        WorkbookError
            The parent could not be started.
        """
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            self._make_ready(order.env)
            assert self._control is not None
            send_order(self._control, order, channel=theirs)
        return WarmKernel(ours)

    def _make_ready(self, env: Mapping[str, str]) -> None:
        """Have a parent that lives and has imported what lies on the disk now, in the environment of now."""
        self._drop_useless(env)
        if self._process is None:
            self._begin(env)
        assert self._control is not None
        if not self._ready:
            self._control.settimeout(START_SECONDS)
            word = self._control.recv(1)
            self._control.settimeout(None)
            if word != b"R":
                self._close()
                why = "a library has started a thread in it" if word else "it ended while it imported"
                raise WorkbookError(f"no warm kernels: {why}; --engine stock does without them")
            self._ready = True

    def _drop_useless(self, env: Mapping[str, str]) -> None:
        """End a parent that has died, or imported what is not on the disk any more, or imported it for another world.

        Libraries read the environment when they are imported, so that a kernel would be given another's settings.
        """
        if self._process is None or self._control is None:
            return
        if self._process.poll() is not None:
            self._close()
        elif self._made_for != (package_stamp(), _lasting(env)):
            with contextlib.suppress(OSError):
                send_last(self._control)
            self._retired.append((self._process, self._control))  # Its kernels may be somebody's work: they stay.
            self._process = self._control = None

    def close(self) -> None:
        """End the parent, those before it, and all their kernels."""
        with self._lock:
            self._close()
            for process, control in self._retired:
                _end(process, control)
            self._retired.clear()
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)

    def _close(self) -> None:
        if self._process is not None and self._control is not None:
            if not self._ready:  # It has no kernel to end, and would notice only when it has imported everything.
                self._process.kill()
            _end(self._process, self._control)
        self._process = self._control = None


def _end(process: subprocess.Popen[bytes], control: socket.socket) -> None:
    control.close()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _lasting(env: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without what front ends set anew for each kernel."""
    return {name: value for name, value in env.items() if not name.startswith("JPY_")}


def package_stamp() -> str:
    """Return what changes when the package's code on disk does."""
    states = [(entry.name, entry.stat()) for entry in PACKAGE.rglob("*.py")]
    return str(hash(tuple(sorted((name, state.st_mtime_ns, state.st_size) for name, state in states))))


warm_parent = WarmParentHandle()
"""The one of this process; it ends with it."""

atexit.register(warm_parent.close)
