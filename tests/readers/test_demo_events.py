"""Made-up events in the user's cache."""

from __future__ import annotations

import pytest

from workbook.errors import WorkbookError
from workbook.events import select
from workbook.readers.made_up import demo_events
from workbook.readers.stored import open_events


def test_they_are_written_once_and_named_by_what_makes_them(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = demo_events(rows=50)
    first = path.stat().st_mtime_ns
    assert path.is_relative_to(tmp_path)
    assert demo_events(rows=50).stat().st_mtime_ns == first
    assert len({path, demo_events(rows=50, seed=2), demo_events(rows=60)}) == 3
    assert select(open_events(path)).basis.events == 50


def test_a_place_that_cannot_be_written_to_is_named_with_a_way_out(tmp_path, monkeypatch) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(WorkbookError, match="another in the variable XDG_CACHE_HOME"):
        demo_events(rows=50)
