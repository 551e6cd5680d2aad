"""What a forked kernel does first: let go of everything that is its parent's, then be an ordinary IPython kernel."""

from __future__ import annotations

import atexit
import faulthandler
import gc
import os
import random
import resource
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

from workbook.kernels.linux import die_with_parent
from workbook.kernels.order import READY_LINE, Order

MARK = b"WORKBOOK_KERNEL="
FIRST_DESCRIPTOR = 3
RESERVE = 64 * 1024**2
"""Bytes beyond a kernel's limit of memory: to say that memory is out takes some, too."""

GC_THRESHOLD = (20_000, 20, 20)
"""Thousands of modules make many objects for the collector to go through: rarer rounds save a tenth of a report."""


def run_kernel(order: Order, *, mark: str, channel: socket.socket, private: Path) -> NoReturn:
    """Become the kernel that is ordered, and say so on the channel. Never returns into the parent's code."""
    code = 1
    try:
        _leave_the_parent(order, mark=mark, keep=channel.fileno())
        os.environ["JUPYTER_RUNTIME_DIR"] = str(private)
        code = _serve(order, channel=channel)
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        os._exit(code)


def _leave_the_parent(order: Order, *, mark: str, keep: int) -> None:
    die_with_parent()
    os.setpgid(0, 0)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _redirect(order.stderr)
    os.closerange(FIRST_DESCRIPTOR, keep)
    os.closerange(keep + 1, os.sysconf("SC_OPEN_MAX"))
    os.chdir(order.cwd)
    os.environ.clear()
    os.environ.update(order.env)
    os.environ[MARK.decode().rstrip("=")] = mark
    if order.memory_limit:
        resource.setrlimit(resource.RLIMIT_DATA, (order.memory_limit, order.memory_limit + RESERVE))
    _reseed()
    gc.set_threshold(*GC_THRESHOLD)


def _redirect(stderr: str) -> None:
    """Read from nothing; print into the given file, if one is given."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    if stderr:
        try:
            file = os.open(stderr, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError:  # Who ordered the kernel has gone, and its folder with it.
            raise SystemExit(1) from None
        os.dup2(file, 1)
        os.dup2(file, 2)


def _reseed() -> None:
    """Draw new random numbers in each kernel: numpy's old generator would give every one the same."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _serve(order: Order, *, channel: socket.socket) -> int:
    from ipykernel.kernelapp import IPKernelApp

    log = os.dup(2)
    sys.argv = ["ipykernel_launcher", *order.arguments]
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(list(order.arguments))
    if order.memory_limit:
        app.shell.set_custom_exc((MemoryError,), _out_of_memory)
    # A crash prints where it was: not to standard error, which the kernel captures and would take with it.
    faulthandler.enable(file=log, all_threads=False)
    # Only now: who connects before the sockets are bound tries again after a tenth of a second.
    channel.sendall(READY_LINE % os.getpid())
    channel.close()
    app.start()
    return 0


def _out_of_memory(shell: Any, kind: type, error: MemoryError, trace: Any, tb_offset: int | None = None) -> Any:
    """Give the kernel what was kept in reserve, and report the error as any other."""
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
    return shell._last_traceback
