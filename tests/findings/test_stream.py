"""What a stream shows, in sentences: the numbers that were counted by hand stand in them."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from workbook import findings, measures
from workbook.events import Basis, select

BASIS = Basis("toy", 12, 30, 2)
TOTALS = pd.DataFrame(
    {"rule": ["rows", "unique_events"], "label": ["rows", "unique events"], "total": [12, 9]}, dtype="object"
)


def counting(trends: dict[str, tuple[str, float]]) -> str:
    rows = [{"label": label, "trend": trend, "change": change} for label, (trend, change) in trends.items()]
    rules = measures.CountingRules(pd.DataFrame(), TOTALS, BASIS, {"period": "month"})
    return str(findings.counting(rules, measures.Measured(pd.DataFrame(rows), BASIS, {"period": "month"})))


def test_rows_that_repeat_an_event_are_told_from_events() -> None:
    assert counting({"rows": ("rises", 0.1)}).startswith(
        "Of 12 rows 9 are unique events (75 %); the others repeat one of them."
    )


@pytest.mark.parametrize(
    ("trends", "sentence"),
    [
        ({"rows": ("rises", 0.1), "mentions": ("rises", 0.05)},
         "The count rises over months under every rule of counting, by 5.0 to 10.0 % of its mean a month."),
        ({"rows": ("falls", -0.1), "mentions": ("falls", -0.05)},
         "The count falls over months under every rule of counting, by 5.0 to 10.0 % of its mean a month."),
        ({"rows": ("rises", 0.1), "one a day": ("no clear trend", 0.0), "mentions": ("rises", 0.2)},
         "The trend over months hangs on the rule of counting: rises by rows and mentions; no clear trend by one a day."),
        ({"rows": ("no clear trend", 0.1)}, "No clear trend over months under any rule of counting."),
        ({"rows": ("too few bins", float("nan"))}, "Too few months for a trend."),
    ],
)  # fmt: skip
def test_a_trend_is_said_to_hold_or_to_hang_on_the_rule(trends, sentence) -> None:
    assert sentence in counting(trends).splitlines()


def test_exchanges_say_what_is_answered_between_whom_and_how_soon(dispute) -> None:
    linked = measures.dyad_exchanges(select(dispute, end="2022-12-25"), window_days=30)
    text = str(findings.dyads(linked, measures.dyad_lag_survival(linked)))
    # e1 is answered after four days; e11 has five days left.
    assert "1 of 2 accusations in 2 dyads is answered within 30 days: 50 % (95 % interval 9 to 91 %)" in text
    assert "; 1 is still open when observation ends." in text
    assert "Most accusations: FEN accuses RUR on 1 day, 1 answered; FEN accuses GRA on 1 day, 0 answered." in text
    assert "Of all accusations a quarter is answered by day 4, and half is answered by day 4 (Kaplan-Meier" in text


def test_lags_that_are_not_reached_are_said(dispute) -> None:
    linked = measures.dyad_exchanges(select(dispute), window_days=3)
    text = str(findings.dyads(linked, measures.dyad_lag_survival(linked)))
    assert "a quarter is not within 3 days, and half is not within 3 days" in text


def test_a_curve_that_comes_down_to_a_half_but_for_rounding_reaches_it(dispute) -> None:
    linked = measures.dyad_exchanges(select(dispute), window_days=30)
    curve = pd.DataFrame({"accuser_id": None, "day": [1.0, 4.0], "survival": [0.75 + 1e-16, 0.5000000000000001]})
    text = str(findings.dyads(linked, curve))
    assert "Of all accusations a quarter is answered by day 1, and half is answered by day 4 (Kaplan-Meier" in text


def test_rows_that_repeat_nothing_are_not_said_to_repeat(chosen) -> None:
    # No two statements are of one day, speaker, target, act and claim.
    rules = measures.counting_rules(chosen)
    text = str(findings.counting(rules, measures.sensitivity(chosen)))
    assert text.startswith("No row repeats another: 10 rows, as many unique events.")


def test_a_share_is_said_with_its_least_and_its_most(dispute) -> None:
    share = measures.volume_share(select(dispute, acts=["denial"]), select(dispute), period="quarter")
    text = str(findings.volume(share))
    # 1 of 2.5 and 2 of 6.5 in the two quarters: 3 of 9.
    assert "What is chosen is 33 % of the stream; least 30.8 % (2022 Q4), most 40.0 % (2022 Q3)." in text


@pytest.mark.parametrize("acts", [["allegation"], ["denial"], ["contact"]])
@pytest.mark.parametrize("days", [{}, {"start": "1990-01-01", "end": "1990-12-31"}])
def test_any_selection_has_findings_that_end_as_sentences(dispute, acts, days) -> None:
    chosen = select(dispute, acts=acts, **days)
    linked = measures.dyad_exchanges(chosen)
    texts = [
        findings.counting(measures.counting_rules(chosen), measures.sensitivity(chosen)),
        findings.dyads(linked, measures.dyad_lag_survival(linked)),
        findings.volume(measures.volume_share(chosen, chosen)),
    ]
    for sentence in "\n".join(map(str, texts)).splitlines():
        assert sentence.endswith(".")
        assert not re.search(r"\bnan\b|None|NaT", sentence)


def test_made_up_events_say_so_in_every_finding(dispute) -> None:
    chosen = select(replace(dispute, notes=("Made up.",)))
    assert "Made up." in str(findings.volume(measures.volume_share(chosen, chosen)))
    assert "Made up." in str(findings.counting(measures.counting_rules(chosen), measures.sensitivity(chosen)))
