"""How long a click in the explorer takes, from the click until every view is drawn again, side by side in one run.

Run as ``python -m tests.benchmarks.explorer``; it takes some minutes, opens a real JupyterLab in Chromium, and prints a
table. What is named after it is measured: coded data sets, or numbers of made-up events.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
from playwright.sync_api import Browser, Page, sync_playwright

import workbook
from tests.browser.conftest import FLAGS
from tests.browser.lab import LabPage, start_lab
from workbook import charts, measures
from workbook.events import EventData, index_events, select_all
from workbook.explorers.state import ExplorerState
from workbook.readers.frame import events_from_frame
from workbook.reports.pdf import find_chromium

ROOT = Path(__file__).parents[2]
SEED, ROUNDS = 20220906, 3
CODED = ("arms_transfers", "arms_transfers_2022_2024")
SIZES = ("100000", "1000000")
ACTS = ("allegation", "denial", "assessment", "demand", "warning", "announcement", "pledge", "contact")
SPEAKERS, CLAIMS, SOURCES, YEARS = 200, 60, 40, 10

WATCH = """() => {
  const panel = document.querySelector('.workbook-panel');
  document.addEventListener('click', () => { window.clicked = performance.now(); window.drawn = 0; }, true);
  new MutationObserver(() => requestAnimationFrame(() => { window.drawn = performance.now(); }))
    .observe(panel, { attributes: true, attributeFilter: ['data-revision'] });
}"""
WATCH_FIGURES = """() => {
  document.addEventListener('click', () => { window.clicked = performance.now(); window.drawn = 0; }, true);
  new MutationObserver(() => { window.drawn = performance.now(); })
    .observe(document.querySelector('.jp-OutputArea'), { subtree: true, childList: true, attributes: true });
}"""
FIGURES = """
import workbook as wb, ipywidgets as widgets, plotly.graph_objects as go
from workbook.events import index_events
from workbook.explorers.state import ExplorerState
from workbook.explorers.state import VIEWS
from workbook.explorers.views import view
index = index_events(wb.load("arms_transfers"))
states = [ExplorerState(), ExplorerState().filtered(actors=("USA",))]
shown = {name: go.FigureWidget(view(index, states[0], name=name).figure) for name in VIEWS}
def change(_):
    states.reverse()
    for name, widget in shown.items():
        figure = view(index, states[0], name=name).figure
        with widget.batch_update():
            widget.data = ()
            widget.layout = figure.layout
        widget.add_traces(figure.data)
