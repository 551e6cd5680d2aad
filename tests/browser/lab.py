"""A real JupyterLab on loopback, over a folder of notebooks, and what a person does in it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

TOKEN = "a-token-of-the-tests"
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}
"""No news from outside, and every output in the page whether it is scrolled to or not."""

SECONDS_TO_START = 60
SECONDS_TO_RUN = 120
OWN_NOISE = re.compile(r"Download the React DevTools|was preloaded using link preload|Permissions policy")
"""What JupyterLab and Chromium themselves say on the console of any notebook."""


@dataclass
class LabPage:
    """A notebook open in JupyterLab, with what its page asked for and complained of."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def outside(self) -> list[str]:
        """Requests that leave this machine."""
        own = (self.address, self.address.replace("http", "ws", 1), "data:", "blob:")
        return [url for url in self.requests if not url.startswith(own)]

    def run_all(self) -> None:
        """Run all cells by the menu, and wait until the last one is done."""
        self.page.get_by_text("| Idle").first.wait_for(timeout=SECONDS_TO_RUN * 1000)
        self.page.wait_for_timeout(500)
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name=re.compile("^Run All Cells")).click()
        self.wait_idle()

    def wait_idle(self) -> None:
        """Wait until no cell runs or waits."""
        self.page.wait_for_timeout(300)
        until = time.monotonic() + SECONDS_TO_RUN
        prompts = self.page.locator(".jp-CodeCell .jp-InputPrompt")
        while any("*" in text for text in prompts.all_inner_texts()):
            assert time.monotonic() < until, "cells still run"
            self.page.wait_for_timeout(100)

    def output(self, cell: int) -> Locator:
        """Return the output of a code cell, counted from 0."""
        return self.page.locator(".jp-CodeCell").nth(cell).locator(".jp-OutputArea")

    def heard(self, message: ConsoleMessage) -> None:
        """Keep errors and warnings of the page that are not its host's own."""
        if message.type in ("error", "warning") and not OWN_NOISE.search(message.text):
            self.complaints.append(f"{message.type}: {message.text}")


def draw_box(view: Locator, *, left: float, right: float) -> None:
    """Draw a box over a share of a chart's width, from its top to its bottom."""
    plot = view.locator(".nsewdrag").first
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box
    mouse = view.page.mouse
    mouse.move(box["x"] + box["width"] * left, box["y"] + 3)
    mouse.down()
    mouse.move(box["x"] + box["width"] * right, box["y"] + box["height"] - 3, steps=6)
    mouse.up()


@dataclass
class Lab:
    """A JupyterLab that runs."""

    address: str
    process: subprocess.Popen[bytes]
    browser: Browser

    def open(self, notebook: str, *, width: int = 1280, height: int = 1000) -> LabPage:
        """Open a notebook alone, without side bars, and wait until it stands there."""
        context = self.browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        opened = LabPage(context.new_page(), self.address)
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("console", opened.heard)
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.goto(f"{self.address}/doc/tree/{notebook}?token={TOKEN}&reset")
        opened.page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=SECONDS_TO_RUN * 1000)
        return opened

    def stop(self) -> None:
        """End the server and its kernels."""
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=20)


def start_lab(notebooks: Path, *, home: Path, browser: Browser) -> Lab:
    """Start a JupyterLab over a folder of notebooks.

    Parameters
    ----------
    notebooks : pathlib.Path
        Its root; kernels run there.
    home : pathlib.Path
        An empty folder for its settings and its working files.
    browser : playwright.sync_api.Browser
        Which opens the pages.
    """
    port = _free_port()
    settings = home / "settings"
    settings.mkdir(parents=True)
    (settings / "overrides.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": str(notebooks),
        "ServerApp.allow_root": True,
        "ServerApp.open_browser": False,
        "IdentityProvider.token": TOKEN,
        "LabApp.app_settings_dir": str(settings),
        "LabApp.news_url": "",
    }
    folders = {name: str(home / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    command = [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())]
    environment = {**os.environ, **folders, "JUPYTER_PREFER_ENV_PATH": "1"}
    with (home / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
    lab = Lab(f"http://127.0.0.1:{port}", process, browser)
    try:
        _wait_until_it_answers(lab, log=home / "log.txt")
    except BaseException:
        lab.stop()
        raise
    return lab


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_until_it_answers(lab: Lab, *, log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with urllib.request.urlopen(f"{lab.address}/api/status?token={TOKEN}", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            said = log.read_text(errors="replace")[-4000:]
            assert lab.process.poll() is None, said
            assert time.monotonic() < until, said
            time.sleep(0.2)
