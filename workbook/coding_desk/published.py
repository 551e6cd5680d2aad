"""When and by whom an article says that it was published: the lines above it, its dateline, its address."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from workbook.dates import bounds, date_expressions

AGENCIES: dict[str, list[str]] = json.loads(
    files("workbook.coding_desk").joinpath("agencies.json").read_text(encoding="utf-8")
)
"""News agencies, and how datelines write them."""

TOP_LINES = 20
"""Lines of a text among which its header and dateline stand."""

SAME_DAYS = 7
"""A header so near to a dateline tells its year."""

LONGEST_HEADER = 120
"""Characters of a line that may be a header."""

NAMES = {name: agency for agency, names in AGENCIES.items() for name in names}
AGENCY = re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in sorted(NAMES, key=len, reverse=True))})\b")
LABEL = re.compile(r"^\W*(?:date|(?:first )?published|written|posted|issued)\b", re.IGNORECASE)
DATELINE = re.compile(
    r"^(?:date [\d-]+ )?(?P<place>[A-Z][\w .,’'/-]{2,50}?)(?:,\s*(?P<day>[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,\s*\d{4})?))?"
    r"\s*\((?P<agency>[^)]{2,60})\)"
)
IN_ADDRESS = re.compile(r"(?<!\d)(20\d\d)[/-]?(0[1-9]|1[0-2])[/-]?([0-2]\d|3[01])(?!\d{3})")


@dataclass(frozen=True)
class Dateline:
    """The beginning of an agency's report: "SEOUL, Sept 22 (Reuters) -".

    Attributes
    ----------
    day : str
        Its day as written, often without a year; empty where there is none.
    agency : str
        The agency; empty where it is none that is known.
    """

    day: str
    agency: str


def dateline(text: str) -> Dateline | None:
    r"""Find the dateline of an article.

    Examples
    --------
    >>> dateline("Duke sells boats\nPORT FEN, Sept 22 (Reuters) - The duke said so.")
    Dateline(day='Sept 22', agency='Reuters')
    """
    for line in _top(text):
        found = DATELINE.match(line.strip())
        agency = AGENCY.search(found["agency"]) if found else None
        if found and (agency or found["day"]):
            inside = date_expressions(found["agency"], published="")
            return Dateline(found["day"] or (inside[0].words if inside else ""), NAMES[agency[0]] if agency else "")
    return None


def header_days(text: str) -> tuple[str, ...]:
    r"""Return the days that stand in lines above an article, those with a label first.

    Examples
    --------
    >>> header_days("Friday, April 19, 2024\nWritten: 2022-09-22 09:30\nThe duke said so.")
    ('2022-09-22', '2024-04-19')
    """
    lines = [line.strip() for line in _top(text)]
    lines = [line for line in lines if len(line) <= LONGEST_HEADER or LABEL.match(line)]
    found = [(not LABEL.match(line), day) for line in lines for day in _days(line[:LONGEST_HEADER])]
    return tuple(dict.fromkeys(day for _, day in sorted(found, key=lambda each: each[0])))


def day_in_address(url: str) -> str:
    """Return the day that an address contains; empty where there is none.

    Examples
    --------
    >>> day_in_address("https://courier.example/2022/09/06/boats"), day_in_address("https://courier.example/boats")
    ('2022-09-06', '')
    """
    found = IN_ADDRESS.search(url)
    try:
        return date(*map(int, found.groups())).isoformat() if found else ""
    except ValueError:
        return ""


def agency_named(text: str) -> str:
    """Return the agency of the dateline, or of a line that is nothing but its name; empty where there is none."""
    line = dateline(text)
    if line and line.agency:
        return line.agency
    return next((NAMES[line.strip()] for line in _top(text) if line.strip() in NAMES), "")


def resolved(line: Dateline, *, header: str) -> str:
    """Return the day of a dateline; where it has no year, that of a header which is of the same days.

    Examples
    --------
    >>> resolved(Dateline("Sept. 22", "AP"), header="2022-09-23")
    '2022-09-22'
    >>> resolved(Dateline("Sept. 22", "AP"), header="2024-04-19")
    ''
    """
    found = [each.edtf for each in date_expressions(line.day, published=header)]
    if not found or bounds(found[0]).precision != "day":
        return ""
    is_told = bool(_days(line.day))
    return (
        found[0]
        if is_told or abs((date.fromisoformat(header) - date.fromisoformat(found[0])).days) <= SAME_DAYS
        else ""
    )


def _top(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()][:TOP_LINES]


def _days(line: str) -> list[str]:
    found = [each.edtf for each in date_expressions(line, published="")]
    return [day for day in found if bounds(day).precision == "day"]
