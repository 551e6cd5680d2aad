"""Names of files, whole writing, and the plotly.js that travels with the pages."""

from __future__ import annotations

import base64
import gzip
import hashlib

import pytest
from plotly.offline import get_plotlyjs_version

from workbook.charts.plotlyjs import LICENSE, PLOTLY, PLOTLY_SHA256, plotly_asset
from workbook.files import write_whole
from workbook.reports.files import Dress, asset_names, write_assets


def test_plotly_js_is_the_one_that_the_python_package_is_made_for() -> None:
    content = plotly_asset(PLOTLY)
    assert f"-{get_plotlyjs_version()}.min.js" in PLOTLY
    assert hashlib.sha256(content).hexdigest() == PLOTLY_SHA256
    assert b"MIT" in plotly_asset(LICENSE)


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


def test_shared_files_lie_once_beside_the_pages_and_are_left_alone_when_they_are_right(tmp_path) -> None:
    write_assets(tmp_path, single_file=False)
    names = {path.name for path in (tmp_path / "assets").iterdir()}
    assert names == set(asset_names().values())
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "assets").iterdir()}
    write_assets(tmp_path, single_file=False)
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "assets").iterdir()} == before


def test_a_shared_file_that_was_changed_is_put_right(tmp_path) -> None:
    write_assets(tmp_path, single_file=False)
    path = tmp_path / "assets" / PLOTLY
    path.write_bytes(b"alert(1)")
    write_assets(tmp_path, single_file=False)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == PLOTLY_SHA256


def test_pages_that_travel_alone_need_no_plotly_beside_them(tmp_path) -> None:
    write_assets(tmp_path, single_file=True)
    assert PLOTLY not in {path.name for path in (tmp_path / "assets").iterdir()}


def test_the_plotly_inside_a_page_is_the_pinned_one_with_its_licence() -> None:
    packed = Dress(single_file=True).plotly
    content = gzip.decompress(base64.b64decode(packed))
    licence, _, code = content.partition(b"*/\n")
    assert b"MIT" in licence
    assert hashlib.sha256(code).hexdigest() == PLOTLY_SHA256
