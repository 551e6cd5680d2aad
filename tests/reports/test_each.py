"""A report for each: what is gone through, products, what cannot be."""

from __future__ import annotations

import pytest

import workbook
from workbook.errors import ParameterError
from workbook.reports.catalogue import choose_cards
from workbook.reports.each import expand, requested

LEDGER = choose_cards(("claim_ledger",))


def requests(*names: str, given: dict[str, str] | None = None, **each: list[str]):
    asked = {"dataset": "arms_transfers", **(given or {})}
    found, _ = requested(choose_cards(names or ("claim_ledger",)), asked, each=each, load=workbook.load)
    changed = [dict(request.changed) for request in found]
    return [{name: value for name, value in each_.items() if name != "dataset"} for each_ in changed]


def refused(given: dict[str, str] | None = None, **each: list[str]) -> str:
    with pytest.raises(ParameterError) as caught:
        requests(given=given, **each)
    return "\n".join(map(str, caught.value.faults))


def test_each_actor_is_every_actor_of_the_data() -> None:
    actors = workbook.load("arms_transfers").actors["actor_id"].tolist()
    assert requests(actor=[]) == [{"actors": [actor]} for actor in actors]


def test_some_of_them_by_key_or_name() -> None:
    assert requests(actor=["prk", "John Kirby"]) == [{"actors": ["PRK"]}, {"actors": ["john-kirby"]}]


def test_each_month_goes_from_the_first_to_the_last_that_is_counted() -> None:
    months = requests(month=[])
    assert months[0] == {"start": "2022-07-01", "end": "2022-07-31"}
    assert months[-1] == {"start": "2023-09-01", "end": "2023-09-30"}
    assert len(months) == 15


def test_days_that_are_given_bound_the_periods() -> None:
    assert requests(given={"start": "2023-02-10", "end": "2023-05-02"}, quarter=[]) == [
        {"start": "2023-01-01", "end": "2023-03-31"},
        {"start": "2023-04-01", "end": "2023-06-30"},
    ]


def test_several_words_give_their_product_for_each_notebook() -> None:
    found = requests("claim_ledger", "actor_activity", actor=["USA", "PRK"], quarter=["2022-Q3", "2022-Q4", "2023-Q1"])
    assert len(found) == 2 * 2 * 3
    assert found[0] == {"actors": ["USA"], "start": "2022-07-01", "end": "2022-09-30"}
    assert len({str(changed) for changed in found}) == 6


def test_a_value_that_is_the_notebooks_own_changes_nothing() -> None:
    assert requests(period=["month", "quarter"]) == [{}, {"period": "quarter"}]


def test_notebooks_that_do_not_know_it_are_left_out_and_named() -> None:
    cards = choose_cards(("claim_ledger", "denials_vs_allegations"))
    found, left_out = requested(cards, {}, each={"link": []}, load=workbook.load)
    assert [request.card.name for request in found] == ["denials_vs_allegations"] * 2
    assert [card.name for card in left_out] == ["claim_ledger"]


def test_no_fitting_notebook_is_a_fault() -> None:
    assert "notebooks without link" in refused(link=[])


def test_what_cannot_be_is_answered_with_what_would_be_right() -> None:
    assert "(nearest: month)" in refused(moth=[])
    assert "(nearest: denial)" in refused(act=["denail"])
    assert "one of 2022-07 to 2023-09" in refused(month=["2021-01"])
    assert "month and quarter" in refused(month=[], quarter=[])
    assert "one of the two" in refused({"actors": "USA"}, actor=[])


def test_wrong_parameters_and_wrong_words_are_told_together() -> None:
    said = refused({"count": "statments"}, moth=[])
    assert "nearest: statement" in said
    assert "nearest: month" in said


def test_a_wrong_data_set_is_told_alone() -> None:
    said = refused({"dataset": "arms"}, actor=["Atlantis"])
    assert "arms_transfers" in said
    assert "Atlantis" not in said


def test_data_without_a_date_have_no_months(dispute) -> None:
    undated = dispute.events.assign(date_earliest=None, date_latest=None).astype(
        {"date_earliest": "datetime64[us]", "date_latest": "datetime64[us]"}
    )
    data = type(dispute)(**{**vars(dispute), "events": undated})
    with pytest.raises(ParameterError, match="no dated statement"):
        expand(LEDGER, {}, each={"month": []}, data=data)
