"""The formats of machine-coded events: which there are, and which a file is in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbook.errors import Fault, ParameterError, nearest
from workbook.readers import gdelt, icews, phoenix, plover, polecat
from workbook.readers.machine.inputs import BrokenFileError, Source, first_lines
from workbook.readers.machine.layout import Layout

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
    """Return the layout of a source by its first lines.

    Parameters
    ----------
    source : Source
        Not a Parquet file.
    name : str
        Its format; ``"auto"`` to recognise it.

    Raises
    ------
    BrokenFileError
        The source is in none of the formats, or not in the one that is named.
    """
    lines = first_lines(source)
    for each in _tried(name):
        found = FORMATS[each].layout(lines, is_given=name != AUTO)
        if found:
            return found
    raise BrokenFileError(_unrecognised(source, name=name, found=_described(lines)))


def named_layout_of(source: Source, *, columns: tuple[str, ...], name: str) -> Layout:
    """Return the layout of a table by its columns' names, as `layout_of` does by lines."""
    for each in _tried(name):
        found = FORMATS[each].named_layout(columns)
        if found:
            return found
    raise BrokenFileError(_unrecognised(source, name=name, found=f"the columns {', '.join(columns[:8])} ..."))


def _tried(name: str) -> tuple[str, ...]:
    return tuple(FORMATS) if name == AUTO else (name,)


def _unrecognised(source: Source, *, name: str, found: str) -> Fault:
    expected = f"a file of {name} events" if name != AUTO else f"a file of one of {', '.join(sorted(FORMATS))}"
    return Fault(source.place, 1, "", found, expected)


def _described(lines: Sequence[bytes]) -> str:
    if not lines:
        return "no line"
    tabs = lines[0].count(b"\t")
    mentions = ", as GDELT's mentions have, which hold no events" if tabs == MENTIONS_TABS else ""
    return f"{tabs + 1} cells on the first line{mentions}"
