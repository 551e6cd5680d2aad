"""From the parts of all batches to the output and the rows kept aside, both whole or not at all."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

import duckdb

from workbook import __version__
from workbook.errors import Fault, FaultsError
from workbook.readers.machine.aside import HEADER, LISTED, aside_line, aside_path, copied
from workbook.readers.machine.batch import Ended
from workbook.readers.machine.batch_writer import Resources, connected
from workbook.readers.machine.formats import readers_version
from workbook.readers.machine.inputs import Source
from workbook.readers.machine.merging import Merge, Place, Repeated
from workbook.readers.machine.order import Conversion, Order
from workbook.readers.machine.part import raw_rows
from workbook.readers.machine.provenance import Provenance


class Assembly:
    """Puts parts together.

    Parameters
    ----------
    order : Order
        What was asked for.
    before : Provenance or None
        What the output holds already.
    ended : list of Ended
        The batches, in the order of their files.
    known : int
        Files that were in before.
    """

    def __init__(self, order: Order, before: Provenance | None, ended: list[Ended], *, known: int) -> None:
        self._order, self._before, self._ended, self._known = order, before, ended, known
        self._broken = tuple(fault for each in ended for fault in each.broken)
        self._files = tuple(file for each in ended for file in each.files)
        self._parts = [(each, path) for each in ended for path in each.paths]

    def written(self) -> Conversion:
        """Merge the parts into the output and return what was done.

        Raises
        ------
        FaultsError
            There are faults and rows are not kept aside, or no file could be read.
        """
        if self._before and not self._files and not (self._broken and not self._order.keeps_aside):
            shutil.rmtree(self._order.work)
            return self._conversion(self._before)
        resources = Resources(self._order.jobs, self._order.memory)
        with connected(self._order.work, resources) as connection:
            before = self._order.out if self._before else None
            merge = Merge(connection, [path for _, path in self._parts], resources=resources, before=before)
            repeated = merge.leave_out_repeated()
            self._refuse(merge, repeated)
            self._count_aside(repeated)
            provenance = self._provenance(self._staged_aside(merge, connection, repeated))
            staged = self._order.work / "staged"
            if self._order.partition:
                merge.write_months(staged, provenance)
            else:
                merge.write_file(staged, provenance)
        self._put_in_place(staged)
        return self._conversion(provenance)

    def _refuse(self, merge: Merge, repeated: dict[tuple[int, int], int]) -> None:
        faults = [*self._broken, *(fault for each in self._ended for fault in each.faults)]
        rows = chain.from_iterable(merge.repeated(*place) for place in repeated)
        faults += [self._fault(row) for row in islice(rows, LISTED)]
        if self._files and (self._order.keeps_aside or not faults):
            return
        bad = sum(file.aside for file in self._files) + sum(repeated.values())
        said = f"{bad} of {sum(file.rows for file in self._files)} rows and {len(self._broken)} files are at fault"
        keep = "" if self._order.keeps_aside else "; --on-bad-rows keep-aside takes the rest"
        listed = f"; the first {LISTED} faults" if len(faults) >= LISTED else ""
        raise FaultsError(f"{self._order.out} was not written, {said}{keep}{listed}", faults[:LISTED])

    def _count_aside(self, repeated: dict[tuple[int, int], int]) -> None:
        """Count repeated rows as kept aside."""
        more: dict[str, int] = {}
        for (part, source), count in repeated.items():
            path = self._source(part, source).path
            more[path] = more.get(path, 0) + count
        self._files = tuple(replace(file, aside=file.aside + more.get(file.path, 0)) for file in self._files)

    def _staged_aside(
        self, merge: Merge, connection: duckdb.DuckDBPyConnection, repeated: dict[tuple[int, int], int]
    ) -> Path:
        """Write the rows kept aside, those of before first, where they wait for the output."""
        staged, old = self._order.work / "staged.aside.tsv", aside_path(self._order.out)
        with staged.open("wb") as file:
            if self._before and self._before.aside_bytes and old.is_file():
                with old.open("rb") as known:
                    shutil.copyfileobj(known, file)
                # What a run that was cut short added to it is not of this output.
                file.truncate(min(self._before.aside_bytes, file.tell()))
                file.seek(0, os.SEEK_END)
            else:
                file.write(HEADER)
            for chunk in copied(each.aside for each in self._ended):
                file.write(chunk)
            for fault in self._broken:
                file.write(aside_line([fault], b""))
            for part, source in repeated:
                lines = (row.place.line for row in merge.repeated(part, source))
                raw = raw_rows(connection, self._source(part, source), lines)
                for row, line in zip(merge.repeated(part, source), raw, strict=True):
                    file.write(aside_line([self._fault(row)], line))
        return staged

    def _provenance(self, aside: Path) -> Provenance:
        size = aside.stat().st_size
        files = (*(self._before.files if self._before else ()), *self._files)
        has_rows = size > len(HEADER)
        return Provenance(f"workbook {__version__}", readers_version(), files, aside_bytes=size if has_rows else 0)

    def _put_in_place(self, staged: Path) -> None:
        out, work = self._order.out, self._order.work
        aside = work / "staged.aside.tsv"
        if aside.stat().st_size > len(HEADER):
            aside.replace(aside_path(out))
        elif not self._before:
            aside_path(out).unlink(missing_ok=True)  # Of an output of this name that is no more.
        if out.is_dir():
            out.rename(work / "replaced")
        if staged.is_file():
            with staged.open("rb") as file:
                os.fsync(file.fileno())  # Before its name is there, its bytes are.
        staged.replace(out)
        shutil.rmtree(work)

    def _fault(self, row: Repeated) -> Fault:
        first = f"as on line {row.first.line} of {self._place(row.first)}" if row.first else "as in the output"
        found = f"the event {row.event_id} again, {first}"
        return Fault(self._place(row.place), row.place.line, "", found, "each event once")

    def _place(self, place: Place) -> str:
        return self._source(place.part, place.source).place

    def _source(self, part: int, number: int) -> Source:
        return Source(*self._parts[part][0].members[number])

    def _conversion(self, provenance: Provenance) -> Conversion:
        return Conversion(self._order.out, self._files, self._known, self._broken, provenance.rows)
