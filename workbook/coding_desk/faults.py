"""What is wrong with what a coder has put down: the package's own checks, beside the field that they concern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from workbook.coding_desk.draft import (
    ActorDraft,
    ArticleCoding,
    ClaimDraft,
    SourceDraft,
    StatementDraft,
    cells,
)
from workbook.coding_desk.opened import OpenedPackage
from workbook.coding_desk.package_rows import participant_rows, passage_rows, statement_row
from workbook.coding_desk.passages import copied, times_in
from workbook.coding_desk.rows import Row
from workbook.errors import Fault
from workbook.readers.coded.files import RawTable
from workbook.readers.coded.meaning import meaning_faults
from workbook.readers.coded.structure import structure_faults
from workbook.readers.coded.tables import table_schemas

IN_THE_FORM = "new"
"""Key of the statement in the form while it has none."""

OWN_WORDS = ("summary", "note", "said_best_ground")
BEGINNING = 30
"""Characters by which a passage is named."""

THE_STATEMENT = "the statement"
ROW_WORDS = {"sources": "the article", "actors": "the new actor", "claims": "the new claim"}
ROLE_FIELDS = {"speaker": "speakers", "target": "targets", "relay": "relays"}


def source_faults(source: SourceDraft) -> tuple[Fault, ...]:
    """Return what is wrong with the article as a source.

    Examples
    --------
    >>> [fault.column for fault in source_faults(SourceDraft(title="Boats", publisher="Mail", published="2023-13-01"))]
    ['published', 'published_basis']
    """
    return _of_one_row("sources", {"source_id": "s", **cells(source)})


def actor_faults(actor: ActorDraft, *, known: Iterable[Row]) -> tuple[Fault, ...]:
    """Return what is wrong with a new actor among those that are known, its place in the tree included."""
    return _among("actors", cells(actor), known=known)


def claim_faults(claim: ClaimDraft, *, text: str, known: Iterable[Row]) -> tuple[Fault, ...]:
    """Return what is wrong with a new claim among those that are known; the words of the article are none of ours."""
    faults = _among("claims", cells(claim), known=known)
    return (*faults, *_copied({"claim": claim.claim, "note": claim.note}, text=text, place="the new claim"))


def statement_faults(draft: StatementDraft, *, coding: ArticleCoding, opened: OpenedPackage) -> tuple[Fault, ...]:
    """Return what is wrong with a statement, or with the mention of one.

    Parameters
    ----------
    draft : StatementDraft
        What stands in the form.
    coding : ArticleCoding
        The article, and what else was put down of it.
    opened : OpenedPackage
        The package into which it goes.

    Returns
    -------
    tuple of Fault
        Of the package's own checks those that concern this statement, and what the codebook demands of passages and
        of words.
    """
    named = replace(draft, label=draft.label or IN_THE_FORM)
    tables = _tables_with(named, coding=coding, opened=opened)
    found = [*structure_faults(tables), *meaning_faults(tables)]
    own = [
        replace(fault, place=THE_STATEMENT, row=None, column=_field(fault, tables))
        for fault in found
        if _concerns(fault, named, tables)
    ]
    words = {name: getattr(draft, name) for name in OWN_WORDS}
    all_found = [
        *own,
        *_passage_faults(draft, coding),
        *_copied(words, text=coding.article.text, place=THE_STATEMENT),
    ]
    return tuple(dict.fromkeys(each for each in all_found if each.column != "statement_id"))


def _tables_with(draft: StatementDraft, *, coding: ArticleCoding, opened: OpenedPackage) -> dict[str, RawTable]:
    """Return tables that hold the draft, what it refers to, and nothing else: they are checked at every change."""
    others = [each for each in coding.statements if each.label != draft.label and not each.same_as]
    keys = {each.label: each.label for each in others} | {draft.label: draft.same_as or draft.label}
    named = {draft.same_as, *draft.answers, *draft.may_be_same_as}
    known = [row for row in opened.rows("statements") if row["statement_id"] in named]
    people = [row for row in opened.rows("participants") if row["statement_id"] in named]
    referred = [each for each in others if each.label in named]
    rows: dict[str, list[dict[str, str]]] = {
        "sources": [{"source_id": coding.source_id, **cells(coding.source)}],
        "actors": [*opened.rows("actors"), *(cells(each) for each in coding.actors)],
        "claims": [*opened.rows("claims"), *(cells(each) for each in coding.claims)],
        "acts": list(opened.rows("acts")),
        "statements": [*known, *(statement_row(each, keys=keys) for each in referred)],
        "participants": [*people, *(row for each in referred for row in participant_rows(each, key=each.label))],
    }
    if not draft.same_as:
        rows["statements"].append(statement_row(draft, keys=keys))
        rows["participants"] += participant_rows(draft, key=draft.label)
    mention = {"mention_id": "m", "statement_id": keys[draft.label], "source_id": coding.source_id, "form": draft.form}
    rows["mentions"] = [mention]
    passage_keys = [f"p{number}" for number in range(len(draft.passages))]
    rows["passages"] = passage_rows(draft, text=coding.article.text, mention="m", keys=passage_keys)
    return {name: _raw(name, each) for name, each in rows.items()}


def _raw(name: str, rows: Sequence[Row]) -> RawTable:
    schema = table_schemas()[name]
    columns = tuple(column.name for column in schema.columns)
    whole = tuple({column: row.get(column, "") for column in columns} for row in rows)
    return RawTable(schema, name, columns, whole, tuple(range(len(whole))))


def _concerns(fault: Fault, draft: StatementDraft, tables: Mapping[str, RawTable]) -> bool:
    """Tell whether a fault is one of the draft, and not of a row that it refers to."""
    if fault.row is None or fault.place in ("mentions", "passages"):
        return True
    key = tables[fault.place].rows[fault.row].get("statement_id")
    return key == draft.label


def _field(fault: Fault, tables: Mapping[str, RawTable]) -> str:
    """Return the field of the form beside which a fault is shown."""
    if fault.place == "passages" or (fault.place == "mentions" and fault.column == "mention_id"):
        return "passages"
    if fault.place == "mentions" and fault.column == "statement_id":
        return "said"
    if fault.place == "participants" and fault.row is not None:
        return ROLE_FIELDS.get(tables["participants"].rows[fault.row]["role"], "speakers")
    if "without a speaker" in fault.found or "of one speaker" in fault.found:
        return "speakers"
    return fault.column


def _passage_faults(draft: StatementDraft, coding: ArticleCoding) -> Iterator[Fault]:
    for start, end in draft.passages:
        count = times_in(coding.article.text, (start, end))
        if count != 1:
            found = f"{coding.article.text[start : min(end, start + BEGINNING)]!r}… {count} times in the article"
            yield Fault(THE_STATEMENT, None, "passages", found, "words that stand there once: take more of them")


def _copied(words: Row, *, text: str, place: str) -> Iterator[Fault]:
    for name, own in words.items():
        run = copied(own, text)
        if run:
            yield Fault(place, None, name, f"words of the article: {run!r}", "your own words")


def _of_one_row(table: str, row: Row) -> tuple[Fault, ...]:
    return _among(table, row, known=())


def _among(table: str, row: Row, *, known: Iterable[Row]) -> tuple[Fault, ...]:
    """Return the faults of one new row of a table."""
    rows = [*known, row]
    tables = {table: _raw(table, rows)}
    found = [*structure_faults(tables), *meaning_faults(tables)]
    return tuple(replace(fault, place=ROW_WORDS[table], row=None) for fault in found if fault.row == len(rows) - 1)
