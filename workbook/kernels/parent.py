"""The warm parent: it has imported what notebooks need, has one thread, and forks a fresh kernel for each order.

Run as ``python -m workbook.kernels.parent DESCRIPTOR FOLDER`` by `workbook.kernels.warm`. A kernel inherits imported
modules and nothing else of a run: the parent never runs a cell, so there is no state that could pass from one run to
the next. It ends, with all its kernels, as soon as the socket of who started it closes, however that process ended.
"""

from __future__ import annotations

import contextlib
import gc
import os
import selectors
import shutil
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from workbook.kernels.child import MARK, run_kernel
from workbook.kernels.linux import become_subreaper
from workbook.kernels.order import ENDED_LINE, Order, OrdersEnd, receive_order
from workbook.kernels.places import temporary_folder
from workbook.kernels.preload import preload, preload_later

READY = b"R"
BUSY_THREADS = b"T"


@dataclass
class Running:
    """A kernel that has not ended, and where its end is told."""

    pid: int
    mark: str
    channel: socket.socket
    folder: Path


class WarmParent:
    """Forks kernels, passes signals on, tells how each ended, and leaves nothing of it behind."""

    def __init__(self, control: socket.socket, folder: Path) -> None:
        self.control = control
        self.folder = folder
        self.running: dict[int, Running] = {}
        self.forked = 0
        self.is_retired = False
        self.selector = selectors.DefaultSelector()
        self.wakeup, self.woken = socket.socketpair()

    def serve(self) -> None:
        """Take orders until who gives them is gone."""
        for end in (self.wakeup, self.woken):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self.woken.fileno(), warn_on_full_buffer=False)
        self.selector.register(self.control, selectors.EVENT_READ)
        self.selector.register(self.wakeup, selectors.EVENT_READ)
        while self._turn():
            pass
        for pid in list(self.running):
            self._kill_group(pid)
        self._kill_strays(keep=set())

    def _turn(self) -> bool:
        """Handle what has happened; false when there is nobody left to serve."""
        for key, _ in self.selector.select():
            if key.fileobj is self.control:
                try:
                    self._fork(*receive_order(self.control))
                except OrdersEnd:
                    self.is_retired = True
                except ConnectionError:  # Whoever it was has no use for the folder either.
                    shutil.rmtree(self.folder, ignore_errors=True)
                    return False
            elif key.fileobj is self.wakeup:
                with contextlib.suppress(BlockingIOError):
                    self.wakeup.recv(4096)
                self._reap()
            elif key.data in self.running:
                self._answer(self.running[key.data])
        return bool(self.running) or not self.is_retired

    def _fork(self, order: Order, channel: socket.socket) -> None:
        self.forked += 1
        mark = f"{os.getpid()}.{self.forked}"
        private = temporary_folder(within=self.folder)
        pid = os.fork()
        if pid == 0:
            run_kernel(order, mark=mark, channel=channel, private=private)
        with contextlib.suppress(OSError):  # Here too, so that a signal cannot come before the group is there.
            os.setpgid(pid, pid)
        self.running[pid] = Running(pid, mark, channel, private)
        self.selector.register(channel, selectors.EVENT_READ, data=pid)
        if self.forked == 1:
            preload_later()
            gc.freeze()

    def _answer(self, kernel: Running) -> None:
        """Pass a signal on, one byte each; a channel that closes is a kernel that nobody waits for."""
        try:
            numbers = kernel.channel.recv(64)
        except ConnectionError:
            numbers = b""
        for number in numbers:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(kernel.pid, number)
        if not numbers:
            self.selector.unregister(kernel.channel)
            self._kill_group(kernel.pid)

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if pid in self.running:
                self._end(self.running.pop(pid), os.waitstatus_to_exitcode(status))

    def _end(self, kernel: Running, code: int) -> None:
        """Tell how a kernel ended, after what it had started has ended too."""
        self._kill_group(kernel.pid)
        self._kill_strays(keep={each.mark for each in self.running.values()})
        with contextlib.suppress(KeyError, ValueError):
            self.selector.unregister(kernel.channel)
        with contextlib.suppress(OSError):
            kernel.channel.sendall(ENDED_LINE % code)
        kernel.channel.close()
        shutil.rmtree(kernel.folder, ignore_errors=True)

    @staticmethod
    def _kill_group(pid: int) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)

    @staticmethod
    def _kill_strays(*, keep: set[str]) -> None:
        """End processes that left their kernel's group: they became ours, and carry their kernel's mark."""
        for children in Path("/proc/self/task").glob("*/children"):
            for pid in map(int, children.read_text().split()):
                with contextlib.suppress(OSError):
                    environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
                    marks = {entry.partition(b"=")[2].decode() for entry in environment if entry.startswith(MARK)}
                    if marks and not marks & keep:
                        os.kill(pid, signal.SIGKILL)


def threads() -> int:
    """Return how many threads this process has, those of libraries included, where the system tells."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else 1


def main(descriptor: int, folder: Path) -> None:
    """Import, say that it is so, and serve."""
    control = socket.socket(fileno=descriptor)
    become_subreaper()
    preload()
    gc.collect()
    gc.freeze()  # The collector would otherwise touch, and so copy, every page in every kernel.
    try:
        if threads() > 1:  # A lock that another thread holds at a fork would stay locked for ever in the kernel.
            control.sendall(BUSY_THREADS)
            return
        control.sendall(READY)
    except BrokenPipeError:  # Who started it has ended meanwhile.
        shutil.rmtree(folder, ignore_errors=True)
        return
    WarmParent(control, folder).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
