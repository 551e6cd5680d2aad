"""An executed notebook as a page that people read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jinja2
import mistune

from workbook import __version__
from workbook.reports.catalogue import NotebookCard
from workbook.reports.files import PLOTLY, asset_names
from workbook.reports.run import Failure

FIGURE = "application/vnd.plotly.v1+json"
STATEMENTS = "application/vnd.workbook.statements+json"


@dataclass
class Content:
    """What a notebook holds for its page."""

    findings: list[str] = field(default_factory=list)
    sections: list[dict[str, Any]] = field(default_factory=list)
    statements: dict[str, Any] | None = None
    method: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    provenance: list[tuple[str, str]] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)


def read_content(notebook: Mapping[str, Any]) -> Content:
    """Sort the cells of an executed notebook by what their tags say they are for."""
    content = Content()
    for place, cell in enumerate(notebook["cells"]):
        tags = set(cell.get("metadata", {}).get("tags", []))
        source = _joined(cell["source"])
        if cell["cell_type"] == "markdown" and place:
            if "method" in tags:
                content.method.append(_markdown(source))
            else:
                content.sections.append({"html": _markdown(source)})
        elif cell["cell_type"] == "code":
            content.code.append(source)
            _read_outputs(cell, tags=tags, content=content)
    return content


def _read_outputs(cell: Mapping[str, Any], *, tags: set[str], content: Content) -> None:
    lines = _printed(cell)
    if "findings" in tags:
        content.findings += lines
    if "numbers" in tags and lines:
        content.numbers.append("\n".join(lines))
    if "provenance" in tags:
        content.provenance += [(key, value) for key, found, value in (line.partition(": ") for line in lines) if found]
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if FIGURE in data:
            content.figures.append(data[FIGURE])
            content.sections.append({"figure": len(content.figures)} | _words(data[FIGURE]))
        if STATEMENTS in data:
            content.statements = data[STATEMENTS]


def _words(figure: Mapping[str, Any]) -> dict[str, Any]:
    layout = figure.get("layout", {})
    meta = layout.get("meta") or {}
    return {
        "alt": meta.get("alt", "A chart."),
        "caption": meta.get("caption", ""),
        "height": layout.get("height", 450),
    }


def _printed(cell: Mapping[str, Any]) -> list[str]:
    texts = [_joined(out["text"]) for out in cell.get("outputs", []) if out.get("name") == "stdout"]
    return "".join(texts).rstrip("\n").split("\n") if any(texts) else []


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


@cache
def _renderer() -> mistune.Markdown:
    return mistune.create_markdown(escape=True, plugins=["table"])


def _markdown(text: str) -> str:
    return str(_renderer()(text))


def report_page(
    card: NotebookCard,
    notebook: Mapping[str, Any],
    *,
    parameters: Mapping[str, object],
    changed: Mapping[str, object],
) -> str:
    """Write the page of a report.

    Parameters
    ----------
    card : NotebookCard
        The notebook.
    notebook : mapping
        The executed notebook.
    parameters, changed : mapping of str to object
        All parameters as they were used; those that are not the notebook's own.

    Returns
    -------
    str
        HTML that names no address outside its folder; the same for the same inputs.
    """
    content = read_content(notebook)
    template, figures = _template_apart(content.figures)
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            card=card,
            content=content,
            figures=[_json(figure) for figure in figures],
            template=_json(template),
            statements=content.statements,
            orders=_json(_orders(content.statements)),
            parameters=_rows(card, parameters, changed),
            about=_json(_about(card, changed, finding=content.findings[0] if content.findings else "", failed=False)),
            provenance=content.provenance + _own_provenance(card, parameters),
            assets=asset_names(),
            plotly=PLOTLY,
        )
    )


def error_page(
    card: NotebookCard, failure: Failure, *, parameters: Mapping[str, object], changed: Mapping[str, object]
) -> str:
    """Write the page of a report that failed: the cell, and what Python says."""
    return (
        _environment()
        .get_template("error.html.j2")
        .render(
            card=card,
            failure=failure,
            parameters=_rows(card, parameters, changed),
            about=_json(_about(card, changed, finding=failure.error, failed=True)),
            provenance=_own_provenance(card, parameters),
            assets=asset_names(),
        )
    )


def _about(card: NotebookCard, changed: Mapping[str, object], *, finding: str, failed: bool) -> dict[str, Any]:
    """Say what the page is, so that the index can be made from the pages alone."""
    return {
        "notebook": card.name,
        "title": card.title,
        "question": card.question,
        "changed": {name: _shown(value) for name, value in sorted(changed.items())},
        "finding": finding,
        "failed": failed,
    }


def _rows(card: NotebookCard, parameters: Mapping[str, object], changed: Mapping[str, object]) -> list[dict[str, Any]]:
    return [
        {
            "name": each.name,
            "value": _shown(parameters[each.name]),
            "help": each.help,
            "changed": each.name in changed,
        }
        for each in card.parameters
    ]


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "all"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if value != "" else "–"


def _own_provenance(card: NotebookCard, parameters: Mapping[str, object]) -> list[tuple[str, str]]:
    return [
        ("notebook", card.path.name),
        ("notebook checksum (SHA-256)", hashlib.sha256(card.path.read_bytes()).hexdigest()),
        ("workbook version", __version__),
        ("parameters", json.dumps(dict(parameters), ensure_ascii=False)),
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


def _json(value: object) -> str:
    """Write JSON that can stand in a script element, whatever is in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("workbook.reports"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def index_page(reports: list[dict[str, Any]]) -> str:
    """Write the index of all reports: what each asks, with which parameters, and what it found first."""
    return _environment().get_template("index.html.j2").render(reports=reports, assets=asset_names())
