"""A report that is asked for: a notebook with the parameters in which it differs."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from workbook.dates import period_named
from workbook.reports.catalogue import NotebookCard

LONGEST_STEM = 96
DIGEST_LENGTH = 10
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d|index)(\..*)?$")
"""Names that Windows keeps for devices, and the index of the reports."""


@dataclass(frozen=True)
class ReportRequest:
    """One report to be written.

    Attributes
    ----------
    card : NotebookCard
        The notebook.
    changed : mapping of str to object
        Parameters whose values are not those of the notebook.
    """

    card: NotebookCard
    changed: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, card: NotebookCard, values: Mapping[str, object]) -> ReportRequest:
        """Keep of all values those that the notebook knows and that differ from its own."""
        own = card.defaults()
        return cls(card, {name: value for name, value in values.items() if name in own and value != own[name]})

    @property
    def parameters(self) -> dict[str, object]:
        """All parameters as the report uses them."""
        return {**self.card.defaults(), **self.changed}

    @property
    def choice(self) -> dict[str, str]:
        """What makes this report another than its notebook's own, in words; a whole month is one choice, not two."""
        return choice_in_words(self.changed)

    @property
    def page(self) -> str:
        """Name of the page's file."""
        return f"{report_stem(self.card.name, self.changed)}.html"


def choice_in_words(changed: Mapping[str, object]) -> dict[str, str]:
    """Return changed parameters in words, by name, days that bound a period as that period.

    Examples
    --------
    >>> choice_in_words({"start": "2023-03-01", "end": "2023-03-31", "actors": ["USA", "PRK"]})
    {'actors': 'USA, PRK', 'month': '2023-03'}
    """
    period, code = _period(str(changed.get("start", "")), str(changed.get("end", "")))
    said = ("start", "end") if period else ()
    rest = {name: in_words(value) for name, value in sorted(changed.items()) if name not in said}
    return rest | ({period: code} if period else {})


def _period(start: str, end: str) -> tuple[str, str]:
    """Name the period that two days bound; a notebook of one's own may call something else start and end."""
    try:
        return period_named(date.fromisoformat(start), date.fromisoformat(end))
    except ValueError:
        return "", ""


def in_words(value: object) -> str:
    """Return a parameter's value as people read it."""
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "all"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if value != "" else "–"


def report_stem(notebook: str, changed: Mapping[str, object]) -> str:
    """Name a report: readable, safe on every file system, another for other parameters.

    Examples
    --------
    >>> report_stem("claim_ledger", {})
    'claim_ledger'
    >>> report_stem("claim_ledger", {"actors": ["USA"], "start": "2023-01-01", "end": "2023-01-31"})
    'claim_ledger--actors-USA--month-2023-01--08a39d54aa'
    """
    if not changed:
        return _notebook_stem(notebook)
    choice = choice_in_words(changed).items()
    words = [_safe(f"{name}-{value.replace(', ', '+')}") for name, value in choice]
    digest = _digest(json.dumps(dict(sorted(changed.items()))))
    return f"{'--'.join([_notebook_stem(notebook), *words])[:LONGEST_STEM]}--{digest}"


def _notebook_stem(notebook: str) -> str:
    """Name a notebook; one whose name is not safe as it is gets a checksum: two of them can look alike."""
    safe = _safe(notebook)
    return safe if safe == notebook else f"{safe}--{_digest(notebook)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


def _safe(text: str) -> str:
    safe = re.sub(r"[^A-Za-z0-9_+.-]+", "_", text).strip("._") or "report"
    return f"_{safe}" if RESERVED.match(safe) else safe
