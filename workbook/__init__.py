"""Who said what about whom, when: coded public statements in, honest charts and reports out.

The names below are all that a notebook needs; each is imported when it is first used, so that ``import workbook``
costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook import charts, findings, measures
    from workbook.coding_desk.compare import compare_coders
    from workbook.coding_desk.desk import code_article
    from workbook.errors import FaultsError, ParameterError, WorkbookError
    from workbook.events import EventData, Selection, explain, select
    from workbook.explorers.explorer import explore
    from workbook.readers import load, load_codings
    from workbook.readers.stored import open_events

__version__ = "0.1.0"

_HOMES = {
    "charts": "",
    "findings": "",
    "measures": "",
    "FaultsError": "errors",
    "ParameterError": "errors",
    "WorkbookError": "errors",
    "EventData": "events",
    "Selection": "events",
    "code_article": "coding_desk.desk",
    "compare_coders": "coding_desk.compare",
    "explain": "events",
    "explore": "explorers.explorer",
    "select": "events",
    "load": "readers",
    "open_events": "readers.stored",
    "load_codings": "readers",
}

__all__ = [
    "EventData",
    "FaultsError",
    "ParameterError",
    "Selection",
    "WorkbookError",
    "charts",
    "code_article",
    "compare_coders",
    "explain",
    "explore",
    "findings",
    "load",
    "load_codings",
    "measures",
    "open_events",
    "select",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'workbook' has no attribute {name!r}")
    home = _HOMES[name]
    value = getattr(import_module(f"workbook.{home}"), name) if home else import_module(f"workbook.{name}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
