"""The compare desk in a real JupyterLab: two coders' differences decided by real clicks, written, and undone."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.coding_desk.adjudication.conftest import ANNA, BEN, TEXT, coded
from workbook.readers.coded import find_package, read_package

pytestmark = [pytest.mark.browser, pytest.mark.kernel]

DECIDED = [
    # What is shown as open next, the button that decides it, and why.
    ("Topic", "anna: delivery", "Goods change hands."),
    ("Said", "anna: 2022-09-21 (21 September 2022)", "The Wednesday before the article."),
    ("Relay", "anna: Korean Central News Agency", "The agency passes it on."),
    ("Hedge", "ben: hedged", "The finding is an assessment."),
    ("Answers", "ben: anna-st001: denial", "He speaks of the denial of the day before."),
    ("Coded or not", "anna: coded", "It names who invents."),
    ("Coded or not", "anna: not coded", "Norway is off the subject."),
]


@pytest.fixture
def package(tmp_path: Path, lab_notebooks: Path) -> Path:
    """A copy of the data set with two coders' folders, named in the notebook."""
    copy = tmp_path / "mine"
    shutil.copytree(find_package("arms_transfers"), copy, ignore=shutil.ignore_patterns("articles"))
    (copy / "articles").mkdir()
    (copy / "articles" / "s005.txt").write_text(TEXT, encoding="utf-8")
    coded(copy, "anna", ANNA)
    coded(copy, "ben", BEN)
    notebook = lab_notebooks / "compare_coders.ipynb"
    text = notebook.read_text(encoding="utf-8")
    name = r"dataset: str = \"arms_transfers\""
    assert name in text
    notebook.write_text(text.replace(name, rf"dataset: str = \"{copy}\""), encoding="utf-8")
    return copy


def rows(package: Path, name: str) -> list[dict[str, str]]:
    with (package / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def decide(page: Page, field: str, value: str, reason: str) -> None:
    expect(page.get_by_label("Field", exact=True).locator("option:checked")).to_have_text(field)
    page.get_by_label("Reason").fill(reason)
    page.get_by_label("Reason").press("Tab")
    page.get_by_role("button", name=re.compile(f"^{re.escape(value)}")).click()


def test_two_coders_are_compared_decided_on_and_written(lab, package) -> None:
    opened = lab.open("compare_coders.ipynb", width=1280, height=1500)
    opened.run_all()
    page = opened.page
    page.get_by_text("3 matched, 1 of anna alone, 1 of ben alone; 7 of 7 differences open.").first.wait_for()
    expect(page.get_by_text("3 matched units of 4 and 4, 75 % of all")).to_be_visible()

    page.get_by_role("button", name="Write the adjudication").click()
    expect(page.get_by_role("alert")).to_contain_text("7 open")
    page.get_by_role("button", name="anna: delivery").click()
    expect(page.get_by_role("alert")).to_contain_text("why, in a sentence")

    for at, (field, value, reason) in enumerate(DECIDED):
        decide(page, field, value, reason)
        left = len(DECIDED) - at - 1
        words = f"{left} of 7 differences open." if left else "nothing is open."
        page.get_by_text(f"1 of ben alone; {words}").first.wait_for()
    page.get_by_role("button", name="Write the adjudication").click()
    expect(page.get_by_role("status").filter(has_text="Written: adjudication of anna and ben")).to_be_visible()

    made = rows(package, "statements.csv")[58:]
    assert [(row["statement_id"], row["act"], row["hedge"], row["answers"]) for row in made] == [
        ("st059", "denial", "", ""),
        ("st060", "allegation", "hedged", "st059"),
        ("st061", "no_comment", "", ""),
        ("st062", "counter_accusation", "", "st060"),
    ]
    assert [row["reason"] for row in rows(package, "codings/decisions.csv")[83:]] == [each[2] for each in DECIDED]
    assert read_package(package).codings().coders == ("A", "B", "anna", "ben")

    page.get_by_role("button", name="Undo the last save").click()
    page.get_by_text("1 of ben alone; nothing is open.").first.wait_for()
    assert len(rows(package, "statements.csv")) == 58
    assert (package / "codings" / "anna" / "statements.csv").is_file()
    assert not opened.complaints
    assert not opened.outside


def test_units_are_parted_and_joined_by_clicks(lab, package) -> None:
    opened = lab.open("compare_coders.ipynb", width=1280, height=1500)
    opened.run_all()
    page = opened.page
    page.locator("select option", has_text="no comment: John Kirby").first.wait_for(state="attached")
    page.locator("select[size]").select_option(
        value=page.locator("select[size] option", has_text="no comment").get_attribute("value")
    )
    page.get_by_role("cell", name="ships carry weapons").first.wait_for()
    page.get_by_role("button", name="▸ Mend the matching").click()
    page.get_by_role("button", name="These are two units, not one").click()
    page.get_by_text("2 matched, 2 of anna alone, 2 of ben alone").first.wait_for()
    page.get_by_label("Same as").locator("visible=true").select_option(
        label="ben-st003: no comment: John Kirby: Kirby does not say what the ships carry."
    )
    page.get_by_role("button", name="Make them one unit").click()
    page.get_by_text("3 matched, 1 of anna alone, 1 of ben alone").first.wait_for()
