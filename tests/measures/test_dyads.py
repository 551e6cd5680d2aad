"""Accusations and denials within dyads, linked and counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

import workbook
from workbook.errors import ParameterError
from workbook.events import Selection, select
from workbook.measures import dyad_exchanges, dyad_lag_survival
from workbook.measures.survival import median_lag
from workbook.readers.frame import events_from_frame

EVENTS = """
a1 FEN RUR allegation 2023-01-01
a2 FEN RUR allegation 2023-01-01
a3 FEN RUR allegation 2023-01-05
a4 FEN RUR allegation 2023-01-06
a5 FEN RUR allegation 2023-02-01
a6 FEN GRA allegation 2023-02-25
a7 RUR FEN allegation 2023-01-03
a8 FEN FEN allegation 2023-01-04
a9 FEN RUR allegation 2023-01
d1 RUR FEN denial 2023-01-05
d2 RUR FEN denial 2023-01-20
d3 RUR FEN denial 2023-02-16
d4 GRA RUR denial 2023-02-26
d5 FEN RUR denial 2023-01-02
d6 RUR - denial 2023-02-02
n1 RUR FEN announcement 2023-03-01
"""


def stream(**narrowed) -> Selection:
    rows = pd.DataFrame(
        [line.split() for line in EVENTS.strip().splitlines()],
        columns=["event_id", "actor_id", "target_id", "act", "date_text"],
    )
    return select(events_from_frame(rows.assign(target_id=rows["target_id"].replace("-", None))), **narrowed)


def dyads(linked, *columns: str) -> dict[tuple[str, str], list[object]]:
    table = linked.table.set_index(["accuser_id", "accused_id"])
    return {key: table.loc[key, list(columns)].tolist() for key in table.index}


def test_an_accusation_is_answered_by_the_accused_within_the_window() -> None:
    # FEN accuses RUR on four days. RUR denies after 4, 0 and 14 days; after 1 February only on day 15.
    found = dyads(dyad_exchanges(stream()), "accusations", "answered", "unanswered", "open", "denials")
    assert found == {
        ("FEN", "RUR"): [4, 3, 1, 0, 3],
        ("RUR", "FEN"): [1, 0, 1, 0, 1],  # FEN's denial came the day before
        ("FEN", "GRA"): [1, 0, 0, 1, 0],  # GRA denies to RUR; four days are left
        ("RUR", "GRA"): [0, 0, 0, 0, 1],
    }


def test_rows_of_one_day_are_one_accusation_and_are_counted_beside_it() -> None:
    found = dyads(dyad_exchanges(stream()), "accusation_events", "denial_events", "share")
    assert found["FEN", "RUR"] == [5, 3, 0.75]
    assert found["RUR", "GRA"][:2] == [0, 1]
    assert pd.isna(found["RUR", "GRA"][2])


def test_a_day_more_of_a_window_takes_in_one_more_denial() -> None:
    assert dyads(dyad_exchanges(stream(), window_days=15), "answered")["FEN", "RUR"] == [4]
    assert dyads(dyad_exchanges(stream(), window_days=13), "answered")["FEN", "RUR"] == [2]


def test_lags_are_the_days_by_which_a_part_is_answered() -> None:
    # 4 at risk: a quarter is answered on day 0, half on day 4.
    assert dyads(dyad_exchanges(stream()), "lag_quarter", "lag_median")["FEN", "RUR"] == [0, 4]
    assert pd.isna(dyads(dyad_exchanges(stream()), "lag_median")["RUR", "FEN"][0])


def test_lags_of_many_dyads_at_once_are_kaplan_and_meiers() -> None:
    linked = dyad_exchanges(stream(), window_days=30)
    for row in linked.table[linked.table["accusations"] > 0].itertuples():
        waits = linked.waits.set_index(["accuser_id", "accused_id"]).loc[[(row.accuser_id, row.accused_id)]]
        ends = [(wait.days, True) for wait in waits.itertuples() for _ in range(wait.answered)]
        ends += [(wait.days, False) for wait in waits.itertuples() for _ in range(wait.censored)]
        median = median_lag(*zip(*ends, strict=True)).median
        assert (None if pd.isna(row.lag_median) else row.lag_median) == median


def test_bins_hold_the_accusations_made_in_them() -> None:
    linked = dyad_exchanges(stream())
    rows = linked.over_time[(linked.over_time["accuser_id"] == "FEN") & (linked.over_time["accused_id"] == "RUR")]
    assert rows[["accusations", "answered", "denials"]].to_numpy().tolist() == [[3, 3, 2], [1, 0, 1]]
    assert [start.strftime("%Y-%m") for start in linked.bins] == ["2023-01", "2023-02", "2023-03"]
    sums = linked.over_time[["accusations", "answered", "open", "denials", "accusation_events"]].sum()
    assert sums.tolist() == linked.table[sums.index].sum().tolist()


def test_the_end_of_the_selection_is_the_end_of_observation() -> None:
    early = dyads(dyad_exchanges(stream(end="2023-02-10")), "answered", "unanswered", "open")
    assert early["FEN", "RUR"] == [3, 0, 1]
    late = dyads(dyad_exchanges(stream(end="2023-12-31")), "answered", "unanswered", "open")
    assert late["FEN", "GRA"] == [0, 1, 0]


def test_observation_ends_with_the_last_article_however_late_a_day_is_chosen() -> None:
    data = workbook.load("arms_transfers")
    chosen, later = (dyad_exchanges(select(data, end=end), window_days=90) for end in ("2023-09-10", "2030-12-31"))
    pd.testing.assert_frame_equal(later.table, chosen.table)
    assert "Observation ends with the last article, on 10 September 2023." in later.basis.caption()
    assert "Observation ends" not in chosen.basis.caption()


def test_what_stands_in_no_dyad_is_counted_in_the_caption() -> None:
    caption = dyad_exchanges(stream()).basis.caption()
    assert "In no exchange: 1 denial without a speaker or a target; 1 allegation within one party" in caption
    assert "; 1 allegation without an exact day." in caption
    assert "that day or at most 14 days later" in caption
    assert "What is left out" not in caption


def test_a_choice_that_can_hide_a_denial_is_said() -> None:
    hidden = dyad_exchanges(stream(actors=["FEN"]))
    assert dyads(hidden, "answered")["FEN", "RUR"] == [0]
    assert "What is left out can hold denials of what is in." in hidden.basis.caption()


def test_between_keeps_the_dyads_of_which_both_are_named() -> None:
    linked = dyad_exchanges(stream(), between=["FEN", "RUR"])
    assert set(dyads(linked)) == {("FEN", "RUR"), ("RUR", "FEN")}


def test_between_takes_what_belongs_to_an_actor(dispute) -> None:
    # e3: rudolf of RUR denies to FEN; e11: the duke of FEN accuses GRA; e1: FEN accuses RUR.
    linked = dyad_exchanges(select(dispute), level="actor", between=["FEN", "RUR"])
    assert set(dyads(linked)) == {("FEN", "RUR"), ("FEN", "rudolf"), ("FEN", "ministry")}
    assert set(dyads(dyad_exchanges(select(dispute), between=["FEN", "GRA"]))) == {("FEN", "GRA")}


def test_wrong_parameters_are_all_named_at_once() -> None:
    with pytest.raises(ParameterError) as caught:
        dyad_exchanges(stream(), window_days=0, period="decade", between=["RUS"])
    assert {fault.column for fault in caught.value.faults} == {"window_days", "period", "between"}
    with pytest.raises(ParameterError, match="level"):
        dyad_exchanges(stream(), level="planet")


def test_nothing_is_an_empty_table_and_a_flat_curve() -> None:
    linked = dyad_exchanges(stream(start="1990-01-01", end="1990-12-31"))
    assert linked.table.empty
    assert linked.over_time.empty
    assert dyad_lag_survival(linked)["survival"].tolist() == [1.0]


def test_curves_are_of_all_dyads_and_of_those_with_most_accusations() -> None:
    curves = dyad_lag_survival(dyad_exchanges(stream()), most=1)
    assert curves["label"].unique().tolist() == ["all dyads", "FEN → RUR"]
    ends = curves.groupby("label")["survival"].last()
    assert ends["FEN → RUR"] == pytest.approx(1 / 4)
    # Six at risk: days 0 and 4 answer one each, day 4 ends the open one, day 14 answers one of the three left.
    assert ends["all dyads"] == pytest.approx(5 / 6 * 4 / 5 * 2 / 3)


def test_a_joint_statement_is_an_accusation_of_each_target(dispute) -> None:
    found = dyads(dyad_exchanges(select(dispute), window_days=30), "accusations", "answered")
    # e1 (answered by e3) and e11 are exact; e2 and e5 are not.
    assert found["FEN", "RUR"] == [1, 1]
    assert found["FEN", "GRA"] == [1, 0]
