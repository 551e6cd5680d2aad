"""Coders who read the same articles, two at a time."""

from __future__ import annotations

import pandas as pd
import pytest

import workbook
from workbook.events import Codings
from workbook.measures import agreement, agreement_by_coders

UNITS = [
    ("u1", "anna", "s1:direct s2:mixed", "st1"),
    ("u2", "anna", "s1:direct", None),
    ("u3", "anna", "s1:direct", "st2"),
    ("u4", "ben", "s1:direct", "st1"),
    ("u5", "ben", "s2:indirect", "st3"),
    ("u6", "cleo", "s3:direct", "st4"),
    ("u7", "anna", "s3:direct", "st4"),
    ("u8", "cleo", "s3:direct", None),
]


@pytest.fixture
def codings() -> Codings:
    """Anna and Ben read two articles, Cleo and Anna a third."""
    units = pd.DataFrame(UNITS, columns=["unit_id", "coder", "sources", "statement_id"])
    units["side"] = ["a", "a", "a", "b", "b", "a", "b", "a"]
    same = {"speaker": "USA", "target": "PRK", "claim_id": "c", "said": "2023-01-01", "attribution": "named"}
    harmonised = units[["unit_id"]].assign(
        act=["x", "x", "y", "x", "y", "x", "y", "x"], channel="briefing", hedge=None, **same
    )
    matches = pd.DataFrame([("u1", "u4"), ("u3", "u5"), ("u6", "u7")], columns=["unit_a", "unit_b"])
    decisions = pd.DataFrame([("u2", None), ("u6", "u7"), ("u8", None), (None, None)], columns=["unit_a", "unit_b"])
    return Codings(units, harmonised, matches, decisions, ("anna", "ben", "cleo"))


def test_each_two_coders_are_a_row(codings) -> None:
    table = agreement_by_coders(codings).set_index("coders")
    shown = table[["articles", "units_a", "units_b", "matched", "decisions", "statements"]]
    assert shown.loc["anna and ben"].tolist() == [2, 3, 2, 2, 1, 3]
    assert shown.loc["anna and cleo"].tolist() == [1, 2, 1, 1, 2, 1]
    assert table.loc["anna and ben", "matched_share"] == pytest.approx(2 * 2 / 5)
    assert table.loc["anna and ben", "alpha_act"] == 1.0  # x and x, y and y
    assert table.loc["anna and cleo", "alpha_act"] == 0.0  # one unit, x and y: as bad as chance


def test_of_two_coders_alone_the_row_is_their_agreement() -> None:
    codings = workbook.load_codings("arms_transfers")
    (row,) = agreement_by_coders(codings).to_dict("records")
    alone = agreement(codings)
    assert (row["units_a"], row["units_b"], row["matched"]) == (alone.units_a, alone.units_b, alone.matched)
    assert row["alpha_act"] == alone.table.set_index("field").loc["act", "alpha"]


def test_where_nobody_coded_there_is_no_row(codings) -> None:
    nobody = agreement_by_coders(codings.of(()))
    assert nobody.empty
    assert {"coders", "matched", "alpha_act", "statements"} <= set(nobody.columns)
