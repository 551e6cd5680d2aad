"""Small notebooks, written into a folder of the test."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

TITLE = "# Boats\n\n**How many boats?** A small question."
PARAMETERS = 'period: str = "month"  # width of a bin; one of day, week, month, quarter, year\nname: str = "boat"  # what it is called'


def cell(source: str, *tags: str, kind: str = "code") -> dict[str, object]:
    made: dict[str, object] = {"cell_type": kind, "metadata": {"tags": list(tags)}, "source": source}
    return made if kind == "markdown" else made | {"execution_count": None, "outputs": []}


def write_notebook(path: Path, *cells: dict[str, object], parameters: str = PARAMETERS) -> Path:
    """Write a notebook with a title, parameters and these cells."""
    all_cells = [cell(TITLE, kind="markdown"), cell(parameters, "parameters"), *cells]
    ids = [each | {"id": f"cell-{place}"} for place, each in enumerate(all_cells)]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path.write_text(json.dumps({"cells": ids, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))
    return path


@pytest.fixture
def notebook(tmp_path: Path) -> Callable[..., Path]:
    """Write a notebook into the folder of the test."""

    def write(*cells: dict[str, object], name: str = "boats", parameters: str = PARAMETERS) -> Path:
        return write_notebook(tmp_path / f"{name}.ipynb", *cells, parameters=parameters)

    return write
