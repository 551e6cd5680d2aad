"""Pages in a real Chromium, opened from their files without a network."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from unicodedata import normalize

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

import workbook
from workbook.reports.pdf import print_page

pytestmark = pytest.mark.browser

PAGES = (
    *("actor_activity", "claim_ledger", "coder_agreement", "denials_vs_allegations", "event_stream"),
    *("how_the_dispute_unfolded", "statement_frequency"),
)
MARKS = ".barlayer path, .scatterlayer .point, .heatmaplayer image, .scatterlayer .js-line"


def page_of(folder, name: str):
    found = sorted(folder.glob(f"{name}*.html"))
    assert found, name
    return found[0]


REST_OF_THE_TABLE = "#table tbody tr:nth-child(n + 101)"
"""What axe leaves out: five hundred rows of one make say nothing that a hundred do not, and take it seconds a page."""


def serious(opened) -> list[tuple[str, str]]:
    """Return what axe finds that is serious or critical."""
    found = Axe().run(opened.page, context={"exclude": [[REST_OF_THE_TABLE]]}).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found if each["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("name", PAGES)
def test_every_chart_is_drawn_without_a_request_outside_or_a_complaint(reports, open_page, name) -> None:
    opened = open_page(page_of(reports, name))
    charts = opened.page.locator(".chart")
    assert charts.count() >= 2
    for place in range(charts.count()):
        assert charts.nth(place).locator("svg.main-svg").count() > 0
        assert charts.nth(place).locator(MARKS).count() > 0
    assert opened.complaints == []
    assert all(url.startswith((reports.as_uri(), "data:", "blob:")) for url in opened.requests)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(1100, "light"), (390, "dark")])
def test_axe_finds_nothing_serious(reports, open_page, name, width, scheme) -> None:
    assert serious(open_page(page_of(reports, name), width=width, scheme=scheme)) == []


@pytest.mark.parametrize("name", [*PAGES, "index"])
def test_a_phones_width_needs_no_scrolling_sideways(reports, open_page, name) -> None:
    opened = open_page(page_of(reports, name), width=390, scheme="dark")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_by_night_page_and_charts_are_dark(reports, open_page) -> None:
    opened = open_page(page_of(reports, "statement_frequency"), scheme="dark")
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 26)"
    assert opened.page.evaluate("getComputedStyle(document.querySelector('.xtick text')).fill") == "rgb(230, 233, 237)"


def test_the_scheme_can_change_while_the_page_is_open(reports, open_page) -> None:
    opened = open_page(page_of(reports, "statement_frequency"))
    ink = "getComputedStyle(document.querySelector('.xtick text')).fill"
    before = opened.page.evaluate(ink)
    opened.page.emulate_media(color_scheme="dark")
    opened.wait_until(f"{ink} !== '{before}'")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_labels_inside_a_chart_have_the_colour_of_the_others(reports, open_page, scheme) -> None:
    page = open_page(page_of(reports, "claim_ledger"), scheme=scheme).page
    label, day = (
        page.evaluate(f"getComputedStyle(document.querySelector('#chart-1 .{axis}tick text')).fill") for axis in "yx"
    )
    assert label == day


def test_on_a_phone_cells_too_small_for_numbers_have_a_scale(weekly, open_page) -> None:
    numbers, scale = "#chart-2 .heatmap-label", "#chart-2 .colorbar"
    wide = open_page(page_of(weekly, "actor_activity"), width=1200).page
    assert (wide.locator(numbers).count() > 0, wide.locator(scale).count()) == (True, 0)
    phone = open_page(page_of(weekly, "actor_activity"), width=390).page
    assert (phone.locator(numbers).count(), phone.locator(scale).count()) == (0, 1)


def test_a_chart_taller_than_a_printed_page_is_drawn_smaller_and_comes_back(few, open_page) -> None:
    page = open_page(page_of(few, "claim_ledger"), width=718).page
    height = "document.getElementById('chart-1').querySelector('svg.main-svg').getBoundingClientRect().height"
    before = page.evaluate(height)
    assert before > 1000
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(height) == 830
    assert page.evaluate("document.getElementById('chart-1').getBoundingClientRect().height") < 840
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(height) == before


def rows(page) -> list[str]:
    return page.locator("#table tbody tr:visible th").all_inner_texts()


def test_headings_sort_up_and_down_by_date_not_by_letter(few, open_page) -> None:
    page = open_page(page_of(few, "claim_ledger")).page
    first = rows(page)
    assert first[0] == "st024"  # July 2022
    page.get_by_role("button", name="When").click()
    page.get_by_role("button", name="When").click()
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("When")
    assert rows(page)[0] == "st047"  # by 10 September 2023; by letter "between 5 and 6" would come first
    page.get_by_role("button", name="Key").click()
    assert rows(page) == sorted(first)


def test_search_and_choices_narrow_the_rows_and_say_how_many(few, open_page) -> None:
    page = open_page(page_of(few, "claim_ledger")).page
    page.get_by_label("Act").select_option("denial")
    assert page.locator("#shown").inner_text() == "5 of 54 statements"
    page.get_by_label("Search").fill("never exported")
    assert rows(page) == ["st015"]
    page.get_by_role("button", name="Show all").click()
    assert page.locator("#shown").inner_text() == "54 of 54 statements"


def test_who_speaks_in_the_record_is_chosen_by_name_alone_or_with_others(reports, open_page) -> None:
    page = open_page(page_of(reports, "claim_ledger")).page
    data = workbook.load("arms_transfers_2022_2024")
    choices = page.locator("#selects label")
    assert [label.split("\n")[0] for label in choices.all_inner_texts()] == [
        "Who", "Act", "About whom", "Claim", "Reported by",
    ]  # fmt: skip
    who = page.locator("#selects select").first
    assert not [name for name in who.locator("option").all_inner_texts() if "; " in name]
    who.select_option("Park Jin")
    spoken = data.participants[data.participants["actor_id"] == "park-jin"]
    said = data.events[data.events["event_id"].isin(spoken[spoken["role"] == "speaker"]["event_id"])]
    assert page.locator("#shown").inner_text() == f"{(~said['is_referred'].astype(bool)).sum()} of 453 statements"


def test_a_click_on_a_mark_leads_to_its_statement(few, open_page) -> None:
    page = open_page(page_of(few, "denials_vs_allegations")).page
    page.get_by_label("Act").select_option("warning")  # the row is filtered away, and comes back
    keys = page.evaluate(
        "document.getElementById('chart-1').data.filter((t) => t.name === 'denies' && t.customdata).at(-1).customdata"
    )
    traces = page.locator("#chart-1 .scatterlayer .trace.scatter").all()
    marks = next(trace for trace in traces if trace.locator("path.point").count() == len(keys))
    first = marks.locator("path.point").first
    first.scroll_into_view_if_needed()
    box = first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector("tr.led-to")
    assert page.locator("tr.led-to th").inner_text() == keys[0][0]
    assert page.evaluate("document.activeElement.id") == f"statement-{keys[0][0]}"


def test_the_keyboard_reaches_skip_link_table_and_headings(reports, open_page) -> None:
    page = open_page(page_of(reports, "claim_ledger")).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.locator("thead button", has_text=re.compile("^Who")).focus()
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Who")


def test_a_chart_is_saved_as_a_picture(reports, open_page) -> None:
    page = open_page(page_of(reports, "claim_ledger")).page
    with page.expect_download() as download:
        page.get_by_role("button", name="Save chart 1 as a picture").click()
    assert download.value.suggested_filename == "Claim_ledger_chart_1.png"


def test_charts_have_alternative_text(reports, open_page) -> None:
    for name in PAGES:
        page = open_page(page_of(reports, name)).page
        texts = page.eval_on_selector_all(".chart", "charts => charts.map(chart => chart.getAttribute('aria-label'))")
        assert all(len(text) > 30 for text in texts)


@pytest.mark.parametrize("name", ["claim_ledger", "denials_vs_allegations"])
def test_markup_in_the_data_is_shown_as_characters(hostile, open_page, name) -> None:
    opened = open_page(page_of(hostile, name))
    assert opened.page.title() != "broken"
    assert opened.page.locator("img, [onerror], [onclick]").count() == 0
    assert opened.complaints == []
    if name == "claim_ledger":
        assert "<img src=x onerror=" in opened.page.locator("#table").inner_text()
        assert "{{7*7}}" in opened.page.locator("#table").inner_text()


def test_markup_stays_characters_when_a_mark_is_hovered(hostile, open_page) -> None:
    page = open_page(page_of(hostile, "claim_ledger")).page
    for at in range(0, page.locator("#chart-1 path.point").count(), 5):
        page.locator("#chart-1 path.point").nth(at).hover(force=True)
    assert page.title() != "broken"


def test_in_print_charts_fit_and_controls_are_gone(reports, open_page) -> None:
    page = open_page(page_of(reports, "claim_ledger"), width=718).page
    page.emulate_media(media="print")
    assert not page.locator(".filters label, .filters button").filter(visible=True).count()
    widths = page.eval_on_selector_all(
        ".chart svg.main-svg", "all => all.map(svg => svg.getBoundingClientRect().right)"
    )
    assert max(widths) <= 718


def test_in_print_a_filtered_table_says_how_many_of_all_statements_it_shows(few, open_page) -> None:
    page = open_page(page_of(few, "denials_vs_allegations"), width=718).page
    page.fill("#search", "st058")
    page.emulate_media(media="print")
    assert page.locator("#shown").is_visible()
    assert re.fullmatch(r"\d of 5\d statements", page.locator("#shown").inner_text())


def test_the_search_of_the_index_is_not_there_where_no_script_runs_it(reports, open_page) -> None:
    page = open_page(reports / "index.html").page
    assert page.locator("#find").is_visible()
    page.evaluate("document.getElementById('find').hidden = true")
    assert not page.locator("#find").is_visible()


def test_the_pdf_holds_findings_charts_and_statements_and_is_the_same_every_time(few, chromium, tmp_path) -> None:
    page = page_of(few, "denials_vs_allegations")
    first = print_page(page, chromium=chromium).read_bytes()
    assert print_page(page, chromium=chromium).read_bytes() == first
    sheets = PdfReader(page.with_suffix(".pdf")).pages
    text = normalize("NFKC", " ".join(" ".join(sheet.extract_text() for sheet in sheets).split()))
    assert "1 of 26 allegations is answered" in text
    assert "alleges, called confirmed" in text  # drawn by the chart's legend alone
    assert "st058" in text


def test_the_index_leads_to_every_report(reports, open_page) -> None:
    opened = open_page(reports / "index.html")
    links = opened.page.eval_on_selector_all(".report a", "links => links.map(link => link.getAttribute('href'))")
    assert sorted(links) == sorted(f"{name}.html" for name in PAGES)
    opened.page.locator(".report").get_by_role("link", name="Claim ledger").click()
    assert opened.page.locator("h1").inner_text() == "Claim ledger"
    assert opened.complaints == []


@pytest.mark.parametrize("width", [390, 1100])
def test_the_index_of_many_reports_is_searched_and_groups_without_a_hit_go(many, open_page, width) -> None:
    opened = open_page(many / "index.html", width=width)
    assert opened.page.locator("#found").inner_text() == "8 of 8 reports"
    opened.page.get_by_role("searchbox").fill("ledger prk 2023-q1")
    assert opened.page.locator("#found").inner_text() == "1 of 8 reports"
    assert opened.page.locator(".report:visible").count() == 1
    assert opened.page.locator("h2:visible").all_inner_texts() == ["Claim ledger"]
    opened.page.get_by_role("searchbox").fill("no such thing")
    assert opened.page.locator(".report:visible").count() == 0
    opened.page.get_by_role("searchbox").fill("")
    assert opened.page.locator(".report:visible").count() == 8
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious(opened) == []


def test_a_report_says_at_its_top_what_was_chosen(many, open_page) -> None:
    (page,) = many.glob("claim_ledger--actors-PRK--quarter-2023-Q1--*.html")
    opened = open_page(page)
    assert opened.page.title() == "Claim ledger · PRK · 2023-Q1"
    assert opened.page.locator("header .chosen").inner_text() == "actors PRK quarter 2023-Q1"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_that_travels_alone_draws_its_charts_from_anywhere(alone, open_page, tmp_path, scheme) -> None:
    page = Path(shutil.copy(alone / "denials_vs_allegations.html", tmp_path / "elsewhere.html"))
    opened = open_page(page, scheme=scheme)
    opened.wait_until("document.querySelectorAll('.chart[data-drawn] .main-svg').length > 0")
    assert opened.page.locator(".chart[data-drawn]").count() == opened.page.locator(".chart").count() == 4
    assert [url for url in opened.requests if not url.startswith("blob:")] == [page.as_uri()]
    assert opened.complaints == []
    assert serious(opened) == []


def test_a_page_that_travels_alone_sorts_and_prints(alone, chromium, open_page) -> None:
    opened = open_page(alone / "denials_vs_allegations.html")
    opened.wait_until("document.querySelectorAll('thead button').length > 0")
    text = PdfReader(print_page(alone / "denials_vs_allegations.html", chromium=chromium)).pages[0].extract_text()
    assert "Denials versus allegations" in text


def test_the_page_keeps_what_it_says_of_itself_readable_for_programs(reports) -> None:
    text = page_of(reports, "claim_ledger").read_text(encoding="utf-8")
    about = json.loads(re.search(r'id="about">(.*?)</script>', text)[1])
    assert about["notebook"] == "claim_ledger"
    assert about["failed"] is False
