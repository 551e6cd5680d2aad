"""A selection outside the explorer: rows as CSV and Parquet, and reports of it."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from workbook.errors import WorkbookError
from workbook.events import EventData, EventIndex, Selection
from workbook.explorers.choosing import chosen
from workbook.explorers.state import ExplorerState
from workbook.writers import write_csv, write_parquet

REPORT_NOTEBOOKS = ("statement_frequency", "actor_activity", "denials_vs_allegations", "claim_ledger")


def write_rows(index: EventIndex, state: ExplorerState, path: Path) -> Path:
    """Write the rows of a state as CSV or Parquet, by the ending of the path; whole or not at all.

    Parameters
    ----------
    index : EventIndex
        The whole data set.
    state : ExplorerState
        What is selected.
    path : pathlib.Path
        Ends in .csv or .parquet. Text in a CSV that a spreadsheet would take for a formula gets an apostrophe in front.

    Returns
    -------
    pathlib.Path
        The same path.

    Raises
    ------
    WorkbookError
        Another ending.
    """
    writers: dict[str, Callable[[Selection, Path], int]] = {".csv": write_csv, ".parquet": write_parquet}
    if path.suffix not in writers:
        raise WorkbookError(f"{path.name}: found the ending {path.suffix!r}; expected .csv or .parquet")
    writers[path.suffix](chosen(index, state), path)
    return path


def default_out() -> Path:
    """Return where an explorer saves: among the reports of a checkout, or beside the notebook."""
    checkout = Path(__file__).parents[2]
    return checkout / "reports" / "explored" if (checkout / "pyproject.toml").is_file() else Path("explored")


def file_name(data: EventData, state: ExplorerState, *, what: str, ending: str) -> str:
    """Name a file after its data set, what it holds and the state: another state, another name.

    Examples
    --------
    >>> import workbook
    >>> data = workbook.load("arms_transfers")
    >>> file_name(data, ExplorerState(), what="rows", ending=".csv")
    'arms_transfers-rows.csv'
    >>> file_name(data, ExplorerState(period="week"), what="rows", ending=".csv")
    'arms_transfers-rows-c15a6156.csv'
    """
    name = re.sub(r"[^A-Za-z0-9_]+", "_", data.name).strip("_") or "events"
    text = str(state)
    mark = f"-{hashlib.sha256(text.encode()).hexdigest()[:8]}" if text else ""
    return f"{name}-{what}{mark}{ending}"


def write_report(
    data: EventData, state: ExplorerState, *, out: Path, notebooks: tuple[str, ...] = REPORT_NOTEBOOKS
) -> Path:
    """Write reports of a state, as ``workbook report -p selection=...`` does.

    Parameters
    ----------
    data : EventData
        The whole data set; it must come from a data package.
    state : ExplorerState
        What is selected.
    out : pathlib.Path
        Folder of the reports.
    notebooks : tuple of str
        Which reports.

    Returns
    -------
    pathlib.Path
        The index of the reports.

    Raises
    ------
    WorkbookError
        The events do not come from a package, or a report failed; says what the command said.
    """
    command = [sys.executable, "-m", "workbook", *report_arguments(data, state, out=out, notebooks=notebooks)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise WorkbookError(done.stderr.strip() or done.stdout.strip())
    return out / "index.html"


def report_arguments(
    data: EventData, state: ExplorerState, *, out: Path, notebooks: tuple[str, ...] = REPORT_NOTEBOOKS
) -> list[str]:
    """Return what to give to ``workbook`` for reports of a state.

    Examples
    --------
    >>> import workbook
    >>> state = ExplorerState(period="week").filtered(actors=("PRK",))
    >>> data = workbook.load("arms_transfers")
    >>> report_arguments(data, state, out=Path("mine"), notebooks=("claim_ledger",))[-4:]
    ['-p', 'selection=period=week&actors=PRK', '--out', 'mine']
    """
    if not data.path:
        raise WorkbookError(
            f"{data.name}: found a frame in memory; expected a data package on disk, which a report can load again"
        )
    return ["report", *notebooks, "-p", f"dataset={data.path}", "-p", f"selection={state}", "--out", str(out)]
