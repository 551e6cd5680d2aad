"""Dates in words: resolved as a reader of that day would, and left alone where nothing can be concluded."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.dates import EdtfError, bounds, date_expressions

TUESDAY = "2023-06-13"


def found(text: str, published: str = TUESDAY) -> list[str]:
    return [each.edtf for each in date_expressions(text, published=published)]


@pytest.mark.parametrize(
    ("text", "published", "edtf", "basis"),
    [
        ("on Monday", TUESDAY, "2023-06-12", "weekday"),
        ("on Tuesday", TUESDAY, "2023-06-13", "weekday"),  # the publication's own weekday is that day
        ("said Wednesday", TUESDAY, "2023-06-07", "weekday"),
        ("Earlier on Monday", TUESDAY, "2023-06-12", "weekday"),
        ("late Thursday", "2023-03-31", "2023-03-30", "weekday"),
        ("last Monday", "2023-06-12", "2023-06-05", "weekday"),
        ("last Monday", "2023-06-14", "[2023-06-05..2023-06-12]", "weekday"),  # this week's or the one before
        ("last Friday", "2023-06-14", "2023-06-09", "weekday"),
        ("On Thursday", "[2022-09-08..2022-09-30]", "[2022-09-08,2022-09-15,2022-09-22,2022-09-29]", "weekday"),
        ("On Thursday", "[2022-09-10..2022-09-12]", "2022-09-08", "weekday"),
    ],
)
def test_weekdays_are_the_last_ones_up_to_the_publication(text: str, published: str, edtf: str, basis: str) -> None:
    (only,) = date_expressions(text, published=published)
    assert (only.edtf, only.basis) == (edtf, basis)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on Tuesday, September 5, 2023", "2023-09-05"),  # though it is later: the text has the year
        ("06th September, 2022", "2022-09-06"),
        ("Sept. 6, 2022", "2022-09-06"),
        ("6 of May 2021", "2021-05-06"),
        ("Friday, 31 Mar 2023", "2023-03-31"),
        ("2022-09-22", "2022-09-22"),
        ("22/09/2022", "2022-09-22"),
        ("09/22/2022", "2022-09-22"),
        ("05/05/2022", "2022-05-05"),
        ("25-27 July 2022", "2022-07-25/2022-07-27"),
        ("in November 2022", "2022-11"),
        ("mid-September 2022", "[2022-09-11..2022-09-20]"),
        ("late February 2024", "[2024-02-21..2024-02-29]"),
        ("in 2021", "2021"),
        ("on Sept 6", "2022-09-06"),
        ("Monday, June 12", "2023-06-12"),
        ("on Feb. 29", "2020-02-29"),
    ],
)
def test_days_and_months_with_their_numbers_are_explicit(text: str, edtf: str) -> None:
    (only,) = date_expressions(text, published=TUESDAY)
    assert (only.edtf, only.basis) == (edtf, "explicit")


@pytest.mark.parametrize(
    ("text", "published", "edtf"),
    [
        ("today", TUESDAY, "2023-06-13"),
        ("yesterday", TUESDAY, "2023-06-12"),
        ("three days ago", TUESDAY, "2023-06-10"),
        ("two weeks ago", TUESDAY, "[2023-05-29..2023-06-04]"),
        ("a year ago", TUESDAY, "2022"),
        ("last week", TUESDAY, "[2023-06-05..2023-06-11]"),
        ("last week", "2023-06-18", "[2023-06-05..2023-06-18]"),  # a Sunday: to some the week has begun
        ("earlier this week", TUESDAY, "[2023-06-12..2023-06-13]"),
        ("this week", "2023-09-03", "[2023-08-28..2023-09-03]"),
        ("earlier this month", TUESDAY, "[2023-06-01..2023-06-13]"),
        ("last month", "2023-01-13", "2022-12"),
        ("last year", TUESDAY, "2022"),
        ("last November", "2023-09-10", "2022-11"),
        ("last November", "2022-12-08", "2022-11"),
        ("last November", "2022-11-08", "2021-11"),
        ("this March", TUESDAY, "2023-03"),
        ("in March", "2023-03-30", "[2023-03-01..2023-03-30]"),
        ("in March", "2023-03-31", "2023-03"),
        ("In September", TUESDAY, "2022-09"),
        ("In early September", "2022-09-22", "[2022-09-01..2022-09-10]"),
        ("In early September", "[2022-09-08..2022-09-30]", "[2022-09-01..2022-09-10]"),
        ("Earlier in September", "[2022-09-08..2022-09-29]", "[2022-09-01..2022-09-29]"),
        ("over the weekend", TUESDAY, "[2023-06-10..2023-06-11]"),
        ("over the weekend", "2023-06-17", "2023-06-17"),  # Saturday, the Sunday is still to come
        ("previously", TUESDAY, "[..2023-06-13]"),
    ],
)
def test_what_is_told_from_the_day_of_the_text_is_relative(text: str, published: str, edtf: str) -> None:
    (only,) = date_expressions(text, published=published)
    assert (only.edtf, only.basis) == (edtf, "relative")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("since March 2023", "[2023-03-01..2023-06-13]"),
        ("since last month", "[2023-05-01..2023-06-13]"),
        ("until March 2023", "[..2023-03-31]"),
        ("before Monday", "[..2023-06-12]"),
        ("after 5 May", "[2023-05-05..2023-06-13]"),
    ],
)
def test_since_and_until_are_bounds(text: str, edtf: str) -> None:
    (only,) = date_expressions(text, published=TUESDAY)
    assert (only.edtf, only.basis, only.words) == (edtf, "bound", text)


@pytest.mark.parametrize(
    "text",
    [
        "he will visit on Friday",
        "boats are due to sail in the morning of Friday",
        "answer by Monday",
        "tomorrow",
        "next week",
        "later this month",
        "next Monday",
        "next March",
        "late June",  # of which no day has come yet
        "in July",  # may be the one to come
        "on June 20",
        "Monday, June 11",  # was a Sunday
        "05/06/2022",
        "2022-13-45",
        "31 February 2022",
        "It may march on, he said",
        "on Mondays",
        "resolution 2022",
        "on the following Thursday",
    ],
)
def test_where_nothing_can_be_concluded_there_is_no_date(text: str) -> None:
    assert found(text) == []


def test_a_plan_does_not_hide_the_day_on_which_it_was_told() -> None:
    assert found("The duke will sell boats, he said on Monday") == ["2023-06-12"]
    assert found("The planned sale was denied on Monday") == ["2023-06-12"]


@pytest.mark.parametrize("published", ["", "[..2023-06-13]", "2023"])
def test_without_a_day_of_publication_only_what_has_its_year_is_resolved(published: str) -> None:
    assert found("on Monday, last week and on 5 May 2022", published) == ["2022-05-05"]


def test_dates_stand_where_they_are_said_to_stand() -> None:
    text = "He spoke on Monday, and (as in early May) of boats."
    for each in date_expressions(text, published=TUESDAY):
        assert text[each.start : each.end] == each.words
    assert [each.words for each in date_expressions(text, published=TUESDAY)] == ["on Monday", "early May"]


def test_a_publication_that_is_no_date_is_refused() -> None:
    with pytest.raises(EdtfError, match="no date"):
        date_expressions("on Monday", published="Tuesday")


PIECES = [
    "on", "in", "since", "until", "last", "this", "early", "mid-May", "late February", "earlier", "next", "Monday", "Sunday", "May", "Sept.",
    "February", "29", "31", "6th", "2022", "2024", "2022-09-06", "5/13/2023", "two", "weeks", "ago", "week", "month",
    "year", "today", "yesterday", "over the weekend", "previously", ",", "said", "25-27",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.dates(min_value=date(1001, 1, 1), max_value=date(2990, 1, 1)),
    st.integers(min_value=0, max_value=40),
)
def test_every_date_is_one_of_the_codebook_and_none_comes_after_the_publication(text, first, reach) -> None:
    last = first + timedelta(days=reach)
    published = f"[{first}..{last}]" if reach else str(first)
    for each in date_expressions(text, published=published):
        latest = bounds(each.edtf).latest
        has_year = re.search(r"\d{4}", each.words)
        assert has_year or (latest is not None and latest <= last)


@given(st.text(max_size=80))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for each in date_expressions(text, published=TUESDAY):
        assert bounds(each.edtf)
