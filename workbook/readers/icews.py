# Every name and text in the SQL has gone through `quoted` or `literal`, or is a constant of this package.
"""ICEWS events: a header and tab-separated cells.

An event between two who consult, visit or negotiate stands there twice, once in each direction. Both rows stay; the
one further down is marked as the mirror of the other. Agreements and plans to meet or to cooperate often stand in both
directions too, but nobody promises it and each of the two may be a statement of its own: they are two events, and the
note of the one further down says where the other stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbook.readers.machine.layout import Layout, cells_of, header_cells, literal
from workbook.readers.machine.tables import standard_columns, table_path

VERSION = "2"

MISSING = "NA"
TEXT, CODE = "Event Text", "CAMEO Code"

MIRRORED = "('040', '041', '042', '043', '044', '046')"
"""Consult, telephone, visit, host, meet elsewhere, negotiate: what is published in both directions."""

TURNED_NOTE = (
    "CASE WHEN is_mirror THEN 'Mirror of the row on line ' || turned_of "
    "WHEN turned_of IS NOT NULL THEN 'Stands the other way round, too: on line ' || turned_of END"
)

DETAILS = ("Story ID", "Sentence Number", "Source Name", "Target Name", "Event Date")


def layout(lines: Sequence[bytes], *, is_given: bool) -> Layout | None:
    """Return the layout of a file by its header; nothing where it is none of ICEWS."""
    return named_layout(header_cells(lines[0])) if lines else None


def named_layout(columns: tuple[str, ...]) -> Layout | None:
    """Return the layout of a table with named columns."""
    names = standard_columns("icews")
    has_code = CODE in columns
    needed = {*names.values(), *DETAILS, *(() if has_code else (TEXT,))} - {CODE}
    if not needed <= set(columns) or not (has_code or TEXT in columns):
        return None
    return Layout(
        dataset="ICEWS",
        ontology="CAMEO, as ICEWS uses it",
        prefix="icews-",
        columns=columns,
        names=names if has_code else names | {"vendor_code": TEXT},
        cells=_cells(names),
        widths=frozenset({len(columns)}),
        header_line=1,
        prepare=_prepared(columns, has_code=has_code),
        cuts=False,  # A row and its mirror may be apart.
    )


def _cells(names: dict[str, str]) -> dict[str, str]:
    # A key comes again for other events in other files; what was said in which sentence tells them apart.
    details = 'date_text, coded, "Source Name", "Target Name", "Story ID", "Sentence Number"'
    digest = f"left(md5(concat_ws(chr(31), {details})), 8)"
    return cells_of(
        names,
        event_id=f"\"Event ID\" || '-' || {digest} || CASE WHEN is_mirror THEN '-mirror' ELSE '' END",
        key='"Event ID"',
        actor_name='"Source Name"',
        target_name='"Target Name"',
        vendor_code="coded",
        found_code="code_text",
        note=f"nullif(concat_ws('; ', {TURNED_NOTE}, code_note), '')",
    )


def _prepared(columns: tuple[str, ...], *, has_code: bool) -> str:
    """Return SQL that blanks what is missing, finds codes of texts, and tells rows from their mirrors."""
    blank = ", ".join(f'nullif("{name}", {literal(MISSING)}) AS "{name}"' for name in _used(columns))
    coded = '"CAMEO Code"' if has_code else "words.becomes"
    note = "NULL" if has_code else "'Code by the event''s text'"
    join = "" if has_code else f'LEFT JOIN {_words()} AS words ON words.text = lower("{TEXT}")'
    return f"""
        WITH blanked AS (SELECT at_source, at_line, {blank} FROM {{rows}}),
        coded AS (
            SELECT *, {coded} AS coded, {note} AS code_note, "{CODE if has_code else TEXT}" AS code_text,
                "Event Date" AS date_text,
                CASE WHEN {coded} = '043' THEN "Target Name" WHEN {coded} = '042' THEN "Source Name"
                    ELSE least("Source Name", "Target Name") END AS one,
                CASE WHEN {coded} = '043' THEN "Source Name" WHEN {coded} = '042' THEN "Target Name"
                    ELSE greatest("Source Name", "Target Name") END AS other,
                CASE WHEN {coded} = '043' THEN '042' ELSE {coded} END AS occasion
            FROM blanked {join}
        ),
        placed AS (
            SELECT *, row_number() OVER (
                PARTITION BY at_source, "Event Date", "Story ID", "Sentence Number", occasion, one, other, "Source Name"
                ORDER BY at_line
            ) AS place FROM coded
        ),
        paired AS (
            SELECT *, first_value(at_line) OVER same AS first_line, first_value("Source Name") OVER same AS first_source
            FROM placed WINDOW same AS (
                PARTITION BY at_source, "Event Date", "Story ID", "Sentence Number", occasion, one, other, place
                ORDER BY at_line
            )
        )
        SELECT *, CASE WHEN at_line > first_line AND first_source <> "Source Name" THEN first_line END AS turned_of,
            turned_of IS NOT NULL AND coded IN {MIRRORED} AS is_mirror
        FROM paired
    """


def _words() -> str:
    """Return SQL that gives the code of each text."""
    path = literal(str(table_path("icews")))
    texts = f'FROM read_csv({path}, all_varchar = true) WHERE "column" = {literal(TEXT)}'
    return f"(SELECT lower(code) AS text, becomes {texts})"


def _used(columns: tuple[str, ...]) -> list[str]:
    used = {*standard_columns("icews").values(), *DETAILS, TEXT, CODE}
    return [column for column in columns if column in used]
