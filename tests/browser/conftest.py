"""A real Chromium, and reports written once for all tests of this folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.lab import Lab, start_lab
from workbook.readers.coded import find_package
from workbook.reports.catalogue import notebooks_folder

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
EVIL = "<img src=x onerror=document.title='broken'><script>document.title='broken'</script>{{7*7}}"


@dataclass
class Opened:
    """A page in the browser, with what it asked for and what it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def wait_until(self, condition: str, *, seconds: float = 20) -> None:
        """Ask again and again: the page forbids the browser's own way, which evaluates a text in it."""
        until = time.monotonic() + seconds
        while not self.page.evaluate(condition):
            assert time.monotonic() < until, f"not within {seconds} s: {condition}"
            self.page.wait_for_timeout(50)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


FIVE_ARTICLES = ("-p", "dataset=arms_transfers")


def _write(out: Path, *arguments: str) -> Path:
    subprocess.run([sys.executable, "-m", "workbook", "report", *arguments, "--out", str(out)], check=True)
    return out


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All reports, as whoever names none gets them: of the whole record."""
    return _write(tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of the five-article data set, which can be counted by hand."""
    return _write(tmp_path_factory.mktemp("few"), "claim_ledger", "denials_vs_allegations", *FIVE_ARTICLES)


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports for each of two actors and two quarters."""
    names = ("claim_ledger", "statement_frequency")
    return _write(
        tmp_path_factory.mktemp("many"), *names, "--each", "actor=USA,PRK", "--each", "quarter=2022-Q3,2023-Q1"
    )


@pytest.fixture(scope="session")
def weekly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Who speaks, week by week: too many cells for numbers on a phone's width."""
    return _write(tmp_path_factory.mktemp("weekly"), "actor_activity", "-p", "period=week", *FIVE_ARTICLES)


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with everything in it."""
    return _write(tmp_path_factory.mktemp("alone"), "denials_vs_allegations", "--single-file")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of a data set with markup in every field that can hold it."""
    package = Path(shutil.copytree(find_package("arms_transfers"), tmp_path_factory.mktemp("data") / "hostile"))
    fields = {
        "sources.csv": ("News18", "The Star (Malaysia)", "Le Matinal (Mauritius)"),
        "claims.csv": ("Russia seeks weapons from North Korea", "Sergei Shoigu visits North Korea"),
        "statements.csv": ("Kirby says that the purchases have not been completed.",),
        "actors.csv": ("Spokesman of the National Security Council", ",Dmitry Peskov,Dmitry Peskov,"),
    }
    for name, texts in fields.items():
        path = package / name
        content = path.read_text(encoding="utf-8")
        for text in texts:
            assert text in content, text
            evil = f",{EVIL},<b onclick=x>P</b>," if text.startswith(",") else f"{text} {EVIL}"
            content = content.replace(text, evil, 1)
        path.write_text(content, encoding="utf-8")
    names = ("claim_ledger", "denials_vs_allegations")
    return _write(tmp_path_factory.mktemp("hostile"), *names, "-p", f"dataset={package}")


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Opened]]:
    """Open a page from its file, in a browser that has no network."""
    contexts = []

    def opener(path: Path, *, width: int = 1100, scheme: str = "light") -> Opened:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("console", lambda message: opened.complaints.append(f"{message.type}: {message.text}"))
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.goto(path.as_uri())
        opened.wait_until("document.querySelectorAll('.chart:not([data-drawn])').length === 0")
        return opened

    yield opener
    for context in contexts:
        context.close()


@pytest.fixture
def lab_notebooks(tmp_path: Path) -> Path:
    """A copy of the notebooks, which a test may change before it opens them."""
    return Path(shutil.copytree(notebooks_folder(), tmp_path / "notebooks"))


@pytest.fixture
def lab(browser: Browser, lab_notebooks: Path, tmp_path: Path) -> Iterator[Lab]:
    """A JupyterLab over the copied notebooks."""
    running = start_lab(lab_notebooks, home=tmp_path / "jupyter", browser=browser)
    yield running
    running.stop()
