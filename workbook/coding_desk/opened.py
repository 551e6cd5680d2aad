"""A package as a coder has it open: where rows and articles go, and every file as it was read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from workbook.coding_desk.coders import coding_folder, source_keys, starting_tables
from workbook.coding_desk.rows import Row, read_table, with_rows
from workbook.coding_desk.saving import ARTICLES, DESCRIPTOR, PACKAGE_RECORD, FileChange
from workbook.events import EventData
from workbook.readers.coded import find_package, read_package
from workbook.readers.coded.files import RawTable
from workbook.readers.coded.tables import table_schemas


@dataclass(frozen=True)
class OpenedPackage:
    """A package, or a coder's own beside it, as it was read.

    Attributes
    ----------
    base : pathlib.Path
        Folder of the package that is coded for.
    folder : pathlib.Path
        Where rows go: the base itself, or the coder's folder, which can be still to come.
    articles : pathlib.Path
        Where the articles' texts lie.
    coder : str
        Who codes; empty where rows go into the base.
    files : dict of str to (bytes or None, bytes)
        By path in the folder: the file as it stands on the disk, ``None`` if it does not yet, and what new rows are
        put into.
    tables : dict of str to RawTable
        The tables by name.
    sources_taken : tuple of str
        Keys of articles that the base or any coder has.
    data : EventData
        What is known already, as events; actors and claims are those of the folder.
    """

    base: Path
    folder: Path
    articles: Path
    coder: str
    files: dict[str, tuple[bytes | None, bytes]]
    tables: dict[str, RawTable]
    sources_taken: tuple[str, ...]
    data: EventData

    @property
    def record(self) -> str:
        """Whose saves these are."""
        return f"coder-{self.coder}" if self.coder else PACKAGE_RECORD

    def rows(self, table: str) -> tuple[dict[str, str], ...]:
        """Return the rows of a table; none where the package has no such table."""
        return self.tables[table].rows if table in self.tables else ()

    @cached_property
    def speakers(self) -> dict[str, tuple[str, ...]]:
        """Who speaks, by statement."""
        found: dict[str, tuple[str, ...]] = {}
        for row in self.rows("participants"):
            if row["role"] == "speaker":
                found[row["statement_id"]] = (*found.get(row["statement_id"], ()), row["actor_id"])
        return found

    @cached_property
    def mentions(self) -> dict[str, dict[str, str]]:
        """Keys of mentions, by statement and source."""
        found: dict[str, dict[str, str]] = {}
        for row in self.rows("mentions"):
            found.setdefault(row["statement_id"], {})[row["source_id"]] = row["mention_id"]
        return found

    @cached_property
    def short_names(self) -> dict[str, str]:
        """Names of actors for a line."""
        return {row["actor_id"]: row["short_name"] for row in self.rows("actors")}

    def changes(self, rows: Mapping[str, Sequence[Row]]) -> list[FileChange]:
        """Return what new rows, by table, make of the files; a file without new rows is held as it is."""
        content = {
            self.tables[name].path: with_rows(self.files[self.tables[name].path][1], table=self.tables[name], rows=new)
            for name, new in rows.items()
            if new
        }
        return [
            FileChange(self.folder / path, before, content.get(path, start))
            for path, (before, start) in self.files.items()
        ]


def open_package(name_or_path: str | Path, *, coder: str = "", articles: Path | None = None) -> OpenedPackage:
    """Read a package for coding.

    Parameters
    ----------
    name_or_path : str or pathlib.Path
        As for `workbook.load`.
    coder : str
        Who codes apart from others; empty: rows go into the package itself.
    articles : pathlib.Path, optional
        Where the articles' texts lie; the folder ``articles`` of the package if not given.

    Returns
    -------
    OpenedPackage

    Raises
    ------
    FaultsError
        The package, or the coder's own, has faults.
    WorkbookError
        There is no such package, or the coder's name is none.

    Examples
    --------
    >>> opened = open_package("arms_transfers")
    >>> len(opened.rows("statements")), opened.coder
    (58, '')
    """
    base = read_package(find_package(name_or_path))
    folder = coding_folder(base.folder, coder=coder) if coder else base.folder
    is_begun = (folder / DESCRIPTOR).is_file()
    own = read_package(folder) if is_begun else base
    start = _contents(folder) if is_begun else starting_tables(base, coder=coder)
    return OpenedPackage(
        base=base.folder,
        folder=folder,
        articles=_within(base.folder, articles) if articles else base.folder / ARTICLES,
        coder=coder,
        files={path: (content if is_begun else None, content) for path, content in start.items()},
        tables={
            name: read_table(start[path], schema=table_schemas()[name], path=path)
            for name, path in _paths(start[DESCRIPTOR]).items()
        },
        sources_taken=source_keys(base.folder),
        data=own.events(),
    )


def _within(folder: Path, path: Path) -> Path:
    """Return a path that lies in a folder as the folder is named, relative or not; any other as it is."""
    whole, around = path.resolve(), folder.resolve()
    return folder / whole.relative_to(around) if whole.is_relative_to(around) else path


def _contents(folder: Path) -> dict[str, bytes]:
    descriptor = (folder / DESCRIPTOR).read_bytes()
    return {DESCRIPTOR: descriptor, **{path: (folder / path).read_bytes() for path in _paths(descriptor).values()}}


def _paths(descriptor: bytes) -> dict[str, str]:
    """Return where the tables stand, by name."""
    listed = {resource["name"]: resource["path"] for resource in json.loads(descriptor)["resources"]}
    return {name: path for name, path in listed.items() if name in table_schemas()}
