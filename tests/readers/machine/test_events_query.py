"""What the query makes of single cells."""

import re

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.readers.machine.events_query import HOST, SOURCE_NAME

ADDRESS = re.compile(r"https?://(?:www\.)?([^/:?#]+)")


def source_name(cell: str) -> str | None:
    query = f"SELECT {SOURCE_NAME} FROM (SELECT source_cell, {HOST} AS host FROM (SELECT $1 AS source_cell))"
    with duckdb.connect() as connection:
        ((found,),) = connection.execute(query, [cell]).fetchall()
    return found


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("https://www.Courier.example/boats", "courier.example"),
        ("http://courier.example:8080/boats", "courier.example"),
        ("https://wwww.courier.example?page=1", "wwww.courier.example"),
        ("https://sub.www.example#top", "sub.www.example"),
        ("https://www./boats", "www."),
        ("https:///boats", "https:///boats"),
        ("BBC Monitoring", "BBC Monitoring"),
        ("", None),
    ],
)
def test_the_source_of_an_address_is_its_host_without_www(cell, name) -> None:
    assert source_name(cell) == name


@given(st.from_regex(r"(https?://)?(www\.)?[w.a:/?#]{0,8}", fullmatch=True))
def test_any_address_names_the_host_that_one_pattern_finds(cell) -> None:
    found = ADDRESS.match(cell)
    assert source_name(cell) == (found.group(1) if found else cell or None)
