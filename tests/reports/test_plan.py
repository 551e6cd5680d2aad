"""Plans: read as written, checked as a whole, with lines."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbook
from workbook.errors import WorkbookError
from workbook.reports.plan import read_plan


def plan(tmp_path, text: str):
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return [(request.card.name, dict(request.changed)) for request in read_plan(path, load=workbook.load)]


def refused(tmp_path, text: str) -> list[str]:
    with pytest.raises(WorkbookError) as caught:
        plan(tmp_path, text)
    return [line.strip() for line in str(caught.value).splitlines()]


def test_entries_have_notebooks_parameters_and_each(tmp_path) -> None:
    text = """
- notebook: claim_ledger
  parameters: {period: quarter, actors: [USA, North Korea], referred: yes, start: 2023-01-01}
- notebook: [claim_ledger, actor_activity]
  each:
    actor: [USA, PRK]
    quarter: 2023-Q3
- each: topic
  notebook: coder_agreement
"""
    found = plan(tmp_path, text)
    ledger = {"period": "quarter", "actors": ["USA", "PRK"], "referred": True, "start": "2023-01-01"}
    days = {"start": "2023-07-01", "end": "2023-09-30"}
    assert found[0] == ("claim_ledger", ledger)
    assert found[1:5] == [(name, {"actors": [key]} | days) for name in ("claim_ledger", "actor_activity") for key in ("USA", "PRK")]  # fmt: skip
    topics = workbook.load("arms_transfers").claims["topic"].nunique()
    assert len(found) == 5 + topics


def test_without_a_notebook_all_are_meant(tmp_path) -> None:
    found = plan(tmp_path, "- parameters: {}\n")
    assert sorted(name for name, _ in found) == sorted(
        [
            "actor_activity",
            "claim_ledger",
            "coder_agreement",
            "denials_vs_allegations",
            "event_stream",
            "how_the_dispute_unfolded",
            "statement_frequency",
        ]
    )


def test_all_that_is_wrong_is_told_with_its_line(tmp_path) -> None:
    text = """- notebook: claim_ledgr
- notebok: claim_ledger
- notebook: claim_ledger
  parameters:
    actrs: USA
    start: 2023-13-01
  each: {actor: [Atlantis], moth: all}
- 3
"""
    said = refused(tmp_path, text)
    assert said[0].endswith("7 faults")
    places = [line.partition(":")[0] for line in said[1:]]
    assert places == [
        "plan.yaml, line 1, NOTEBOOK", "plan.yaml, line 2, notebok", "plan.yaml, line 5, actrs",
        "plan.yaml, line 6, start", "plan.yaml, line 7, actor", "plan.yaml, line 7, moth", "plan.yaml, line 8",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "no list"),
        ("[]", "no entry"),
        ("notebook: claim_ledger", "no list"),
        ("- notebook: [claim_ledger", "expected YAML"),
        ("- !!python/object/apply:os.system ['true']", "names with values"),
        ("- parameters: [a, b]", "names with values"),
        ("- parameters: {actors: {a: b}}", "a value or a list of values"),
        ("- parameters: {period: year, period: month}", "each name once"),
        ("- ? [a, b]\n  : c", "a name"),
        ("- &a\n  each: {actor: *a}", "a value or a list of values"),
    ],
)
def test_what_is_no_plan_is_refused(tmp_path, text, expected) -> None:
    assert expected in "\n".join(refused(tmp_path, text))


def test_a_plan_of_lists_in_lists_without_end_is_refused(tmp_path) -> None:
    (tmp_path / "plan.yaml").write_text("[" * 20_000)
    with pytest.raises(WorkbookError, match="expected a plan in YAML"):
        read_plan(tmp_path / "plan.yaml", load=workbook.load)


def test_bytes_that_are_no_text_are_refused(tmp_path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"- notebook: \xff\xfe")
    with pytest.raises(WorkbookError, match="no UTF-8"):
        read_plan(path, load=workbook.load)


@given(st.text(max_size=60))
def test_any_text_is_a_plan_or_is_refused_in_words(tmp_path_factory, text) -> None:
    path = tmp_path_factory.mktemp("plans") / "plan.yaml"
    path.write_bytes(text.encode("utf-8", errors="replace"))
    with suppress(WorkbookError):
        read_plan(path, load=workbook.load)
