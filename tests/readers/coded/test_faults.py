"""Every fault of a package is found, named by table, line and column, and all of them at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbook.errors import Fault, FaultsError
from workbook.readers.coded import read_package


def faults_of(package: Path) -> tuple[Fault, ...]:
    with pytest.raises(FaultsError) as caught:
        read_package(package)
    return caught.value.faults


def only_fault(package: Path) -> Fault:
    faults = faults_of(package)
    assert len(faults) == 1, faults
    return faults[0]


def test_a_healthy_package_has_no_fault(package: Path) -> None:
    assert read_package(package).contents().startswith("boats 1.0.0: no fault\n  2 sources, 4 actors, 1 claims")


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "column", "expected"),
    [
        ("statements.csv", "st1,sells-boats,", "st1,sell-boats,", 2, "claim_id", "(nearest: sells-boats)"),
        ("statements.csv", "allegation,2022", "alegation,2022", 2, "act", "(nearest: allegation)"),
        ("participants.csv", "st1,RUR,target", "st1,RUT,target", 3, "actor_id", "stands in actors.csv, actor_id (nearest: RUR)"),
        ("mentions.csv", "m1,st1,s1,direct", "m1,st1,s1,quote", 2, "form", "one of direct, indirect, mixed"),
        ("statements.csv", "2022-09-06", "06/09/2022", 2, "said", "EDTF"),
        ("statements.csv", "2022-09-06", "2022-02-30", 2, "said", "EDTF"),
        ("statements.csv", "false,false,,,high,Grand", "no,false,,,high,Grand", 2, "expresses_concern", "true or false"),
        ("statements.csv", ",Grand Fenwick says so.,", ",,", 2, "summary", "a value: What was said"),
        ("statements.csv", "institution,statement", " institution,statement", 2, "attribution", "no blanks at the ends"),
        ("passages.csv", ",34,0\np2", ",long,0\np2", 2, "length", "a whole number"),
        ("passages.csv", ",34,0\np2", ",0,0\np2", 2, "length", "at least 1"),
        ("statements.csv", "2022-09-22,the ministry's own page,certain", "2022-09-22,,certain", 3, "said_best_ground", "its ground"),
        ("statements.csv", "asserted,false", ",false", 2, "hedge", "hedged, asserted or confirmed"),
        ("statements.csv", "named,statement,,", "named,statement,hedged,", 3, "hedge", "only allegations are hedged"),
        ("statements.csv", "false,false,,st1", "false,false,,st9", 3, "answers", "stands in statements.csv, statement_id"),
        ("statements.csv", "false,false,,st1", "false,false,,st2", 3, "answers", "other statements"),
        ("statements.csv", "false,false,,,high,Grand", "false,false,,st2,high,Grand", 2, "answers", "made before"),
        ("statements.csv", "false,false,,st1", "false,false,st3,st1", 3, "may_be_same_as", "is_referred true"),
        ("actors.csv", "rudolf,Rudolf Rassendyll,Rudolf,person,ministry", "rudolf,Rudolf Rassendyll,Rudolf,body,ministr", 5, "parent_id", "(nearest: ministry)"),
        ("actors.csv", "FEN,Grand Fenwick,Grand Fenwick,state,", "FEN,Grand Fenwick,Grand Fenwick,state,RUR", 2, "parent_id", "no parent"),
        ("participants.csv", "st3,RUR,speaker\n", "", 4, "statement_id", "the role speaker"),
        ("statements.csv", "institution,statement,asserted", "joint,statement,asserted", 2, "attribution", "all its speakers"),
        ("mentions.csv", "m4,st1,s2", "m4,st1,s1", 5, "statement_id, source_id", "one mention per statement and article"),
        ("sources.csv", "2022-09-07", "2022-09-05", 2, "statement_id", "no statement after its article"),
        ("statements.csv", "2022-09-22,the", "2023-09-22,the", 3, "statement_id", "no statement after its article"),
        ("participants.csv", "st1,FEN,speaker\n", "st1,FEN,speaker\nst1,FEN,speaker\n", 3, "statement_id, actor_id, role", "each key once"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_line_and_column(edit, name, old, new, line, column, expected) -> None:
    fault = only_fault(edit(name, old, new))
    assert (fault.row, fault.column) == (line, column)
    assert expected in fault.expected


def test_a_repeated_key_names_both_lines(edit) -> None:
    package = edit("claims.csv", "delivery,,\n", "delivery,,\nsells-boats,Boats are sold,Boats,delivery,,\n")
    fault = only_fault(package)
    assert (fault.place, fault.row, fault.column) == ("claims.csv", 3, "claim_id")
    assert "as on line 2" in fault.found


def test_a_denial_without_a_claim_is_named_as_such(edit) -> None:
    faults = faults_of(edit("statements.csv", "st2,sells-boats,denial", "st2,,denial"))
    assert "a denial without a claim" in {fault.found for fault in faults}


def test_a_circle_in_the_tree_of_actors_is_drawn(edit) -> None:
    faults = faults_of(edit("actors.csv", "body,RUR,RUR,RURGOV", "body,rudolf,RUR,RURGOV"))
    assert "a circle: ministry -> rudolf -> ministry" in {fault.found for fault in faults}


def test_a_mention_without_a_passage_is_named(edit) -> None:
    from tests.readers.coded.conftest import PRINTS

    last = f"p4,m4,{PRINTS['p1'].sha256},{PRINTS['p1'].length},0\n"
    fault = only_fault(edit("passages.csv", last, ""))
    assert (fault.place, fault.row) == ("mentions.csv", 5)


def test_windows_line_ends_are_a_fault(package: Path) -> None:
    path = package / "claims.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert "CRLF" in only_fault(package).found


def test_a_byte_order_mark_is_a_fault(package: Path) -> None:
    path = package / "actors.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    fault = only_fault(package)
    assert (fault.place, fault.row) == ("actors.csv", 1)
    assert "byte order mark" in fault.found


def test_another_encoding_is_a_fault_on_its_line(package: Path) -> None:
    path = package / "sources.csv"
    path.write_bytes(path.read_bytes().replace(b"Ruritania speaks", "Ruritania: Café".encode("latin-1")))
    fault = only_fault(package)
    assert (fault.place, fault.row) == ("sources.csv", 3)
    assert "0xe9" in fault.found


def test_a_missing_file_is_a_fault(package: Path) -> None:
    (package / "acts.csv").unlink()
    assert ("acts.csv", "no readable file") in {(fault.place, fault.found) for fault in faults_of(package)}


def test_a_missing_column_is_a_fault(edit) -> None:
    faults = faults_of(edit("mentions.csv", "source_id,form\n", "source_id,shape\n"))
    assert [(fault.column, fault.found) for fault in faults] == [
        ("form", "no such column"),
        ("shape", "an unknown column"),
    ]


def test_an_empty_table_is_a_fault(package: Path) -> None:
    (package / "passages.csv").write_bytes(b"passage_id,mention_id,sha256,length,offset\n")
    assert ("passages.csv", "no row") in {(fault.place, fault.found) for fault in faults_of(package)}


def test_a_row_with_a_cell_too_many_is_a_fault(edit) -> None:
    fault = only_fault(edit("mentions.csv", "m2,st2,s2,direct", "m2,st2,s2,direct,and more"))
    assert (fault.row, fault.found) == (3, "5 cells")


def test_an_empty_line_is_a_fault(edit) -> None:
    assert only_fault(edit("mentions.csv", "m2,st2", "\nm2,st2")).found == "an empty line"


def test_broken_quotes_are_a_fault(edit) -> None:
    faults = faults_of(edit("statements.csv", "A denial is recalled.", '"A denial is recalled.'))
    assert any("broken CSV" in fault.found for fault in faults)


def test_a_path_that_leads_out_of_the_package_is_refused(package: Path) -> None:
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"][0]["path"] = "../sources.csv"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert "path '../sources.csv'" in {fault.found for fault in faults_of(package)}


def test_a_descriptor_that_is_no_json_is_a_fault(package: Path) -> None:
    (package / "datapackage.json").write_text("{", encoding="utf-8")
    assert only_fault(package).expected == "JSON in UTF-8"


def test_a_folder_without_a_descriptor_is_a_fault(tmp_path: Path) -> None:
    assert only_fault(tmp_path).found == "no file"


def test_all_faults_are_told_at_once(package: Path, edit) -> None:
    edit("statements.csv", "allegation,2022-09-06", "alegation,6 September")
    edit("mentions.csv", "m3,st3,s2", "m3,st4,s2")
    places = [(fault.place, fault.row, fault.column) for fault in faults_of(package)]
    assert places == [
        ("statements.csv", 2, "said"),
        ("statements.csv", 2, "act"),
        ("mentions.csv", 4, "statement_id"),
    ]
