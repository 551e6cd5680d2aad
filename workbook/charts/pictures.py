"""Charts as pictures, drawn by a Chromium of the system."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import plotly.graph_objects as go

from workbook.errors import WorkbookError
from workbook.files import write_whole

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WIDTH, SCALE = 1000, 2
ENDINGS = (".png", ".svg")


def write_picture(figure: go.Figure, path: Path) -> Path:
    """Write a chart as a picture, PNG or SVG by the ending of the path; whole or not at all.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        The chart; it is drawn on white and not changed.
    path : pathlib.Path
        Ends in .png or .svg.

    Returns
    -------
    pathlib.Path
        The same path.

    Raises
    ------
    WorkbookError
        Another ending, or there is no Chromium.
    """
    if path.suffix not in ENDINGS:
        raise WorkbookError(f"{path.name}: found the ending {path.suffix!r}; expected {' or '.join(ENDINGS)}")
    import kaleido

    drawn = go.Figure(figure).update_layout(paper_bgcolor="white", plot_bgcolor="white", width=WIDTH)
    options = {"format": path.suffix[1:], "scale": SCALE, "width": WIDTH, "height": drawn.layout.height}
    # Without mathjax=False it asks a content network for MathJax.
    browser = {"path": find_chromium(), "mathjax": False}
    write_whole(path, kaleido.calc_fig_sync(drawn.to_dict(), opts=options, kopts=browser))
    return path


def find_chromium() -> str:
    """Return the Chromium of this machine.

    Raises
    ------
    WorkbookError
        There is none; says how to get one.
    """
    named = os.environ.get("CHROMIUM")
    found = next((path for path in map(shutil.which, [named] if named else NAMES) if path), None)
    if not found:
        raise WorkbookError(
            f"no Chromium found{f' at {named}' if named else ''}; expected one of "
            f"{', '.join(NAMES)} on the path, or its path in the environment variable CHROMIUM. "
            "Install it, for example: sudo apt-get install chromium"
        )
    return found
