"""The explorer in a real JupyterLab, by real clicks."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Locator

from tests.browser.lab import Lab, LabPage, draw_box, start_lab
from workbook.reports.catalogue import notebooks_folder

pytestmark = [pytest.mark.browser, pytest.mark.kernel]

EXPLORER_CELL = 2
SECONDS = 20


class Explored:
    """The explorer's page, as a person uses it."""

    def __init__(self, opened: LabPage) -> None:
        self.opened, self.page = opened, opened.page
        self.panel = self.page.locator(".workbook-panel")
        self.page.locator(".workbook-panel[data-revision]").wait_for(timeout=SECONDS * 1000)

    @property
    def words(self) -> str:
        return self.page.locator("[role=status]").first.inner_text()

    def after(self, action: Callable[[], object]) -> str:
        """Do something, wait until all is drawn again, and return what is said to be selected."""
        before = self.panel.get_attribute("data-revision")
        action()
        self.page.locator(f".workbook-panel[data-revision]:not([data-revision='{before}'])").wait_for()
        return self.words

    def option(self, facet: str, label: str) -> Locator:
        group = self.page.locator(".workbook-facet").filter(has_text=re.compile(f"^{facet}"))
        if group.get_attribute("open") is None:
            group.locator("summary").click()
        return group.locator("label").filter(has=self.page.get_by_text(label, exact=True)).first

    def left(self, facet: str, label: str) -> int:
        return int(self.option(facet, label).locator(".workbook-left").inner_text())

    def choose(self, facet: str, label: str) -> str:
        return self.after(lambda: self.option(facet, label).locator("input").click())

    def view(self, name: str) -> Locator:
        return self.page.locator(f".workbook-view-{name}")

    def caption(self, name: str) -> str:
        return self.view(name).locator(".workbook-caption").inner_text()

    def click_mark(self, name: str, place: int, *, marks: str) -> None:
        """Click where a mark is: plotly listens on a layer above its marks."""
        mark = self.view(name).locator(marks).nth(place)
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        assert box
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def draw_box(self, name: str, *, left: float, right: float) -> None:
        """Draw a box over a share of a chart's width, from its top to its bottom."""
        draw_box(self.view(name), left=left, right=right)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()


BARS = ".barlayer .point path"
MARKS = ".scatterlayer .points path.point"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="module")
def shared_lab(browser, home: Path) -> Iterator[Lab]:
    """One JupyterLab for all tests here; each opens the notebook anew."""
    folder = Path(shutil.copytree(notebooks_folder(), home / "notebooks"))
    notebook = folder / "explore.ipynb"
    cell = "wb.explore(data, selection=selection"
    text = notebook.read_text(encoding="utf-8")
    record = "arms_transfers_2022_2024"
    assert cell in text
    assert record in text
    text = text.replace(record, "arms_transfers")
    articles = home / "articles"
    articles.mkdir()
    notebook.write_text(text.replace(cell, f"{cell}, out='{home / 'out'}', articles='{articles}'"), encoding="utf-8")
    running = start_lab(folder, home=home / "jupyter", browser=browser)
    yield running
    running.stop()


@pytest.fixture
def explored(shared_lab: Lab) -> Iterator[Explored]:
    opened = shared_lab.open("explore.ipynb", width=1400, height=1800)
    opened.run_all()
    explored = Explored(opened)
    yield explored
    assert opened.complaints == []
    assert opened.outside == []
    explored.page.context.close()


