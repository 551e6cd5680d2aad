"""The notebooks there are, with their titles, questions and parameters.

They are read as JSON and Python source, not by the notebook libraries: importing these takes seconds, and a wrong
parameter should be refused at once.
"""

from __future__ import annotations

import ast
import io
import json
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook.errors import Fault, ParameterError, WorkbookError, unknown_value

INSTALLED = Path(__file__).parents[1] / "bundled" / "notebooks"
CHECKOUT = Path(__file__).parents[2] / "notebooks"
KINDS = ("str", "int", "float", "bool", "list[str]")


@dataclass(frozen=True)
class Parameter:
    """A parameter of a notebook.

    Attributes
    ----------
    name : str
        Its name in the notebook.
    kind : str
        One of `KINDS`.
    default : object
        What stands in the notebook.
    help : str
        The comment behind it: what it means, and what may stand there.
    """

    name: str
    kind: str
    default: object
    help: str


@dataclass(frozen=True)
class NotebookCard:
    """A notebook as the catalogue lists it.

    Attributes
    ----------
    name : str
        Name of the file without its ending.
    path : pathlib.Path
        The file.
    title, question, lead : str
        Heading, the question in bold, and the words after it.
    parameters : tuple of Parameter
        In the order of the notebook.
    is_interactive : bool
        Whether it is for JupyterLab, where somebody clicks, and makes no report.
    needs : str
        A parameter without which a report of it finds nothing; empty where its defaults are findings.
    """

    name: str
    path: Path
    title: str
    question: str
    lead: str
    parameters: tuple[Parameter, ...]
    is_interactive: bool = False
    needs: str = ""

    def defaults(self) -> dict[str, object]:
        """Return the parameters as they stand in the notebook."""
        return {parameter.name: parameter.default for parameter in self.parameters}


def notebooks_folder() -> Path:
    """Return where the notebooks are: in the installed package, or in the checkout."""
    return INSTALLED if INSTALLED.is_dir() else CHECKOUT


def read_catalogue(folder: Path | None = None) -> tuple[NotebookCard, ...]:
    """Read the cards of all notebooks of a folder that make a report, by name.

    Parameters
    ----------
    folder : pathlib.Path, optional
        Without it, the notebooks that travel with the workbook.
    """
    paths = sorted((folder or notebooks_folder()).glob("*.ipynb"))
    cards = [read_card(path) for path in paths]
    return tuple(card for card in cards if card.parameters and not card.is_interactive)


def choose_cards(names: tuple[str, ...], *, folder: Path | None = None) -> tuple[NotebookCard, ...]:
    """Return the cards of these notebooks; if none is named, of all whose defaults are findings.

    A path names a notebook of one's own.

    Raises
    ------
    ParameterError
        There is no notebook of that name.
    """
    known = {card.name: card for card in read_catalogue(folder)}
    if not names:
        return tuple(card for card in known.values() if not card.needs)
    faults, chosen = [], []
    for name in names:
        if name in known:
            chosen.append(known[name])
        elif name.endswith(".ipynb") and Path(name).is_file():
            chosen.append(read_card(Path(name)))
        else:
            faults.append(unknown_value("workbook report", "NOTEBOOK", name, list(known)))
    stems = [card.name for card in chosen]
    faults += [
        Fault(
            "workbook report", None, "NOTEBOOK", f"{stem} twice", "each name once: pages are named by their notebooks"
        )
        for stem in sorted({stem for stem in stems if stems.count(stem) > 1})
    ]
    if faults:
        raise ParameterError("notebooks", faults)
    return tuple(chosen)


def left_to_be_named(*, folder: Path | None = None) -> tuple[str, ...]:
    """Say how to run the notebooks that are run only when they are named.

    Examples
    --------
    >>> left_to_be_named()
    ('coded_vs_machine is run when it is named: workbook report coded_vs_machine -p events=...',)
    """
    return tuple(
        f"{card.name} is run when it is named: workbook report {card.name} -p {card.needs}=..."
        for card in read_catalogue(folder)
        if card.needs
    )


def read_card(path: Path) -> NotebookCard:
    """Read the card of one notebook.

    Raises
    ------
    WorkbookError
        The file is no notebook, or its parameters are not literals with a type.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cells: list[dict[str, Any]] = notebook["cells"]
        title, question, lead = _heading(_source(cells[0])) if cells else (path.stem, "", "")
        tagged = [_source(cell) for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", [])]
        own = notebook.get("metadata", {}).get("workbook", {})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorkbookError(f"{path}: no notebook ({error}); expected a Jupyter notebook in JSON") from error
    parameters = _parameters(tagged[0], path=path) if tagged else ()
    return NotebookCard(
        path.stem,
        path,
        title or path.stem,
        question,
        lead,
        parameters,
        is_interactive=bool(own.get("interactive", False)),
        needs=str(own.get("needs", "")),
    )


def _source(cell: Mapping[str, Any]) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def _heading(text: str) -> tuple[str, str, str]:
    """Part the first cell: its title, the question in bold, the sentences after it."""
    first, _, rest = text.strip().partition("\n")
    paragraph = " ".join(rest.split())
    if paragraph.startswith("**") and "**" in paragraph[2:]:
        question, _, lead = paragraph[2:].partition("**")
        return first.lstrip("# ").strip(), question.strip(), lead.strip()
    return first.lstrip("# ").strip(), "", paragraph


def _parameters(source: str, *, path: Path) -> tuple[Parameter, ...]:
    body, comments = _parsed(source, path=path)
    found, faults = [], []
    for node in body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            kind = ast.unparse(node.annotation)
            try:
                default = ast.literal_eval(node.value)
            except (ValueError, TypeError):
                kind = ""
            if kind in KINDS:
                found.append(Parameter(node.target.id, kind, default, comments.get(node.lineno, "")))
                continue
        expected = f"name: type = literal  # help, with a type of {', '.join(KINDS)}"
        faults.append(Fault(path.name, node.lineno, "parameters", ast.unparse(node), expected))
    if faults:
        raise ParameterError(str(path), faults)
    return tuple(found)


def _parsed(source: str, *, path: Path) -> tuple[list[ast.stmt], dict[int, str]]:
    """Read the cell of parameters as Python: its statements, and its comments by line."""
    try:
        body = ast.parse(source).body
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (SyntaxError, ValueError, tokenize.TokenError) as error:
        found = f"what is no Python ({error})"
        line = error.lineno if isinstance(error, SyntaxError) else None
        raise ParameterError(str(path), [Fault(path.name, line, "parameters", found, "Python")]) from error
    return body, {
        token.start[0]: token.string.lstrip("# ").strip() for token in tokens if token.type == tokenize.COMMENT
    }
