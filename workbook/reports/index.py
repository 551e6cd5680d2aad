"""The index of a folder of reports: by notebook, and by the parameters in which the reports differ."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from workbook.markup import templates
from workbook.reports.files import Dress


def index_page(reports: Iterable[dict[str, Any]], *, dress: Dress) -> str:
    """Write the index: what each report asks, with which parameters, and what it found first.

    Parameters
    ----------
    reports : iterable of dict
        What each page says of itself, with its ``file`` and its ``pdf``.
    dress : Dress
        Scripts and styles.
    """
    ordered = sorted(reports, key=_order)
    notebooks = [
        {"first": of_notebook[0], "groups": [_group(list(group)) for _, group in groupby(of_notebook, key=_kind)]}
        for of_notebook in (list(group) for _, group in groupby(ordered, key=_notebook))
    ]
    page = templates("workbook.reports").get_template("index.html.j2")
    return page.render(notebooks=notebooks, count=len(ordered), dress=dress)


def _notebook(report: dict[str, Any]) -> tuple[str, str]:
    return report["title"], report["notebook"]


def _kind(report: dict[str, Any]) -> tuple[str, ...]:
    return tuple(report["choice"])


def _order(report: dict[str, Any]) -> tuple[object, ...]:
    return (*_notebook(report), len(report["choice"]), _kind(report), tuple(report["choice"].values()), report["file"])


def _group(reports: list[dict[str, Any]]) -> dict[str, Any]:
    return {"names": _kind(reports[0]), "reports": reports}