def test_every_kind_of_filter_narrows_and_says_so(explored) -> None:
    assert explored.words == "54 statements: all that the data hold."
    assert explored.left("Speakers", "North Korea") == 11
    assert explored.choose("Speakers", "North Korea") == "11 statements: by North Korea."
    assert explored.left("Acts", "denial") == 4
    assert explored.left("Speakers", "United States") > 0
    assert explored.choose("Acts", "denial") == "4 statements: by North Korea, act denial."
    assert explored.choose("Topics", "delivery").endswith("act denial, topic delivery.")
    assert explored.after(lambda: explored.press("Undo")) == "4 statements: by North Korea, act denial."
    assert explored.after(lambda: explored.press("Reset")) == "54 statements: all that the data hold."
    assert explored.choose("Claims", "North Korea supplies weapons").endswith("claim North Korea supplies weapons.")
    assert explored.after(lambda: explored.press("Reset"))
    assert explored.choose("Sources", "s000 News18") == "7 statements: reported by News18."
    assert explored.after(lambda: explored.press("Reset"))
    start = explored.page.locator("input[type=date]").first
    assert explored.after(lambda: start.fill("2023-09-01")).endswith("from 1 September 2023 on.")
    assert explored.after(lambda: explored.press("Reset"))
    referred = explored.page.get_by_label("with what is only referred to")
    assert explored.after(referred.check).startswith("58 statements")
    whose = explored.page.get_by_label("Whose dates")
    assert "as the articles alone support them" in explored.after(lambda: whose.select_option("the article's"))
    counted = explored.page.get_by_label("Count", exact=True)
    explored.after(lambda: counted.select_option("mentions"))
    assert "Counted by mention" in explored.caption("frequency")
    uncertain = explored.page.get_by_label("Uncertain dates")
    explored.after(lambda: uncertain.select_option("left out"))
    assert "the date does not fall into one month" in explored.caption("frequency")


def test_a_filter_is_searched_by_names_not_by_numbers_and_keeps_its_place_for_the_keyboard(explored) -> None:
    search = explored.page.get_by_label("Search in Speakers")
    lines = explored.page.locator(".workbook-facet").first.locator("label:visible")
    search.fill("korea")
    assert {text.split("\n")[0] for text in lines.all_inner_texts()} >= {"North Korea", "South Korea"}
    search.fill("11")  # North Korea would leave so many.
    assert lines.count() == 0
    search.fill("")
    box = explored.option("Speakers", "North Korea").locator("input")
    box.focus()
    explored.after(lambda: explored.page.keyboard.press("Space"))
    assert box.is_checked()
    assert box.evaluate("each => each === document.activeElement")


def test_what_is_picked_in_one_view_changes_the_others_and_not_itself(explored) -> None:
    bars = explored.view("activity").locator(BARS).count()
    words = explored.after(lambda: explored.click_mark("activity", 0, marks=BARS))
    assert words == "11 statements: picked among the speakers: by John Kirby."
    assert explored.view("activity").locator(BARS).count() == bars
    for name in ("frequency", "timeline", "ledger"):
        assert "Stands on 11 statements" in explored.caption(name)
    no_more = explored.view("activity").get_by_role("button", name="Pick no more")
    assert explored.after(no_more.click) == "54 statements: all that the data hold."
    words = explored.after(lambda: explored.draw_box("timeline", left=0.0, right=0.3))
    found = re.match(r"(\d+) statements?: picked on the time line: ", words)
    assert found, words
    assert 0 < int(found[1]) < 54
    assert f"Stands on {found[1]} statement" in explored.caption("frequency")
    assert "Stands on 54 statements" in explored.caption("timeline")
    words = explored.after(lambda: explored.click_mark("frequency", 0, marks=BARS))
    assert "picked on the time line" in words
    assert "picked in the frequency" in words


def test_views_that_nothing_was_left_for_are_drawn_again(explored) -> None:
    start = explored.page.locator("input[type=date]").first
    assert explored.after(lambda: start.fill("2030-01-01")).startswith("0 statements")
    assert "Nothing here alleges" in explored.view("timeline").locator(".workbook-chart").inner_text()
    assert explored.after(lambda: explored.press("Undo")) == "54 statements: all that the data hold."
    lanes = explored.view("ledger").locator(".yaxislayer-above text, .ytick text")
    assert lanes.count() >= 38
    words = explored.after(lambda: explored.click_mark("activity", 0, marks=BARS))
    assert words == "11 statements: picked among the speakers: by John Kirby."


