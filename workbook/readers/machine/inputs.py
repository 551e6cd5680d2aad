"""What is named as input: files, folders, globs; plain, .gz, .zip of one or several members, .parquet."""

from __future__ import annotations

import glob
import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

from workbook.errors import Fault, FaultsError
from workbook.readers.machine.lines import BLOCK, Run, line_runs

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, NotImplementedError, RuntimeError)
"""What is raised on archives that are cut off, damaged, encrypted or packed in an unknown way."""

SEEN = 50
"""Lines by which a format is recognised."""


@dataclass(frozen=True)
class Source:
    """A file, or a member of an archive.

    Attributes
    ----------
    path : str
        The file, as the user named it.
    member : str
        Name inside the archive; empty where the file is none.
    """

    path: str
    member: str = ""

    @property
    def place(self) -> str:
        """How faults name it."""
        return f"{self.path}:{self.member}" if self.member else self.path

    @property
    def is_parquet(self) -> bool:
        """Whether it is a Parquet file."""
        return self.path.lower().endswith(".parquet")

    @property
    def is_plain(self) -> bool:
        """Whether its bytes are the file's, so that one knows how much of it has been read."""
        return not self.path.lower().endswith((".zip", ".gz", ".parquet"))

    @contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        """Open its bytes, unpacked."""
        if self.member:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as member:
                yield cast("BinaryIO", member)
        elif self.path.lower().endswith(".gz"):
            with gzip.open(self.path) as packed:
                yield cast("BinaryIO", packed)
        else:
            with Path(self.path).open("rb") as file:
                yield file


class BrokenFileError(Exception):
    """A file that cannot be read to its end."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(str(fault))


def named_files(inputs: Iterable[str | Path], *, but: Sequence[Path] = ()) -> list[str]:
    """Return the files that are named, each once, in the order of their names within each input.

    Parameters
    ----------
    inputs : iterable of str or pathlib.Path
        Files, folders (all files below them but hidden ones) and globs (``**`` for folders at any depth).
    but : sequence of pathlib.Path
        Files and folders to leave out: what is about to be written.

    Raises
    ------
    FaultsError
        Names that lead to no file, all at once.
    """
    faults, found = [], list[str]()
    left_out = [path.resolve() for path in but]
    for name in map(str, inputs):
        files = [name] if Path(name).is_file() else sorted(_below(name))
        faults += [] if files else [Fault(name, None, "", "no file", "a file, a folder with files, or a glob")]
        found += files
    if faults:
        raise FaultsError("input", faults)
    return [name for name in dict.fromkeys(found) if not _is_in(Path(name).resolve(), left_out)]


def checksum(path: str) -> str:
    """Return a file's SHA-256."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sources_of(path: str) -> list[Source]:
    """Return what a file holds: itself, or the members of an archive.

    Raises
    ------
    BrokenFileError
        An archive that cannot be opened or is empty.
    """
    if not path.lower().endswith(".zip"):
        return [Source(path)]
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member.filename for member in archive.infolist() if not member.is_dir()]
    except BROKEN as error:
        raise BrokenFileError(_broken(path, None, error)) from error
    if not members:
        raise BrokenFileError(Fault(path, None, "", "an empty archive", "an archive with a file of events"))
    return [Source(path, member) for member in members]


def runs_of(source: Source, *, block: int = BLOCK) -> Iterator[Run]:
    """Go through a source's lines in runs.

    Raises
    ------
    BrokenFileError
        The source cannot be read to its end; the fault says how far it could.
    """
    line = 1
    try:
        with source.stream() as stream:
            for run in line_runs(stream, block=block):
                yield run
                line = run.first + run.count
    except BROKEN as error:
        raise BrokenFileError(_broken(source.place, line, error)) from error


def first_lines(source: Source) -> list[bytes]:
    """Return the first lines of a source, by which its format is recognised."""
    first = next(runs_of(source, block=64 * 1024), None)
    return list(islice(first.lines, SEEN)) if first else []


def _broken(place: str, line: int | None, error: BaseException) -> Fault:
    found = f"a file that cannot be read on: {error or type(error).__name__}"
    return Fault(place, line, "", found, "a whole file: fetch it again")


def _below(name: str) -> Iterator[str]:
    if Path(name).is_dir():
        for path in Path(name).rglob("*"):
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(name).parts):
                yield str(path)
    else:
        # Path.glob takes no absolute patterns.
        found = glob.iglob(name, recursive=True)  # noqa: PTH207
        yield from (each for each in found if Path(each).is_file())


def _is_in(path: Path, others: list[Path]) -> bool:
    return any(path == other or other in path.parents for other in others)
