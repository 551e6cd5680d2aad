"""Claims and their status, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pandas.testing import assert_frame_equal

import workbook
from workbook.events import Choice, index_events, select, select_indexed
from workbook.measures import (
    carried_by,
    claim_counts,
    coverage,
    cumulative,
    ledger,
    ledger_events,
    shared_coverage,
    timeline_events,
)


def test_what_has_been_done_to_each_claim(chosen) -> None:
    table = ledger(chosen).table.set_index("claim_id")
    assert table["status"].to_dict() == {
        "sells-boats": "alleged and denied",
        "sold-yacht": "called confirmed, and denied",
        "visits": "neither alleged nor denied",
        "valuable": "neither alleged nor denied",
        "helps": "alleged, not denied",
    }
    assert table.loc["sells-boats", ["alleged", "confirmed", "denied", "other"]].tolist() == [2, 0, 2, 1]
    assert table.at["sells-boats", "alleged_by"] == "FEN; duke"


COUNTED = ["claim_id", "claim", "short_claim", "topic", "alleged", "confirmed", "qualified", "denied", "other"]


@pytest.mark.parametrize(
    "narrowed", [{}, {"actors": ["PRK"]}, {"sources": ["s000"]}, {"acts": ["qualification", "denial"]}], ids=str
)
def test_counts_alone_are_those_of_the_ledger(narrowed) -> None:
    data = workbook.load("arms_transfers")
    whole = ledger(select(data, **narrowed))
    for chosen in (select(data, **narrowed), select_indexed(index_events(data), [Choice.of(**narrowed)])):
        alone = claim_counts(chosen)
        columns = [*COUNTED, "statements", "status"]
        assert_frame_equal(alone.table[columns], whole.table[columns])
        assert alone.basis == whole.basis


def test_events_without_claims_count_for_none_and_are_told(dispute) -> None:
    without = replace(dispute, events=dispute.events.assign(claim_id=None))
    assert claim_counts(select(without)).table.empty
    is_e11 = dispute.events["event_id"] == "e11"
    one = select(replace(dispute, events=dispute.events.assign(claim_id=dispute.events["claim_id"].mask(is_e11))))
    for measured in (claim_counts(one), ledger(one), ledger(one, on=date(2022, 12, 5))):
        assert "1 statement without a claim left out." in measured.basis.caption()
        assert "may lie after" not in measured.basis.caption()


def test_the_status_of_an_earlier_day_counts_what_was_certainly_said(chosen) -> None:
    measured = ledger(chosen, on=date(2022, 10, 1))
    table = measured.table.set_index("claim_id")
    # By 1 October: e1 and e3; e2 may be of 2 October.
    assert table.loc["sells-boats", ["alleged", "denied"]].tolist() == [1, 1]
    assert list(table.index) == ["sells-boats"]
    assert "8 statements may lie after that day and are not counted." in measured.basis.caption()
    assert (
        "1 statement may lie after that day and is not counted." in ledger(chosen, on=date(2022, 12, 5)).basis.caption()
    )


def test_every_statement_stands_in_the_lanes(chosen) -> None:
    table = ledger_events(chosen).table
    assert len(table) == 10
    assert table.set_index("event_id").at["e6", "speaker_names"] == "FEN, GRA, ZEN, LUT"


def test_the_time_line_holds_what_alleges_or_denies(chosen) -> None:
    table = timeline_events(chosen).table.set_index("event_id")
    assert set(table.index) == {"e1", "e2", "e3", "e4", "e5", "e10", "e11"}
    assert str(table.at["e2", "date_mid"].date()) == "2022-09-30"
    assert table.at["e1", "publishers"] == "Courier; Mail"


def test_an_open_date_is_placed_at_its_known_bound(dispute) -> None:
    table = timeline_events(select(dispute, referred=True)).table.set_index("event_id")
    assert str(table.at["e7", "date_mid"].date()) == "2022-11-20"


def test_both_sides_add_up_between_bounds(dispute) -> None:
    table = cumulative(select(dispute, referred=True)).table
    denials = table[table["side"] == "denies"].set_index("day")
    # On 6 September e7 may have been made; on 1 December e3, e4, e7 and e10 certainly have.
    assert denials.loc["2022-09-06", ["low", "high"]].tolist() == [0, 1]
    assert denials.loc["2022-12-01", ["low", "high"]].tolist() == [4, 4]


def test_sources_and_what_stands_in_one_alone(chosen) -> None:
    table = coverage(chosen).table.set_index("source_id")
    assert table["statements"].to_dict() == {"s1": 3, "s2": 4, "s3": 4}
    assert table["only_here"].to_dict() == {"s1": 2, "s2": 3, "s3": 4}
    assert table.at["s1", "label"] == "Courier (Newswire)"


def test_sources_that_share_statements(chosen) -> None:
    table = shared_coverage(chosen).table.set_index(["source_a", "source_b"])["statements"]
    assert (table["s1", "s2"], table["s1", "s1"], table["s1", "s3"]) == (1, 3, 0)


def test_how_many_sources_carry_a_statement(chosen) -> None:
    assert carried_by(chosen).table.to_dict("list") == {"sources": [1, 2], "statements": [9, 1]}
