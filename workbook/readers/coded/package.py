"""A coded data package: found, checked, turned into events."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from workbook.errors import FaultsError
from workbook.events import Codings, EventData
from workbook.events.codings import sides
from workbook.evidence import Fingerprint, Passage
from workbook.readers.coded.files import PackageFiles, RawTable, read_files
from workbook.readers.coded.meaning import CODINGS, meaning_faults
from workbook.readers.coded.standard import links_of, mentions_of, participants_of, passages_of, standard_events
from workbook.readers.coded.structure import structure_faults
from workbook.readers.coded.tables import table_schemas
from workbook.readers.packages import INSTALLED, find_package

__all__ = ["INSTALLED", "CodedPackage", "read_package"]


@dataclass(frozen=True)
class CodedPackage:
    """A coded data package without a fault.

    Attributes
    ----------
    name, title, version : str
        From its descriptor.
    folder : pathlib.Path
        Where it lies.
    checksum : str
        SHA-256 over the names and bytes of all tables, in hexadecimal digits.
    tables : dict of str to pandas.DataFrame
        The tables as text, empty cells missing.
    lines : dict of str to tuple of int
        The line of each row in its file.
    """

    name: str
    title: str
    version: str
    folder: Path
    checksum: str
    tables: dict[str, pd.DataFrame]
    lines: dict[str, tuple[int, ...]]

    def events(self) -> EventData:
        """Return the statements as standard events."""
        return EventData(
            name=self.name,
            title=self.title,
            version=self.version,
            checksum=self.checksum,
            events=standard_events(self.tables, dataset=self.name),
            participants=participants_of(self.tables),
            mentions=mentions_of(self.tables),
            links=links_of(self.tables),
            sources=self.tables["sources"].copy(),
            actors=self.tables["actors"].copy(),
            claims=self.tables["claims"].copy(),
            acts=self.tables["acts"].copy(),
            passages=passages_of(self.tables),
            path=str(self.folder),
        )

    def codings(self) -> Codings:
        """Return what the coders did before adjudication; empty tables where the package holds no codings."""
        units, harmonised, matches, decisions = (self._table_or_none(name) for name in CODINGS)
        sided = units.assign(side=units["unit_id"].map(sides(matches, decisions)).astype("str"))
        return Codings(sided, harmonised, matches, decisions, coders=tuple(sorted(units["coder"].unique())))

    def _table_or_none(self, name: str) -> pd.DataFrame:
        columns = [column.name for column in table_schemas()[name].columns]
        return self.tables[name].copy() if name in self.tables else pd.DataFrame(columns=columns, dtype="str")

    def contents(self) -> str:
        """Say in lines what the package holds."""
        holds = ", ".join(f"{len(self.tables[name])} {name}" for name in self.tables)
        return f"{self.name} {self.version}: no fault\n  {holds}\n  sha256 {self.checksum}"

    def carrier(self, passage: Passage) -> str:
        """Say which mention a passage carries, and which article it should be in."""
        rows = self.tables["passages"].merge(self.tables["mentions"], on="mention_id")
        row = rows.merge(self.tables["sources"], on="source_id").set_index("passage_id").loc[passage.passage_id]
        return (
            f"{passage.fingerprint.length} characters for {row['statement_id']} ({row['mention_id']}) "
            f"in {row['source_id']}, {row['title']!r}: compare your copy of that article"
        )

    def passages(self) -> list[Passage]:
        """Return the fingerprints of all passages, with the line of each."""
        rows = zip(self.lines["passages"], self.tables["passages"].itertuples(), strict=True)
        return [
            Passage(
                str(row.passage_id),
                Fingerprint(str(row.sha256), int(str(row.length))),
                int(str(row.offset)),
                line,
            )
            for line, row in rows
        ]


def read_package(name_or_path: str | Path) -> CodedPackage:
    """Read and check a coded data package.

    Parameters
    ----------
    name_or_path : str or pathlib.Path
        See `find_package`.

    Returns
    -------
    CodedPackage

    Raises
    ------
    FaultsError
        Every fault of every table, at once.
    """
    folder = find_package(name_or_path)
    read = read_files(folder)
    faults = [*read.faults, *structure_faults(read.tables), *meaning_faults(read.tables)]
    if faults:
        raise FaultsError(str(name_or_path), faults)
    return CodedPackage(
        name=read.descriptor["name"],
        title=read.descriptor["title"],
        version=read.descriptor["version"],
        folder=folder,
        checksum=_checksum(read),
        tables={name: _frame(table) for name, table in read.tables.items()},
        lines={name: table.lines for name, table in read.tables.items()},
    )


def _frame(table: RawTable) -> pd.DataFrame:
    """Return the cells as text, empty ones as missing."""
    return pd.DataFrame({name: [row[name] or None for row in table.rows] for name in table.columns}, dtype="str")


def _checksum(read: PackageFiles) -> str:
    digest = hashlib.sha256()
    for name in sorted(read.raw):
        digest.update(f"{name} {len(read.raw[name])}\n".encode())
        digest.update(read.raw[name])
    return digest.hexdigest()
