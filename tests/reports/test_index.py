"""The index: by notebook, by parameters, escaped."""

from __future__ import annotations

import re

from workbook.reports.files import Dress
from workbook.reports.index import index_page

EVIL = "</script><img src=x onerror=alert(1)>\"'"


def about(title: str = "Boats", **choice: str) -> dict[str, object]:
    words = "-".join(choice.values()) or "all"
    return {
        "notebook": title.lower(), "title": title, "question": f"How many {title}?", "choice": choice,
        "finding": f"Found {words}.", "statements": 3, "failed": False, "file": f"{title}-{words}.html", "pdf": "",
    }  # fmt: skip


def test_reports_stand_by_notebook_then_by_the_parameters_that_differ() -> None:
    reports = [about(month="2023-02"), about(actors="USA"), about("Goats"), about(month="2023-01"), about()]
    text = index_page(reports, dress=Dress())
    order = ['<h2 id="notebook-1">Boats', "Boats-all.html", "By actors", "Boats-USA.html", "By month"]
    order += ["Boats-2023-01.html", "Boats-2023-02.html", '<h2 id="notebook-2">Goats', "Goats-all.html"]
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert "5 of 5 reports" in text
    assert re.search(r"Boats</a> \(4\)", text)


def test_failures_and_reports_without_data_are_marked() -> None:
    failed = about(actors="X") | {"failed": True, "statements": None, "finding": "It broke."}
    nothing = about(actors="Y") | {"statements": 0}
    text = index_page([failed, nothing], dress=Dress())
    assert text.count(">failed<") == 1
    assert text.count("no statements") == 1


def test_nothing_from_the_data_becomes_markup_in_the_index() -> None:
    report = about(EVIL, actors=EVIL) | {"question": EVIL, "finding": EVIL, "file": "a.html"}
    text = index_page([report], dress=Dress())
    assert "<img" not in text
    assert 'href="a.html"' in text


def test_an_empty_folder_has_an_index_too() -> None:
    assert "0 reports" in index_page([], dress=Dress())
