"""Who speaks, counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from workbook.events import Choice, index_events, select, select_indexed
from workbook.measures import activity, activity_over_time, speakers, who_about_whom


def test_speakers_are_counted_by_side(chosen) -> None:
    table = activity(chosen).table.set_index("actor_id")
    assert list(table.index[:2]) == ["FEN", "rudolf"]
    # FEN: e1, e5 and the joint e6; rudolf: e3, e10 and the visit e8.
    assert table.loc["FEN", ["statements", "allegations", "denials", "other"]].tolist() == [3, 2, 0, 1]
    assert table.loc["rudolf", ["statements", "allegations", "denials", "other"]].tolist() == [3, 0, 2, 1]


@pytest.mark.parametrize("level", ["actor", "body", "state"])
@pytest.mark.parametrize(
    "narrowed", [{}, {"sources": ["s2"]}, {"dates": "source", "referred": True}, {"acts": ["denial"]}], ids=str
)
def test_speakers_alone_are_those_of_activity(dispute, narrowed, level) -> None:
    choice = Choice.of(**{name: value for name, value in narrowed.items() if name not in ("dates", "referred")})
    how = {name: value for name, value in narrowed.items() if name in ("dates", "referred")}
    whole = activity(select(dispute, **narrowed), level=level)
    for chosen in (select(dispute, **narrowed), select_indexed(index_events(dispute), [choice], **how)):
        alone = speakers(chosen, level=level)
        assert_frame_equal(alone.table, whole.table.drop(columns="targets"))
        assert (alone.basis, alone.choices) == (whole.basis, whole.choices)


def test_nobody_speaks_alone_in_an_empty_selection(dispute) -> None:
    assert speakers(select(dispute, acts=["contact"], actors=["ZEN"])).table.empty


def test_states_take_their_bodies_and_people(chosen) -> None:
    table = activity(chosen, level="state").table.set_index("actor_id")
    assert table["statements"].to_dict() == {"FEN": 5, "RUR": 4, "GRA": 1, "LUT": 1, "ZEN": 1, "analysts": 1}


def test_bodies_take_their_people_and_states_stay(chosen) -> None:
    table = activity(chosen, level="body").table.set_index("actor_id")
    assert table.at["ministry", "statements"] == 4  # its own e4, and e3, e8, e10 of Rudolf
    assert table.at["FEN", "statements"] == 5  # the duke belongs to no body


def test_first_and_last_leave_open_dates_out(chosen) -> None:
    table = activity(chosen, level="state").table.set_index("actor_id")
    assert table.at["RUR", "first_text"] == "2022-09-10"
    assert table.at["RUR", "last_text"] == "2022-12-01"
    assert pd.isna(table.at["analysts", "first_text"])


def test_the_share_is_of_all_statements_and_carries_its_interval(chosen) -> None:
    row = activity(chosen).table.iloc[0]
    assert row["share"] == pytest.approx(0.3)  # 3 of 10
    assert (row["low"], row["high"]) == (pytest.approx(0.1078, abs=1e-4), pytest.approx(0.6032, abs=1e-4))
    # Garwood's interval of 3, from his table
    assert (row["rate_low"], row["rate_high"]) == (pytest.approx(0.619, abs=1e-3), pytest.approx(8.767, abs=1e-3))


def test_targets_are_counted_once_each(chosen) -> None:
    table = activity(chosen).table.set_index("actor_id")
    assert table["targets"].loc[["FEN", "duke", "rudolf", "analysts"]].tolist() == [1, 2, 2, 0]


def test_over_time_every_speaker_stands_in_every_bin(chosen) -> None:
    table = activity_over_time(chosen).table
    assert len(table) == 8 * 4
    duke = table[table["actor_id"] == "duke"].set_index("bin_start")["weight"]
    assert duke.tolist() == [0.5, 0.5, 0.0, 1.0]


def test_pairs_of_speaker_and_target(chosen) -> None:
    table = who_about_whom(chosen).table.set_index(["actor_id", "target_id"])
    assert table.at[("FEN", "RUR"), "statements"] == 4  # e1, e2, e5, e6
    assert table.at[("FEN", "RUR"), "allegations"] == 3
    assert table.at[("RUR", ""), "target_name"] == "nobody named"  # e10


def test_nobody_speaks_in_an_empty_selection(dispute) -> None:
    nothing = select(dispute, start="1990-01-01", end="1990-12-31", acts=["denial"])
    assert activity(nothing).table.empty
    assert who_about_whom(nothing).table.empty
