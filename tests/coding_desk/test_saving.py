"""Saving and its undo, and processes that are killed in the middle of them."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workbook.coding_desk import saving
from workbook.coding_desk.opened import open_package
from workbook.coding_desk.saving import ChangedOnDiskError, FileChange, finish_cut_off, last_save, save, undo_last
from workbook.errors import FaultsError, WorkbookError
from workbook.evidence import fingerprint
from workbook.files import write_whole
from workbook.readers.coded import find_package, read_package

SOURCE = {
    "source_id": "s005",
    "title": "Boats",
    "publisher": "The Courier",
    "language": "en",
    "published": "2023-10-02",
    "published_basis": "dateline",
}
STATEMENT = {
    "statement_id": "st059",
    "claim_id": "dprk-supplies-weapons",
    "act": "denial",
    "said": "2023-10-01",
    "said_basis": "weekday",
    "attribution": "institution",
    "channel": "statement",
    "expresses_concern": "false",
    "is_referred": "false",
    "certainty": "high",
    "summary": "North Korea denies it once more.",
}
WORDS = fingerprint("We did not ship so much as a pebble.")
ROWS = {
    "sources": [SOURCE],
    "statements": [STATEMENT],
    "participants": [{"statement_id": "st059", "actor_id": "PRK", "role": "speaker"}],
    "mentions": [{"mention_id": "m064", "statement_id": "st059", "source_id": "s005", "form": "direct"}],
    "passages": [
        {
            "passage_id": "p076",
            "mention_id": "m064",
            "sha256": WORDS.sha256,
            "length": str(WORDS.length),
            "offset": "0",
        }
    ],
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return Path(shutil.copytree(find_package("arms_transfers"), tmp_path / "mine"))


def files(package: Path) -> dict[str, bytes]:
    """Return all files but those that saving keeps for itself."""
    paths = (path for path in package.rglob("*") if path.is_file())
    return {str(path.relative_to(package)): path.read_bytes() for path in paths if "articles/" not in f"{path}/"}


def save_rows(package: Path, rows: dict[str, list[dict[str, str]]] | None = None) -> None:
    changes = open_package(package).changes(rows or ROWS)
    save(changes, package=package, checked=[package], title="1 statement of s005")


def test_saving_adds_lines_and_changes_none(package) -> None:
    before = files(package)
    save_rows(package)
    after = files(package)
    assert {name for name in after if after[name] != before[name]} == {f"{name}.csv" for name in ROWS}
    for name in ROWS:
        lines, old = after[f"{name}.csv"].splitlines(), before[f"{name}.csv"].splitlines()
        assert lines[: len(old)] == old
        assert len(lines) == len(old) + 1
    assert len(read_package(package).tables["statements"]) == 59


def test_undo_restores_every_byte_once(package) -> None:
    before = files(package)
    save_rows(package)
    assert last_save(package) == "1 statement of s005"
    assert undo_last(package) == "1 statement of s005"
    assert files(package) == before
    assert last_save(package) == ""
    with pytest.raises(WorkbookError, match="no save to undo"):
        undo_last(package)


def test_a_package_that_would_have_faults_is_not_written_and_all_faults_are_told(package) -> None:
    before = files(package)
    rows = ROWS | {"statements": [STATEMENT | {"act": "denail", "claim_id": "unknown"}]}
    with pytest.raises(FaultsError) as raised:
        save_rows(package, rows)
    assert {(fault.place, fault.column) for fault in raised.value.faults} >= {
        ("statements.csv", "act"),
        ("statements.csv", "claim_id"),
    }
    assert files(package) == before
    assert last_save(package) == ""
    assert sorted(path.name for path in (package / "articles" / ".undo").iterdir()) == ["lock"]


@pytest.mark.parametrize("name", ["statements.csv", "acts.csv"])
def test_a_file_that_changed_since_it_was_read_is_not_overwritten(package, name) -> None:
    changes = open_package(package).changes(ROWS)
    path = package / name
    path.write_bytes(path.read_bytes() + b"\n")
    before = files(package)
    with pytest.raises(ChangedOnDiskError, match=f"{name}.*nothing was saved"):
        save(changes, package=package, checked=[package], title="")
    assert files(package) == before


def test_undo_is_refused_where_a_file_changed_since(package) -> None:
    save_rows(package)
    path = package / "statements.csv"
    path.write_bytes(path.read_bytes().replace(b"once more", b"again"))
    before = files(package)
    with pytest.raises(ChangedOnDiskError, match=r"statements\.csv.*nothing was undone"):
        undo_last(package)
    assert files(package) == before


def test_files_that_come_and_go_are_undone_too(package) -> None:
    new, old = package / "codings" / "anna" / "units.csv", package / "CODEBOOK.md"
    before = files(package)
    changes = [FileChange(new, None, b"a\n"), FileChange(old, old.read_bytes(), None)]
    save(changes, package=package, checked=[package], title="")
    assert new.read_bytes() == b"a\n"
    assert not old.exists()
    undo_last(package)
    assert files(package) == before
    assert not new.parent.exists()


def test_each_coder_has_a_last_save_of_their_own(package) -> None:
    anna, ben = (FileChange(package / f"{name}.csv", None, b"a\n") for name in ("anna", "ben"))
    for name, change in (("anna", anna), ("ben", ben)):
        save([change], package=package, checked=[], title=name, record=name)
    assert undo_last(package, record="anna") == "anna"
    assert not anna.path.exists()
    assert ben.path.exists()
    assert last_save(package, record="ben") == "ben"


def test_what_is_installed_with_the_workbook_is_to_be_copied_first(package, monkeypatch) -> None:
    changes = open_package(package).changes(ROWS)
    monkeypatch.setattr(saving, "INSTALLED", package.parent)
    with pytest.raises(WorkbookError, match="copy its folder"):
        save(changes, package=package, checked=[package], title="")
    assert not (package / "articles").exists()


def test_articles_and_records_are_hidden_from_git_wherever_the_package_lies(package) -> None:
    git = ["git", "-C", str(package)]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    save_rows(package)
    (package / "articles" / "s005.txt").write_text("Words.")
    seen = subprocess.run([*git, "status", "--porcelain"], capture_output=True, text=True, check=True).stdout
    assert "articles" not in seen


def test_a_failing_disk_leaves_what_was_there_and_the_undo_before(package, monkeypatch) -> None:
    save_rows(package)
    before, written = files(package), saving.write_whole
    claim = {"claim_id": "zzz", "claim": "Boats sink", "short_claim": "Boats sink", "topic": "context"}
    state = {"actor_id": "ZZZ", "name": "Zenda", "short_name": "Zenda", "kind": "state"}

    def full(path: Path, content: bytes) -> None:
        if path.name == "claims.csv" and b"zzz" in content:
            raise OSError(28, "No space left on device", str(path))
        written(path, content)

    monkeypatch.setattr(saving, "write_whole", full)
    with pytest.raises(WorkbookError, match="No space left on device"):
        save_rows(package, {"actors": [state], "claims": [claim]})
    assert files(package) == before
    assert undo_last(package) == "1 statement of s005"


def test_a_record_that_leads_out_of_the_package_is_not_followed(package) -> None:
    record = package / "articles" / ".undo" / "package.json"
    record.parent.mkdir(parents=True)
    record.write_text(
        '{"stage": "saving", "title": "x", "changes": [{"path": "../evil.txt", "before": null, "after": "YQ=="}]}'
    )
    with pytest.raises(WorkbookError, match="no record of a save"):
        finish_cut_off(package)
    assert not (package.parent / "evil.txt").exists()


# Processes that are killed.

KILLED = """
import os, signal, sys
from pathlib import Path
from workbook.coding_desk import saving
from workbook.coding_desk.opened import open_package
from tests.coding_desk.test_saving import ROWS

