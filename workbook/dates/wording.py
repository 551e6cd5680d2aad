"""Dates in words, as a reader of a chart or a table expects them."""

from __future__ import annotations

import calendar
import re

from workbook.dates.edtf import bounds


def in_words(text: str) -> str:
    """Write an EDTF date in English.

    Parameters
    ----------
    text : str
        A date in one of the forms of the codebook.

    Returns
    -------
    str

    Raises
    ------
    EdtfError
        The text is no such date.

    Examples
    --------
    >>> in_words("[2022-09-01..2022-09-10]")
    'between 1 and 10 September 2022'
    >>> in_words("[2022-09-08,2022-09-15]")
    '8 or 15 September 2022'
    >>> in_words("[..2023-06-12]")
    'by 12 June 2023'
    """
    bounds(text)
    if text.startswith("["):
        return _one_of(text[1:-1])
    if "/" in text:
        return _interval(*text.split("/"))
    if text[-1] in "~%":
        return f"about {_point(text[:-1])}"
    return f"perhaps {_point(text[:-1])}" if text[-1] == "?" else _point(text)


def _one_of(inside: str) -> str:
    if ".." not in inside:
        points = [_point(part) for part in inside.split(",")]
        return _shared_end(points, last=" or ")
    start, _, end = inside.partition("..")
    if not start:
        return f"by {_point(end)}"
    if not end:
        return f"on or after {_point(start)}"
    return "between " + _shared_end([_point(start), _point(end)], last=" and ")


def _interval(start: str, end: str) -> str:
    if start == "..":
        return f"until {_point(end)}"
    if end == "..":
        return f"from {_point(start)}"
    return _shared_end([_point(start), _point(end)], last=" to ")


def _point(text: str) -> str:
    year, month, day = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text).groups()  # type: ignore[union-attr]
    words = [str(int(day))] if day else []
    words += [calendar.month_name[int(month)]] if month else []
    return " ".join([*words, year])


def _shared_end(points: list[str], *, last: str) -> str:
    """Join dates and say a month or year once that they have in common."""
    words = [point.split() for point in points]
    same_form = len({len(each) for each in words}) == 1
    for shared in (2, 1):
        if same_form and len(words[0]) > shared and len({tuple(each[-shared:]) for each in words}) == 1:
            own = [" ".join(each[:-shared]) for each in words]
            return f"{', '.join(own[:-1])}{last}{own[-1]} {' '.join(words[0][-shared:])}"
    return f"{', '.join(points[:-1])}{last}{points[-1]}"
