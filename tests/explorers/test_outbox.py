"""Saving from an explorer: files that are there, or a sentence that says why not."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from workbook.errors import WorkbookError
from workbook.explorers import outbox as module
from workbook.explorers.outbox import Outbox, picture
from workbook.explorers.panel import Panel
from workbook.explorers.state import ExplorerState

PNG = b"\x89PNG\r\n\x1a\n and so on"


@pytest.fixture
def sent(monkeypatch) -> list[dict[str, object]]:
    messages: list[dict[str, object]] = []
    monkeypatch.setattr(Panel, "send", lambda _, content, **__: messages.append(content))
    return messages


@pytest.fixture
def made(boats, tmp_path) -> Outbox:
    state = ExplorerState().filtered(acts=("denial",))
    return Outbox(boats, out=tmp_path / "out", panel=Panel(), state=lambda: state, restore=lambda _: None)


def heard(box: Outbox, **message: str) -> None:
    box._heard(message)


@pytest.mark.parametrize("words", ["Save rows as CSV", "Save rows as Parquet"])
def test_rows_are_saved_and_the_path_is_said(made, tmp_path, words) -> None:
    made.buttons[words].click()
    (path,) = (tmp_path / "out").iterdir()
    assert path.name.startswith("boats-rows-")
    assert str(path) in made.said.value


def test_a_picture_is_asked_of_the_page_and_saved_when_it_comes(made, sent, tmp_path) -> None:
    made.view.value = "ledger"
    made.buttons["Save as PNG"].click()
    assert sent == [{"kind": "picture", "view": "ledger", "format": "png"}]
    url = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    heard(made, kind="picture", view="ledger", format="png", url=url)
    (path,) = (tmp_path / "out").iterdir()
    assert path.name.startswith("boats-ledger-")
    assert path.suffix == ".png"
    assert path.read_bytes() == PNG
    assert "Saved: " in made.said.value


def test_a_drawing_is_asked_for_too(made, sent) -> None:
    made.buttons["Save as SVG"].click()
    assert sent == [{"kind": "picture", "view": "frequency", "format": "svg"}]


def test_what_is_no_picture_is_not_saved(made, tmp_path) -> None:
    heard(made, kind="picture", view="ledger", format="png", url="data:text/html,<script>")
    assert "Not saved: " in made.said.value
    assert "<script>" not in made.said.value
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("view", "image"), [("../../ledger", "png"), ("ledger", "html"), ("", "")])
def test_a_picture_of_no_chart_names_no_file(made, tmp_path, view, image) -> None:
    url = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    heard(made, kind="picture", view=view, format=image, url=url)
    assert "a picture of what is no chart" in made.said.value
    assert not (tmp_path / "out").exists()


def test_other_messages_of_the_page_are_for_others(made) -> None:
    heard(made, kind="click", view="ledger")
    assert made.said.value == ""


def test_a_folder_that_cannot_be_is_a_sentence(boats, tmp_path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    box = Outbox(boats, out=tmp_path / "file", panel=Panel(), state=ExplorerState, restore=lambda _: None)
    box.buttons["Save rows as CSV"].click()
    assert "Not saved: " in box.said.value


def test_the_text_of_a_state_is_shown_and_given_back(boats, tmp_path) -> None:
    restored: list[str] = []
    box = Outbox(boats, out=tmp_path, panel=Panel(), state=ExplorerState, restore=restored.append)
    box.show(ExplorerState().filtered(acts=("denial",)))
    box.buttons["Restore"].click()
    assert restored == ["acts=denial"]


class AtOnce:
    """A thread that runs when it is started."""

    def __init__(self, target, **_: object) -> None:
        self.start = target


def test_reports_are_written_of_the_state_as_it_was_and_their_index_is_said(made, tmp_path, monkeypatch) -> None:
    asked = []

    def write_report(_, state: ExplorerState, *, out: Path) -> Path:
        asked.append(str(state))
        return out / "index.html"

    monkeypatch.setattr(module, "write_report", write_report)
    monkeypatch.setattr(module, "Thread", AtOnce)
    made.buttons["Report of this selection"].click()
    assert asked == ["acts=denial"]
    assert str(tmp_path / "out" / "index.html") in made.said.value
    assert made.buttons["Report of this selection"].disabled is False


def test_a_report_that_failed_is_a_sentence_and_may_be_asked_for_again(made, monkeypatch) -> None:
    def write_report(*_: object, **__: object) -> Path:
        raise WorkbookError("no <kernel> today")

    monkeypatch.setattr(module, "write_report", write_report)
    monkeypatch.setattr(module, "Thread", AtOnce)
    made.buttons["Report of this selection"].click()
    assert "No report: no &lt;kernel&gt; today" in made.said.value
    assert made.buttons["Report of this selection"].disabled is False


def test_pictures_are_read_in_both_ways_that_a_page_writes_them() -> None:
    assert picture(f"data:image/png;base64,{base64.b64encode(PNG).decode()}") == PNG
    assert picture("data:image/svg+xml,%3Csvg%3E%C3%A9%3C%2Fsvg%3E") == "<svg>é</svg>".encode()


@pytest.mark.parametrize("url", ["", "https://x.example/a.png", "data:text/html,x", "data:image/png;base64,abc"])
def test_what_is_no_picture_is_refused(url) -> None:
    with pytest.raises(WorkbookError, match="expected a PNG or an SVG"):
        picture(url)
