"""The standard event table: hand-coded statements and machine-coded events in one form."""

from workbook.events.basis import Basis, counted, counted_within
from workbook.events.carried import links_of, mentions_of, participants_of
from workbook.events.choice import LISTS, WHOSE_DATES, Choice, SelectionText, read_selection
from workbook.events.codings import Codings
from workbook.events.data import (
    ALONE,
    EVENT_COLUMNS,
    LEVELS,
    PASSAGE_COLUMNS,
    SIDES,
    EventData,
    alike,
    collected,
    event_table,
    lazy,
)
from workbook.events.explaining import Explained, explain
from workbook.events.index import EventIndex, index_events
from workbook.events.indexed import IndexedSelection, select_indexed
from workbook.events.selecting import select, select_all
from workbook.events.selection import CARRIED, COUNTS, Selection

__all__ = [
    "ALONE",
    "CARRIED",
    "COUNTS",
    "EVENT_COLUMNS",
    "LEVELS",
    "LISTS",
    "PASSAGE_COLUMNS",
    "SIDES",
    "WHOSE_DATES",
    "Basis",
    "Choice",
    "Codings",
    "EventData",
    "EventIndex",
    "Explained",
    "IndexedSelection",
    "Selection",
    "SelectionText",
    "alike",
    "collected",
    "counted",
    "counted_within",
    "event_table",
    "explain",
    "index_events",
    "lazy",
    "links_of",
    "mentions_of",
    "participants_of",
    "read_selection",
    "select",
    "select_all",
    "select_indexed",
]
