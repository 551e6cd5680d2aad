"""The coding desk in a real JupyterLab: a made-up article from paste to saved rows, by real clicks, and undone."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.coding_desk.conftest import TEXT
from workbook.readers.coded import find_package

pytestmark = [pytest.mark.browser, pytest.mark.kernel]


@pytest.fixture
def package(tmp_path: Path, lab_notebooks: Path) -> Path:
    """A copy of the package, named in the notebook."""
    copy = tmp_path / "mine"
    shutil.copytree(find_package("arms_transfers"), copy, ignore=shutil.ignore_patterns("articles"))
    notebook = lab_notebooks / "code_article.ipynb"
    text = notebook.read_text(encoding="utf-8")
    name = r"dataset: str = \"arms_transfers_2022_2024\""
    assert name in text
    notebook.write_text(text.replace(name, rf"dataset: str = \"{copy}\""), encoding="utf-8")
    return copy


def tables(package: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in package.glob("*.csv")}


def last(package: Path, name: str) -> dict[str, str]:
    with (package / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))[-1]


def command(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", "workbook", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def fill_in(page, values: dict[str, str]) -> None:
    for label, value in values.items():
        page.get_by_label(label, exact=True).locator("visible=true").fill(value)


def choose(page, values: dict[str, str]) -> None:
    for label, value in values.items():
        page.get_by_label(label, exact=True).locator("visible=true").select_option(label=value)


def take_in(opened, *, title: str) -> None:
    """Paste the article, and choose the sentence with the quotation for an empty form."""
    page = opened.page
    opened.run_all()
    page.get_by_label("Paste a text").fill(TEXT)
    page.get_by_role("button", name="Take in the text").click()
    page.get_by_text("The article s005").wait_for()
    fill_in(page, {"Title": title, "Publisher": "The Courier", "Published": "2022-09-23"})
    choose(page, {"Known by": "dateline"})
    page.get_by_text("23 September 2022, a Friday").wait_for()
    page.get_by_role("button", name="Not one crate of ours").click()
    page.get_by_role("button", name="☑ “Not one crate of ours").wait_for()


def add(page, actor: str, role: str) -> None:
    page.get_by_label("Find an actor").fill(actor)
    found = page.locator("select:visible option", has_text=actor).first
    found.wait_for(state="attached")
    page.get_by_role("button", name=f"Add as {role}").click()
    page.get_by_role("button", name=f"✕ {role}: ").first.wait_for()


def test_a_statement_goes_from_paste_to_saved_rows_and_is_undone(lab, package) -> None:
    before = tables(package)
    opened = lab.open("code_article.ipynb", width=1280, height=1600)
    page = opened.page
    take_in(opened, title="Envoys trade barbs over shells")
    choose(page, {"Act": "denial", "Form": "mixed", "Attribution": "unnamed spokesperson", "Channel": "statement"})
    page.get_by_text("Declining to comment (no_comment)").wait_for()
    for role in page.get_by_role("button", name="✕ ").all():
        if role.is_visible():
            role.click()
    add(page, "Unnamed official of the Ministry of National Defence", "speaker")
    add(page, "United States", "target")
    page.get_by_label("Find a claim").fill("North Korea delivers infantry rockets")
    page.locator("select:visible option", has_text="North Korea delivers infantry rockets").first.wait_for(
        state="attached"
    )
    page.get_by_role("button", name="Take this claim").click()
    page.get_by_text("Claim: North Korea delivers infantry rockets").wait_for()
    fill_in(page, {"Said": "2022-09-24", "Summary": "The ministry rejects that anything was delivered."})
    page.get_by_text("expected no statement after its article").wait_for()
    fill_in(page, {"Said": "2022-09-21"})
    choose(page, {"Rests on": "weekday"})
    page.get_by_text("Known already from another article?").wait_for()
    choose(page, {"Hedge": ""})
    # A page keeps a change back while the kernel is at the one before: what is clicked meanwhile comes first.
    expect(page.get_by_text("expected no statement after its article")).to_be_hidden()
    page.get_by_role("button", name="Put down").click()
    page.get_by_role("button", name="new1: 21 September 2022").wait_for()
    assert tables(package) == before, "nothing is saved before it is asked for"

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Saved 1 statement in s005")).to_be_visible()
    after = tables(package)
    assert {name: len(after[name].splitlines()) - len(before[name].splitlines()) for name in after} == {
        "actors.csv": 0, "acts.csv": 0, "claims.csv": 0, "mentions.csv": 1, "participants.csv": 2, "passages.csv": 1,
        "sources.csv": 1, "statements.csv": 1,
    }  # fmt: skip
    statement = last(package, "statements.csv")
    assert (statement["statement_id"], statement["act"], statement["said"]) == ("st059", "denial", "2022-09-21")
    assert last(package, "sources.csv")["publisher"] == "The Courier"
    assert (package / "articles" / "s005.txt").read_text(encoding="utf-8").split() == TEXT.split()
    assert "59 statements" in command("check", str(package))

    page.get_by_role("button", name="Undo the last save").click()
    expect(page.get_by_role("status").filter(has_text="Undone")).to_be_visible()
    assert tables(package) == before
    page.get_by_role("button", name="new1: 21 September 2022").wait_for()
    assert opened.complaints == []
    assert opened.outside == []


def test_a_statement_that_is_known_already_becomes_a_mention(lab, package) -> None:
    before = tables(package)
    opened = lab.open("code_article.ipynb", width=1280, height=1600)
    page = opened.page
    take_in(opened, title="<b>Envoys</b> trade barbs")
    choose(page, {"Act": "denial", "Form": "mixed"})
    add(page, "Unnamed official of the Ministry of National Defence", "speaker")
    page.locator("select:visible option", has_text="st015 (").first.click()
    page.get_by_role("button", name="Make it a mention of this statement").click()
    page.get_by_text("A mention of st015").wait_for()
    page.get_by_role("button", name="Put down").click()
    page.get_by_role("button", name="new1: mention of st015").wait_for()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="<b>Envoys</b> trade barbs")).to_be_visible()
    assert tables(package)["statements.csv"] == before["statements.csv"]
    mention = last(package, "mentions.csv")
    assert (mention["mention_id"], mention["statement_id"], mention["source_id"]) == ("m064", "st015", "s005")
    assert opened.complaints == []
