"""Charts: measured tables in, plotly figures out; nothing is counted here."""

from workbook.charts.activity import actor_heatmap, actor_ranking, who_about_whom
from workbook.charts.agreement import agreement_forest, confusion_heatmap
from workbook.charts.alleged_claims import claims_confirmed, claims_never_denied
from workbook.charts.answers import answers_by_pair
from workbook.charts.counting import counting_rules, trends_by_rule
from workbook.charts.coverage import shared_sources, source_coverage
from workbook.charts.dyads import dyad_lag_curves, dyad_ranking, dyads_over_time
from workbook.charts.frequency import denial_share, statement_frequency
from workbook.charts.growth import cumulative_sides
from workbook.charts.lag import lag_curve
from workbook.charts.ledger import claim_bars, claim_lanes
from workbook.charts.matching import machine_over_time, machine_view
from workbook.charts.mirror import sides_over_time
from workbook.charts.outlets import outlets_by_side
from workbook.charts.timeline import denials_timeline
from workbook.charts.volume import volume_share
from workbook.charts.waves import waves_over_time

__all__ = [
    "actor_heatmap",
    "actor_ranking",
    "agreement_forest",
    "answers_by_pair",
    "claim_bars",
    "claim_lanes",
    "claims_confirmed",
    "claims_never_denied",
    "confusion_heatmap",
    "counting_rules",
    "cumulative_sides",
    "denial_share",
    "denials_timeline",
    "dyad_lag_curves",
    "dyad_ranking",
    "dyads_over_time",
    "lag_curve",
    "machine_over_time",
    "machine_view",
    "outlets_by_side",
    "shared_sources",
    "sides_over_time",
    "source_coverage",
    "statement_frequency",
    "trends_by_rule",
    "volume_share",
    "waves_over_time",
    "who_about_whom",
]
