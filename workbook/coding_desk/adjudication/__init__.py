"""From two codings to one: units are matched, differences decided by the codebook, and all of it is written down.

Usable without a widget::

    comparison = compare(read_package("data/mine"), coders=("anna", "ben"))
    state = Adjudication(comparison)
    for difference in open_differences(state):
        state = decide(state, item=difference.item, field=difference.field, decided=..., rule=..., reason=...)
    write(state)
"""

from workbook.coding_desk.adjudication.comparison import Comparison, Difference, compare
from workbook.coding_desk.adjudication.deciding import add, decide, over, withdraw
from workbook.coding_desk.adjudication.decisions import Adjudication, Decision, open_differences
from workbook.coding_desk.adjudication.regrouping import join, part, same
from workbook.coding_desk.adjudication.writing import write

__all__ = [
    "Adjudication",
    "Comparison",
    "Decision",
    "Difference",
    "add",
    "compare",
    "decide",
    "join",
    "open_differences",
    "over",
    "part",
    "same",
    "withdraw",
    "write",
]
