"""Cells of heat maps, and who is in their rows."""

from __future__ import annotations

from workbook import charts, measures
from workbook.events import select


def test_a_cell_with_less_than_it_can_say_is_not_called_empty(dispute) -> None:
    # e5 is of one day of thirty in November: each of them holds a thirtieth.
    yacht = select(dispute, claims=["sold-yacht"], actors=["FEN"])
    texts = charts.actor_heatmap(measures.activity_over_time(yacht, period="day")).data[0].text[0]
    assert set(texts) == {"&lt;0.1"}


def test_one_statement_is_one(chosen) -> None:
    texts = charts.actor_ranking(measures.activity(chosen)).data[0].hovertext
    assert any("<br>1 statement: " in text for text in texts)
    assert not any("<br>1 statements" in text for text in texts)
