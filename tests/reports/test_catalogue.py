"""Notebooks as the catalogue lists them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from workbook.errors import FaultsError, ParameterError, WorkbookError
from workbook.reports.catalogue import choose_cards, left_to_be_named, read_card, read_catalogue

REPORTS = [
    "actor_activity",
    "claim_ledger",
    "coded_vs_machine",
    "coder_agreement",
    "denials_vs_allegations",
    "event_stream",
    "how_the_dispute_unfolded",
    "statement_frequency",
]


def test_all_report_notebooks_are_listed_with_their_question() -> None:
    cards = {card.name: card for card in read_catalogue()}
    assert list(cards) == REPORTS
    assert cards["claim_ledger"].question.endswith("?")


def test_a_parameter_has_type_default_and_help(notebook) -> None:
    card = read_card(notebook())
    period, _ = card.parameters
    assert (period.name, period.kind, period.default) == ("period", "str", "month")
    assert period.help == "width of a bin; one of day, week, month, quarter, year"
    assert (card.title, card.question, card.lead) == ("Boats", "How many boats?", "A small question.")


@pytest.mark.parametrize("source", ["period = 'month'", "period: str = str(1)", "period: Path = 'x'"])
def test_a_parameter_without_type_or_literal_is_refused(notebook, source) -> None:
    with pytest.raises(FaultsError, match="expected name: type = literal"):
        read_card(notebook(parameters=source))


def test_a_file_that_is_no_notebook_is_named(tmp_path) -> None:
    path = tmp_path / "x.ipynb"
    path.write_text("not json")
    with pytest.raises(WorkbookError, match=r"x\.ipynb: no notebook"):
        read_card(path)


def test_a_notebook_that_needs_a_file_is_run_only_when_it_is_named() -> None:
    assert [card.name for card in choose_cards(())] == [name for name in REPORTS if name != "coded_vs_machine"]
    (card,) = choose_cards(("coded_vs_machine",))
    assert card.needs == "events"
    assert {parameter.name for parameter in card.parameters} > {"dataset", "events", "within_days", "level"}
    (hint,) = left_to_be_named()
    assert hint == "coded_vs_machine is run when it is named: workbook report coded_vs_machine -p events=..."


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(FaultsError, match="nearest: claim_ledger"):
        choose_cards(("claim_leger",))


def test_a_notebook_of_ones_own_is_chosen_by_its_path(notebook) -> None:
    assert choose_cards((str(notebook()),))[0].name == "boats"


def test_two_notebooks_of_one_name_would_overwrite_each_other(notebook) -> None:
    with pytest.raises(FaultsError, match="claim_ledger twice"):
        choose_cards(("claim_ledger", str(notebook(name="claim_ledger"))))


def test_reading_the_catalogue_imports_no_notebook_library() -> None:
    libraries = "{'nbformat', 'papermill', 'nbclient', 'plotly'}"
    code = f"import sys; from workbook.reports.catalogue import read_catalogue; read_catalogue(); print({libraries} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


@pytest.mark.parametrize(
    "content", ['{"cells": [1]}', '{"cells": [{"metadata": null}]}', '{"cells": [], "metadata": 3}']
)
def test_json_that_is_no_notebook_is_named(tmp_path, content) -> None:
    path = tmp_path / "x.ipynb"
    path.write_text(content)
    with pytest.raises(WorkbookError, match=r"x\.ipynb: no notebook"):
        read_card(path)


@pytest.mark.parametrize("source", ["x: int = (", "x: int = 1\n  y: int = 2", "x: int = '\x00'"])
def test_parameters_that_are_no_python_are_named(notebook, source) -> None:
    with pytest.raises(ParameterError, match="found what is no Python"):
        read_card(notebook(parameters=source))
