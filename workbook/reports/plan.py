"""A plan: a YAML file that lists reports, checked as a whole before anything runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from workbook.errors import Fault, ParameterError, WorkbookError, nearest
from workbook.events import EventData
from workbook.reports.catalogue import choose_cards
from workbook.reports.each import requested
from workbook.reports.request import ReportRequest

KEYS = ("notebook", "parameters", "each")
Text = str | list[str]


@dataclass
class Entry:
    """One entry of a plan, as it is written.

    Attributes
    ----------
    line : int
        Where it begins.
    notebooks : list of str
        Names; empty: all.
    parameters : dict of str to str or list of str
        As written.
    each : dict of str to list of str
        As written; an empty list: all values.
    lines : dict of str to int
        Where a parameter or a word stands.
    """

    line: int
    notebooks: list[str] = field(default_factory=list)
    parameters: dict[str, Text] = field(default_factory=dict)
    each: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def read_plan(path: Path, *, load: Callable[[str], EventData]) -> list[ReportRequest]:
    """Read the reports that a plan asks for.

    Parameters
    ----------
    path : pathlib.Path
        A YAML list; each entry has ``notebook`` (a name or a list of them; without it: all), ``parameters`` (by name)
        and ``each`` (a word, a list of words, or words with lists of values), all of which may be left out.
    load : callable
        Loads a data set by its name.

    Returns
    -------
    list of ReportRequest
        In the order of the plan.

    Raises
    ------
    ParameterError
        Everything that is wrong in the plan, with the lines.
    WorkbookError
        The file is no text in UTF-8.
    """
    reader = PlanReader(path.name)
    requests: list[ReportRequest] = []
    for entry in reader.entries(_parsed(path)):
        try:
            requests += _requests(entry, load=load)
        except ParameterError as error:
            lines = [entry.lines.get(fault.column, entry.line) for fault in error.faults]
            reader.faults += [
                replace(fault, place=path.name, row=line) for fault, line in zip(error.faults, lines, strict=True)
            ]
    if not requests and not reader.faults:
        reader.fault(None, "", "no entry", "a list of reports, for example: - notebook: claim_ledger")
    if reader.faults:
        raise ParameterError(str(path), sorted(reader.faults, key=lambda fault: fault.row or 0))
    return requests


def _requests(entry: Entry, *, load: Callable[[str], EventData]) -> list[ReportRequest]:
    cards = choose_cards(tuple(entry.notebooks))
    return requested(cards, entry.parameters, each=entry.each, load=load)[0]


def _parsed(path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise WorkbookError(f"{path}: no UTF-8 (byte {error.start}); expected a plan in YAML") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ParameterError(str(path), [Fault(path.name, line, "", str(error.problem), "YAML")]) from error
    except RecursionError as error:
        raise WorkbookError(f"{path}: found lists in lists without end; expected a plan in YAML") from error
    except yaml.YAMLError as error:
        raise WorkbookError(f"{path}: {error}; expected a plan in YAML") from error


@dataclass
class PlanReader:
    """Reads the nodes of a plan as they are written, whatever YAML would make of them, and collects what is wrong."""

    place: str
    faults: list[Fault] = field(default_factory=list)

    def fault(self, node: yaml.Node | None, column: str, found: str, expected: str) -> None:
        """Note a fault, with the line of its node."""
        self.faults.append(Fault(self.place, _line(node) if node else None, column, found, expected))

    def entries(self, root: yaml.Node | None) -> list[Entry]:
        """Read all entries."""
        if isinstance(root, yaml.SequenceNode):
            return [self.entry(node) for node in root.value]
        self.fault(root, "", "no list", "a list of reports, each entry begun by a dash")
        return []

    def entry(self, node: yaml.Node) -> Entry:
        """Read one entry."""
        entry = Entry(_line(node))
        for key, value in self.pairs(node):
            if key.value == "notebook":
                entry.notebooks = self.texts(value)
            elif key.value == "parameters":
                given = self.pairs(value)
                entry.lines |= {name.value: _line(name) for name, _ in given}
                entry.parameters = {name.value: self.text(each) for name, each in given}
            elif key.value == "each":
                entry.each = self.each(value)
                entry.lines |= dict.fromkeys(entry.each, _line(key))
            else:
                near = nearest(key.value, KEYS)
                self.fault(key, str(key.value), "an unknown key", f"one of {', '.join(KEYS)}{near}")
        return entry

    def each(self, node: yaml.Node) -> dict[str, list[str]]:
        """Read words, or words with their values; ``all`` stands for all values."""
        if not isinstance(node, yaml.MappingNode):
            return {word: [] for word in self.texts(node)}
        return {word.value: [] if value.value in ("all", "") else self.texts(value) for word, value in self.pairs(node)}

    def pairs(self, node: yaml.Node) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        """Read names with values; a name that stands twice would lose one of them."""
        if isinstance(node, yaml.MappingNode):
            names = [key for key, _ in node.value]
            for place, key in enumerate(names):
                if not isinstance(key, yaml.ScalarNode):
                    self.fault(key, "", _shown(key), "a name")
                elif key.value in [other.value for other in names[:place]]:
                    self.fault(key, str(key.value), "the name again", "each name once")
            return [(key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]
        self.fault(node, "", _shown(node), "names with values, as in name: value")
        return []

    def text(self, node: yaml.Node) -> Text:
        """Read a value as text, or a list as texts."""
        return node.value if isinstance(node, yaml.ScalarNode) else self.texts(node)

    def texts(self, node: yaml.Node) -> list[str]:
        """Read one text or a list of them."""
        if isinstance(node, yaml.ScalarNode):
            return [node.value]
        if isinstance(node, yaml.SequenceNode) and all(isinstance(each, yaml.ScalarNode) for each in node.value):
            return [each.value for each in node.value]
        self.fault(node, "", _shown(node), "a value or a list of values")
        return []


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _shown(node: yaml.Node) -> str:
    return repr(node.value) if isinstance(node, yaml.ScalarNode) else f"a {node.id}"
