# Every name and text in the SQL has gone through `quoted` or `literal`, or is a constant of this package.
"""PLOVER events: a JSON object a line.

Lines that `workbook export plover` wrote keep the whole event in ``text_info.workbook``: it comes back as it was, also
what PLOVER has no word for, such as denials.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbook.readers.machine.layout import KEPT, Layout, cells_of
from workbook.readers.machine.tables import standard_columns

VERSION = "2"

RECORD = "record"

KEPT_IN = "text_info.workbook"
"""Where a line keeps a whole standard event."""


def layout(lines: Sequence[bytes], *, is_given: bool) -> Layout | None:
    """Return the layout of a file by its first lines; nothing where they are no JSON objects."""
    begins = any(line.lstrip().startswith(b"{") for line in lines)
    return _layout() if is_given or begins else None


def named_layout(columns: tuple[str, ...]) -> Layout | None:
    """Return nothing: lists of actors and modes have no fixed form in tables."""
    return None


def _layout() -> Layout:
    names = standard_columns("plover_fields")
    codes = "list_aggregate(events, 'string_agg', ';')"
    modes = "list_aggregate(modes, 'string_agg', ';')"
    return Layout(
        dataset="PLOVER",
        ontology="PLOVER",
        prefix="plover-",
        columns=(RECORD,),
        names=names | {RECORD: "", "actor_id": "actor", KEPT: KEPT_IN},
        cells=cells_of(
            names,
            actor_id="actors[1]",
            actor_country="split_part(actors[1], ' ', 1)",
            actor_count="len(actors)",
            target_id="recipients[1]",
            target_country="split_part(recipients[1], ' ', 1)",
            target_count="len(recipients)",
            vendor_code=f"concat_ws('/', nullif({codes}, ''), nullif({modes}, ''))",
            event_type="upper(events[1])",
            event_mode="lower(modes[1])",
            source_url="cite_info",
            score="event_scale",
            kept="kept",
            note="CASE WHEN len(events) > 1 OR len(modes) > 1 THEN 'Act by the first type and mode alone' END",
        ),
        codes="plover",
        is_json=True,
        has_number_keys=False,
        has_sure_countries=False,
        prepare=_prepared(),
        needed=("actor_id",),
    )


def _prepared() -> str:
    """Return SQL that takes the fields out of each object; a text stands for a list of one."""
    whole = f"CASE WHEN json_valid({RECORD}) THEN CASE json_type({RECORD}) WHEN 'OBJECT' THEN {RECORD} END END"
    lists = ", ".join(f"{_listed(name)} AS {name}s" for name in ("actor", "recipient", "event", "mode"))
    single = ", ".join(f"object ->> '$.{name}' AS \"{name}\"" for name in ("id", "date", "event_scale", "quad_code"))
    cited = "coalesce(object ->> '$.cite_info.url', CASE WHEN json_type(object, '$.cite_info') = 'VARCHAR' "
    cited += "THEN object ->> '$.cite_info' END)"
    kept = f"CASE json_type(object, '$.{KEPT_IN}') WHEN 'OBJECT' THEN object ->> '$.{KEPT_IN}' END AS {KEPT}"
    objects = f"SELECT at_source, at_line, {RECORD}, {whole} AS object FROM {{rows}}"
    return (
        f"SELECT at_source, at_line, {RECORD}, object, {lists}, {single}, {kept}, {cited} AS cite_info FROM ({objects})"
    )


def _listed(name: str) -> str:
    path = f"'$.{name}'"
    return (
        f"CASE json_type(object, {path}) WHEN 'ARRAY' THEN list_filter(object ->> '$.{name}[*]', lambda x: x <> '') "
        f"WHEN 'VARCHAR' THEN list_filter([object ->> {path}], lambda x: x <> '') ELSE []::VARCHAR[] END"
    )
