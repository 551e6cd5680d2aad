"""Dates in words."""

from __future__ import annotations

import pytest

from workbook.dates import in_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2022-09-06", "6 September 2022"),
        ("2022-09", "September 2022"),
        ("2022", "2022"),
        ("[2022-09-01..2022-09-10]", "between 1 and 10 September 2022"),
        ("[2022-07..2022-09]", "between July and September 2022"),
        ("[2022-09-28..2022-10-02]", "between 28 September and 2 October 2022"),
        ("[2022-12-28..2023-01-02]", "between 28 December 2022 and 2 January 2023"),
        ("[2022..2023-06-12]", "between 2022 and 12 June 2023"),
        ("[..2023-06-12]", "by 12 June 2023"),
        ("[2022-09-01..]", "on or after 1 September 2022"),
        ("[2022-09-08,2022-09-15,2022-09-22]", "8, 15 or 22 September 2022"),
        ("2022-11~", "about November 2022"),
        ("2022-11?", "perhaps November 2022"),
        ("2023-07-25/2023-07-27", "25 to 27 July 2023"),
        ("2023-07/..", "from July 2023"),
        ("../2023-07", "until July 2023"),
    ],
)
def test_every_form_reads_as_english(text, words) -> None:
    assert in_words(text) == words
