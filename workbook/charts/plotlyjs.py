"""plotly.js as it travels with the package: what draws the charts in pages and in the explorer."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

PLOTLY = "plotly-cartesian-4.1.1.min.js"
PLOTLY_SHA256 = "79542150855a52c567260e3137095dbe2b744e6d702a5cabe67da246942fba7a"
LICENSE = "plotly-LICENSE.txt"
"""The bundle of the cartesian charts, of the version that the Python package is made for, and its licence."""


@cache
def plotly_asset(name: str) -> bytes:
    """Return the bundle or its licence."""
    return files("workbook.charts").joinpath("assets", name).read_bytes()
