"""Whole batches in real kernels: failures apart, the same bytes, only what changed, an index that is true."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reports.conftest import cell, write_notebook
from workbook.errors import ParameterError
from workbook.readers.coded import find_package
from workbook.reports.batch import Batch, Summary
from workbook.reports.catalogue import choose_cards, read_card
from workbook.reports.folder import read_reports
from workbook.reports.request import ReportRequest
from workbook.reports.run import Runner

pytestmark = pytest.mark.kernel


@pytest.fixture(params=["warm", "stock"])
def runner(request) -> Runner:
    return Runner(request.param)


def written(summary: Summary) -> list[str]:
    return sorted(path.name for path in summary.written)


def test_a_failing_notebook_leaves_an_error_page_and_the_others_go_on(notebook, tmp_path, capsys, runner) -> None:
    bad = notebook(cell("value = 1\nraise ValueError(f'no {name} <b>here</b>')"), name="bad")
    dead = notebook(cell("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"), name="dead")
    good = notebook(cell("print(f'One {name}.')", "findings"), name="good")
    out = tmp_path / "out"
    requests = [ReportRequest(read_card(path)) for path in (bad, dead, good)]
    summary = Batch(out, runner=runner).write(requests)
    assert written(summary) == ["good.html"]
    assert set(summary.failed) == {"bad.html", "dead.html"}
    page = (out / "bad.html").read_text()
    assert "raise ValueError" in page
    assert "no boat &lt;b&gt;here&lt;/b&gt;" in page
    assert "the kernel died" in summary.failed["dead.html"]
    assert "os.kill(os.getpid()" in (out / "dead.html").read_text()
    assert {name: about["failed"] for name, about in read_reports(out).items()} == {
        "bad.html": True, "dead.html": True, "good.html": False,
    }  # fmt: skip
    assert "One boat." in (out / "index.html").read_text()
    assert re.search(r"3/3 done good.html \(\d+\.\d s\)", capsys.readouterr().err)


def test_both_engines_write_the_same_bytes_whatever_the_jobs(tmp_path) -> None:
    requests = [ReportRequest.of(card, {}) for card in choose_cards(())]
    narrowed = {"actors": ["PRK"], "period": "quarter"}
    requests += [ReportRequest.of(card, narrowed) for card in choose_cards(("actor_activity", "claim_ledger"))]
    folders = {}
    for name, runner, jobs in (("warm", Runner("warm"), 2), ("stock", Runner("stock"), 2)):
        Batch(tmp_path / name, runner=runner, jobs=jobs).write(requests)
        files = [path for path in (tmp_path / name).rglob("*") if path.is_file()]
        folders[name] = {path.relative_to(tmp_path / name): path.read_bytes() for path in files}
    assert len(folders["warm"]) > 10
    assert folders["warm"] == folders["stock"]


def test_one_page_for_each_set_of_parameters_from_the_command_line(tmp_path) -> None:
    command = [sys.executable, "-m", "workbook", "report", "claim_ledger", "coder_agreement", "--each", "actor=USA,PRK"]
    command += ["--each", "quarter=2022-Q3", "--out", str(tmp_path / "out")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "4 reports, 0 failed" in done.stdout
    assert "Traceback" not in done.stderr
    names = sorted(read_reports(tmp_path / "out"))
    assert [re.sub(r"--[0-9a-f]{10}\.html$", "", name) for name in names] == [
        "claim_ledger--actors-PRK--quarter-2022-Q3", "claim_ledger--actors-USA--quarter-2022-Q3",
        "coder_agreement--actors-PRK--quarter-2022-Q3", "coder_agreement--actors-USA--quarter-2022-Q3",
    ]  # fmt: skip


def test_a_combination_without_data_says_so_on_its_page(tmp_path) -> None:
    requests = [
        ReportRequest.of(card, {"actors": ["SVK"], "start": "2022-01-01", "end": "2022-01-31"})
        for card in choose_cards(())
        if "dataset" in card.defaults()
    ]
    summary = Batch(tmp_path, runner=Runner("warm"), jobs=2).write(requests)
    assert summary.failed == {}
    abouts = read_reports(tmp_path)
    assert len(abouts) == 6
    assert {about["statements"] for about in abouts.values()} == {0, None}
    assert (tmp_path / "index.html").read_text().count("no statements") == 5


def test_what_is_unchanged_is_left_alone_and_what_changed_is_made_again(notebook, tmp_path) -> None:
    package = shutil.copytree(find_package("arms_transfers"), tmp_path / "mine")
    parameters = 'dataset: str = "arms_transfers"  # data set\nname: str = "boat"  # what'
    path = notebook(cell("print(f'One {name}.')", "findings"), parameters=parameters)
    other = notebook(cell("print(f'Two {name}.')", "findings"), parameters=parameters, name="other")

    def write(**more: object) -> Summary:
        requests = [
            ReportRequest.of(read_card(path), {"dataset": str(package)}),
            ReportRequest.of(read_card(path), {"name": "ship"}),
            ReportRequest.of(read_card(other), {}),
        ]
        return Batch(tmp_path / "out", runner=Runner("warm"), jobs=2, **more).write(requests)

    assert len(write().written) == 3
    times = {page.name: page.stat().st_mtime_ns for page in (tmp_path / "out").glob("boats*.html")}
    again = write()
    assert (len(again.written), len(again.unchanged)) == (0, 3)
    assert times == {page.name: page.stat().st_mtime_ns for page in (tmp_path / "out").glob("boats*.html")}

    table = package / "statements.csv"
    table.write_text(table.read_text() + "\n")
    (changed,) = written(write())
    assert "dataset" in changed

    notebook(cell("print(f'Three {name}.')", "findings"), parameters=parameters, name="other")
    assert written(write()) == ["other.html"]
    assert "Three boat." in (tmp_path / "out" / "other.html").read_text()

    (tmp_path / "out" / "other.html").unlink()
    assert written(write()) == ["other.html"]
    assert len(write(force=True).written) == 3


def test_a_report_of_data_that_changed_while_the_batch_ran_is_made_again_even_after_an_undo(notebook, tmp_path) -> None:
    package = Path(shutil.copytree(find_package("arms_transfers"), tmp_path / "mine"))
    table, whole = package / "statements.csv", (package / "statements.csv").read_bytes()
    saves = f"from pathlib import Path\ntable = Path({str(table)!r})\ntable.write_bytes(table.read_bytes() + b'\\n')"
    card = read_card(notebook(cell(saves), parameters=f'dataset: str = "{package}"  # data set'))
    assert written(Batch(tmp_path / "out", runner=Runner("warm")).write([ReportRequest(card)])) == ["boats.html"]
    table.write_bytes(whole)
    again = Batch(tmp_path / "out", runner=Runner("warm")).write([ReportRequest(card)])
    assert (written(again), again.unchanged) == (["boats.html"], [])


def test_a_report_that_failed_is_tried_again(notebook, tmp_path) -> None:
    path = notebook(cell("print(undefined)"))
    for _ in range(2):
        summary = Batch(tmp_path / "out", runner=Runner("warm")).write([ReportRequest(read_card(path))])
        assert list(summary.failed) == ["boats.html"]


def test_notebooks_run_in_the_folder_of_the_command_and_do_not_change_it(notebook, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = notebook(cell("import os\nprint(os.getcwd())\nos.chdir('/')", "findings"))
    Batch(tmp_path / "out", runner=Runner("warm"), jobs=2).write([ReportRequest(read_card(path))])
    assert str(tmp_path) in (tmp_path / "out" / "boats.html").read_text()
    assert str(tmp_path) == str(tmp_path.cwd())


def test_what_is_asked_for_twice_is_written_once(notebook, tmp_path) -> None:
    card = read_card(notebook(cell("print(f'One {name}.')", "findings")))
    requests = [ReportRequest.of(card, {"name": name}) for name in ("ship", "boat", "ship")]
    assert len(Batch(tmp_path / "out", runner=Runner("warm"), jobs=2).write(requests).written) == 2


def test_two_notebooks_that_would_write_the_same_page_are_refused_before_anything_is_written(tmp_path) -> None:
    cards = []
    for folder in ("north", "south"):
        (tmp_path / folder).mkdir()
        cards.append(read_card(write_notebook(tmp_path / folder / "boats.ipynb")))
    with pytest.raises(ParameterError, match=r"north.*boats\.ipynb and .*south.*rename one"):
        Batch(tmp_path / "out").write([ReportRequest(card) for card in cards])
    assert not (tmp_path / "out").exists()


def test_no_more_notebooks_run_their_cells_at_once_than_there_are_jobs(notebook, tmp_path) -> None:
    log = tmp_path / "log"
    code = f"""import time
with open({str(log)!r}, "a") as file:
    file.write("begins\\n")
time.sleep(0.1)
with open({str(log)!r}, "a") as file:
    file.write("ends\\n")"""
    card = read_card(notebook(cell(code)))
    requests = [ReportRequest.of(card, {"name": f"boat{number}"}) for number in range(6)]
    for jobs in (1, 2):
        log.write_text("")
        Batch(tmp_path / f"out{jobs}", runner=Runner("warm"), jobs=jobs).write(requests)
        running = most = 0
        for line in log.read_text().splitlines():
            running += 1 if line == "begins" else -1
            most = max(most, running)
        assert most == jobs
