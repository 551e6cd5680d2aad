"""Measures: events in, small tables out."""

from workbook.measures.activity import activity, activity_over_time, speakers, who_about_whom
from workbook.measures.agreement import Agreement, agreement, confusion
from workbook.measures.alleged_claims import AllegedClaims, alleged_claims
from workbook.measures.answers import who_answers_whom
from workbook.measures.coder_pairs import agreement_by_coders
from workbook.measures.counting import CountingRules, counting_rules
from workbook.measures.coverage import carried_by, coverage, shared_coverage
from workbook.measures.dyads import DyadExchanges, dyad_exchanges, dyad_lag_survival
from workbook.measures.exchanges import Exchanges, compare_links, exchanges, lag_survival, median_lags
from workbook.measures.frequency import denial_share, frequency
from workbook.measures.ledger import claim_counts, ledger
from workbook.measures.matching import Matching, match_coded
from workbook.measures.measured import Measured
from workbook.measures.outlets import most_carried, outlets, outlets_of_answers
from workbook.measures.sensitivity import sensitivity
from workbook.measures.timeline import cumulative, ledger_events, timeline_events
from workbook.measures.volume import volume_share
from workbook.measures.waves import Waves, waves

__all__ = [
    "Agreement",
    "AllegedClaims",
    "CountingRules",
    "DyadExchanges",
    "Exchanges",
    "Matching",
    "Measured",
    "Waves",
    "activity",
    "activity_over_time",
    "agreement",
    "agreement_by_coders",
    "alleged_claims",
    "carried_by",
    "claim_counts",
    "compare_links",
    "confusion",
    "counting_rules",
    "coverage",
    "cumulative",
    "denial_share",
    "dyad_exchanges",
    "dyad_lag_survival",
    "exchanges",
    "frequency",
    "lag_survival",
    "ledger",
    "ledger_events",
    "match_coded",
    "median_lags",
    "most_carried",
    "outlets",
    "outlets_of_answers",
    "sensitivity",
    "shared_coverage",
    "speakers",
    "timeline_events",
    "volume_share",
    "waves",
    "who_about_whom",
    "who_answers_whom",
]
