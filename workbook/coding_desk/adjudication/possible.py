"""What can stand in a field that is decided."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.coding_desk.adjudication.comparison import CODED, FORM, MENTION, NOT_CODED, UNIT
from workbook.coding_desk.adjudication.decisions import Adjudication
from workbook.coding_desk.adjudication.terms import TERM_FIELDS
from workbook.coding_desk.adjudication.units import LINKS, ROLES, rows_of
from workbook.coding_desk.vocabulary import columns


def possible_values(adjudication: Adjudication, item: str, name: str) -> tuple[str, ...]:
    """Return what can stand in a field, of a field with several keys each of them; nothing where any text can.

    Parameters
    ----------
    adjudication : Adjudication
        The decisions so far, with the claims and actors that were added.
    item, name : str
        A field of a pair or of a term.
    """
    base, pairs = adjudication.comparison.base, adjudication.comparison.pair_of
    statements = [row["statement_id"] for row in rows_of(base, "statements")]
    keys: dict[str, Sequence[str]] = {
        **dict.fromkeys((*ROLES, "parent_id"), adjudication.known("actors")),
        **dict.fromkeys(LINKS, (*pairs, *statements)),
        "claim_id": adjudication.known("claims"),
        "act": [row["act"] for row in rows_of(base, "acts")],
        UNIT: [CODED, NOT_CODED, *statements, *(key for key in pairs if key != item)],
    }
    if name in keys:
        return tuple(keys[name])
    if name.startswith(MENTION):
        return (CODED, NOT_CODED)
    table, own = column_of(item, name)
    column = columns(table)[own]
    return ("true", "false") if column.kind == "boolean" else column.allowed


def column_of(item: str, name: str) -> tuple[str, str]:
    """Return the table and the column in which a field of a pair or of a term goes.

    Examples
    --------
    >>> column_of("claims sells-boats", "topic"), column_of("anna-st001", "form of s005")
    (('claims', 'topic'), ('mentions', 'form'))
    """
    table = item.partition(" ")[0]
    if name.startswith(FORM):
        return "mentions", "form"
    return (table if table in TERM_FIELDS else "statements"), name
