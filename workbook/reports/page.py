"""An executed notebook as a page that people read, and a page that says what went wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from workbook import __version__
from workbook.markup import templates
from workbook.reports.content import read_content
from workbook.reports.files import Dress
from workbook.reports.request import ReportRequest, in_words
from workbook.reports.run import Failure
from workbook.reports.script_json import script_json


def report_page(request: ReportRequest, notebook: Mapping[str, Any], *, inputs: str, dress: Dress) -> str:
    """Write the page of a report.

    Parameters
    ----------
    request : ReportRequest
        What was asked for.
    notebook : mapping
        The executed notebook.
    inputs : str
        Checksum of what the report is made from.
    dress : Dress
        Scripts and styles: beside the page, or inside it.

    Returns
    -------
    str
        HTML that names no address outside its folder; the same for the same inputs.
    """
    content = read_content(notebook)
    template, figures = _template_apart(content.figures)
    about = _about(request, inputs) | {
        "finding": content.findings[0] if content.findings else "",
        "statements": len(content.statements["rows"]) if content.statements else None,
        "failed": False,
    }
    return (
        templates("workbook.reports")
        .get_template("report.html.j2")
        .render(
            card=request.card,
            choice=request.choice,
            content=content,
            figures=[script_json(figure) for figure in figures],
            template=script_json(template),
            statements=content.statements,
            orders=script_json(_orders(content.statements)),
            parameters=_rows(request),
            about=script_json(about),
            provenance=content.provenance + _own_provenance(request),
            dress=dress,
        )
    )


def error_page(request: ReportRequest, failure: Failure, *, inputs: str, dress: Dress) -> str:
    """Write the page of a report that failed: the cell, and what Python says."""
    about = _about(request, inputs) | {"finding": failure.error, "statements": None, "failed": True}
    return (
        templates("workbook.reports")
        .get_template("error.html.j2")
        .render(
            card=request.card,
            choice=request.choice,
            failure=failure,
            parameters=_rows(request),
            about=script_json(about),
            provenance=_own_provenance(request),
            dress=dress,
        )
    )


def _about(request: ReportRequest, inputs: str) -> dict[str, Any]:
    """Say what the page is, so that the index can be made, and a next run spared, from the pages alone."""
    card = request.card
    return {
        "notebook": card.name,
        "title": card.title,
        "question": card.question,
        "choice": request.choice,
        "inputs": inputs,
    }


def _rows(request: ReportRequest) -> list[dict[str, Any]]:
    return [
        {
            "name": each.name,
            "value": in_words(request.parameters[each.name]),
            "help": each.help,
            "changed": each.name in request.changed,
        }
        for each in request.card.parameters
    ]


def _own_provenance(request: ReportRequest) -> list[tuple[str, str]]:
    return [
        ("notebook", request.card.path.name),
        ("notebook checksum (SHA-256)", hashlib.sha256(request.card.path.read_bytes()).hexdigest()),
        ("workbook version", __version__),
        ("parameters", json.dumps(request.parameters, ensure_ascii=False)),
    ]


def _orders(statements: Mapping[str, Any] | None) -> list[list[str | int]]:
    return [row["order"] for row in statements["rows"]] if statements else []


def _template_apart(figures: list[dict[str, Any]]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Take the template out of all figures, to store it once a page."""
    template: dict[str, Any] = {}
    bare = []
    for figure in figures:
        layout = {key: value for key, value in figure["layout"].items() if key not in ("template", "meta")}
        template = template or figure["layout"].get("template", {})
        bare.append({"data": figure["data"], "layout": layout})
    return template, bare
