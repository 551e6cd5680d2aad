"""A folder of reports: one batch at a time, leftovers removed, an index that is true."""

from __future__ import annotations

import json

import pytest

from workbook.errors import WorkbookError
from workbook.reports.folder import ReportFolder, read_reports


def page(title: str, *, failed: bool = False, inputs: str = "a") -> str:
    about = {
        "notebook": title, "title": title, "question": "?", "choice": {}, "finding": f"{title} found.",
        "inputs": inputs, "statements": 1, "failed": failed,
    }  # fmt: skip
    return f'<html><script type="application/json" id="about">{json.dumps(about)}</script></html>'


def test_the_index_names_each_page_as_soon_as_it_is_there(tmp_path) -> None:
    with ReportFolder(tmp_path).opened(single_file=False) as folder:
        folder.put("a.html", page("A"))
        assert "A found." in (tmp_path / "index.html").read_text()
        folder.put("b.html", page("B"))
        assert 'href="b.html"' in (tmp_path / "index.html").read_text()


def test_pages_of_earlier_runs_stay_in_the_index_and_strange_files_are_passed_over(tmp_path) -> None:
    (tmp_path / "old.html").write_text(page("Old"))
    (tmp_path / "strange.html").write_text("<html>mine</html>")
    (tmp_path / "broken.html").write_bytes(b"\xff\xfe")
    for place, words in enumerate(("{", "[]", "{}", '{"title": 1}')):
        (tmp_path / f"broken{place}.html").write_text(f'<script type="application/json" id="about">{words}</script>')
    with ReportFolder(tmp_path).opened(single_file=False):
        pass
    text = (tmp_path / "index.html").read_text()
    assert 'href="old.html"' in text
    assert "strange" not in text
    assert "broken" not in text
    assert set(read_reports(tmp_path)) == {"old.html"}


def test_what_a_killed_run_left_is_removed(tmp_path) -> None:
    (tmp_path / "assets").mkdir()
    leftovers = [tmp_path / ".abc.part", tmp_path / "assets" / ".def.part"]
    for leftover in leftovers:
        leftover.write_text("half a p")
    with ReportFolder(tmp_path).opened(single_file=False):
        assert not any(leftover.exists() for leftover in leftovers)


def test_only_one_batch_at_a_time_writes_into_a_folder(tmp_path) -> None:
    first, second = ReportFolder(tmp_path).opened(single_file=False), ReportFolder(tmp_path).opened(single_file=False)
    with first, pytest.raises(WorkbookError, match="another batch"), second:
        pass
    with ReportFolder(tmp_path).opened(single_file=False):
        pass


def test_a_page_is_held_if_it_was_made_from_the_same_and_did_not_fail(tmp_path) -> None:
    with ReportFolder(tmp_path).opened(single_file=False) as folder:
        folder.put("a.html", page("A", inputs="same"))
        folder.put("b.html", page("B", inputs="same", failed=True))
        assert folder.holds("a.html", inputs="same", pdf=False)
        assert not folder.holds("a.html", inputs="other", pdf=False)
        assert not folder.holds("a.html", inputs="same", pdf=True)
        assert not folder.holds("b.html", inputs="same", pdf=False)
        assert not folder.holds("c.html", inputs="same", pdf=False)


def test_a_print_of_the_page_before_goes_with_it(tmp_path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF old")
    with ReportFolder(tmp_path).opened(single_file=False) as folder:
        folder.put("a.html", page("A"))
        assert not (tmp_path / "a.pdf").exists()
        (tmp_path / "a.pdf").write_bytes(b"%PDF new")
    assert 'href="a.pdf"' in (tmp_path / "index.html").read_text()


def test_a_page_of_ones_own_that_is_called_index_is_never_overwritten(tmp_path) -> None:
    (tmp_path / "index.html").write_text("<html>my own site</html>")
    with pytest.raises(WorkbookError, match=r"index\.html: found a page that is no index of reports"):
        ReportFolder(tmp_path).opened(single_file=False).__enter__()
    assert (tmp_path / "index.html").read_text() == "<html>my own site</html>"
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_files_of_others_in_the_folder_and_below_it_stay_as_they_are(tmp_path) -> None:
    (tmp_path / ".lock").write_text("another program's")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / ".half.part").write_text("another batch is writing this")
    (tmp_path / "folder.html").mkdir()
    with ReportFolder(tmp_path).opened(single_file=False):
        pass
    assert (tmp_path / ".lock").read_text() == "another program's"
    assert (tmp_path / "below" / ".half.part").exists()


@pytest.mark.parametrize(("name", "value"), [("choice", None), ("choice", {"a": 1}), ("title", 1), ("failed", "no")])
def test_a_page_that_says_something_impossible_of_itself_is_passed_over(tmp_path, name, value) -> None:
    words = page("A")
    about = json.loads(words[words.index("{") : words.rindex("}") + 1]) | {name: value}
    (tmp_path / "a.html").write_text(f'<script type="application/json" id="about">{json.dumps(about)}</script>')
    with ReportFolder(tmp_path).opened(single_file=False):
        pass
    assert "a.html" not in (tmp_path / "index.html").read_text()


def test_a_file_name_is_an_address_in_the_folder_whatever_is_in_it(tmp_path) -> None:
    (tmp_path / "javascript:alert(1)#?.html").write_text(page("A"))
    with ReportFolder(tmp_path).opened(single_file=False):
        pass
    assert 'href="javascript%3Aalert%281%29%23%3F.html"' in (tmp_path / "index.html").read_text()
