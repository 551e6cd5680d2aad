# Every name and text in the SQL has gone through `quoted` or `literal`, or is a constant of this package.
"""From a vendor's cells to the columns of the standard event table, in SQL."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from workbook.readers.machine.layout import Layout, literal
from workbook.readers.machine.tables import acts, table, table_path

PARTY = ("id", "name", "country")

PART_COLUMNS = (
    "event_id",
    "dataset",
    "date_earliest",
    *(f"actor_{word}" for word in (*PARTY, "count")),
    *(f"target_{word}" for word in (*PARTY, "count")),
    "act",
    "family",
    "side",
    "vendor_code",
    "ontology",
    "score",
    "mention_count",
    "source_count",
    "source_name",
    "source_url",
    "note",
)
"""What differs from event to event. The other columns of the standard table follow from these, or are empty."""

SOURCE_NAME = (
    "coalesce(nullif(regexp_extract(lower(source_cell), '^https?://(?:www\\.)?([^/:?#]+)', 1), ''), "
    "nullif(source_cell, ''))"
)
"""Who published it: the domain of an address, or the name that the vendor gives."""

BETWEEN_FAULTS, IN_FAULT = "chr(30)", "chr(31)"
LONGEST_FOUND = 100

WHOLE = "[0-9]{1,18}"


def load_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Load the code tables that the query joins: ``cameo``, ``plover`` and ``countries``."""
    kinds = ", ".join(
        f"({literal(act)}, {literal(row['family'])}, {literal(row['side'])})" for act, row in acts().items()
    )
    connection.execute(f"CREATE TEMP TABLE acts AS SELECT * FROM (VALUES {kinds}) AS kinds(act, family, side)")
    for name in ("cameo", "plover"):
        connection.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM {_csv(name)} JOIN acts USING (act)")
    assert _count(connection, "cameo") == len(table("cameo")), "a code of CAMEO stands for an act that is not defined"
    assert _count(connection, "plover") == len(table("plover")), "a type of PLOVER stands for an act not defined"
    connection.execute(
        f"CREATE TEMP TABLE countries AS SELECT code AS place, iso FROM {_csv('country_codes')} "
        f"UNION ALL SELECT name, iso FROM {_csv('country_names')}"
    )


def events_query(layout: Layout, rows: str) -> str:
    """Return SQL that makes events of rows.

    Parameters
    ----------
    layout : Layout
        What the rows' cells are.
    rows : str
        SQL with the columns ``source``, ``line`` and those of the layout, as texts.

    Returns
    -------
    str
        SQL with the columns ``source``, ``line``, ``fault`` and `PART_COLUMNS`; a row a row. ``fault`` is null where
        the row is sound.
    """
    prepared = f"({layout.prepare.replace('{rows}', f'({rows})')})" if layout.prepare else f"({rows})"
    return f"""
        WITH cells AS (SELECT source, line, {", ".join(_cells(layout))} FROM {prepared}),
        read AS (
            SELECT *,
                CASE length(date_cell) WHEN 8 THEN try_strptime(date_cell, '%Y%m%d')
                    WHEN 10 THEN try_strptime(date_cell, '%Y-%m-%d') END AS day,
                CASE WHEN isfinite(try_cast(score_cell AS DOUBLE)) THEN try_cast(score_cell AS DOUBLE) END AS score
            FROM cells
        )
        SELECT source, line, nullif(concat_ws({BETWEEN_FAULTS}, {", ".join(_faults(layout))}), '') AS fault,
            {literal(layout.prefix)} || event_id AS event_id, {literal(layout.dataset)} AS dataset,
            day AS date_earliest, {_party("actor")}, {_party("target")}, {_act(layout)},
            read.vendor_code, {literal(layout.ontology)} AS ontology, score,
            {_number("mention_count")}, {_number("source_count")},
            {SOURCE_NAME} AS source_name,
            CASE WHEN regexp_matches(source_cell, '^https?://', 'i') THEN source_cell END AS source_url,
            nullif(concat_ws('; ', {", ".join(_notes(layout))}), '') AS note
        FROM read {_code_join(layout)}
        LEFT JOIN countries AS actor_place ON actor_place.place = read.actor_country
        LEFT JOIN countries AS target_place ON target_place.place = read.target_country
    """


def _csv(name: str) -> str:
    return f"read_csv({literal(str(table_path(name)))}, all_varchar = true, header = true, nullstr = '\\N')"


def _count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
    return int(found[0]) if found else 0


