"""Phoenix events: 26 columns without a header."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.readers.machine.layout import Layout, cells_of, widest
from workbook.readers.machine.tables import standard_columns, vendor_columns

VERSION = "1"

WIDTHS = frozenset({26})


def layout(lines: Sequence[bytes], *, is_given: bool) -> Layout | None:
    """Return the layout of a file by its first lines; nothing where they are no events of Phoenix."""
    return _layout() if is_given or widest(lines, widths=WIDTHS) else None


def named_layout(columns: tuple[str, ...]) -> Layout | None:
    """Return the layout of a table with named columns."""
    return _layout() if set(vendor_columns("phoenix")) <= set(columns) else None


def _layout() -> Layout:
    names = standard_columns("phoenix")
    # Keys begin anew with every release; what was said where tells two of them apart.
    details = 'concat_ws(chr(31), "date", source_whole, target_whole, code, ids, urls)'
    return Layout(
        dataset="Phoenix",
        ontology="CAMEO, as Phoenix uses it",
        prefix="phoenix-",
        columns=vendor_columns("phoenix"),
        names=names,
        cells=cells_of(
            names,
            event_id=f"id_version || '-' || left(md5({details}), 8)",
            key="id_version",
            mention_count="CAST(greatest(1, len(string_split(ids, ';'))) AS VARCHAR)",
            source_count="CAST(greatest(1, len(list_distinct(string_split(sources, ';')))) AS VARCHAR)",
            source_url="split_part(urls, ';', 1)",
        ),
        widths=WIDTHS,
        has_sure_countries=False,
        has_number_keys=False,
    )
