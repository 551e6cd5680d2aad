"""What an executed notebook holds for its page, sorted by the tags of its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import mistune

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
