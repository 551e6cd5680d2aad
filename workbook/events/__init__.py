"""The standard event table: hand-coded statements and machine-coded events in one form."""

from workbook.events.basis import Basis, counted
from workbook.events.choice import LISTS, WHOSE_DATES, Choice, SelectionText, read_selection
from workbook.events.codings import Codings
from workbook.events.data import EVENT_COLUMNS, LEVELS, PASSAGE_COLUMNS, EventData, collected, event_table, lazy
from workbook.events.selection import COUNTS, Selection, select, select_all

__all__ = [
    "COUNTS",
    "EVENT_COLUMNS",
    "LEVELS",
    "LISTS",
    "PASSAGE_COLUMNS",
    "WHOSE_DATES",
    "Basis",
    "Choice",
    "Codings",
    "EventData",
    "Selection",
    "SelectionText",
    "collected",
    "counted",
    "event_table",
    "lazy",
    "read_selection",
    "select",
    "select_all",
]
