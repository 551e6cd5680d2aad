# Every name and text in the SQL has gone through `quoted` or `literal`, or is a constant of this package.
"""From a vendor's cells to the columns of the standard event table, in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import duckdb

from workbook.readers.machine.layout import KEPT, Layout, literal
from workbook.readers.machine.tables import acts, event_fields, table, table_path, table_types

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
    KEPT,
)
"""What differs from event to event, and a whole event where a row keeps one.

The other columns of the standard table follow from these, or are empty.
"""

HOST = "regexp_extract(lower(source_cell), '^https?://([^/:?#]+)', 1)"
"""The host of an address. Its ``www.`` is taken off later: a pattern with a part that may be missing is much slower."""

SOURCE_NAME = (
    "coalesce(nullif(CASE WHEN host LIKE 'www._%' THEN substr(host, 5) ELSE host END, ''), nullif(source_cell, ''))"
)
"""Who published it: the domain of an address, or the name that the vendor gives."""

BETWEEN_FAULTS, IN_FAULT = "chr(30)", "chr(31)"
LONGEST_FOUND = 100

IS_ADDRESS = "(starts_with(source_cell, 'https://') OR starts_with(source_cell, 'http://'))"

Case = tuple[str, str]
"""SQL of a condition, and of the text where it holds."""


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
        SQL with the columns ``at_source``, ``at_line`` and those of the layout, as texts.

    Returns
    -------
    str
        SQL with the columns ``source``, ``line``, ``fault`` and `PART_COLUMNS`; a row a row. ``fault`` is null where
        the row is sound.
    """
    prepared = f"({layout.prepare.replace('{rows}', f'({rows})')})" if layout.prepare else f"({rows})"
    return f"""
        WITH cells AS (SELECT at_source AS source, at_line AS line, {", ".join(_cells(layout))} FROM {prepared}),
        read AS (
            SELECT *,
                CASE length(date_cell) WHEN 8 THEN try_strptime(date_cell, '%Y%m%d')
                    WHEN 10 THEN try_strptime(date_cell, '%Y-%m-%d') END AS day,
                CASE WHEN isfinite(try_cast(score_cell AS DOUBLE)) THEN try_cast(score_cell AS DOUBLE) END AS score,
                {HOST} AS host
            FROM cells
        )
        SELECT source, line, {_joined(_faults(layout), between=BETWEEN_FAULTS)} AS fault,
            {", ".join(f"{sql} AS {name}" for name, sql in _events(layout).items())}
        FROM read {_code_join(layout)}
        LEFT JOIN countries AS actor_place ON actor_place.place = read.actor_country
        LEFT JOIN countries AS target_place ON target_place.place = read.target_country
    """


def _events(layout: Layout) -> dict[str, str]:
    """Return SQL of each of `PART_COLUMNS`: what the vendor says, or of a whole event what it says itself."""
    said = {
        "event_id": f"{literal(layout.prefix)} || event_id",
        "dataset": literal(layout.dataset),
        "date_earliest": "day",
        **_party("actor"),
        **_party("target"),
        **_act(layout),
        "vendor_code": "read.vendor_code",
        "ontology": literal(layout.ontology),
        "score": "score",
        "mention_count": _number("mention_count"),
        "source_count": _number("source_count"),
        "source_name": SOURCE_NAME,
        "source_url": f"CASE WHEN {IS_ADDRESS} THEN source_cell END",
        "note": _joined(_notes(layout), between="'; '"),
    }
    if not layout.keeps:
        return said | {KEPT: "NULL"}
    whole = {name: f"CASE WHEN kept IS NULL THEN {sql} ELSE {kept_value(name)} END" for name, sql in said.items()}
    return whole | {KEPT: "kept"}


def kept_value(column: str) -> str:
    """Return SQL that takes a column's value out of a whole event, of its type; missing where it is none."""
    return f"TRY_CAST(kept ->> '$.{column}' AS {table_types()[column]})"


def _csv(name: str) -> str:
    return f"read_csv({literal(str(table_path(name)))}, all_varchar = true, header = true, nullstr = '\\N')"


def _count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
    return int(found[0]) if found else 0


def _cells(layout: Layout) -> Iterator[str]:
    cells = layout.cells
    if layout.is_json:
        yield "object"
    if layout.keeps:
        yield f"{cells[KEPT]} AS {KEPT}"
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


def _party(role: str) -> dict[str, str]:
    country = f"nullif({role}_place.iso, '')"
    return {f"{role}_{word}": f"read.{role}_{word}" for word in (*PARTY, "count")} | {f"{role}_country": country}


def _number(name: str) -> str:
    return f"coalesce(try_cast(read.{name} AS BIGINT), 1)"


def _act(layout: Layout) -> dict[str, str]:
    names = ("act", "family", "side")
    if layout.codes == "cameo":
        return {name: f"code.{name}" for name in names}
    return {name: f"coalesce(code.{name}, bare.{name})" for name in names}


def _code_join(layout: Layout) -> str:
    if layout.codes == "cameo":
        return "LEFT JOIN cameo AS code ON code.code = read.vendor_code"
    return (
        "LEFT JOIN plover AS code ON code.event = event_type AND code.mode = coalesce(event_mode, '') "
        "LEFT JOIN plover AS bare ON bare.event = event_type AND bare.mode = ''"
    )


