"""Agreement against published examples and an independent package."""

from __future__ import annotations

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbook
from workbook import findings
from workbook.errors import ParameterError
from workbook.events import Codings
from workbook.events.codings import sides
from workbook.measures import agreement, confusion
from workbook.measures.agreement import _ac1, _alpha


def codings(pairs: list[tuple[str, str]], *, only_a: int = 0) -> Codings:
    """Units a0, b0, ... whose acts are these pairs, all else alike; further units of the first coder."""
    rows = [(f"{coder}{place}", act) for place, pair in enumerate(pairs) for coder, act in zip("ab", pair, strict=True)]
    rows += [(f"a{len(pairs) + extra}", "denial") for extra in range(only_a)]
    sides = [key[0] for key, _ in rows]
    units = pd.DataFrame({"unit_id": [key for key, _ in rows], "coder": sides, "side": sides})
    same = {"speaker": "x", "target": "y", "claim_id": "c", "said": "2022", "attribution": "named", "channel": "deed"}
    harmonised = pd.DataFrame({"unit_id": units["unit_id"], "act": [act for _, act in rows], "hedge": None} | same)
    matches = pd.DataFrame(
        {"unit_a": [f"a{n}" for n in range(len(pairs))], "unit_b": [f"b{n}" for n in range(len(pairs))]}
    )
    return Codings(units, harmonised, matches, pd.DataFrame(), coders=("a", "b"))


GWET = [("yes", "yes")] * 118 + [("yes", "no")] * 5 + [("no", "yes")] * 2


def test_ac1_of_gwets_example() -> None:
    # 118 of 125 agree; yes is used in 243 of 250 choices: chance 2 * 0.972 * 0.028 = 0.054432.
    row = agreement(codings(GWET)).table.set_index("field").loc["act"]
    assert row["share"] == pytest.approx(0.944)
    assert row["ac1"] == pytest.approx((0.944 - 0.054432) / (1 - 0.054432))
    assert row["ac1_low"] < row["ac1"] < row["ac1_high"]


def test_alpha_of_krippendorffs_nominal_example() -> None:
    # Content Analysis (2004), two observers, ten units, binary: alpha 0.095.
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert float(_alpha(np.array(first), np.array(second))) == pytest.approx(0.095, abs=1e-3)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30))
def test_alpha_is_the_packages(pairs) -> None:
    first, second = (np.array(side) for side in zip(*pairs, strict=True))
    if len(np.union1d(first, second)) == 1:
        assert np.isnan(_alpha(first, second))
    else:
        theirs = krippendorff.alpha(np.vstack([first, second]).astype(float), level_of_measurement="nominal")
        assert float(_alpha(first, second)) == pytest.approx(theirs)


def test_one_category_alone_leaves_alpha_undefined() -> None:
    row = agreement(codings([("denial", "denial")] * 3)).table.set_index("field").loc["act"]
    assert np.isnan(row["alpha"])
    assert row["ac1"] == 1


def test_no_alpha_at_all_is_not_called_a_good_one() -> None:
    said = str(findings.agreement(agreement(codings([("denial", "denial")] * 3))))
    assert "Every alpha" not in said
    assert "No alpha can be computed: in every field all units are of one category." in said


def test_ac1_of_no_unit_is_undefined() -> None:
    assert np.isnan(_ac1(np.array([]), np.array([]), categories=0)[0])


def test_units_of_one_coder_alone_lower_the_share_of_matched_ones() -> None:
    agreed = agreement(codings([("denial", "denial")] * 3, only_a=2))
    assert (agreed.units_a, agreed.units_b, agreed.matched, agreed.only_a, agreed.only_b) == (5, 3, 3, 2, 0)
    assert agreed.matched_share == pytest.approx(6 / 8)


def test_the_interval_of_alpha_is_the_same_every_time() -> None:
    mixed = codings([("a", "a"), ("b", "b"), ("a", "b"), ("c", "c"), ("b", "b")])
    pd.testing.assert_frame_equal(agreement(mixed).table, agreement(mixed).table)


def test_hedges_are_compared_where_both_coded_an_allegation() -> None:
    table = agreement(workbook.load_codings("arms_transfers")).table.set_index("field")
    assert table.at["hedge", "units"] == 26
    assert table.at["act", "units"] == 56


