"""Warm kernels in real processes: fresh each time, apart from one another, gone when they should be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workbook.kernels.order import Order
from workbook.kernels.warm import WarmParentHandle, warm_parent

pytestmark = pytest.mark.kernel


def is_there(pid: int) -> bool:
    """Tell whether a process runs; one that is dead and not yet fetched does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until_gone(*pids: int) -> None:
    until = time.monotonic() + 10
    while any(map(is_there, pids)):
        assert time.monotonic() < until, "a process is still there"
        time.sleep(0.02)


def test_a_kernel_is_forked_from_a_parent_that_has_imported_everything(start) -> None:
    kernel = start()
    loaded = kernel.says(
        "import sys, os; print(os.getppid(), 'plotly' in sys.modules, 'workbook.charts' in sys.modules)"
    )
    assert loaded == f"{warm_parent.pid} True True"


def test_nothing_of_one_kernel_is_in_another(start) -> None:
    first = start()
    first.says(
        "import os, sys, math, workbook; secret = 1; math.pi = 3; workbook.load = None; os.environ['SECRET'] = 'x'; "
        "sys.path.insert(0, '/secret'); os.chdir('/'); file = open('/etc/passwd'); sys.modules['secret'] = math"
    )
    second = start()
    assert second.says("print('secret' in globals())") == "False"
    assert (
        second.says("import math, sys; print(math.pi > 3.1, 'secret' in sys.modules, '/secret' in sys.path)")
        == "True False False"
    )
    assert second.says("import workbook; print(workbook.load is not None)") == "True"
    assert second.says("import os; print(os.environ.get('SECRET'), os.getcwd() != '/')") == "None True"
    assert "/etc/passwd" not in second.says(
        "import pathlib; print([each.resolve() for each in pathlib.Path('/proc/self/fd').iterdir()])"
    )


def test_processes_groups_folders_and_random_numbers_are_each_kernels_own(start) -> None:
    code = "import os, random, numpy; print(os.getpid(), os.getpgid(0), os.environ['JUPYTER_RUNTIME_DIR'], random.random(), numpy.random.rand())"
    said = [start().says(code).split() for _ in range(3)]
    assert all(pid == group for pid, group, *_ in said)
    for column in zip(*said, strict=True):
        assert len(set(column)) == 3


def test_environment_and_folder_are_those_of_the_moment(start, monkeypatch, tmp_path) -> None:
    start()
    monkeypatch.setenv("LATER", "yes")
    kernel = start(cwd=str(tmp_path))
    assert kernel.says("import os; print(os.environ['LATER'], os.getcwd())") == f"yes {tmp_path}"


def test_what_libraries_read_from_the_environment_at_import_is_of_the_moment_too(start, monkeypatch) -> None:
    code = "import plotly.io; print(plotly.io.renderers.default)"
    monkeypatch.setenv("PLOTLY_RENDERER", "json")
    assert start().says(code) == "json"
    monkeypatch.setenv("PLOTLY_RENDERER", "plotly_mimetype")
    assert start().says(code) == "plotly_mimetype"


def test_a_kernel_has_one_main_module_of_its_own(start) -> None:
    kernel = start()
    assert kernel.says("import __main__; value = 5; print(__main__.value, __name__)") == "5 __main__"


def test_an_interrupt_stops_the_cell_and_not_the_kernel(start) -> None:
    kernel = start()
    # After an error ipykernel turns away what comes at once, unless it is asked not to.
    kernel.client.execute("while True: pass", stop_on_error=False)
    time.sleep(0.3)
    kernel.manager.interrupt_kernel()
    assert kernel.client.get_shell_msg(timeout=10)["content"]["ename"] == "KeyboardInterrupt"
    assert kernel.says("print('still here')").endswith("still here")


def test_a_kernel_can_be_restarted(start) -> None:
    kernel = start()
    before = kernel.says("import os; print(os.getpid())")
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(timeout=30)
    assert kernel.says("import os; print(os.getpid())") != before


def test_what_a_kernel_has_started_ends_with_it_even_in_a_session_of_its_own(start) -> None:
    kernel = start()
    code = "import subprocess; print(*(subprocess.Popen(['sleep', '987'], start_new_session=own).pid for own in (True, False)))"
    children = [int(pid) for pid in kernel.says(code).split()]
    assert all(map(is_there, children))
    kernel.manager.shutdown_kernel(now=True)
    wait_until_gone(*children)


