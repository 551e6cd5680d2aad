"""Measures: events in, small tables out."""

from workbook.measures.activity import activity, activity_over_time, speakers, who_about_whom
from workbook.measures.agreement import Agreement, agreement, confusion
from workbook.measures.coverage import carried_by, coverage, shared_coverage
from workbook.measures.exchanges import Exchanges, compare_links, exchanges, lag_survival, median_lags
from workbook.measures.frequency import denial_share, frequency
from workbook.measures.ledger import claim_counts, ledger
from workbook.measures.measured import Measured
from workbook.measures.timeline import cumulative, ledger_events, timeline_events

__all__ = [
    "Agreement",
    "Exchanges",
    "Measured",
    "activity",
    "activity_over_time",
    "agreement",
    "carried_by",
    "claim_counts",
    "compare_links",
    "confusion",
    "coverage",
    "cumulative",
    "denial_share",
    "exchanges",
    "frequency",
    "lag_survival",
    "ledger",
    "ledger_events",
    "median_lags",
    "shared_coverage",
    "speakers",
    "timeline_events",
    "who_about_whom",
]
