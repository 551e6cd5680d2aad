"""What a report is made from: any change of it is noticed."""

from __future__ import annotations

import shutil

import pytest

from tests.reports.conftest import cell
from workbook.readers.coded import find_package
from workbook.reports.catalogue import read_card
from workbook.reports.inputs import Inputs, stored_state
from workbook.reports.request import ReportRequest

DATASET = 'dataset: str = "arms_transfers"  # data set'


def test_the_same_gives_the_same(notebook) -> None:
    request = ReportRequest.of(read_card(notebook()), {})
    assert Inputs(form="shared").of(request) == Inputs(form="shared").of(request)


def test_a_changed_notebook_parameter_or_form_is_another_input(notebook) -> None:
    card = read_card(notebook())
    first = Inputs(form="shared").of(ReportRequest.of(card, {}))
    assert Inputs(form="single file").of(ReportRequest.of(card, {})) != first
    assert Inputs(form="shared").of(ReportRequest.of(card, {"name": "ship"})) != first
    assert Inputs(form="shared").of(ReportRequest.of(read_card(notebook(cell("x = 1"))), {})) != first


def test_a_changed_datum_is_another_input(notebook, tmp_path) -> None:
    package = shutil.copytree(find_package("arms_transfers"), tmp_path / "mine")
    request = ReportRequest.of(read_card(notebook(parameters=DATASET)), {"dataset": str(package)})
    first = Inputs(form="shared").of(request)
    table = package / "statements.csv"
    table.write_text(table.read_text().replace("st001", "st999", 1))
    assert Inputs(form="shared").of(request) != first


def test_data_that_change_or_go_after_they_were_read_are_noticed(notebook, tmp_path) -> None:
    package = shutil.copytree(find_package("arms_transfers"), tmp_path / "mine")
    request = ReportRequest.of(read_card(notebook(parameters=DATASET)), {"dataset": str(package)})
    inputs = Inputs(form="shared")
    inputs.of(request)
    assert inputs.still(request)
    table = package / "statements.csv"
    table.write_text(table.read_text().replace("st001", "st999", 1))
    assert not inputs.still(request)
    shutil.rmtree(package)
    assert not inputs.still(request)


def test_changed_code_is_another_input(monkeypatch, notebook) -> None:
    request = ReportRequest.of(read_card(notebook()), {})
    first = Inputs(form="shared").of(request)
    monkeypatch.setattr("workbook.reports.inputs.package_checksum", lambda: "another")
    assert Inputs(form="shared").of(request) != first


@pytest.mark.parametrize("name", ["events[1].parquet", "events?.parquet", "events.parquet"])
def test_changed_events_are_noticed_whatever_the_name_of_their_file(tmp_path, name) -> None:
    path = tmp_path / name
    path.write_bytes(b"as it was")
    before = stored_state(str(path))
    path.write_bytes(b"more than it was")
    assert before
    assert stored_state(str(path)) != before
