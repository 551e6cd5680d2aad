"""How far a batch is: lines for logs, a bar for people."""

from __future__ import annotations

import time

from workbook.reports.progress import Progress


def test_without_a_terminal_each_report_is_a_line(capsys) -> None:
    with Progress(total=3, unchanged=1) as progress:
        progress.began()
        progress.ended("a.html", begun=time.monotonic(), failed=False)
        progress.began()
        progress.ended("b.html", begun=time.monotonic(), failed=True)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "1 of 3 as they were"
    assert lines[1].startswith("2/3 done a.html (0.")
    assert lines[2].startswith("3/3 failed b.html (0.")


def test_on_a_terminal_a_bar_says_done_running_failed_and_time_left(capsys, monkeypatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with Progress(total=4, unchanged=1) as progress:
        progress.began()
        progress.began()
        time.sleep(0.2)
        progress.ended("a.html", begun=time.monotonic(), failed=True)
    said = capsys.readouterr().err.replace("\r", "\n")
    assert "2/4" in said
    assert "1 running, 1 failed" in said
    assert "<" in said  # tqdm's elapsed<left
