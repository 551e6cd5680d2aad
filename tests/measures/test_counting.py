"""Rules of counting side by side, trends under each of them, and shares of a whole stream; counted by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from workbook.errors import ParameterError
from workbook.events import Selection, select
from workbook.measures import counting_rules, sensitivity, volume_share
from workbook.measures.counting import RULES
from workbook.readers.frame import events_from_frame

# Key, speaker, target, act, vendor's code, date, mentions, source.
EVENTS = """
a1 FEN RUR criticism 111  2023-01-02               5 Mail
a2 FEN RUR criticism 111  2023-01-02               1 Times
a3 FEN RUR criticism 1121 2023-01-02               1 Times
a4 FEN RUR criticism 111  2023-01-03               2 Mail
b1 RUR FEN denial    -    [2023-01-31..2023-02-01] 1 Courier
b2 RUR FEN denial    -    [2023-01-31..2023-02-01] 1 Courier
c1 FEN GRA contact   040  2023-02-10               3 Mail
c2 FEN -   contact   040  2023-02-10               1 Mail
c3 FEN -   contact   040  2023-02-10               1 Mail
d1 GRA FEN denial    -    2023-04-01               1 -
"""
COLUMNS = ["event_id", "actor_id", "target_id", "act", "vendor_code", "date_text", "mention_count", "source_name"]


def stream(**narrowed) -> Selection:
    rows = pd.DataFrame([line.split() for line in EVENTS.strip().splitlines()], columns=COLUMNS).replace({"-": None})
    rows = rows.assign(mention_count=rows["mention_count"].astype("int64"), source_count=1)
    return select(events_from_frame(rows), **narrowed)


def by_rule(rules) -> dict[str, list[float]]:
    return {rule: rules.table[rule].tolist() for rule in RULES}


def test_each_rule_counts_what_it_says_bin_by_bin() -> None:
    # January: a1 to a4 and half of b1 and b2; March: nothing, and a zero; c2 and c3 are alike, c1 has another target.
    assert by_rule(counting_rules(stream())) == {
        "rows": [5.0, 4.0, 0.0, 1.0],
        "unique_events": [4.0, 3.0, 0.0, 1.0],
        "one_a_day": [3.0, 3.0, 0.0, 1.0],
        "mentions": [10.0, 6.0, 0.0, 1.0],
        "sources": [3, 2, 0, 0],
    }


def test_totals_are_of_all_events_and_stand_in_every_caption() -> None:
    rules = counting_rules(stream())
    assert rules.totals.set_index("rule")["total"].to_dict() == {
        "rows": 10, "unique_events": 8, "one_a_day": 7, "mentions": 17, "sources": 3,
    }  # fmt: skip
    said = rules.said_by(stream())
    sentence = "Counted by each rule: 10 rows, 8 unique events, 7 one a day, 17 mentions, 3 sources."
    assert sentence in said.basis.caption()
    assert sentence in counting_rules(said).basis.caption()
    assert said.tally("side").equals(stream().tally("side"))


def test_one_of_each_rule_is_said_as_one(dispute) -> None:
    one = counting_rules(select(dispute, claims=["helps"]))
    assert one.sentence == "Counted by each rule: 1 row, 1 unique event, 1 one a day, 1 mention, 1 source."


def test_what_has_no_bin_is_in_the_totals_and_in_the_caption(dispute) -> None:
    rules = counting_rules(select(dispute))
    assert rules.totals.set_index("rule").at["rows", "total"] == 10
    assert rules.table["rows"].sum() == pytest.approx(9)
    assert "1 statement without an earliest or a latest date in no bin: e9." in rules.basis.caption()


@pytest.mark.parametrize(
    ("period", "sources"),
    [("day", {"2023-01-02": 2, "2023-01-31": 1, "2023-02-01": 1, "2023-04-01": 0}), ("week", {"2023-01-30": 1}),
     ("quarter", {"2023-01-01": 3, "2023-04-01": 0}), ("year", {"2023-01-01": 3})],
)  # fmt: skip
def test_a_source_is_counted_in_each_bin_that_its_events_can_lie_in(period, sources) -> None:
    table = counting_rules(stream(), period=period).table.set_index("bin_start")["sources"]
    assert {day: table[pd.Timestamp(day)] for day in sources} == sources


def test_sources_before_1970_are_in_the_bins_of_their_days() -> None:
    rows = pd.DataFrame(
        {"event_id": ["a", "b"], "actor_id": "FEN", "act": "denial", "date": ["1962-10-24", "1969-12-31"],
         "source_name": ["Mail", "Times"]}
    )  # fmt: skip
    for period in ("week", "month", "quarter", "year"):
        table = counting_rules(select(events_from_frame(rows)), period=period).table
        assert table["sources"].iloc[[0, -1]].tolist() == [1, 1], period
        assert table["sources"].sum() == 2


def test_an_uncertain_date_that_the_first_day_cuts_counts_its_source_once() -> None:
    table = counting_rules(stream(start="2023-02-01", end="2023-02-28")).table
    assert table[["rows", "sources"]].to_numpy().tolist() == [[4.0, 2.0]]


def test_nothing_is_counted_as_nothing() -> None:
    rules = counting_rules(stream(start="1990-01-01", end="1990-01-31"))
    assert by_rule(rules) == {rule: [0.0] for rule in RULES}
    assert rules.totals["total"].tolist() == [0, 0, 0, 0, 0]
    assert set(sensitivity(stream(start="1990-01-01", end="1990-01-31")).table["trend"]) == {"too few bins"}


def test_an_unknown_period_is_refused() -> None:
    with pytest.raises(ParameterError, match="one of day, week"):
        counting_rules(stream(), period="decade")


def monthly(rows: list[int], mentions: list[int]) -> Selection:
    """So many events each month of 2023, each by another speaker, with so many mentions in all."""
    events = [
        {"event_id": f"{month}-{place}", "actor_id": f"A{place}", "act": "denial", "source_name": "Mail",
         "date": str(date(2023, month, 15)), "mention_count": mentions[month - 1] if place == 0 else 0}
        for month, count in enumerate(rows, start=1)
        for place in range(count)
    ]  # fmt: skip
    return select(events_from_frame(pd.DataFrame(events)), start="2023-01-01", end=f"2023-{len(rows):02}-28")


def test_a_trend_that_hangs_on_the_rule_is_told_apart() -> None:
    # Rows rise 1, 2, 3 ... a month; mentions fall; one source stays.
    measured = sensitivity(monthly([1, 2, 3, 4, 5, 6], [60, 50, 40, 30, 20, 10]))
    table = measured.table.set_index("rule")
    # June ends on the 30th, two days after the last day: five whole months.
    assert table["bins"].unique().tolist() == [5]
    assert "1 bin that the first or the last day cuts left out of the trend." in measured.basis.caption()
    assert table["trend"].to_dict() == {
        "rows": "rises", "unique_events": "rises", "one_a_day": "rises", "mentions": "falls", "sources": "no clear trend",
    }  # fmt: skip
    assert table.loc["rows", ["slope", "slope_low", "slope_high", "tau", "mean"]].tolist() == pytest.approx(
        [1, 1, 1, 1, 3]
    )
    assert table.at["rows", "change"] == pytest.approx(1 / 3)
    assert table.at["rows", "p_value"] == pytest.approx(2 / 120)
    assert table.at["mentions", "slope"] == -10


def test_four_bins_are_too_few_for_a_trend() -> None:
    table = sensitivity(monthly([1, 2, 3, 4, 5], [1] * 5)).table
    assert set(table["trend"]) == {"too few bins"}
    assert table["tau"].isna().all()


def test_a_share_is_of_the_same_days_of_the_whole_stream() -> None:
    table = volume_share(stream(acts=["denial"]), stream()).table
    assert table[["count", "volume"]].to_numpy().tolist() == [[1, 5], [1, 4], [0, 0], [1, 1]]
    assert table["share"].round(2).tolist()[:2] == [0.2, 0.25]
    assert table.loc[2, ["share", "low", "high"]].isna().all()
    # Wilson, 1 of 5.
    assert table.loc[0, ["low", "high"]].round(4).tolist() == [0.0362, 0.6245]
    cut = volume_share(stream(acts=["denial"], start="2023-01-10", end="2023-02-28"), stream()).table
    assert cut[["count", "volume"]].to_numpy().tolist() == [[1, 1], [1, 4]]


def test_a_share_says_what_it_is_of() -> None:
    caption = volume_share(stream(acts=["denial"]), stream()).basis.caption()
    assert "Stands on 3 statements" in caption
    assert "Shares are of the whole stream of the same days: 10 statements in all." in caption


@pytest.mark.parametrize("of", [{"acts": ["contact"]}, {"start": "2023-04-01"}])
def test_a_share_of_what_does_not_hold_it_is_refused(of) -> None:
    with pytest.raises(ParameterError, match="a stream that holds all of it"):
        volume_share(stream(acts=["denial"]), stream(**of))
