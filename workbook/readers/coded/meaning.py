"""What the codebook demands beyond the schema of a single cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from workbook.dates import DateBounds, EdtfError, bounds
from workbook.errors import Fault
from workbook.readers.coded.files import RawTable
from workbook.readers.coded.structure import dangling

CODINGS = ("units", "harmonised", "matches", "decisions")
"""Tables of what coders had, two to an article; a package of one coder has none of them."""

KEY_LISTS = ("answers", "may_be_same_as")
PARENTS = {
    "state": (),
    "body": ("state", "body", "organisation"),
    "person": ("body", "state", "organisation", "group"),
    "spokesperson": ("body", "state", "organisation", "group"),
    "group": ("state", "body", "organisation", "group"),
    "organisation": ("organisation",),
    "medium": ("state", "body", "organisation", "medium"),
}
"""Kinds that an actor of each kind may belong to."""

SEVERAL = ("group", "organisation")
"""Kinds of actors that can make a joint statement by themselves: ministers of forty states are one row."""


def meaning_faults(tables: dict[str, RawTable]) -> Iterator[Fault]:
    """Go through all faults against the codebook; tables with missing columns are passed over."""
    checks: dict[tuple[str, ...], Callable[..., Iterator[Fault]]] = {
        ("actors",): _tree_faults,
        ("statements", "acts"): _act_faults,
        ("statements",): _statement_faults,
        ("statements", "mentions", "sources"): _time_faults,
        ("statements", "participants", "actors"): _speaker_faults,
        ("mentions", "passages"): _evidence_faults,
        ("units",): _unit_faults,
        ("units", "matches", "decisions"): _side_faults,
    }
    yield from _part_of_codings(tables)
    for names, check in checks.items():
        if all(name in tables and _is_whole(tables[name]) for name in names):
            yield from check(*(tables[name] for name in names))


def _part_of_codings(tables: dict[str, RawTable]) -> Iterator[Fault]:
    """Codings are there whole or not at all."""
    missing = [name for name in CODINGS if name not in tables]
    if 0 < len(missing) < len(CODINGS):
        expected = f"all of {', '.join(CODINGS)}, or none"
        yield Fault("datapackage.json", None, "resources", f"no {', '.join(missing)}", expected)


def _is_whole(table: RawTable) -> bool:
    return {column.name for column in table.schema.columns} <= set(table.columns)


def _bounds(text: str) -> DateBounds | None:
    """Return the bounds, or nothing where the date is a fault of its own."""
    try:
        return bounds(text) if text else None
    except EdtfError:
        return None


def _tree_faults(actors: RawTable) -> Iterator[Fault]:
    rows = {row["actor_id"]: row for row in actors.rows}
    for line, row in actors.numbered():
        path = [row["actor_id"]]
        while (parent := rows.get(path[-1], {}).get("parent_id")) and parent not in path:
            path.append(parent)
        if parent:
            circle = " -> ".join([*path, parent])
            yield Fault(actors.path, line, "parent_id", f"a circle: {circle}", "a tree that ends in a state")
        above = rows.get(row["parent_id"])
        allowed = PARENTS.get(row["kind"], ())
        if above and above["kind"] not in allowed:
            found = f"a {row['kind']} under a {above['kind']} ({row['parent_id']})"
            expected = f"a parent of kind {' or '.join(allowed)}" if allowed else "no parent"
            yield Fault(actors.path, line, "parent_id", found, expected)


def _act_faults(statements: RawTable, acts: RawTable) -> Iterator[Fault]:
    sides = {row["act"]: row["side"] for row in acts.rows}
    for line, row in statements.numbered():
        side = sides.get(row["act"])
        if side == "denies" and not row["claim_id"]:
            expected = "the proposition that is denied, written positively"
            yield Fault(statements.path, line, "claim_id", f"a {row['act']} without a claim", expected)
        if side == "alleges" and not row["hedge"]:
            expected = "hedged, asserted or confirmed"
            yield Fault(statements.path, line, "hedge", f"an {row['act']} without a hedge", expected)
        if side in ("denies", "neither") and row["hedge"]:
            expected = "an empty cell: only allegations are hedged"
            yield Fault(statements.path, line, "hedge", repr(row["hedge"]), expected)


def _statement_faults(statements: RawTable) -> Iterator[Fault]:
    rows = {row["statement_id"]: row for row in statements.rows}
    for column in KEY_LISTS:
        yield from dangling(statements, column=column, other=statements, key="statement_id", cells=str.split)
    for line, row in statements.numbered():
        yield from _better_date_faults(statements.path, line, row)
        if row["may_be_same_as"] and row["is_referred"] == "false":
            expected = "an empty cell, or is_referred true: a dated statement is one of its own"
            yield Fault(statements.path, line, "may_be_same_as", repr(row["may_be_same_as"]), expected)
        for column in KEY_LISTS:
            if row["statement_id"] in row[column].split():
                yield Fault(statements.path, line, column, "the statement itself", "other statements")
        for answered in row["answers"].split():
            if _is_later(rows.get(answered), row):
                found = f"{answered!r}, which is later ({_best(rows[answered])}) than this ({_best(row)})"
                yield Fault(statements.path, line, "answers", found, "a statement that was made before")


def _better_date_faults(path: str, line: int, row: dict[str, str]) -> Iterator[Fault]:
    parts = ("said_best", "said_best_ground", "said_best_certainty")
    empty = [part for part in parts if not row[part]]
    if 0 < len(empty) < len(parts):
        expected = "a better date with its ground and its certainty, or none of the three"
        for part in empty:
            yield Fault(path, line, part, "an empty cell", expected)


def _best(row: dict[str, str]) -> str:
    return row["said_best"] or row["said"]


def _is_later(answered: dict[str, str] | None, answer: dict[str, str]) -> bool:
    first = _bounds(_best(answered)) if answered else None
    last = _bounds(_best(answer))
    return bool(first and last and first.earliest and last.latest and first.earliest > last.latest)


def _time_faults(statements: RawTable, mentions: RawTable, sources: RawTable) -> Iterator[Fault]:
    published = {row["source_id"]: _bounds(row["published"]) for row in sources.rows}
    rows = {row["statement_id"]: row for row in statements.rows}
    for line, mention in mentions.numbered():
        row, day = rows.get(mention["statement_id"]), published.get(mention["source_id"])
        if not row or not day or not day.latest:
            continue
        late = [text for text in (row["said"], _best(row)) if _begins_after(_bounds(text), day.latest)]
        if late:
            found = f"a statement of {late[0]} in {mention['source_id']}, published by {day.latest}"
            yield Fault(mentions.path, line, "statement_id", found, "no statement after its article")


def _begins_after(said: DateBounds | None, day: date) -> bool:
    return said is not None and said.earliest is not None and said.earliest > day


def _speaker_faults(statements: RawTable, participants: RawTable, actors: RawTable) -> Iterator[Fault]:
    several = {row["actor_id"] for row in actors.rows if row["kind"] in SEVERAL}
    speakers: dict[str, list[str]] = {}
    for row in participants.rows:
        if row["role"] == "speaker":
            speakers.setdefault(row["statement_id"], []).append(row["actor_id"])
    for line, row in statements.numbered():
        who = speakers.get(row["statement_id"], [])
        if not who:
            expected = f"at least one row in {participants.path} with the role speaker"
            yield Fault(statements.path, line, "statement_id", f"{row['statement_id']!r} without a speaker", expected)
        is_joint = row["attribution"] == "joint" or row["channel"] == "joint_statement"
        if is_joint and len(who) == 1 and who[0] not in several:
            expected = "all its speakers, or the group that they are"
            yield Fault(statements.path, line, "attribution", "a joint statement of one speaker", expected)


def _evidence_faults(mentions: RawTable, passages: RawTable) -> Iterator[Fault]:
    carried = passages.column("mention_id")
    seen: dict[tuple[str, str], int] = {}
    for line, row in mentions.numbered():
        if row["mention_id"] not in carried:
            expected = f"at least one row in {passages.path}"
            yield Fault(mentions.path, line, "mention_id", f"{row['mention_id']!r} without a passage", expected)
        pair = (row["statement_id"], row["source_id"])
        if pair in seen:
            found = f"{' in '.join(pair)} again, as on line {seen[pair]}"
            yield Fault(mentions.path, line, "statement_id, source_id", found, "one mention per statement and article")
        seen.setdefault(pair, line)


def _unit_faults(units: RawTable) -> Iterator[Fault]:
    for line, row in units.numbered():
        if bool(row["statement_id"]) == bool(row["decision_id"]):
            found = "both" if row["statement_id"] else "neither"
            expected = "either the statement that it became or the decision against it"
            yield Fault(units.path, line, "statement_id, decision_id", found, expected)


def _side_faults(units: RawTable, matches: RawTable, decisions: RawTable) -> Iterator[Fault]:
    """Each article has a first and a second reader, whoever they are: no unit is of both, and none of nobody."""
    coders = {row["unit_id"]: row["coder"] for row in units.rows}
    for table in (matches, decisions):
        for line, row in table.numbered():
            first, second = coders.get(row["unit_a"]), coders.get(row["unit_b"])
            if first and first == second:
                yield Fault(table.path, line, "unit_a, unit_b", f"two units of {first}", "units of two coders")
    firsts, seconds = (matches.column(side) | decisions.column(side) for side in ("unit_a", "unit_b"))
    for line, row in units.numbered():
        unit = row["unit_id"]
        if (unit in firsts) == (unit in seconds):
            found = f"{unit!r} on both sides" if unit in firsts else f"{unit!r} in no match and no decision"
            expected = f"a unit_a or a unit_b of {matches.path} or, if one coder alone has it, of {decisions.path}"
            yield Fault(units.path, line, "unit_id", found, expected)
