# Every text in the SQL has gone through `literal`.
"""Where converted events are from: kept in the metadata of the Parquet file itself."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from workbook.errors import WorkbookError
from workbook.readers.machine.batch_writer import Counted
from workbook.readers.machine.layout import literal

KEY = "workbook"
LISTING = "_provenance.json"
"""In a folder of Parquet files: what a single file has in its metadata. Readers of such folders pass over names that
begin with an underscore."""


@dataclass(frozen=True)
class Provenance:
    """What a file of converted events was made of.

    Attributes
    ----------
    created_by : str
        The workbook and its version.
    readers : str
        The readers and their versions; the same lines give the same events where it is the same.
    files : tuple of Counted
        Each input: path as it was named, SHA-256, rows, and rows kept aside.
    aside_bytes : int
        How long the file of rows kept aside is.
    """

    created_by: str
    readers: str
    files: tuple[Counted, ...] = ()
    aside_bytes: int = 0

    @property
    def rows(self) -> int:
        """How many events there are."""
        return sum(file.rows - file.aside for file in self.files)

    def as_text(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self))


def read_provenance(out: Path) -> Provenance | None:
    """Read where converted events are from; nothing where there is no output.

    Parameters
    ----------
    out : pathlib.Path
        A Parquet file, or a folder of them, that `convert` has written.

    Raises
    ------
    WorkbookError
        Something else is there.
    """
    if not out.exists():
        return None
    text = _in_folder(out) if out.is_dir() else _in_file(out)
    if not text:
        raise WorkbookError(
            f"{out}: found something that `workbook convert` has not written; expected a new name for --out, or "
            "events that it has written before, to which new ones are added"
        )
    found = json.loads(text)
    return Provenance(**found | {"files": tuple(Counted(**each) for each in found["files"])})


def _in_folder(out: Path) -> str:
    listing = out / LISTING
    return listing.read_text(encoding="utf-8") if listing.is_file() else ""


def _in_file(out: Path) -> str:
    query = f"SELECT value FROM parquet_kv_metadata({literal(str(out))}) WHERE key = {literal(KEY)}"
    try:
        with duckdb.connect() as connection:
            found = connection.execute(query).fetchone()
    except duckdb.Error:
        return ""
    return bytes(found[0]).decode("utf-8") if found else ""
