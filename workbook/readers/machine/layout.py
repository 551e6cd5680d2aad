"""How a vendor's file is laid out, and what its cells become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

TAB = b"\t"

KEPT = "kept"
"""A whole standard event, as a JSON object, beside what the vendor's columns say of it."""

RESERVED = ("at_source", "at_line", "at_row")
"""Columns beside the file's own, while it is being read."""


@dataclass(frozen=True)
class Layout:
    """The layout of one file of events.

    Attributes
    ----------
    dataset, ontology : str
        What stands in these columns of the standard event table.
    prefix : str
        What the vendor's own key is preceded by in ``event_id``.
    columns : tuple of str
        The columns of the file.
    names : mapping of str to str
        By standard column: the vendor's column, for faults.
    cells : mapping of str to str
        By standard column: SQL that gives its text from the file's columns. ``kept``: SQL that gives a whole standard
        event as a JSON object, which then counts instead of the vendor's columns; missing where there is none.
    codes : {"cameo", "plover"}
        Table that says which act a code stands for.
    widths : frozenset of int
        How many cells a line may have. A line that lacks cells at its end is filled up.
    header_line : int
        Line of the header; 0 where there is none.
    takes_surplus_tabs : bool
        Whether tabs may follow the last cell.
    is_json : bool
        Whether a line is a JSON object, not cells.
    has_sure_countries : bool
        Whether what stands for a country is always one.
    has_number_keys : bool
        Whether the vendor's key is a whole number.
    prepare : str
        SQL over ``{rows}`` that goes before; empty where the columns are taken as they are.
    cuts : bool
        Whether the lines of a file may be read in parts.
    needed : tuple of str
        Standard columns that must be there beside the key, the date and the code.
    """

    dataset: str
    ontology: str
    prefix: str
    columns: tuple[str, ...]
    names: Mapping[str, str]
    cells: Mapping[str, str]
    codes: str = "cameo"
    widths: frozenset[int] = field(default_factory=frozenset)
    header_line: int = 0
    takes_surplus_tabs: bool = False
    is_json: bool = False
    has_sure_countries: bool = True
    has_number_keys: bool = True
    prepare: str = ""
    cuts: bool = True
    needed: tuple[str, ...] = ()

    @property
    def tabs(self) -> int:
        """How many tabs a full line has."""
        return len(self.columns) - 1

    @property
    def keeps(self) -> bool:
        """Whether a row can hold a whole standard event besides."""
        return KEPT in self.cells

    def fitted(self, line: bytes) -> bytes | None:
        """Return a line with as many cells as there are columns, or nothing where it has none of the widths."""
        if self.is_json:
            return line.replace(TAB, b" ") if line.strip() else None
        width = line.count(TAB) + 1
        if self.takes_surplus_tabs and width > len(self.columns):
            surplus = width - len(self.columns)
            line = line.removesuffix(TAB * surplus)
            width = line.count(TAB) + 1
        if width not in self.widths or not line:
            return None
        return line + TAB * (len(self.columns) - width)

    def width_words(self) -> str:
        """Say how many cells a line may have."""
        if self.is_json:
            return "a JSON object"
        return f"{' or '.join(map(str, sorted(self.widths)))} cells, parted by tabs"


def quoted(column: str) -> str:
    """Return a column's name as SQL."""
    return '"' + column.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def cells_of(names: Mapping[str, str], **others: str) -> dict[str, str]:
    """Return SQL for each standard column: the vendor's column unchanged, or what is given."""
    return {standard: quoted(column) for standard, column in names.items()} | others


def header_cells(line: bytes) -> tuple[str, ...]:
    """Return the names of a header line, each once."""
    names: list[str] = []
    taken = set(RESERVED)
    for at, cell in enumerate(line.decode("utf-8", errors="replace").strip("\r\n").split("\t"), start=1):
        name = cell.strip() or f"column {at}"
        names.append(f"{name} {at}" if name.casefold() in taken else name)
        taken.add(names[-1].casefold())
    return tuple(names)


def widest(lines: Sequence[bytes], *, widths: frozenset[int]) -> int:
    """Return which of several numbers of cells most lines have that begin with a cell; 0 where none has one."""
    found = [line.count(TAB) + 1 for line in lines if not line.startswith(TAB)]
    known = [width for width in found if width in widths]
    return max(known, key=known.count) if known else 0
