"""Many reports: several at once, each whole, failures apart, what is unchanged left alone, an index that is true."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Empty, Queue

from workbook.errors import Fault, ParameterError, WorkbookError
from workbook.kernels.warm import warm_parent
from workbook.reports.files import Dress
from workbook.reports.folder import ReportFolder
from workbook.reports.inputs import Inputs
from workbook.reports.page import error_page, report_page
from workbook.reports.pdf import print_page
from workbook.reports.progress import Progress
from workbook.reports.request import ReportRequest
from workbook.reports.run import Failure, Runner, drawing_as_json, own_event_loop

PATIENCE = 5.0
"""Seconds that running reports have to notice an interrupt."""


@dataclass
class Summary:
    """What became of a batch.

    Attributes
    ----------
    written : list of pathlib.Path
        Pages of reports.
    unchanged : list of pathlib.Path
        Pages that were there already, made from the same.
    failed : dict of str to str
        By name of the page: what went wrong.
    """

    written: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


class InterruptedBatchError(WorkbookError):
    """A batch that was stopped; what it had done is there."""


@dataclass(frozen=True)
class Outcome:
    """One report that has ended: its page, or what must end the whole batch."""

    request: ReportRequest
    begun: float
    page: Path | None = None
    errors: dict[str, str] = field(default_factory=dict)
    fatal: BaseException | None = None


class Batch:
    """Reports to be written into one folder.

    Parameters
    ----------
    out : pathlib.Path
        The folder.
    runner : Runner
        How notebooks are run.
    jobs : int
        How many notebooks run their cells at once.
    force : bool
        Whether reports are made again whose page is there, made from the same.
    dress : Dress
        Scripts and styles beside the pages or inside them.
    chromium : str
        Prints each page to PDF too, if given.
    """

    def __init__(
        self,
        out: Path,
        *,
        runner: Runner | None = None,
        jobs: int = 1,
        force: bool = False,
        dress: Dress | None = None,
        chromium: str = "",
    ) -> None:
        self.runner = replace(runner or Runner(), turns=threading.Semaphore(jobs))
        self.jobs = jobs
        self.force = force
        self.dress = dress or Dress()
        self.chromium = chromium
        self.folder = ReportFolder(out)
        self.inputs = Inputs(form="single file" if self.dress.single_file else "shared")
        self._stop = threading.Event()

    def write(self, requests: Sequence[ReportRequest]) -> Summary:
        """Write all that is not there already; what is asked for twice is written once.

        Raises
        ------
        ParameterError
            Two notebooks would write the same page.
        InterruptedBatchError
            It was stopped by Ctrl-C.
        OSError
            The folder cannot be written, for example because the disk is full.
        """
        summary = Summary()
        requests = _by_page(requests)
        with self.folder.opened(single_file=self.dress.single_file), drawing_as_json():
            pending = []
            for request in requests:
                if not self.force and self._is_held(request):
                    summary.unchanged.append(self.folder.path / request.page)
                else:
                    pending.append(request)
            if pending:
                self.runner.begin()
            try:
                with Progress(total=len(requests), unchanged=len(summary.unchanged)) as progress:
                    self._work(pending, summary=summary, progress=progress)
            except KeyboardInterrupt:
                done = sum(self._is_held(request) for request in requests)
                raise InterruptedBatchError(
                    f"interrupted: {done} of {len(requests)} reports are there; the same command does the rest"
                ) from None
        return summary

    @property
    def ahead(self) -> int:
        """How many more reports are begun than run: the next one's kernel starts while cells still run elsewhere."""
        return 1 if self.runner.engine == "warm" else 0

    def _is_held(self, request: ReportRequest) -> bool:
        return self.folder.holds(request.page, inputs=self.inputs.of(request), pdf=bool(self.chromium))

    def _work(self, pending: Sequence[ReportRequest], *, summary: Summary, progress: Progress) -> None:
        """Let workers take requests until none is left; end them all when something ends the batch."""
        todo: Queue[ReportRequest] = Queue()
        ended: Queue[Outcome | ReportRequest] = Queue()
        for request in pending:
            todo.put(request)
        workers = [
            threading.Thread(target=self._take, args=(todo, ended), daemon=True)
            for _ in range(min(self.jobs + self.ahead, len(pending)))
        ]
        for worker in workers:
            worker.start()
        try:
            left = len(pending)
            while left:
                left -= self._note(ended.get(), summary=summary, progress=progress)
        finally:
            self._stop.set()
            if left:
                warm_parent.close()
            until = time.monotonic() + PATIENCE
            for worker in workers:
                worker.join(timeout=max(0.0, until - time.monotonic()))

    def _note(self, event: Outcome | ReportRequest, *, summary: Summary, progress: Progress) -> int:
        """Count what has begun or ended; return how many ended."""
        if isinstance(event, ReportRequest):
            progress.began()
            return 0
        if event.fatal is not None:
            raise event.fatal
        summary.failed |= event.errors
        if event.page is not None:
            summary.written.append(event.page)
        progress.ended(event.request.page, begun=event.begun, failed=bool(event.errors))
        return 1

    def _take(self, todo: Queue[ReportRequest], ended: Queue[Outcome | ReportRequest]) -> None:
        """Write one report after the other, until none is left."""
        with own_event_loop():
            while not self._stop.is_set():
                try:
                    request = todo.get_nowait()
                except Empty:
                    return
                begun = time.monotonic()
                ended.put(request)
                try:
                    ended.put(self._write(request, begun=begun))
                except BaseException as error:
                    ended.put(Outcome(request, begun, fatal=error))

    def _write(self, request: ReportRequest, *, begun: float) -> Outcome:
        inputs = self.inputs.of(request)
        executed = self.runner.run(request.card.path, parameters=request.changed)
        if self._stop.is_set():  # What failed now failed because the batch was stopped.
            return Outcome(request, begun)
        if not self.inputs.still(request):
            inputs = ""  # Nobody can say which data it saw: the next run makes it again.
        if isinstance(executed, Failure):
            self.folder.put(request.page, error_page(request, executed, inputs=inputs, dress=self.dress))
            return Outcome(request, begun, errors={request.page: executed.error})
        page = self.folder.put(request.page, report_page(request, executed, inputs=inputs, dress=self.dress))
        errors = {}
        if self.chromium:
            try:
                print_page(page, chromium=self.chromium)
            except WorkbookError as error:
                errors[page.with_suffix(".pdf").name] = str(error)
        return Outcome(request, begun, page=page, errors=errors)


def _by_page(requests: Sequence[ReportRequest]) -> list[ReportRequest]:
    """Return each report once; two notebooks of one name from two folders are refused: one page would be lost."""
    found: dict[str, ReportRequest] = {}
    faults = []
    for request in requests:
        other = found.setdefault(request.page, request)
        if other.card.path.resolve() != request.card.path.resolve():
            both = f"{other.card.path} and {request.card.path}, whose pages are both {request.page}"
            faults.append(Fault("parameters", None, "notebook", both, "notebooks of different names: rename one"))
    if faults:
        raise ParameterError("workbook report", faults)
    return list(found.values())
