"""Converts vendors' files into one Parquet file of standard events: in parts, on all cores, then merged."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from workbook import __version__
from workbook.errors import Fault, FaultsError, ParameterError, WorkbookError
from workbook.readers.machine.aside import HEADER, LISTED, aside_line, aside_path, copied
from workbook.readers.machine.batch import Ended, batches, ended_batch
from workbook.readers.machine.batch_writer import Counted, Resources, connected
from workbook.readers.machine.formats import AUTO, check_format, readers_version
from workbook.readers.machine.inputs import Source, checksum, named_files
from workbook.readers.machine.merging import Merge, Place, Repeated
from workbook.readers.machine.provenance import Provenance, read_provenance
from workbook.readers.machine.threads import convert_batches

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]

MEGABYTE = 1024**2
LARGEST_BATCH = 32 * MEGABYTE
"""Bytes of files, packed as they are, at which a batch is full."""

PARTITIONS = ("", "month")


@dataclass(frozen=True)
class Conversion:
    """What a conversion did.

    Attributes
    ----------
    out : pathlib.Path
        Where the events are.
    files : tuple of Counted
        The files that were added.
    known : int
        Files that were in before, by their checksum.
    broken : tuple of Fault
        Files that could not be read; nothing of them was added.
    events : int
        Events in the output, old and new.
    """

    out: Path
    files: tuple[Counted, ...]
    known: int
    broken: tuple[Fault, ...]
    events: int

    @property
    def rows(self) -> int:
        """Rows that were read."""
        return sum(file.rows for file in self.files)

    @property
    def aside(self) -> int:
        """Rows that were kept aside."""
        return sum(file.aside for file in self.files)


@dataclass(frozen=True)
class Order:
    """What is asked for.

    Attributes
    ----------
    out : pathlib.Path
        Where the events go.
    name : str
        Format of the inputs.
    partition : {"", "month"}
        One file, or a folder with a file a month.
    keeps_aside : bool
        Whether bad rows are kept aside; else they are refused, and nothing is written.
    jobs : int
        Batches at once.
    memory : int
        Bytes that DuckDB may use.
    """

    out: Path
    name: str
    partition: str
    keeps_aside: bool
    jobs: int
    memory: int

    @property
    def work(self) -> Path:
        """Where parts lie until the output is there."""
        return self.out.with_name(f".{self.out.name}.parts")


def convert(
    inputs: Sequence[str | Path],
    *,
    out: str | Path,
    name: str = AUTO,
    partition: str = "",
    keeps_aside: bool = False,
    jobs: int | None = None,
    memory: int = 1024 * MEGABYTE,
    tell: Callable[[int, int], None] = lambda _read, _all: None,
) -> Conversion:
    """Convert vendors' files into standard events, in bounded memory, whole or not at all.

    Where the output is there already, files that it does not hold yet are added; files are known by their checksum.
    A conversion that was stopped goes on from the parts that it had made.

    Parameters
    ----------
    inputs : sequence of str or pathlib.Path
        Files, folders and globs; plain, .gz, .zip, .parquet.
    out : str or pathlib.Path
        The Parquet file to write; with ``partition`` the folder.
    name : {"auto", "gdelt", "icews", "phoenix", "plover", "polecat"}
        Format of the inputs; ``"auto"`` recognises each by itself.
    partition : {"", "month"}
        ``"month"`` writes ``year=/month=`` with a file each.
    keeps_aside : bool
        Whether rows that are no events are kept in ``<out>.aside.tsv``; else nothing is written if there are any.
    jobs : int, optional
        Batches at once; as many as there are cores if not given.
    memory : int
        Bytes that DuckDB may use for all of them; what does not fit is spilled beside the output.
    tell : callable
        Is told bytes read and bytes in all, now and then.

    Returns
    -------
    Conversion

    Raises
    ------
    FaultsError
        Rows that are no events or files that cannot be read, with file and line; no files at all.
    WorkbookError
        Something else is in the place of the output, or another conversion writes there.
    """
    check_format(name)
    _check_partition(partition)
    order = Order(Path(out), name, partition, keeps_aside, jobs or _cores(), memory)
    with _alone(order):
        before = _before(order)
        files = _checksums(named_files(inputs, but=[order.out, aside_path(order.out)]), jobs=order.jobs)
        new = _unknown(files, before)
        ended = _converted(new, order, tell=tell)
        return _Assembly(order, before, ended, known=len(files) - len(new)).written()


class _Assembly:
    """What is done with the parts when all are there."""

    def __init__(self, order: Order, before: Provenance | None, ended: list[Ended], *, known: int) -> None:
        self.order, self.before, self.ended, self.known = order, before, ended, known
        self.broken = tuple(fault for each in ended for fault in each.broken)
        self.files = tuple(file for each in ended for file in each.files)
        self.parts = [(each, path) for each in ended for path in each.paths]

    def written(self) -> Conversion:
        """Merge the parts into the output and return what was done."""
        if self.before and not self.files and not (self.broken and not self.order.keeps_aside):
            shutil.rmtree(self.order.work)
            return self._conversion(self.before)
        resources = Resources(self.order.jobs, self.order.memory)
        with connected(self.order.work, resources) as connection:
            before = self.order.out if self.before else None
            merge = Merge(connection, [path for _, path in self.parts], before=before)
            repeated = merge.repeated()
            self._refuse(repeated)
            self.files = self._without(repeated)
            provenance = self._provenance(self._staged_aside(repeated))
            staged = self.order.work / "staged"
            if self.order.partition:
                merge.write_months(staged, provenance)
            else:
                merge.write_file(staged, provenance)
        self._put_in_place(staged)
        return self._conversion(provenance)

    def _refuse(self, repeated: list[Repeated]) -> None:
        faults = [*self.broken, *(fault for each in self.ended for fault in each.faults)]
        faults += [self._fault(row) for row in repeated]
        if not self.files or (faults and not self.order.keeps_aside):
            bad = sum(file.aside for file in self.files) + len(repeated)
            said = f"{bad} of {sum(file.rows for file in self.files)} rows and {len(self.broken)} files are at fault"
            listed = f"; the first {LISTED} faults" if len(faults) > LISTED else ""
            keep = "" if self.order.keeps_aside else "; --on-bad-rows keep-aside takes the rest"
            raise FaultsError(f"{self.order.out} was not written, {said}{keep}{listed}", faults[:LISTED])

    def _without(self, repeated: list[Repeated]) -> tuple[Counted, ...]:
        """Count repeated rows as kept aside."""
        paths = [self._source(row.place).path for row in repeated]
        return tuple(replace(file, aside=file.aside + paths.count(file.path)) for file in self.files)

    def _staged_aside(self, repeated: list[Repeated]) -> Path:
        """Write the rows kept aside, those of before first, where they wait for the output."""
        staged, old = self.order.work / "staged.aside.tsv", aside_path(self.order.out)
        with staged.open("wb") as file:
            if self.before and self.before.aside_bytes and old.is_file():
                with old.open("rb") as known:
                    shutil.copyfileobj(known, file)
                file.truncate(min(self.before.aside_bytes, file.tell()))
                file.seek(0, os.SEEK_END)
            else:
                file.write(HEADER)
            for chunk in copied(each.aside for each in self.ended):
                file.write(chunk)
            for fault in (*self.broken, *map(self._fault, repeated)):
                file.write(aside_line([fault], b""))
        return staged

    def _provenance(self, aside: Path) -> Provenance:
        size = aside.stat().st_size
        files = (*(self.before.files if self.before else ()), *self.files)
        has_rows = size > len(HEADER)
        return Provenance(f"workbook {__version__}", readers_version(), files, aside_bytes=size if has_rows else 0)

    def _put_in_place(self, staged: Path) -> None:
        out, work = self.order.out, self.order.work
        aside = work / "staged.aside.tsv"
        if aside.stat().st_size > len(HEADER):
            aside.replace(aside_path(out))
        if out.is_dir():
            out.rename(work / "replaced")
        staged.replace(out)
        shutil.rmtree(work)

    def _fault(self, row: Repeated) -> Fault:
        first = f"as on line {row.first.line} of {self._source(row.first).place}" if row.first else "as in the output"
        found = f"the event {row.event_id} again, {first}"
        return Fault(self._source(row.place).place, row.place.line, "", found, "each event once")

    def _source(self, place: Place) -> Source:
        return Source(*self.parts[place.part][0].members[place.source])

    def _conversion(self, provenance: Provenance) -> Conversion:
        return Conversion(self.order.out, self.files, self.known, self.broken, provenance.rows)


def _check_partition(partition: str) -> None:
    if partition not in PARTITIONS:
        fault = Fault("parameters", None, "partition", repr(partition), "month, or nothing for one file")
        raise ParameterError("workbook convert", [fault])


def _before(order: Order) -> Provenance | None:
    """Return what the output holds; put it back where a run was stopped between taking it away and the new one."""
    replaced = order.work / "replaced"
    if replaced.exists() and not order.out.exists():
        replaced.rename(order.out)
    before = read_provenance(order.out)
    if before and order.out.is_dir() != bool(order.partition):
        found = "a folder of months" if order.out.is_dir() else "one file"
        raise WorkbookError(f"{order.out}: found {found}; expected the same --partition as before, or a new --out")
    if before and before.readers != readers_version():
        raise WorkbookError(
            f"{order.out}: found events of the readers {before.readers}; expected those of {readers_version()}: "
            "convert all inputs anew, into a new --out"
        )
    return before


def _checksums(paths: list[str], *, jobs: int) -> dict[str, str]:
    """Return the paths by checksum; of twins the first."""
    with ThreadPoolExecutor(jobs) as threads:
        found = list(zip(threads.map(checksum, paths), paths, strict=True))
    return dict(reversed(found))


def _unknown(files: dict[str, str], before: Provenance | None) -> list[tuple[str, str]]:
    known = {file.sha256 for file in before.files} if before else set()
    return sorted((path, sha256) for sha256, path in files.items() if sha256 not in known)


def _converted(new: list[tuple[str, str]], order: Order, *, tell: Callable[[int, int], None]) -> list[Ended]:
    """Convert what no earlier run has converted, and return all that is there then, in the order of the files."""
    folder = order.work / "batches"
    kept = list(_kept(folder, new, name=order.name))
    done = {(file.path, file.sha256) for each in kept for file in each.files}
    remaining = [file for file in new if file not in done]
    total = sum(Path(path).stat().st_size for path, _ in remaining)
    listed = batches(remaining, name=order.name, jobs=order.jobs, largest=LARGEST_BATCH)
    if listed:
        convert_batches(listed, folder, jobs=order.jobs, memory=order.memory, tell=lambda read: tell(read, total))
    ended = [replace(each, broken=()) for each in kept]
    ended += [found for each in listed if (found := ended_batch(folder / each.key))]
    return sorted(ended, key=lambda each: each.members)


def _kept(folder: Path, new: list[tuple[str, str]], *, name: str) -> Iterator[Ended]:
    """Go through the batches of a run that was stopped which still hold; remove the others."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        ended = ended_batch(path)
        if ended and ended.name == name and ended.readers == readers_version() and ended.holds(new):
            yield ended
        else:
            shutil.rmtree(path)


@contextmanager
def _alone(order: Order) -> Iterator[None]:
    """Hold the output for this process alone."""
    order.work.mkdir(parents=True, exist_ok=True)
    with (order.work / "lock").open("w") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise WorkbookError(f"{order.out}: another conversion writes it; expected to be alone") from error
        yield


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
