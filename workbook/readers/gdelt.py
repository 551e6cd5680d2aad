"""GDELT events: 1.0, of 57 and 58 columns, and 2.0, of 61.

Source: the GDELT project's codebooks of its event files; https://www.gdeltproject.org.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbook.readers.machine.layout import Layout, cells_of, widest
from workbook.readers.machine.tables import standard_columns, vendor_columns

VERSION = "1"
"""Of this reader: it rises when the same lines give other events."""

FIRST, SECOND = frozenset({57, 58}), frozenset({61})


def layout(lines: Sequence[bytes], *, is_given: bool) -> Layout | None:
    """Return the layout of a file by its first lines; nothing where they are no events of GDELT."""
    width = widest(lines, widths=FIRST | SECOND)
    if not width and not is_given:
        return None
    return _layout(is_first=width in FIRST)


def named_layout(columns: tuple[str, ...]) -> Layout | None:
    """Return the layout of a table with named columns, as they are in Parquet files."""
    for is_first in (False, True):
        whole = _layout(is_first=is_first)
        if set(whole.columns) - {"SOURCEURL"} <= set(columns):
            return whole
    return None


def _layout(*, is_first: bool) -> Layout:
    names = standard_columns("gdelt")
    columns = vendor_columns("gdelt")
    return Layout(
        dataset="GDELT 1.0" if is_first else "GDELT 2.0",
        ontology="CAMEO 1.1b3",
        prefix="gdelt1-" if is_first else "gdelt2-",
        columns=tuple(column for column in columns if not (is_first and column.endswith("ADM2Code"))),
        names=names,
        cells=cells_of(names),
        widths=FIRST if is_first else SECOND,
    )