def test_units_of_chosen_statements_alone_are_compared() -> None:
    data, all_units = workbook.load("arms_transfers"), workbook.load_codings("arms_transfers")
    everything = agreement(all_units.within(workbook.select(data, referred=True)))
    assert (everything.units_a, everything.units_b, everything.matched) == (62, 61, 56)
    denials = agreement(all_units.within(workbook.select(data, referred=True, acts=["denial"])))
    # Eight denials of either coder became statements; A18 and B06 were decided against.
    assert (denials.units_a, denials.units_b, denials.matched) == (8, 8, 8)


def test_a_unit_of_the_second_coder_alone_is_the_seconds() -> None:
    data = workbook.load("arms_transfers")
    chosen = workbook.select(data, claims=["us-monitors-arms-dealings"])  # st014, which the second coder alone has
    agreed = agreement(workbook.load_codings("arms_transfers").within(chosen))
    assert (agreed.units_a, agreed.units_b, agreed.only_b) == (0, 1, 1)


def test_no_chosen_unit_is_no_error() -> None:
    data = workbook.load("arms_transfers")
    nothing = workbook.load_codings("arms_transfers").within(workbook.select(data, acts=["vote"]))
    agreed = agreement(nothing)
    assert (agreed.units_a, agreed.matched) == (0, 0)
    assert agreed.table["units"].sum() == 0


def test_confusion_counts_pairs() -> None:
    table = confusion(codings(GWET), field="act")
    assert table["units"].tolist() == [118, 5, 2]
    with pytest.raises(ParameterError, match="nearest: speaker"):
        confusion(codings(GWET), field="speakers")


def a_team() -> Codings:
    """Anna and Ben read one article, Ben and Cleo another: Ben is the second reader, then the first."""
    coder = {"a1": "anna", "a2": "anna", "a3": "anna", "b1": "ben", "b2": "ben", "b7": "ben", "b8": "ben", "c7": "cleo"}
    matches = pd.DataFrame({"unit_a": ["a1", "a2", "b7"], "unit_b": ["b1", "b2", "c7"]})
    decisions = pd.DataFrame({"unit_a": ["a3", "b8"], "unit_b": [None, None]})
    units = pd.DataFrame({"unit_id": list(coder), "coder": coder.values(), "statement_id": "st1"})
    units["side"] = units["unit_id"].map(sides(matches, decisions))
    same = {"speaker": "x", "target": "y", "claim_id": "c", "said": "2022", "attribution": "named", "channel": "deed"}
    acts = ["denial", "denial", "denial", "denial", "demand", "demand", "demand", "demand"]
    harmonised = pd.DataFrame({"unit_id": units["unit_id"], "act": acts, "hedge": None} | same)
    return Codings(units, harmonised, matches, decisions, coders=("anna", "ben", "cleo"))


def test_a_team_is_compared_reading_by_reading_whoever_read() -> None:
    agreed = agreement(a_team())
    # First readings: anna's three and ben's b7 and b8; second: ben's b1 and b2 and cleo's one.
    assert (agreed.units_a, agreed.units_b, agreed.matched) == (5, 3, 3)
    assert (agreed.coders_a, agreed.coders_b) == (("anna", "ben"), ("ben", "cleo"))
    row = agreed.table.set_index("field").loc["act"]
    assert (row["agreed"], row["units"]) == (2, 3)
    # Krippendorff: one of three pairs differs; of six values three are denials and three demands, so 12 of the 30
    # ordered pairs are alike: 1 - (1/3) / (1 - 12/30).
    assert row["alpha"] == pytest.approx(4 / 9)


def test_a_team_is_named_in_the_findings() -> None:
    text = str(findings.agreement(agreement(a_team())))
    assert (
        "The first readings (by anna and ben) found 5 units, the second ones (by ben and cleo) 3; 3 are the same"
        in text
    )
    assert "2 stand in a first reading alone, 0 in a second one." in text


def test_two_of_a_team_are_compared_by_themselves() -> None:
    agreed = agreement(a_team().between("ben", "cleo"))
    assert (agreed.units_a, agreed.units_b, agreed.matched) == (2, 3, 1)
    assert a_team().between("ben", "cleo").coders == ("ben", "cleo")
