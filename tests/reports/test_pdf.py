"""The date of a print is the one that is asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from workbook.errors import WorkbookError
from workbook.reports.pdf import print_page

CONTENT = b"%PDF /CreationDate (D:20260102030405+00'00') /ModDate (D:20260102030405+00'00')"


@pytest.fixture
def browser(tmp_path) -> str:
    """Return a program that prints like Chromium, with the clock's date."""
    program = tmp_path / "browser"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nfrom pathlib import Path\n"
        "target = next(each.partition('=')[2] for each in sys.argv if each.startswith('--print-to-pdf='))\n"
        f"Path(target).write_bytes({CONTENT!r})\n"
    )
    program.chmod(0o755)
    return str(program)


@pytest.fixture
def page(tmp_path) -> Path:
    (tmp_path / "a.html").write_text("<html></html>")
    return tmp_path / "a.html"


@pytest.mark.parametrize(("seconds", "day"), [("1700000000", b"20231114221320"), ("", b"19700101000000")])
def test_the_date_of_a_print_is_the_one_that_is_asked_for(page, browser, monkeypatch, seconds, day) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    printed = print_page(page, chromium=browser).read_bytes()
    assert printed == CONTENT.replace(b"20260102030405", day)


@pytest.mark.parametrize("seconds", ["yesterday", "1e9", "99999999999999999999"])
def test_a_date_that_cannot_be_is_refused_before_anything_is_printed(page, browser, monkeypatch, seconds) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    with pytest.raises(WorkbookError, match="SOURCE_DATE_EPOCH: found"):
        print_page(page, chromium=browser)
    assert not page.with_suffix(".pdf").exists()