def test_a_dot_opens_a_card_with_the_passage_from_ones_own_copy(explored, home, articles) -> None:
    explored.choose("Acts", "denial")
    explored.click_mark("timeline", 0, marks=MARKS)
    card = explored.view("timeline").locator(".workbook-card")
    card.wait_for()
    key = card.locator("h3").inner_text().removeprefix("Statement ")
    facts = dict(zip(card.locator("dt").all_inner_texts(), card.locator("dd").all_inner_texts(), strict=True))
    assert {"Speaker", "Act", "Claim", "Date by the article"} <= set(facts)
    assert facts["Act"] == "denial"
    assert "Put your copy of the article there" in card.inner_text()
    explored.press("Close the card")
    card.wait_for(state="detached")
    for path in articles.glob("*.txt"):
        shutil.copy(path, home / "articles")
    explored.page.get_by_role("button", name=f"Open the card of {key}").click()
    card = explored.view("rows").locator(".workbook-card")
    card.wait_for()
    marked = card.locator("mark").all_inner_texts()
    assert marked
    assert all(len(words) > 20 for words in marked)


def test_rows_pictures_text_and_report_of_a_selection(explored, home) -> None:
    explored.choose("Speakers", "North Korea")
    explored.choose("Acts", "denial")
    said = explored.page.locator("[role=status]").last
    folder = home / "out"
    for button, ending in (("Save rows as CSV", "csv"), ("Save rows as Parquet", "parquet")):
        explored.press(button)
        explored.page.get_by_text(re.compile(rf"Saved: .*{ending}$")).wait_for()
        path = Path(said.inner_text().removeprefix("Saved: "))
        assert path.parent == folder
        assert path.suffix == f".{ending}"
    rows = pd.read_csv(next(folder.glob("*.csv")))
    assert rows["event_id"].tolist() == ["st015", "st016", "st048", "st049"]
    for button, magic in (("Save as PNG", b"\x89PNG"), ("Save as SVG", b"<svg")):
        explored.press(button)
        explored.page.get_by_text(re.compile(rf"Saved: .*{button[-3:].lower()}$")).wait_for()
        assert Path(said.inner_text().removeprefix("Saved: ")).read_bytes().startswith(magic)
    text = explored.page.get_by_role("textbox", name="Selection").input_value()
    assert text == "actors=PRK&acts=denial"
    explored.press("Report of this selection")
    explored.page.get_by_text("Reports written; begin at").wait_for(timeout=90_000)
    pages = sorted(path.name for path in folder.glob("*.html"))
    assert len(pages) == 5
    assert "Stands on 4 statements" in next(folder.glob("claim_ledger*.html")).read_text(encoding="utf-8")
    explored.after(lambda: explored.press("Reset"))
    explored.page.get_by_role("textbox", name="Selection").fill(text)
    assert explored.after(lambda: explored.press("Restore")) == "4 statements: by North Korea, act denial."
    explored.page.get_by_role("textbox", name="Selection").fill("actors=USSR")
    explored.press("Restore")
    alert = explored.page.locator("[role=alert]")
    alert.wait_for()
    assert "found 'USSR'" in alert.inner_text()
    assert explored.words == "4 statements: by North Korea, act denial."


def test_ones_own_frame_is_explored_just_so(shared_lab, home) -> None:
    own = Path(shutil.copy(home / "notebooks" / "explore.ipynb", home / "notebooks" / "own.ipynb"))
    frame = "__import__('pandas').DataFrame({'event_id': ['a', 'b'], 'actor_id': ['X<b>', 'Y'], 'act': ['denial', 'allegation'], 'date': ['2023-01-01', '2023-02-01']})"
    own.write_text(
        own.read_text(encoding="utf-8").replace("wb.explore(data,", f"wb.explore({frame},"), encoding="utf-8"
    )
    opened = shared_lab.open("own.ipynb", width=1400, height=1800)
    opened.run_all()
    explored = Explored(opened)
    assert explored.words == "2 statements: all that the data hold."
    assert explored.choose("Speakers", "X<b>") == "1 statement: by X<b>."
    assert (opened.complaints, opened.outside) == ([], [])
