"""Draws the pictures of the README anew: ``make pictures``, after what they show has changed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.lab import draw_box, start_lab
from workbook.reports.batch import Batch
from workbook.reports.catalogue import choose_cards, notebooks_folder
from workbook.reports.pdf import find_chromium
from workbook.reports.request import ReportRequest

OUT = Path(__file__).parents[2] / "reports"
REPORT, EXPLORER = "denials_vs_allegations", "explore.ipynb"
"""What is shown: a report down to its first chart, and the explorer with a box drawn over its time line."""


def draw_report(browser: Browser, place: Path) -> None:
    """Draw a report down to the caption of its first chart."""
    (card,) = choose_cards((REPORT,))
    Batch(place).write([ReportRequest.of(card, {})])
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    page.goto((place / f"{REPORT}.html").as_uri())
    page.locator(".chart[data-drawn]").first.wait_for()
    below = page.locator("figcaption").first.bounding_box()
    assert below
    clip = {"x": 0, "y": 0, "width": 1000, "height": below["y"] + below["height"] + 4}
    page.screenshot(path=OUT / "example.png", full_page=True, clip=clip)


def draw_explorer(browser: Browser, place: Path) -> None:
    """Draw the explorer in JupyterLab after somebody drew a box over some weeks of its time line."""
    lab = start_lab(notebooks_folder(), home=place, browser=browser)
    try:
        opened = lab.open(EXPLORER, width=1400, height=2600)
        opened.run_all()
        panel = opened.page.locator(".workbook-panel[data-revision]")
        panel.wait_for()
        opened.page.wait_for_timeout(2000)
        draw_box(opened.page.locator(".workbook-view-timeline"), left=0.0, right=0.3)
        opened.page.locator(".workbook-view-timeline.workbook-picked").wait_for()
        opened.page.mouse.move(0, 0)
        opened.page.wait_for_timeout(1500)
        below = opened.page.locator(".workbook-view-timeline").bounding_box()
        shown = opened.page.locator(".jp-OutputArea-output", has=panel).first.bounding_box()
        assert below
        assert shown
        clip = {**shown, "height": below["y"] + below["height"] + 4 - shown["y"]}
        opened.page.screenshot(path=OUT / "explorer.png", clip=clip)
    finally:
        lab.stop()


def main() -> None:
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        draw_report(browser, Path(place) / "reports")
        draw_explorer(browser, Path(place) / "jupyter")
        browser.close()


if __name__ == "__main__":
    main()
