"""Converts vendors' files into one Parquet file of standard events: in parts, on all cores, then merged."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import duckdb

from workbook.errors import Fault, ParameterError, WorkbookError
from workbook.readers.machine.aside import aside_path
from workbook.readers.machine.assembly import Assembly
from workbook.readers.machine.batch import Ended, batches, ended_batch
from workbook.readers.machine.formats import AUTO, check_format, readers_version
from workbook.readers.machine.inputs import checksum, named_files
from workbook.readers.machine.order import Conversion, Order, alone
from workbook.readers.machine.provenance import Provenance, read_provenance
from workbook.readers.machine.threads import convert_batches

MEGABYTE = 1024**2
LARGEST_BATCH = 32 * MEGABYTE
"""Bytes of files, packed as they are, at which a batch is full."""

PARTITIONS = ("", "month")


def convert(
    inputs: Sequence[str | Path],
    *,
    out: str | Path,
    name: str = AUTO,
    partition: str = "",
    keeps_aside: bool = False,
    jobs: int | None = None,
    memory: int = 512 * MEGABYTE,
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
    with alone(order):
        before = _before(order)
        files = _checksums(named_files(inputs, but=[order.out, aside_path(order.out)]), jobs=order.jobs)
        new = _unknown(files, before)
        try:
            ended = _converted(new, order, tell=tell)
            return Assembly(order, before, ended, known=len(files) - len(new)).written()
        except duckdb.OutOfMemoryException as error:
            raise WorkbookError(
                f"{order.out}: {memory // MEGABYTE} MB were not enough; expected more memory (--memory) or fewer "
                f"batches at once (--jobs); what has been converted is kept. DuckDB says: {str(error).splitlines()[0]}"
            ) from error


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


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
