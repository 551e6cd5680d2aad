"""Whole batches in real kernels: failures apart, the same bytes, a true index."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.reports.conftest import cell
from workbook.reports.batch import write_reports
from workbook.reports.catalogue import read_card
from workbook.reports.index import read_reports

pytestmark = pytest.mark.kernel


def test_a_failing_notebook_leaves_an_error_page_and_the_others_go_on(notebook, tmp_path, capsys) -> None:
    bad = notebook(cell("value = 1\nraise ValueError(f'no {name} <b>here</b>')"), name="bad")
    dead = notebook(cell("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"), name="dead")
    good = notebook(cell("print(f'One {name}.')", "findings"), name="good")
    out = tmp_path / "out"
    summary = write_reports([read_card(path) for path in (bad, dead, good)], parameters={}, out=out)
    assert [path.name for path in summary.written] == ["good.html"]
    assert set(summary.failed) == {"bad.html", "dead.html"}
    page = (out / "bad.html").read_text()
    assert "raise ValueError" in page
    assert "no boat &lt;b&gt;here&lt;/b&gt;" in page
    assert {report["file"]: report["failed"] for report in read_reports(out)} == {
        "bad.html": True, "dead.html": True, "good.html": False,
    }  # fmt: skip
    assert "One boat." in (out / "index.html").read_text()
    assert re.search(r"3/3 good \(\d+\.\d s\)", capsys.readouterr().err)


def test_two_runs_write_the_same_bytes_and_parameters_a_page_of_their_own(tmp_path) -> None:
    command = [sys.executable, "-m", "workbook", "report", "claim_ledger", "-p", "period=quarter", "--out"]
    for name in ("one", "two"):
        subprocess.run([*command, str(tmp_path / name)], check=True, capture_output=True)
    one, two = (
        {p.name: p.read_bytes() for p in (tmp_path / name).rglob("*") if p.is_file()} for name in ("one", "two")
    )
    assert one == two
    assert len([name for name in one if name.startswith("claim_ledger--period-quarter--")]) == 1


def test_a_run_that_is_killed_leaves_no_half_page(notebook, tmp_path) -> None:
    slow = notebook(cell("import time\nprint('begun', flush=True)\ntime.sleep(60)"), name="slow")
    out = tmp_path / "out"
    run = subprocess.Popen(
        [sys.executable, "-m", "workbook", "report", str(slow), "--out", str(out)],
        stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    while not (out / "assets").is_dir():
        time.sleep(0.1)
    time.sleep(1.0)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    assert [path.name for path in Path(out).glob("*.html")] == []
