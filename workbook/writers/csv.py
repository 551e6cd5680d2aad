"""Events as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from workbook.events import Selection
from workbook.writers.flat import flat_batches
from workbook.writers.whole import whole_file

ACTIVE_CELL = re.compile(r"^[=+\-@\t\r]")
"""Beginnings that a spreadsheet takes for a formula (OWASP, CSV injection)."""


def write_csv(selection: Selection, path: Path, *, tell: Callable[[int], None] = lambda _rows: None) -> int:
    """Write a selection's events as a flat CSV file; whole or not at all.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.
    path : pathlib.Path
        Where to. UTF-8; the columns of `workbook.writers.flat_rows`; days as YYYY-MM-DD. Text that a spreadsheet would
        take for a formula gets an apostrophe in front.
    tell : callable
        Is told how many more rows are written, now and then.

    Returns
    -------
    int
        Rows written.

    Examples
    --------
    >>> import tempfile, workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"), acts=["denial"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_csv(chosen, Path(folder) / "denials.csv")
    5
    """
    count = 0
    with whole_file(path) as file:
        for place, rows in enumerate(flat_batches(selection)):
            file.write(_csv(rows, has_header=place == 0))
            count += len(rows)
            tell(len(rows))
    return count


def _csv(rows: pd.DataFrame, *, has_header: bool) -> bytes:
    texts = [name for name in rows.columns if not pd.api.types.is_numeric_dtype(rows[name].dtype)]
    texts = [name for name in texts if not pd.api.types.is_datetime64_any_dtype(rows[name].dtype)]
    safe = {name: rows[name].map(disarmed, na_action="ignore") for name in texts}
    text: str = rows.assign(**safe).to_csv(index=False, header=has_header, lineterminator="\n", date_format="%Y-%m-%d")
    return text.encode("utf-8")


def disarmed(cell: object) -> object:
    """Put an apostrophe before text that a spreadsheet would take for a formula.

    Examples
    --------
    >>> disarmed("=HYPERLINK(1)"), disarmed("1 to 2")
    ("'=HYPERLINK(1)", '1 to 2')
    """
    return f"'{cell}" if isinstance(cell, str) and ACTIVE_CELL.match(cell) else cell
