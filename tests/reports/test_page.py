"""The page of a report, as text: order, escaping, no address outside."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from itertools import pairwise

import pytest

from tests.reports.conftest import cell
from workbook.reports.catalogue import read_card
from workbook.reports.content import FIGURE, STATEMENTS
from workbook.reports.files import Dress
from workbook.reports.page import error_page, report_page
from workbook.reports.request import ReportRequest
from workbook.reports.run import Failure

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u2028{{7*7}}"


def executed(evil: str = "") -> dict[str, object]:
    figure = {"data": [{"type": "bar", "x": [evil], "y": [1]}], "layout": {"template": {"layout": {}}, "height": 300}}
    figure["layout"]["meta"] = {"alt": f"One bar.{evil}", "caption": f"A bar.{evil}"}
    row = {"id": "e1", "cells": [f"today{evil}"], "order": ["2022-01-01"]}
    table = {"caption": f"One row.{evil}", "columns": [{"label": f"When{evil}", "kind": "date"}], "rows": [row]}

    def out(text: str) -> list[dict[str, object]]:
        return [{"output_type": "stream", "name": "stdout", "text": text}]

    def shown(mime: str, data: object) -> list[dict[str, object]]:
        return [{"output_type": "display_data", "data": {mime: data}, "metadata": {}}]

    return {
        "cells": [
            cell("# Boats", kind="markdown"),
            cell("x = 1", "parameters"),
            cell("say()", "findings") | {"outputs": out(f"There is one boat.{evil}\nThere are no goats.\n")},
            cell(f"## A chart{evil}", kind="markdown"),
            cell("draw()", "chart") | {"outputs": shown(FIGURE, figure)},
            cell("rows()", "statements") | {"outputs": shown(STATEMENTS, table)},
            cell("### How", "method", kind="markdown"),
            cell("numbers()", "numbers") | {"outputs": out(f"a  b{evil}\n1  2\n")},
            cell("whence()", "provenance") | {"outputs": out(f"data version: 1.0.0{evil}\n")},
        ]
    }


@pytest.fixture
def page(notebook):
    card = read_card(notebook())

    def write(evil: str = "", *, single_file: bool = False) -> str:
        changed = {"period": "week", "name": f"boat{evil}"} if evil else {"period": "week"}
        request = ReportRequest.of(card, changed)
        return report_page(request, executed(evil), inputs="0" * 64, dress=Dress(single_file=single_file))

    return write


def test_the_page_begins_with_the_question_the_findings_and_the_charts_and_ends_with_how_it_was_made(page) -> None:
    text = page()
    order = ["How many boats?", "There is one boat.", "A chart", 'id="chart-1"', 'id="statements"']
    order += ['id="method"', 'id="numbers"', 'id="parameters"', 'id="provenance"', "<details"]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_changed_parameters_are_marked_and_explained(page) -> None:
    assert re.search(r'class="changed">\s*<dt>period</dt>\s*<dd><span class="value">week</span>', page())
    assert "width of a bin; one of day" in page()


def test_headings_are_in_order(page) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", page())]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_nothing_from_the_data_becomes_markup(page) -> None:
    text = page(EVIL)
    assert "<img" not in text
    assert text.count("<script") == page().count("<script")
    assert text.count("</script>") == page().count("</script>")
    assert "{{7*7}}" in text
    assert "\u2028" not in re.search(r'id="figure-1">(.*?)</script>', text, re.DOTALL)[1]


def test_the_figure_comes_back_from_the_page_as_it_was(page) -> None:
    found = json.loads(re.search(r'id="figure-1">(.*?)</script>', page(EVIL), re.DOTALL)[1])
    assert found["data"][0]["x"] == [EVIL]
    assert "template" not in found["layout"]


def test_the_page_names_no_address_outside(page) -> None:
    assert not re.findall(r'(?:src|href)="(?!assets/|#|index\.html|data:,)', page())
    assert "http://" not in page()
    assert "https://" not in page()


def test_the_page_is_the_same_every_time(page) -> None:
    assert page() == page()


def test_provenance_names_notebook_checksum_and_version(page) -> None:
    assert re.search(r"notebook checksum \(SHA-256\)</dt><dd>[0-9a-f]{64}</dd>", page())
    assert "workbook version" in page()


def test_an_error_page_shows_cell_and_traceback_as_text(notebook) -> None:
    failure = Failure(f"ValueError: {EVIL}", f"boom('{EVIL}')", f"Traceback{EVIL}")
    request = ReportRequest.of(read_card(notebook()), {"period": "week"})
    text = error_page(request, failure, inputs="0" * 64, dress=Dress())
    assert "boom(&#39;&lt;/script&gt;" in text
    assert "<img" not in text


def test_the_choice_stands_in_the_title_and_below_the_question(page) -> None:
    assert "<title>Boats · week</title>" in page()
    assert '<p class="chosen"><span><b>period</b> week</span>' in page()


def test_a_page_that_travels_alone_names_no_file_at_all(page) -> None:
    text = page(single_file=True)
    assert not re.findall(r'(?:src|href)="(?!#|data:,)', text)
    assert "assets/" not in text
    assert "index.html" not in text


def test_a_page_that_travels_alone_runs_its_own_scripts_and_no_others(page) -> None:
    text = page(single_file=True)
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1])
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert len(scripts) == 2
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "script-src 'unsafe-inline'" not in policy
    assert "'self'" not in policy.partition("script-src")[2].partition(";")[0]


def test_what_a_page_says_of_itself_can_be_read_back(page) -> None:
    about = json.loads(re.search(r'id="about">(.*?)</script>', page(EVIL), re.DOTALL)[1])
    assert about["choice"] == {"name": f"boat{EVIL}", "period": "week"}
    assert about["inputs"] == "0" * 64
    assert about["statements"] == 1