def test_a_crash_touches_neither_parent_nor_siblings(start) -> None:
    sibling, victim = start(), start()
    parent = warm_parent.pid
    victim.client.execute("import ctypes; ctypes.string_at(0)")
    until = time.monotonic() + 10
    while victim.manager.is_alive():
        assert time.monotonic() < until
        time.sleep(0.02)
    assert sibling.says("print('unhurt')") == "unhurt"
    assert start().says("import os; print(os.getppid())") == str(parent)


def test_how_a_kernel_ended_is_told(tmp_path) -> None:
    handle = WarmParentHandle()
    kernels = [handle.fork(order(tmp_path / f"{name}.json")) for name in "ab"]
    assert [kernel.poll() for kernel in kernels] == [None, None]
    with pytest.raises(subprocess.TimeoutExpired):
        kernels[0].wait(timeout=0.05)
    os.kill(kernels[0].pid, signal.SIGSEGV)
    kernels[1].kill()
    assert [kernel.wait(timeout=10) for kernel in kernels] == [-signal.SIGSEGV, -signal.SIGKILL]
    handle.close()


def order(connection_file: Path, **more: object) -> Order:
    arguments = ("-f", str(connection_file), "--transport=ipc", f"--ip={connection_file.with_suffix('')}")
    return Order(arguments=(*arguments, "--log-level=CRITICAL"), cwd="/", env=dict(os.environ), **more)


def test_the_folder_of_a_kernel_goes_with_it(tmp_path) -> None:
    handle = WarmParentHandle()
    kernels = [handle.fork(order(tmp_path / f"{name}.json")) for name in "ab"]
    assert len(list(handle.folder.iterdir())) == 2
    kernels[0].kill()
    kernels[0].wait(timeout=10)
    until = time.monotonic() + 5
    while len(list(handle.folder.iterdir())) > 1:
        assert time.monotonic() < until
        time.sleep(0.02)
    folder = handle.folder
    handle.close()
    assert not folder.exists()


def test_a_kernel_that_nobody_waits_for_is_ended(tmp_path) -> None:
    handle = WarmParentHandle()
    kernel = handle.fork(order(tmp_path / "a.json"))
    pid = kernel.pid
    del kernel
    wait_until_gone(pid)
    handle.close()


def test_without_its_parent_a_kernel_ends_and_the_next_one_has_another_parent(tmp_path) -> None:
    handle = WarmParentHandle()
    kernel = handle.fork(order(tmp_path / "a.json"))
    before = handle.pid
    os.kill(before, signal.SIGKILL)
    assert kernel.wait(timeout=10) == -signal.SIGKILL
    wait_until_gone(kernel.pid)
    assert is_there(handle.fork(order(tmp_path / "b.json")).pid)
    assert handle.pid != before
    handle.close()


def test_a_parent_that_has_imported_old_code_is_replaced_and_its_kernels_go_on(tmp_path, monkeypatch) -> None:
    handle = WarmParentHandle()
    first = handle.fork(order(tmp_path / "a.json"))
    before = handle.pid
    second = handle.fork(order(tmp_path / "b.json"))
    assert handle.pid == before
    monkeypatch.setattr("workbook.kernels.warm.package_stamp", lambda: "newer")
    third = handle.fork(order(tmp_path / "c.json"))
    assert handle.pid != before
    assert [kernel.poll() for kernel in (first, second, third)] == [None] * 3
    first.kill()
    second.kill()
    wait_until_gone(first.pid, second.pid, before)
    assert third.poll() is None
    handle.close()
    wait_until_gone(third.pid)


def test_parent_and_kernels_end_with_who_ordered_them_however_that_ends(tmp_path) -> None:
    code = f"""
import os, signal
from tests.kernels.test_warm import order
from workbook.kernels.warm import warm_parent
from pathlib import Path
kernels = [warm_parent.fork(order(Path({str(tmp_path)!r}) / f"{{name}}.json")) for name in "ab"]
print(warm_parent.folder, warm_parent.pid, *(kernel.pid for kernel in kernels), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    folder, *pids = done.stdout.split()
    assert len(pids) == 3
    wait_until_gone(*map(int, pids))
    assert not Path(folder).exists()


def test_a_memory_limit_is_the_kernels_alone(tmp_path) -> None:
    handle = WarmParentHandle()
    kernel = handle.fork(order(tmp_path / "a.json", memory_limit=500_000_000))
    limits = Path(f"/proc/{kernel.pid}/limits").read_text()
    assert "Max data size             500000000" in limits
    assert "Max data size             500000000" not in Path(f"/proc/{handle.pid}/limits").read_text()
    handle.close()


def test_the_parent_has_one_thread() -> None:
    handle = WarmParentHandle()
    handle.begin()
    handle.ready()
    assert len(list(Path(f"/proc/{handle.pid}/task").iterdir())) == 1
    handle.close()