button = widgets.Button(description="Change")
button.on_click(change)
widgets.VBox([button, *shown.values()])
"""


def made_up(rows: int) -> pd.DataFrame:
    """Return events that nobody reported: few actors speak most, as in streams of machine-coded events."""
    draw = np.random.default_rng(SEED)
    people = np.array([f"actor-{place:03d}" for place in range(SPEAKERS)])
    days = pd.Timestamp("2015-01-01") + pd.to_timedelta(draw.integers(0, 365 * YEARS, rows), "D")
    return pd.DataFrame(
        {
            "event_id": np.char.add("made-up-", np.arange(rows).astype("str")),
            "actor_id": people[np.minimum(draw.zipf(1.3, rows), SPEAKERS) - 1],
            "target_id": people[np.minimum(draw.zipf(1.3, rows), SPEAKERS) - 1],
            "act": np.array(ACTS)[draw.integers(0, len(ACTS), rows)],
            "date": days,
            "claim_id": np.char.add("claim-", draw.integers(0, CLAIMS, rows).astype("str")),
            "topic": "made up",
            "source_url": np.char.add("https://example.org/", draw.integers(0, SOURCES, rows).astype("str")),
        }
    )


def notebook(place: Path, *, name: str, source: str) -> str:
    """Write a notebook of one cell."""
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    body = {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (place / name).write_text(json.dumps(body), encoding="utf-8")
    return name


def explorer_source(what: str) -> str:
    """Return a cell that explores a coded data set, or so many made-up events."""
    data = f"made_up({what})" if what.isdigit() else f"wb.load({what!r})"
    return (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\nimport workbook as wb\n"
        f"from tests.benchmarks.explorer import made_up\nwb.explore({data})"
    )


def clicked(page: Page, action: Callable[[], object]) -> float:
    """Click, and return the milliseconds until nothing more is drawn."""
    action()
    page.wait_for_function("window.drawn > window.clicked", timeout=120_000)
    page.wait_for_timeout(700)
    return float(page.evaluate("window.drawn - window.clicked"))


def in_explorer(opened: LabPage) -> dict[str, list[float]]:
    """Click on filters, on a bar, on undo and reset; each round on other values, so that it is a new state."""
    page = opened.page
    page.locator(".workbook-panel[data-revision]").wait_for(timeout=300_000)
    page.wait_for_timeout(1500)
    page.evaluate(WATCH)
    facets = page.locator(".workbook-facet")
    actors, acts = (facets.nth(place).locator("input[type=checkbox]") for place in (0, 1))

    def click_bar() -> None:
        box = page.locator(".workbook-view-activity .barlayer .point path").first.bounding_box()
        assert box
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    found: dict[str, list[float]] = {}
    for place in range(ROUNDS):
        actions: dict[str, Callable[[], object]] = {
            "filter by an actor": actors.nth(place).click,
            "filter by an act": acts.nth(place).click,
            "undo": page.get_by_role("button", name="Undo", exact=True).click,
            "pick by a bar": click_bar,
            "reset": page.get_by_role("button", name="Reset", exact=True).click,
        }
        for what, action in actions.items():
            found.setdefault(what, []).append(clicked(page, action))
    return found


def in_figure_widgets(opened: LabPage) -> dict[str, list[float]]:
    """Let four FigureWidgets draw the same charts."""
    page = opened.page
    page.wait_for_function("document.querySelectorAll('.main-svg').length >= 8", timeout=120_000)
    page.wait_for_timeout(3000)
    page.evaluate(WATCH_FIGURES)
    return {"change": [clicked(page, page.get_by_role("button", name="Change").click) for _ in range(ROUNDS * 2)]}


def in_kernel(data: EventData) -> list[float]:
    """Go through states without a page: filters, counts of all choices, views, as messages."""
    explorer = workbook.explore(data)
    actors = [key for key, *_ in explorer.controls.facets["actors"].values[:ROUNDS]]
    found = []
    for actor in actors:
        for state in (ExplorerState().filtered(actors=(actor,)), ExplorerState()):
            start = time.perf_counter()
            explorer.go(state)
            found.append(1000 * (time.perf_counter() - start))
    return found


def by_frames(data: EventData) -> list[float]:
    """Do the same by frames, without the index and without counting what each choice would leave."""
    start = time.perf_counter()
    selection = select_all(data, ExplorerState().choices())
    by_side = measures.frequency(selection, split_by="side")
    charts.statement_frequency(by_side)
    charts.sides_over_time(by_side)
    charts.actor_ranking(measures.speakers(selection))
    charts.claim_bars(measures.claim_counts(selection))
    return [1000 * (time.perf_counter() - start)]


def row(what: str, times: list[float]) -> None:
    print(f"{what:62} {median(times):8.0f} {max(times):8.0f}")


def clicks(what: str, times: dict[str, list[float]]) -> None:
    """Print all clicks together, and each kind of click."""
    row(f"{what}, click until drawn", [each for some in times.values() for each in some])
    for kind, some in times.items():
        row(f"    {kind}", some)


def opened_in(
    browser: Browser, place: Path, *, name: str, source: str, measured: Callable[[LabPage], dict[str, list[float]]]
) -> dict[str, list[float]]:
    home = Path(tempfile.mkdtemp(dir=place))
    folder = home / "notebooks"
    folder.mkdir()
    lab = start_lab(folder, home=home / "jupyter", browser=browser)
    try:
        opened = lab.open(notebook(folder, name=name, source=source), width=1400, height=1800)
        opened.run_all()
        return measured(opened)
    finally:
        lab.stop()


def compared(browser: Browser, place: Path, *, what: str) -> None:
    """Print the rows of one data set."""
    data = events_from_frame(made_up(int(what))) if what.isdigit() else workbook.load(what)
    size = index_events(data)
    name = f"{len(size):,} {'made-up events' if what.isdigit() else 'coded statements'}"
    row(f"{name}: by frames, without index, one drawing", by_frames(data))
    row(f"{name}: explorer, in the kernel alone", in_kernel(data))
    clicks(
        f"{name}: explorer",
        opened_in(browser, place, name="a.ipynb", source=explorer_source(what), measured=in_explorer),
    )
    if what == CODED[0]:
        times = opened_in(browser, place, name="b.ipynb", source=FIGURES, measured=in_figure_widgets)
        clicks(f"{name}: four FigureWidgets", times)
    sys.stdout.flush()


def main() -> None:
    print(f"{'milliseconds':62} {'median':>8} {'most':>8}")
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for what in sys.argv[1:] or (*CODED, *SIZES):
            compared(browser, Path(place), what=what)
        browser.close()


if __name__ == "__main__":
    main()
