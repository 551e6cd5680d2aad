"""Parameters are read, resolved and refused before anything runs."""

from __future__ import annotations

import pytest

import workbook
from workbook.errors import ParameterError
from workbook.reports.catalogue import choose_cards
from workbook.reports.parameters import check_parameters

ALL = ("denials_vs_allegations", "actor_activity", "coder_agreement")


def check(**given: str) -> dict[str, object]:
    return check_parameters(choose_cards(ALL), given, load=workbook.load)


def refused(**given: str) -> dict[str, str]:
    with pytest.raises(ParameterError) as caught:
        check(**given)
    return {fault.column: fault.expected for fault in caught.value.faults}


def test_texts_become_the_notebooks_types() -> None:
    values = check(window_days="14", referred="yes", acts="denial, warning", period="week")
    assert values == {"window_days": 14, "referred": True, "acts": ["denial", "warning"], "period": "week"}


def test_actors_are_found_by_key_and_by_name_in_any_case() -> None:
    assert check(actors="usa,John Kirby,us nsc") == {"actors": ["USA", "john-kirby", "us-national-security-council"]}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("actr", "USA", "(nearest: actors)"),
        ("start", "2023-13-01", "there is no month 13"),
        ("end", "June 2023", "months are written as numbers: 2023-06"),
        ("start", "2023-06", "a single day is needed"),
        ("period", "fortnight", "one of day, week, month, quarter, year"),
        ("period", "moth", "(nearest: month)"),
        ("actors", "Atlantis", "one of "),
        ("actors", "John Kirbi", "(nearest: john kirby)"),
        ("acts", "denail", "(nearest: denial)"),
        ("topics", "plans", "(nearest: plan)"),
        ("count", "mentions", "(nearest: mention)"),
        ("dates", "worst", "one of best, source"),
        ("uncertain", "guess", "one of spread, midpoint, leave_out"),
        ("level", "country", "one of actor, body, state"),
        ("link", "codes", "(nearest: coded)"),
        ("field", "speakers", "(nearest: speaker)"),
        ("window_days", "a week", "a whole number"),
        ("window_days", "0", "a whole number of 1 or more"),
        ("referred", "perhaps", "true or false"),
        ("dataset", "arms_transfer", "nearest: arms_transfers"),
    ],
)
def test_a_wrong_value_is_answered_with_what_would_be_right(name, value, expected) -> None:
    assert expected in refused(**{name: value})[name]


def test_a_start_after_the_end_is_refused() -> None:
    assert refused(start="2023-09-01", end="2023-01-01") == {"start": "a first day on or before the last"}


def test_everything_wrong_is_told_at_once() -> None:
    assert set(refused(actr="USA", start="2023-13-01", period="fortnight", actors="Atlantis")) == {
        "actr", "start", "period", "actors",
    }  # fmt: skip