package, step, at = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
calls = 0

def counting(change):
    def changed(*arguments, **named):
        global calls
        calls += 1
        if calls == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return change(*arguments, **named)
    return changed

Path.replace, Path.unlink = counting(Path.replace), counting(Path.unlink)
if step == "save":
    saving.save(open_package(package).changes(ROWS), package=package, checked=[package], title="killed")
else:
    saving.undo_last(package)
"""


def child(package: Path, step: str, at: int) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", KILLED, str(package), step, str(at)]
    return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def leftovers(package: Path) -> list[Path]:
    return [path for path in package.rglob("*") if path.name.endswith(".part") or path.name == "would_be"]


@pytest.mark.parametrize("step", ["save", "undo"])
def test_a_process_killed_before_any_one_of_its_changes_leaves_no_half_step(package, step) -> None:
    before = files(package)
    save_rows(package)
    after = files(package)
    undo_last(package)
    ends: list[bool] = []
    for at in range(1, 30):
        if step == "undo":
            save_rows(package)
        ended = child(package, step, at)
        _, said = ended.communicate()
        finish_cut_off(package)
        assert files(package) in (before, after)
        assert leftovers(package) == []
        ends.append(files(package) == after)
        if last_save(package):
            undo_last(package)
        assert files(package) == before
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL, said.decode()
    assert set(ends) == {True, False}, "killed both before and after the record was written"
    assert ended.returncode == 0, "at last it was not killed any more"
    assert len(ends) > 7


def test_a_process_killed_at_any_moment_leaves_no_half_step(package) -> None:
    before = files(package)
    save_rows(package)
    after = files(package)
    undo_last(package)
    draw = random.Random(20230913)
    for _ in range(12):
        saving_process = child(package, "save", 0)
        until = time.monotonic() + 20
        while not (package / "articles" / ".undo" / "would_be").exists() and saving_process.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.001)
        time.sleep(draw.uniform(0, 0.12))
        saving_process.kill()
        saving_process.communicate()
        finish_cut_off(package)
        assert files(package) in (before, after)
        assert leftovers(package) == []
        if last_save(package):
            undo_last(package)
        assert files(package) == before


def test_a_step_that_a_full_disk_cut_off_is_finished_and_not_saved_twice(package, monkeypatch) -> None:
    opened = open_package(package)
    left = [4]

    def filling(path: Path, content: bytes) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device", str(path))
        write_whole(path, content)

    def save_all() -> None:
        save(opened.changes(ROWS), package=package, checked=[package], title="boats")

    monkeypatch.setattr(saving, "write_whole", filling)
    with pytest.raises(WorkbookError, match="No space left on device"):
        save_all()
    monkeypatch.setattr(saving, "write_whole", write_whole)
    with pytest.raises(ChangedOnDiskError, match="what was cut off before is done now: boats; nothing else was saved"):
        save_all()
    assert [row["statement_id"] for row in open_package(package).rows("statements")].count("st059") == 1


def test_a_lock_that_is_a_link_cuts_no_file_that_it_leads_to(package, tmp_path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("mine")
    (package / "articles" / ".undo").mkdir(parents=True)
    (package / "articles" / ".undo" / "lock").symlink_to(precious)
    assert finish_cut_off(package) == []
    assert precious.read_text() == "mine"
