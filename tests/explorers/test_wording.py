"""What is selected, in words."""

from __future__ import annotations

import pytest

from workbook.events import Choice
from workbook.explorers.state import ExplorerState
from workbook.explorers.wording import state_in_words


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (ExplorerState(), "all that the data hold"),
        (ExplorerState().filtered(actors=("FEN", "duke")), "by The FEN and The duke"),
        (ExplorerState().filtered(claims=("sells-boats",)), "claim sells-boats"),
        (ExplorerState().filtered(sources=("s1",)), "reported by Courier"),
        (ExplorerState().filtered(acts=("no_comment",), topics=("talks",)), "act no comment, topic talks"),
        (ExplorerState().filtered(start="2022-09-01"), "from 1 September 2022 on"),
        (ExplorerState().filtered(end="2022-09-30"), "until 30 September 2022"),
        (ExplorerState().filtered(start="2022-09-05", end="2022-09-05"), "5 September 2022"),
        (
            ExplorerState().picked("frequency", Choice(start="2022-09-01", end="2022-09-30", acts=("denial",))),
            "picked in the frequency: 1 to 30 September 2022, act denial",
        ),
        (
            ExplorerState()
            .filtered(acts=("denial",))
            .picked("ledger", Choice(claims=("helps",)))
            .picked("activity", Choice(actors=("RUR",))),
            "act denial; picked among the claims: claim helps; picked among the speakers: by The RUR",
        ),
        (ExplorerState(dates="source"), "all that the data hold; dates as the articles alone support them"),
        (ExplorerState(referred=True), "all that the data hold; with what is only referred to"),
    ],
)
def test_filters_and_picks_are_said(dispute, state, said) -> None:
    assert state_in_words(dispute, state, left=7) == f"7 statements: {said}."


def test_one_is_no_plural_and_an_event_is_no_statement(dispute) -> None:
    assert state_in_words(dispute, ExplorerState(), left=1, noun="event") == "1 event: all that the data hold."


def test_of_very_many_keys_the_first_are_named_and_the_others_counted(dispute) -> None:
    said = state_in_words(dispute, ExplorerState().filtered(acts=tuple("abcdefghij")), left=0)
    assert said == "0 statements: act a, b, c, d, e and 5 more."


def test_what_only_counts_otherwise_selects_nothing(dispute) -> None:
    state = ExplorerState(period="week", split_by="act", count="mention", level="state")
    assert state_in_words(dispute, state, left=10) == "10 statements: all that the data hold."
