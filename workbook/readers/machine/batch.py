"""A batch of files: what one process takes at a time, and what is there whole when it has ended."""

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
from workbook.readers.machine.formats import readers_version

ENDED = "batch.json"
ASIDE = "aside.tsv"


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
        Is told how many bytes of the files have been read, as they are.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with (folder / ASIDE).open("wb+") as file:
        writer = BatchWriter(folder, Aside(file), name=batch.name, resources=resources)
        for path, sha256 in batch.files:
            writer.take(path, sha256=sha256)
            tell(Path(path).stat().st_size)
        writer.end()
    ended = {
        "name": batch.name,
        "readers": readers_version(),
        "files": [asdict(counted) for counted in writer.files],
        "members": [(source.path, source.member) for source in writer.sources],
        "parts": [part.path.name for part in writer.parts],
        "faults": [asdict(fault) for fault in writer.aside.faults],
        "broken": [asdict(fault) for fault in writer.broken],
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
    """Part files into batches, so that all processes have work and none has too much at once.

    Parameters
    ----------
    files : sequence of (str, str)
        Path and SHA-256 of each.
    name : str
        Their format.
    jobs : int
        How many processes there are.
    largest : int
        Bytes at which a batch is full.
    """
    sizes = [Path(path).stat().st_size for path, _ in files]
    full = min(largest, sum(sizes) // (2 * jobs) + 1)
    parted: list[list[tuple[str, str]]] = []
    filled = full
    for file, size in zip(files, sizes, strict=True):
        if filled >= full:
            parted.append([])
            filled = 0
        parted[-1].append(file)
        filled += size
    return [Batch(tuple(each), name) for each in parted]
