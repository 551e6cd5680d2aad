"""A batch of files: what one thread takes at a time, and what is there whole when it has ended."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from workbook.errors import Fault
from workbook.files import write_whole
from workbook.readers.machine.aside import Aside
from workbook.readers.machine.batch_writer import BatchWriter, Counted, Resources
from workbook.readers.machine.formats import layout_of, readers_version
from workbook.readers.machine.inputs import BrokenFileError, Source, sources_of
from workbook.readers.machine.layout import Layout

ENDED = "batch.json"
ASIDE = "aside.tsv"

FOR_EACH_JOB = 8
"""Batches for each job: where there are few, a core waits at the end until another has done the last."""


@dataclass(frozen=True)
class Batch:
    """Files that are converted together.

    Attributes
    ----------
    files : tuple of (str, str)
        Path and SHA-256 of each.
    name : str
        Their format, or ``"auto"``.
    """

    files: tuple[tuple[str, str], ...]
    name: str

    @property
    def key(self) -> str:
        """What its folder is called."""
        text = json.dumps([self.name, self.files])
        return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True)
class Ended:
    """A batch that has ended.

    Attributes
    ----------
    folder : pathlib.Path
        Where its parts lie, and the rows that are no events.
    name, readers : str
        The format that was named, or ``"auto"``, and the readers' versions.
    files : tuple of Counted
        What became of each file that could be read.
    members : tuple of (str, str)
        Path and archive's member of each source, by its number in the parts.
    parts : tuple of str
        Names of the parts; all their rows are events.
    faults : tuple of Fault
        Of the first rows that are no events.
    broken : tuple of Fault
        Files that could not be read; none of their rows is in a part.
    """

    folder: Path
    name: str
    readers: str
    files: tuple[Counted, ...]
    members: tuple[tuple[str, str], ...]
    parts: tuple[str, ...]
    faults: tuple[Fault, ...]
    broken: tuple[Fault, ...]

    def holds(self, files: Collection[tuple[str, str]]) -> bool:
        """Whether all that is in it is of these files, each by path and checksum."""
        return {(file.path, file.sha256) for file in self.files} <= set(files)

    @property
    def paths(self) -> list[Path]:
        """Where the parts lie."""
        return [self.folder / part for part in self.parts]

    @property
    def aside(self) -> Path:
        """Where the rows lie that are no events."""
        return self.folder / ASIDE


def convert_batch(
    batch: Batch, folder: Path, *, resources: Resources, tell: Callable[[int], None] = lambda _: None
) -> None:
    """Convert the files of a batch into parts in a folder; it has ended when `ended_batch` finds it.

    Parameters
    ----------
    batch : Batch
        What to convert.
    folder : pathlib.Path
        Where to; what lies there is removed.
    resources : Resources
        Threads and memory.
    tell : callable
        Is told how many more bytes of the files have been read; may raise to end the batch.
    """
    readable, broken = _opened(batch)
    while True:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            _write(batch, readable, folder, broken=broken, resources=resources, tell=tell)
        except _BrokenMidwayError as error:
            # Rare, and nothing of the file may stay: the others are converted anew.
            broken.append(error.fault)
            del readable[error.file]
        else:
            return


class _BrokenMidwayError(Exception):
    def __init__(self, file: tuple[str, str], fault: Fault) -> None:
        self.file, self.fault = file, fault
        super().__init__(str(fault))


Readable = dict[tuple[str, str], list[tuple[Source, Layout]]]


def _opened(batch: Batch) -> tuple[Readable, list[Fault]]:
    """Return what each file holds and how that is laid out, and the files that cannot be opened."""
    readable: Readable = {}
    broken: list[Fault] = []
    for file in batch.files:
        try:
            readable[file] = [(source, layout_of(source, name=batch.name)) for source in sources_of(file[0])]
        except BrokenFileError as error:
            broken.append(error.fault)
    return readable, broken


def _write(
    batch: Batch,
    readable: Readable,
    folder: Path,
    *,
    broken: list[Fault],
    resources: Resources,
    tell: Callable[[int], None],
) -> None:
    with (folder / ASIDE).open("wb") as file:
        aside = Aside(file)
        writer = BatchWriter(folder, aside, resources=resources, tell=tell)
        for opened, sources in readable.items():
            try:
                for source, layout in sources:
                    writer.take(source, layout)
            except BrokenFileError as error:
                writer.close()
                raise _BrokenMidwayError(opened, error.fault) from error
            except BaseException:
                writer.close()
                raise
            tell(0 if sources[0][0].is_plain else Path(opened[0]).stat().st_size)
        writer.end()
    ended = {
        "name": batch.name,
        "readers": readers_version(),
        "files": [asdict(writer.counted(path, sha256=sha256)) for path, sha256 in readable],
        "members": [(source.path, source.member) for source in writer.sources],
        "parts": [part.path.name for part in writer.parts],
        "faults": [asdict(fault) for fault in aside.faults],
        "broken": [asdict(fault) for fault in broken],
    }
    write_whole(folder / ENDED, json.dumps(ended).encode("ascii"))


def ended_batch(folder: Path) -> Ended | None:
    """Read what became of a batch; nothing where it has not ended."""
    try:
        found: dict[str, Any] = json.loads((folder / ENDED).read_bytes())
    except FileNotFoundError:
        return None
    return Ended(
        folder,
        name=found["name"],
        readers=found["readers"],
        files=tuple(Counted(**each) for each in found["files"]),
        members=tuple((path, member) for path, member in found["members"]),
        parts=tuple(found["parts"]),
        faults=tuple(Fault(**each) for each in found["faults"]),
        broken=tuple(Fault(**each) for each in found["broken"]),
    )


def batches(files: Sequence[tuple[str, str]], *, name: str, jobs: int, largest: int) -> list[Batch]:
    """Part files into batches, so that all threads have work and none has too much at once.

    Parameters
    ----------
    files : sequence of (str, str)
        Path and SHA-256 of each.
    name : str
        Their format.
    jobs : int
        How many batches run at once.
    largest : int
        Bytes at which a batch is full.
    """
    sizes = [Path(path).stat().st_size for path, _ in files]
    full = min(largest, sum(sizes) // (FOR_EACH_JOB * jobs) + 1)
    parted: list[list[tuple[str, str]]] = []
    filled = full
    for file, size in zip(files, sizes, strict=True):
        if filled >= full:
            parted.append([])
            filled = 0
        parted[-1].append(file)
        filled += size
    return [Batch(tuple(each), name) for each in parted]
