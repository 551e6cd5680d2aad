"""The standard event table: hand-coded statements and machine-coded events in one form."""

from workbook.events.basis import Basis, counted
from workbook.events.codings import Codings
from workbook.events.data import EVENT_COLUMNS, LEVELS, EventData, collected, event_table, lazy
from workbook.events.selection import COUNTS, WHOSE_DATES, Selection, select

__all__ = [
    "COUNTS",
    "EVENT_COLUMNS",
    "LEVELS",
    "WHOSE_DATES",
    "Basis",
    "Codings",
    "EventData",
    "Selection",
    "collected",
    "counted",
    "event_table",
    "lazy",
    "select",
]
