"""The desk's widgets wired to its state: what is typed and clicked, without a browser."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.coding_desk.conftest import TEXT
from workbook.coding_desk import saving
from workbook.coding_desk.desk import CodingDesk, code_article
from workbook.coding_desk.saving import FileChange
from workbook.coding_desk.state import DeskState
from workbook.errors import WorkbookError
from workbook.readers.coded import read_package

PAGE = f"<html><body><nav>Menu</nav><article>{''.join(f'<p>{line}</p>' for line in TEXT.splitlines())}</article></body></html>"


def buttons(desk: CodingDesk) -> dict[str, object]:
    """Return what can be clicked, by its words."""
    found, waiting = {}, [desk.box]
    while waiting:
        widget = waiting.pop()
        if widget.layout.display == "none":
            continue
        waiting += reversed(getattr(widget, "children", ()))
        if hasattr(widget, "click"):
            found.setdefault(widget.description, widget)
    return found


def click(desk: CodingDesk, words: str) -> None:
    next(button for name, button in buttons(desk).items() if words in name).click()


def field(desk: CodingDesk, words: str):
    """Return the field of a label that is seen; the last of several is the form's own."""
    found, waiting = [], [desk.box]
    while waiting:
        widget = waiting.pop(0)
        if widget.layout.display != "none":
            waiting = [*getattr(widget, "children", ()), *waiting]
            found += [widget] if getattr(widget, "description", "") == words and not hasattr(widget, "click") else []
    return found[-1]


def fill_in(desk: CodingDesk, **values: object) -> None:
    for name, value in values.items():
        field(desk, name.replace("_", " ")).value = value


def take_in(desk: CodingDesk) -> None:
    fill_in(desk, Paste_a_text=TEXT)
    click(desk, "Take in the text")
    fill_in(desk, Title="Envoys trade barbs over shells", Publisher="The Courier", Published="2022-09-23")
    fill_in(desk, Known_by="dateline")


def put_down_an_allegation(desk: CodingDesk) -> None:
    """A statement by a new actor about a new claim."""
    click(desk, "Crates moved all summer")
    for each in [name for name in buttons(desk) if name.startswith("✕ ")]:
        click(desk, each)
    fill_in(desk, Find_an_actor="Harbour Office of the United States")
    field(desk, "▸ None of these: a new actor").value = True
    fill_in(desk, Kind="body", Belongs_to="USA", Country="USA")
    click(desk, "Add the new actor")
    click(desk, "Add as speaker")
    fill_in(desk, Find_an_actor="North Korea")
    click(desk, "Add as target")
    fill_in(desk, Find_a_claim="North Korea ships crates northwards")
    field(desk, "▸ None of these: a new claim").value = True
    fill_in(desk, Topic="delivery")
    click(desk, "Add the new claim")
    fill_in(desk, Act="allegation", Form="mixed", Said="2022-09-22", Rests_on="weekday", Attribution="institution")
    fill_in(desk, Channel="briefing", Hedge="asserted", Summary="The office speaks of a summer of shipments.")
    click(desk, "Put down")


@pytest.fixture
def desk(package: Path) -> CodingDesk:
    return code_article(package)


def message(desk: CodingDesk) -> str:
    return desk._message.value


def test_the_desk_says_what_there_is_and_offers_no_undo_of_nothing(desk) -> None:
    assert desk.where() == "mine: 58 statements of 5 articles so far."
    assert buttons(desk)["Undo the last save"].disabled
    assert "Put down" not in buttons(desk)
    click(desk, "Save")
    assert "found no article" in message(desk)


@pytest.mark.shared
@pytest.mark.kernel
def test_a_statement_with_a_new_actor_and_a_new_claim_is_saved_checked_found_and_reported(
    desk, package, articles
) -> None:
    take_in(desk)
    put_down_an_allegation(desk)
    assert message(desk) == ""
    click(desk, "Save")
    assert "Saved 1 statement in s005" in message(desk)
    for path in articles.iterdir():
        shutil.copy(path, package / "articles")
    said = [command("check", package), command("verify", package / "articles", "--package", package)]
    assert "59 statements" in said[0]
    assert "all 76 passages found in 6 articles" in said[1]
    command("report", "claim_ledger", "-p", f"dataset={package}", "--out", package.parent / "out")
    page = next((package.parent / "out").glob("claim_ledger*.html")).read_text(encoding="utf-8")
    assert "North Korea ships crates northwards" in page
    assert "Harbour Office" in page
    assert "“Crates moved all summer" not in page


