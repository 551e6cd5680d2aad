"""Names of files, whole writing, and the plotly.js that travels with the pages."""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plotly.offline import get_plotlyjs_version

from workbook.reports.files import PLOTLY, PLOTLY_SHA256, report_stem, write_whole


def test_plotly_js_is_the_one_that_the_python_package_is_made_for() -> None:
    content = files("workbook.reports").joinpath("assets", PLOTLY).read_bytes()
    assert f"-{get_plotlyjs_version()}.min.js" in PLOTLY
    assert hashlib.sha256(content).hexdigest() == PLOTLY_SHA256
    assert b"MIT" in files("workbook.reports").joinpath("assets", "plotly-LICENSE.txt").read_bytes()


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=200), max_size=4))
def test_names_are_safe_on_every_file_system(changed) -> None:
    stem = report_stem("claim_ledger", changed)
    assert re.fullmatch(r"claim_ledger[A-Za-z0-9_+.\-]*", stem)
    assert len(stem) < 120


def test_other_parameters_give_another_name_even_where_the_words_are_the_same() -> None:
    assert report_stem("x", {"a": "b c"}) != report_stem("x", {"a": "b_c"})
    assert report_stem("x", {"a": "1", "b": "2"}) == report_stem("x", {"b": "2", "a": "1"})


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch) -> None:
    path = tmp_path / "page.html"
    write_whole(path, b"old")

    def disk_full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("os.fsync", disk_full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new and longer")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["page.html"]
