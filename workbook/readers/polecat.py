"""POLECAT events: PLOVER's types in tab-separated cells, read by the names of the header."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.readers.machine.layout import Layout, cells_of, header_cells, quoted
from workbook.readers.machine.tables import standard_columns, vendor_columns

VERSION = "1"

NEEDED = ("Event ID", "Event Date", "Event Type", "Event Mode", "Actor Name")


def layout(lines: Sequence[bytes], *, is_given: bool) -> Layout | None:
    """Return the layout of a file by its header; nothing where it is none of POLECAT."""
    return named_layout(header_cells(lines[0])) if lines else None


def named_layout(columns: tuple[str, ...]) -> Layout | None:
    """Return the layout of a table with named columns."""
    if not set(NEEDED) <= set(columns):
        return None
    names = {standard: name for standard, name in standard_columns("polecat").items() if name in columns}
    return Layout(
        dataset="POLECAT",
        ontology="PLOVER, as POLECAT uses it",
        prefix="polecat-",
        columns=columns,
        names=names,
        cells=cells_of(
            names,
            actor_name='"Actor Name"',
            target_name=quoted("Recipient Name") if "Recipient Name" in columns else "NULL",
            vendor_code="concat_ws('/', \"Event Type\", nullif(\"Event Mode\", ''))",
            event_type='upper("Event Type")',
            event_mode='lower("Event Mode")',
        ),
        codes="plover",
        widths=_widths(columns),
        header_line=1,
        takes_surplus_tabs=True,
        has_number_keys=False,
    )


def _widths(columns: tuple[str, ...]) -> frozenset[int]:
    """Return how many cells a line may have: the header of some files names more columns than there are."""
    known = vendor_columns("polecat")
    last = max(at for at, column in enumerate(columns, start=1) if column in known)
    return frozenset(range(last, len(columns) + 1))