def command(*words: object) -> str:
    line = [sys.executable, "-m", "workbook", *map(str, words)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_git_diff_shows_the_new_rows_alone(desk, package) -> None:
    git = ["git", "-C", str(package)]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    take_in(desk)
    put_down_an_allegation(desk)
    click(desk, "Save")
    diff = subprocess.run([*git, "diff", "--numstat"], capture_output=True, text=True, check=True).stdout
    assert sorted(line.split("\t") for line in diff.splitlines()) == sorted(
        [count, "0", f"{name}.csv"]
        for name, count in {
            "actors": "1",
            "claims": "1",
            "mentions": "1",
            "participants": "2",
            "passages": "1",
            "sources": "1",
            "statements": "1",
        }.items()
    )
    new = subprocess.run([*git, "status", "--porcelain", "-uall"], capture_output=True, text=True, check=True).stdout
    assert "articles" not in new


def choose_file(desk: CodingDesk, name: str, content: bytes) -> None:
    day = datetime(2026, 1, 1, tzinfo=UTC)
    file = {"name": name, "type": "", "size": len(content), "last_modified": day, "content": content}
    desk._intake._upload.value = (file,)


def test_a_page_is_taken_in_from_a_file_without_what_stands_around_the_article(desk) -> None:
    choose_file(desk, "page.html", PAGE.encode())
    assert "Menu" not in desk.state.here.article.text
    assert "Not one crate of ours" in desk.state.here.article.text


def test_a_file_that_is_no_text_is_refused_in_words(desk) -> None:
    choose_file(desk, "page.txt", b"\x00\x01\x02")
    assert "no text" in message(desk)
    assert desk.state.coding is None


def test_a_passage_is_trimmed_and_words_that_are_not_in_it_are_not_taken(desk) -> None:
    take_in(desk)
    click(desk, "Crates moved all summer")
    fill_in(desk, Passage="something else")
    click(desk, "Trim to these words")
    assert TEXT[slice(*desk.state.form.passages[0])].endswith("on Thursday.")
    fill_in(desk, Passage="crates moved all summer")
    click(desk, "Trim to these words")
    assert [TEXT[slice(*span)] for span in desk.state.form.passages] == ["Crates moved all summer"]
    assert field(desk, "Passage").value == "Crates moved all summer"


def test_a_package_that_changed_meanwhile_is_loaded_again_and_can_then_be_saved(desk, package) -> None:
    take_in(desk)
    put_down_an_allegation(desk)
    acts = package / "acts.csv"
    acts.write_bytes(acts.read_bytes().replace(b"Imposes a sanction", b"Imposes sanctions"))
    click(desk, "Save")
    assert "nothing was saved" in message(desk)
    assert "what you put down is still here" in message(desk)
    click(desk, "Save")
    assert "Saved 1 statement in s005" in message(desk)


def test_a_save_says_that_it_is_done_even_where_the_package_cannot_be_read_after_it(desk, package, monkeypatch) -> None:
    def reloaded(_state: DeskState) -> DeskState:
        raise WorkbookError("ben: 1 fault")

    take_in(desk)
    put_down_an_allegation(desk)
    monkeypatch.setattr(DeskState, "reloaded", reloaded)
    click(desk, "Save")
    assert "Saved 1 statement in s005" in message(desk)
    assert "cannot be read anew" in message(desk)
    assert "ben: 1 fault" in message(desk)
    assert len(read_package(package).tables["statements"]) == 59


def test_another_article_is_not_taken_in_over_statements_that_are_not_saved(desk) -> None:
    take_in(desk)
    put_down_an_allegation(desk)
    click(desk, "Another article")
    fill_in(desk, Paste_a_text="Another text altogether.")
    click(desk, "Take in the text")
    assert "save first, or take out" in message(desk)
    assert desk.state.here.source_id == "s005"
    click(desk, "Save")
    click(desk, "Take in the text")
    assert desk.state.here.source_id == "s006"


def test_an_article_that_is_saved_can_be_gone_on_with_and_its_row_stays(desk, package) -> None:
    take_in(desk)
    put_down_an_allegation(desk)
    click(desk, "Save")
    again = code_article(package)
    click(again, "Go on with it")
    assert (again.state.here.source_id, again.state.here.is_known) == ("s005", True)
    assert field(again, "Title").disabled
    click(again, "Undo the last save")
    assert "Undone: 1 statement in s005" in message(again)
    assert len(read_package(package).tables["statements"]) == 58


@pytest.mark.parametrize("coder", ["anna", "package"])
def test_a_coder_apart_saves_beside_the_package(package, coder) -> None:
    before = {path.name: path.read_bytes() for path in package.glob("*.csv")}
    desk = code_article(package, coder=coder)
    assert desk.where() == f"mine as {coder} codes apart: 0 statements of 0 articles so far."
    take_in(desk)
    put_down_an_allegation(desk)
    click(desk, "Save")
    assert len(read_package(package / "codings" / coder).tables["statements"]) == 1
    assert {path.name: path.read_bytes() for path in package.glob("*.csv")} == before
    assert buttons(code_article(package))["Undo the last save"].disabled, "the package itself was not saved into"
    click(desk, "Undo the last save")
    assert not (package / "codings" / coder).exists()


def test_what_was_cut_off_is_finished_at_the_next_start_and_said(package, monkeypatch) -> None:
    change = FileChange(package / "note.txt", None, b"x")

    def killed(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr(saving, "_put", killed)
    with pytest.raises(SystemExit):
        saving.save([change], package=package, checked=[], title="the note")
    monkeypatch.undo()
    assert "Finished what was cut off: the note." in message(code_article(package))
    assert (package / "note.txt").read_bytes() == b"x"


def test_a_data_set_that_is_installed_with_the_workbook_says_so_before_anything_is_coded(package, monkeypatch) -> None:
    monkeypatch.setattr(saving, "INSTALLED", package.parent)
    assert "copy its folder" in message(code_article(package))


def test_a_coders_name_that_is_a_path_is_refused(package) -> None:
    with pytest.raises(WorkbookError, match="no name for a coder"):
        code_article(package, coder="../anna")
