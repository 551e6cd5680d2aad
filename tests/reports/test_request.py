"""Requests: what differs, what it is called, names of files."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.reports.catalogue import read_card
from workbook.reports.request import ReportRequest, choice_in_words, report_stem


def test_only_what_the_notebook_knows_and_has_otherwise_is_changed(notebook) -> None:
    request = ReportRequest.of(read_card(notebook()), {"period": "month", "name": "ship", "actors": ["USA"]})
    assert request.changed == {"name": "ship"}
    assert request.parameters == {"period": "month", "name": "ship"}
    assert request.choice == {"name": "ship"}
    assert request.page.startswith("boats--name-ship--")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2023-02-01", "2023-02-28", {"month": "2023-02"}),
        ("2024-02-01", "2024-02-28", {"end": "2024-02-28", "start": "2024-02-01"}),
        ("2024-02-01", "2024-02-29", {"month": "2024-02"}),
        ("2022-01-03", "2022-01-09", {"week": "2022-W01"}),
        ("2022-10-01", "2022-12-31", {"quarter": "2022-Q4"}),
        ("2022-01-01", "2022-12-31", {"year": "2022"}),
        ("2022-01-01", "", {"start": "2022-01-01", "end": "–"}),
        ("soon", "later", {"start": "soon", "end": "later"}),
    ],
)
def test_days_that_bound_a_period_are_called_by_it(start, end, expected) -> None:
    assert choice_in_words({"start": start, "end": end}) == expected


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=8) | st.sampled_from(["start", "end"]), st.text(max_size=200), max_size=4
    )
)
def test_names_are_safe_on_every_file_system(changed) -> None:
    stem = report_stem("claim_ledger", changed)
    assert re.fullmatch(r"claim_ledger[A-Za-z0-9_+.\-]*", stem)
    assert len(stem) < 120


@given(st.lists(st.dictionaries(st.sampled_from("abcd"), st.text(max_size=5), min_size=1, max_size=3), unique_by=str))
def test_other_parameters_give_another_name(choices) -> None:
    assert len({report_stem("x", changed).casefold() for changed in choices}) == len(choices)


def test_the_order_of_parameters_does_not_matter_for_the_name() -> None:
    assert report_stem("x", {"a": "1", "b": "2"}) == report_stem("x", {"b": "2", "a": "1"})


@pytest.mark.parametrize("name", ["con", "NUL", "lpt1", "aux.notes"])
def test_names_that_windows_keeps_for_devices_are_not_used(name) -> None:
    assert report_stem(name, {}).startswith(f"_{name}--")


def test_no_report_is_written_where_the_index_stands() -> None:
    assert report_stem("index", {}).casefold() != "index"
    assert report_stem("Index", {}).casefold() != "index"


def test_notebooks_whose_names_look_alike_once_they_are_safe_have_pages_of_their_own() -> None:
    names = ["отчёт", "доклад", "보고서", "report", "a b", "a_b", "index", "_index"]
    assert len({report_stem(name, {}) for name in names}) == len(names)
    assert len({report_stem(name, {"period": "week"}) for name in names}) == len(names)
    assert report_stem("a_b", {}) == "a_b"
