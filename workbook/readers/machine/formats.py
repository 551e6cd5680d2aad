"""The formats of machine-coded events: which there are, and which a file is in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import duckdb

from workbook.errors import Fault, ParameterError, nearest
from workbook.readers import gdelt, icews, phoenix, plover, polecat
from workbook.readers.machine.inputs import BrokenFileError, Source, first_lines
from workbook.readers.machine.layout import Layout
from workbook.readers.machine.part import parquet_columns

AUTO = "auto"
MENTIONS_TABS = 15

LayoutFinder = Callable[[tuple[str, ...]], Layout | None]


@dataclass(frozen=True)
class Format:
    """A format: its reader's version, and how a file's layout is found by its lines or its columns' names."""

    version: str
    layout: Callable[..., Layout | None]
    named_layout: LayoutFinder


FORMATS = {
    "icews": Format(icews.VERSION, icews.layout, icews.named_layout),
    "polecat": Format(polecat.VERSION, polecat.layout, polecat.named_layout),
    "plover": Format(plover.VERSION, plover.layout, plover.named_layout),
    "gdelt": Format(gdelt.VERSION, gdelt.layout, gdelt.named_layout),
    "phoenix": Format(phoenix.VERSION, phoenix.layout, phoenix.named_layout),
}
"""In the order in which they are tried: headers first, numbers of cells last."""


def readers_version() -> str:
    """Return the versions of all readers as one text."""
    return " ".join(f"{name}-{FORMATS[name].version}" for name in sorted(FORMATS))


def check_format(name: str) -> None:
    """Refuse a format that there is not."""
    known = (AUTO, *sorted(FORMATS))
    if name not in known:
        expected = f"one of {', '.join(known)}{nearest(name, known)}"
        raise ParameterError("workbook convert", [Fault("parameters", None, "FORMAT", repr(name), expected)])


def layout_of(source: Source, *, name: str) -> Layout:
    """Return the layout of a source by its first lines, or by the names of its columns.

    Parameters
    ----------
    source : Source
        A file or a member of an archive.
    name : str
        Its format; ``"auto"`` to recognise it.

    Raises
    ------
    BrokenFileError
        The source is in none of the formats, or not in the one that is named.
    """
    lines = [] if source.is_parquet else first_lines(source)
    columns = _columns(source) if source.is_parquet else ()
    for each in (FORMATS[one] for one in (FORMATS if name == AUTO else (name,))):
        found = each.named_layout(columns) if columns else each.layout(lines, is_given=name != AUTO)
        if found:
            return found
    expected = f"a file of {name} events" if name != AUTO else f"a file of one of {', '.join(sorted(FORMATS))}"
    seen = f"the columns {', '.join(columns[:8])} ..." if columns else _described(lines)
    raise BrokenFileError(Fault(source.place, 1, "", seen, expected))


def _columns(source: Source) -> tuple[str, ...]:
    try:
        with duckdb.connect() as connection:
            return tuple(parquet_columns(connection, source.path))
    except (duckdb.InvalidInputException, duckdb.IOException) as error:
        expected = "a whole Parquet file: fetch it again"
        raise BrokenFileError(Fault(source.place, None, "", f"no readable Parquet: {error}", expected)) from error


def _described(lines: Sequence[bytes]) -> str:
    if not lines:
        return "no line"
    tabs = lines[0].count(b"\t")
    mentions = ", as GDELT's mentions have, which hold no events" if tabs == MENTIONS_TABS else ""
    return f"{tabs + 1} cells on the first line{mentions}"