def _cells(layout: Layout) -> Iterator[str]:
    cells = layout.cells
    given = {
        "key": cells.get("key", cells["event_id"]),
        "date_cell": cells["date_earliest"],
        "score_cell": cells.get("score", "NULL"),
        "source_cell": cells.get("source_url", "NULL"),
        "found_code": cells.get("found_code", cells["vendor_code"]),
        "event_note": cells.get("note", "NULL"),
    }
    named = ("event_id", "vendor_code", "event_type", "event_mode")
    given |= {name: cells.get(name, "NULL") for name in (*named, "mention_count", "source_count")}
    given |= {f"{role}_{word}": cells.get(f"{role}_{word}", "NULL") for role in ("actor", "target") for word in PARTY}
    for name, sql in given.items():
        yield f"CAST({sql} AS VARCHAR) AS {name}"
    for role in ("actor", "target"):
        counted = f"CASE WHEN {cells.get(f'{role}_id', 'NULL')} IS NULL THEN 0 ELSE 1 END"
        yield f"CAST({cells.get(f'{role}_count', counted)} AS BIGINT) AS {role}_count"


def _party(role: str) -> str:
    return f"{role}_id, {role}_name, nullif({role}_place.iso, '') AS {role}_country, {role}_count"


def _number(name: str) -> str:
    return f"coalesce(try_cast(read.{name} AS BIGINT), 1) AS {name}"


def _act(layout: Layout) -> str:
    if layout.codes == "cameo":
        return "code.act, code.family, code.side"
    return ", ".join(f"coalesce(code.{name}, bare.{name}) AS {name}" for name in ("act", "family", "side"))


def _code_join(layout: Layout) -> str:
    if layout.codes == "cameo":
        return "LEFT JOIN cameo AS code ON code.code = read.vendor_code"
    return (
        "LEFT JOIN plover AS code ON code.event = event_type AND code.mode = coalesce(event_mode, '') "
        "LEFT JOIN plover AS bare ON bare.event = event_type AND bare.mode = ''"
    )


def _faults(layout: Layout) -> Iterator[str]:
    """Go through SQL that names what is wrong with a row, null where nothing is."""
    names = layout.names
    if layout.is_json:
        yield _fault("object IS NULL", column="", found="no JSON object", expected="a JSON object on each line")
    key = f"NOT regexp_full_match(key, '{WHOLE}')" if layout.has_number_keys else "key = ''"
    yield _cell_fault(f"key IS NULL OR {key}", cell="key", column=names["event_id"], expected="the event's own key")
    yield _cell_fault(
        "day IS NULL", cell="date_cell", column=names["date_earliest"], expected="a day, as YYYYMMDD or YYYY-MM-DD"
    )
    unknown = "code.act IS NULL" if layout.codes == "cameo" else "code.act IS NULL AND bare.act IS NULL"
    yield _cell_fault(
        unknown, cell="found_code", column=names["vendor_code"], expected=f"a code of the table {layout.codes}.csv"
    )
    if "score" in names:
        no_score = "score_cell <> '' AND score IS NULL"
        yield _cell_fault(no_score, cell="score_cell", column=names["score"], expected="a number")
    for name in ("mention_count", "source_count"):
        if name in names:
            no_number = f"read.{name} IS NULL OR NOT regexp_full_match(read.{name}, '{WHOLE}')"
            yield _cell_fault(no_number, cell=f"read.{name}", column=names[name], expected="a whole number")
    for name in layout.needed:
        yield _cell_fault(f"{name} IS NULL", cell=name, column=names[name], expected="a value")


def _cell_fault(condition: str, *, cell: str, column: str, expected: str) -> str:
    shown = f"'''' || left(translate({cell}, {BETWEEN_FAULTS} || {IN_FAULT}, '  '), {LONGEST_FOUND}) || ''''"
    found = f"CASE WHEN {cell} IS NULL OR {cell} = '' THEN 'an empty cell' ELSE {shown} END"
    words = f", {IN_FAULT}, ".join((literal(column), found, literal(expected)))
    return f"CASE WHEN {condition} THEN concat({words}) END"


def _fault(condition: str, *, column: str, found: str, expected: str) -> str:
    parts = f", {IN_FAULT}, ".join(literal(text) for text in (column, found, expected))
    return f"CASE WHEN {condition} THEN concat({parts}) END"


def _notes(layout: Layout) -> Iterator[str]:
    """Go through SQL that says what an analyst should know before using a row."""
    yield "event_note"
    if layout.has_sure_countries:
        for role in ("actor", "target"):
            yield (
                f"CASE WHEN read.{role}_country <> '' AND {role}_place.place IS NULL "
                f"THEN 'Country of the {role} unknown: ' || read.{role}_country END"
            )
    if layout.codes == "plover":
        yield (
            "CASE WHEN event_mode <> '' AND code.act IS NULL AND bare.act IS NOT NULL "
            "THEN 'Act by the type alone: unknown mode ' || event_mode END"
        )
