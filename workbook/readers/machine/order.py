"""What is asked of a conversion, and what it did."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from workbook.errors import Fault, WorkbookError
from workbook.readers.machine.batch_writer import Counted

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]


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


@contextmanager
def alone(order: Order) -> Iterator[None]:
    """Hold the output for this process alone."""
    order.work.mkdir(parents=True, exist_ok=True)
    with (order.work / "lock").open("w") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise WorkbookError(f"{order.out}: another conversion writes it; expected to be alone") from error
        yield
