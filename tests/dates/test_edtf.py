"""Dates as text: what they allow, and what is no date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.dates import EdtfError, bounds, parse_day

DAYS = st.dates(min_value=date(1000, 2, 1), max_value=date(2998, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2023-06-12", "2023-06-12", "2023-06-12", "day"),
        ("2022-09", "2022-09-01", "2022-09-30", "month"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2022", "2022-01-01", "2022-12-31", "year"),
        ("[2022-09-01..2022-09-10]", "2022-09-01", "2022-09-10", "range"),
        ("[2022-07..2022-09]", "2022-07-01", "2022-09-30", "range"),
        ("[2022..2023-06-12]", "2022-01-01", "2023-06-12", "range"),
        ("[..2023-06-12]", None, "2023-06-12", "before"),
        ("[2022-09-01..]", "2022-09-01", None, "after"),
        ("[2022-09-08,2022-09-15,2022-09-22,2022-09-29]", "2022-09-08", "2022-09-29", "set"),
        ("[2022-09-08,2022-11]", "2022-09-08", "2022-11-30", "set"),
        ("2022-11~", "2022-10-17", "2022-12-15", "about"),  # 15 days on either side
        ("2022-09-06~", "2022-09-03", "2022-09-09", "about"),
        ("2022~", "2021-07-02", "2023-07-02", "about"),  # 183 days on either side
        ("2022-11%", "2022-10-17", "2022-12-15", "about"),
        ("2022-11?", "2022-11-01", "2022-11-30", "month"),
        ("2023-07-25/2023-07-27", "2023-07-25", "2023-07-27", "interval"),
        ("2023-07/..", "2023-07-01", None, "interval"),
        ("../2023-07", None, "2023-07-31", "interval"),
    ],
)
def test_bounds_of_every_form(text, earliest, latest, precision) -> None:
    found = bounds(text)
    assert found.earliest == (day(earliest) if earliest else None)
    assert found.latest == (day(latest) if latest else None)
    assert found.precision == precision


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2023-13-01", "there is no month 13"),
        ("2023-02-30", "February 2023 has 28 days, there is no day 30"),
        ("2023-6-12", "two digits: 2023-06-12"),
        ("12/06/2023", "cannot be told apart"),
        ("12 June 2023", "months are written as numbers: 2023-06-12"),
        ("June 2023", "months are written as numbers: 2023-06"),
        ("[2022-09-10..2022-09-01]", "it begins after it ends"),
        ("2022-09-10/2022-09-01", "it begins after it ends"),
        ("[2022-09-15,2022-09-08]", "the earliest first"),
        ("[2022-09-08,2022-09-08]", "once each"),
        ("[2022-09-08]", "a set of one date"),
        ("[..]", "without a bound"),
        ("../..", "without a bound"),
        ("0999", "not from 1000 to 2999"),
        ("9999-01-01", "not from 1000 to 2999"),
        (" 2022", "blanks"),
        ("", "no date"),
        ("last November", "no date"),
        ("2022-21", "there is no month 21"),
        ("202X", "no date"),
        ("2022-00", "there is no month 0"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text, why) -> None:
    with pytest.raises(EdtfError, match="forms: ") as caught:
        bounds(text)
    assert why in str(caught.value)


FORMS = (
    *("{a}", "{a:.7}", "{a:.4}", "[{a}..{b}]", "[..{b}]", "[{a}..]", "{a}/{b}"),
    *("{a}~", "{a:.7}~", "{a:.4}~", "{a}?"),
)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=25)
@given(DAYS, st.integers(1, 900))
def test_every_form_is_edtf_and_its_bounds_hold_the_day_it_names(form: str, first: date, length: int) -> None:
    last = min(first + timedelta(days=length), date(2999, 1, 1))
    text = form.format(a=first.isoformat(), b=last.isoformat())
    parse_edtf(text)  # an independent parser takes it too
    found = bounds(text)
    assert found.earliest is None or found.latest is None or found.earliest <= found.latest
    assert found.earliest is None or found.earliest <= first
    assert found.latest is None or found.latest >= first


@given(st.text(alphabet="0123456789-./[]~?,% ", max_size=24))
def test_any_text_is_a_date_or_is_refused(text: str) -> None:
    try:
        found = bounds(text)
    except EdtfError:
        return
    assert found.earliest or found.latest


def test_a_parameter_is_a_single_day() -> None:
    assert parse_day("2023-06-12") == date(2023, 6, 12)
    with pytest.raises(EdtfError, match="a single day is needed"):
        parse_day("2023-06")


def test_digits_of_other_scripts_are_no_date() -> None:
    with pytest.raises(EdtfError):
        bounds("２０２３-06-12")