def _joined(cases: Iterable[Case], *, between: str) -> str:
    """Return SQL that joins the texts of what holds; null where nothing does."""
    listed = list(cases)
    texts = ", ".join(f"CASE WHEN {condition} THEN {text} END" for condition, text in listed)
    return f"CASE WHEN {' OR '.join(condition for condition, _ in listed)} THEN concat_ws({between}, {texts}) END"


def _faults(layout: Layout) -> Iterator[Case]:
    """Go through what can be wrong with a row."""
    if layout.is_json:
        yield _words("object IS NULL", "''", "'no JSON object'", "'a JSON object on each line'")
    holds = (["object IS NOT NULL"] if layout.is_json else []) + (["kept IS NULL"] if layout.keeps else [])
    for condition, text in _cell_faults(layout):
        yield " AND ".join([*holds, f"({condition})"]), text
    if layout.keeps:
        for condition, text in _kept_faults(layout):
            yield f"kept IS NOT NULL AND ({condition})", text


def _kept_faults(layout: Layout) -> Iterator[Case]:
    """Go through what can be wrong with a whole event: somebody may have changed it."""
    for field in event_fields():
        name, rules = field["name"], field.get("constraints", {})
        value, text = kept_value(name), f"(kept ->> '$.{name}')"
        wrong = [f"{text} IS NOT NULL AND {value} IS NULL"]
        wrong += [f"coalesce({text}, '') = ''"] if rules.get("required") else []
        wrong += [f"{text} NOT IN ({', '.join(map(literal, rules['enum']))})"] if "enum" in rules else []
        wrong += [f"{value} < {rules['minimum']}"] if "minimum" in rules else []
        column = f"{layout.names[KEPT]}.{name}"
        expected = f"what the standard event table has there: {field['description']}"
        yield _cell_fault(" OR ".join(wrong), cell=text, column=column, expected=expected)
    bounds = [kept_value(name) for name in ("date_earliest", "date_latest")]
    dated = f"{bounds[0]} IS NULL AND {bounds[1]} IS NULL OR {bounds[0]} > {bounds[1]}"
    expected = "a first or a last day, in this order"
    yield _cell_fault(dated, cell="(kept ->> '$.date_text')", column=layout.names[KEPT], expected=expected)


def _cell_faults(layout: Layout) -> Iterator[Case]:
    names = layout.names
    key = f"key IS NULL OR NOT {_is_whole('key')}" if layout.has_number_keys else "key IS NULL OR key = ''"
    yield _cell_fault(key, cell="key", column=names["event_id"], expected="the event's own key")
    days = "a day, as YYYYMMDD or YYYY-MM-DD"
    yield _cell_fault("day IS NULL", cell="date_cell", column=names["date_earliest"], expected=days)
    unknown = "code.act IS NULL" if layout.codes == "cameo" else "code.act IS NULL AND bare.act IS NULL"
    expected = f"a code of the table {layout.codes}.csv"
    yield _cell_fault(unknown, cell="found_code", column=names["vendor_code"], expected=expected)
    if "score" in names:
        no_score = "score_cell <> '' AND score IS NULL"
        yield _cell_fault(no_score, cell="score_cell", column=names["score"], expected="a number")
    for name in ("mention_count", "source_count"):
        if name in names:
            no_number = f"read.{name} IS NULL OR NOT {_is_whole(f'read.{name}')}"
            yield _cell_fault(no_number, cell=f"read.{name}", column=names[name], expected="a whole number")
    for name in layout.needed:
        yield _cell_fault(f"{name} IS NULL", cell=name, column=names[name], expected="a value")


def _is_whole(cell: str) -> str:
    """Return SQL that tells whether a cell is digits alone, few enough for a number of 64 bits."""
    return f"regexp_full_match({cell}, '[0-9]{{1,18}}')"


def _cell_fault(condition: str, *, cell: str, column: str, expected: str) -> Case:
    shown = f"'''' || left(translate({cell}, {BETWEEN_FAULTS} || {IN_FAULT}, '  '), {LONGEST_FOUND}) || ''''"
    found = f"CASE WHEN {cell} IS NULL OR {cell} = '' THEN 'an empty cell' ELSE {shown} END"
    return _words(condition, literal(column), found, literal(expected))


def _words(condition: str, *words: str) -> Case:
    return condition, f"concat({f', {IN_FAULT}, '.join(words)})"


def _notes(layout: Layout) -> Iterator[Case]:
    """Go through what an analyst should know before using a row."""
    yield "event_note IS NOT NULL", "event_note"
    yield f"source_cell <> '' AND NOT {IS_ADDRESS}", "'Source: ' || source_cell"
    if layout.has_sure_countries:
        for role in ("actor", "target"):
            unknown = f"read.{role}_country <> '' AND {role}_place.place IS NULL"
            yield unknown, f"'Country of the {role} unknown: ' || read.{role}_country"
    if layout.codes == "plover":
        unknown = "event_mode <> '' AND code.act IS NULL AND bare.act IS NOT NULL"
        yield unknown, "'Act by the type alone: unknown mode ' || event_mode"
