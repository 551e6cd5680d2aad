"""Notebooks that crash, hang, eat memory or leave things behind, and batches that are stopped at any moment."""

from __future__ import annotations

import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.reports.conftest import cell
from workbook.files import ENDING
from workbook.reports.batch import Batch
from workbook.reports.catalogue import read_card
from workbook.reports.folder import ABOUT, read_reports
from workbook.reports.request import ReportRequest
from workbook.reports.run import Runner

pytestmark = pytest.mark.kernel
GOOD = cell("print('One boat.')", "findings")
ROOM = 400_000_000


def run(tmp_path, *paths, **limits):
    summary = Batch(tmp_path / "out", runner=Runner("warm", **limits), jobs=2).write(
        [ReportRequest(read_card(path)) for path in paths]
    )
    return summary.failed, [path.name for path in summary.written]


def processes(word: str) -> list[str]:
    """Return the command lines, of processes that run, in which a word stands."""
    lines = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(each.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return [line for line in lines if word in line]


def test_a_notebook_that_segfaults_is_an_error_page_for_it_alone(notebook, tmp_path) -> None:
    crash = notebook(cell("x = 1"), cell("import ctypes\nctypes.string_at(0)"), name="crash")
    failed, written = run(tmp_path, crash, notebook(GOOD, name="good"))
    assert failed == {"crash.html": "the kernel died of signal 11 (Segmentation fault)"}
    assert written == ["good.html"]
    page = (tmp_path / "out" / "crash.html").read_text()
    assert "ctypes.string_at(0)" in page
    assert "Fatal Python error: Segmentation fault" in page


def test_a_notebook_that_loops_for_ever_is_ended_after_its_time(notebook, tmp_path) -> None:
    loop = notebook(cell("while True:\n    pass"), name="loop")
    failed, written = run(tmp_path, loop, notebook(GOOD, name="good"), timeout=2)
    assert failed == {"loop.html": "the cell took longer than 2 seconds, and its kernel was ended"}
    assert written == ["good.html"]
    assert "while True:" in (tmp_path / "out" / "loop.html").read_text()


def test_a_notebook_that_eats_memory_fails_at_its_limit_alone(notebook, tmp_path) -> None:
    greedy = notebook(cell("parts = []\nwhile True:\n    parts.append(bytearray(10_000_000))"), name="greedy")
    failed, written = run(tmp_path, greedy, notebook(GOOD, name="good"), memory_limit=ROOM)
    assert failed["greedy.html"].startswith("MemoryError")
    assert written == ["good.html"]


def test_threads_and_processes_that_a_notebook_starts_end_with_it(notebook, tmp_path) -> None:
    code = """import subprocess, threading, time
threading.Thread(target=lambda: time.sleep(3600)).start()
for own in (True, False):
    subprocess.Popen(["sleep", "98765"], start_new_session=own)
print("started", len([each for each in threading.enumerate()]) > 1)"""
    failed, written = run(tmp_path, notebook(cell(code, "findings"), name="busy"))
    assert (failed, written) == ({}, ["busy.html"])
    assert "started True" in (tmp_path / "out" / "busy.html").read_text()
    until = time.monotonic() + 5
    while processes("sleep 98765"):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_module_that_a_notebook_changes_is_as_before_in_the_next(notebook, tmp_path) -> None:
    spoil = notebook(
        cell(
            "import math, os, sys, workbook\nmath.pi = 3\nworkbook.load = None\nsys.modules['pandas'] = None\nos.environ['PLOTLY_RENDERER'] = 'png'"
        ),
        name="spoil",
    )
    see = notebook(
        cell("import math, os, pandas, workbook\nprint(math.pi > 3.1, workbook.load is None, pandas is None, os.environ['PLOTLY_RENDERER'])", "findings"),
        name="then",
    )  # fmt: skip
    failed, _ = run(tmp_path, spoil, see)
    assert failed == {}
    assert "True False False plotly_mimetype" in (tmp_path / "out" / "then.html").read_text()


# Batches that are stopped.


def many(notebook, tmp_path, count: int) -> list[str]:
    """Return the command for a batch of small reports that differ in a parameter."""
    path = notebook(cell("print(f'One {name}.')", "findings"))
    plan = tmp_path / "plan.yaml"
    plan.write_text("".join(f"- notebook: {path}\n  parameters: {{name: boat{n:02}}}\n" for n in range(count)))
    return [sys.executable, "-m", "workbook", "report", "--plan", str(plan), "--out", str(tmp_path / "out")]


def check_folder(out: Path) -> int:
    """Check that every page is whole and that the index says what is there; return how many pages there are."""
    pages = {path.name: path.read_text() for path in out.glob("*.html") if path.name != "index.html"}
    for name, text in pages.items():
        assert text.startswith("<!doctype html>"), name
        assert text.endswith("</html>"), name
        assert json.loads(ABOUT.search(text)[1])["finding"] in text
    index = (out / "index.html").read_text() if (out / "index.html").is_file() else ""
    assert not index or index.endswith("</html>")
    listed = re.findall(r'<a href="([^"]+\.html)">', index)
    assert set(listed) <= set(pages)
    assert len(pages) - len(listed) <= 1, "the index names a page as soon as it is there"
    for name in listed:
        assert json.loads(ABOUT.search(pages[name])[1])["finding"] in index
    return len(pages)


def test_a_batch_killed_twenty_times_leaves_whole_pages_a_true_index_and_goes_on(notebook, tmp_path) -> None:
    count = 60
    command, out = many(notebook, tmp_path, count), tmp_path / "out"
    place = Path(tempfile.mkdtemp(prefix="t"))
    env = {**os.environ, "TMPDIR": str(place)}
    draw = random.Random(20230913)
    for _ in range(20):
        batch = subprocess.Popen(
            command, env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
        )
        batch.stderr.readline()  # From here on something is being written.
        time.sleep(draw.uniform(0, 0.25))
        os.kill(batch.pid, signal.SIGKILL)
        batch.communicate()
        check_folder(out)
    done = subprocess.run([*command, "--jobs", "2"], env=env, capture_output=True, text=True, check=True)
    assert check_folder(out) == count
    assert len(read_reports(out)) == count
    assert re.search(r"^\d+ reports, \d+ as they were, 0 failed", done.stdout)
    assert not list(out.rglob(f".*{ENDING}"))
    assert not processes(str(tmp_path))
    until = time.monotonic() + 10
    while list(place.iterdir()):
        assert time.monotonic() < until, "what kernels had in the temporary folder is still there"
        time.sleep(0.1)
    place.rmdir()


def test_ctrl_c_says_how_far_it_came_and_the_same_command_does_the_rest(notebook, tmp_path) -> None:
    command, out = many(notebook, tmp_path, 40), tmp_path / "out"
    batch = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
    batch.stderr.readline()
    batch.send_signal(signal.SIGINT)
    _, said = batch.communicate(timeout=30)
    assert batch.returncode == 130
    assert "Traceback" not in said
    done = int(re.search(r"interrupted: (\d+) of 40 reports are there; the same command does the rest", said)[1])
    assert 1 <= done < 40
    assert check_folder(out) == done
    rest = subprocess.run(command, capture_output=True, text=True, check=True)
    assert rest.stdout.startswith(f"{40 - done} reports, {done} as they were, 0 failed")


def test_a_full_disk_ends_the_batch_in_words_and_leaves_what_was_there(notebook, tmp_path) -> None:
    command, out = many(notebook, tmp_path, 3), tmp_path / "out"
    subprocess.run(command, capture_output=True, check=True)
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    full = subprocess.run(
        [*command, "--force"], capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)),
    )  # fmt: skip
    assert full.returncode == 1
    assert "File too large" in full.stderr
    assert "Traceback" not in full.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before
