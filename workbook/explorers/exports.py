"""A selection outside the explorer: rows as CSV and Parquet, and reports of it."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from workbook.errors import WorkbookError
from workbook.events import EventData, EventIndex, Selection, collected
from workbook.explorers.choosing import chosen
from workbook.explorers.state import ExplorerState
from workbook.files import write_whole

ACTIVE_CELL = re.compile(r"^[=+\-@\t\r]")
"""Beginnings that a spreadsheet takes for a formula (OWASP, CSV injection)."""

REPORT_NOTEBOOKS = ("statement_frequency", "actor_activity", "denials_vs_allegations", "claim_ledger")


def flat_rows(selection: Selection) -> pd.DataFrame:
    """Return a selection's events as one flat table, everybody who takes part and every source in a cell each.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.

    Returns
    -------
    pandas.DataFrame
        The standard event table, with ``claim``, ``speakers``, ``targets``, ``relays`` and ``sources``; several in a
        cell are parted by "; ". Ordered by latest date, then key.

    Examples
    --------
    >>> import workbook
    >>> rows = flat_rows(workbook.select(workbook.load("arms_transfers"), acts=["denial"]))
    >>> rows["speakers"].iloc[0]
    'Russia'
    """
    data = selection.data
    rows = collected(selection.events)
    rows = rows.merge(data.claims[["claim_id", "claim"]], on="claim_id", how="left")
    people = collected(selection.participants)
    names = people.assign(name=people["actor_id"].map(data.actors.set_index("actor_id")["name"]))
    for role in ("speaker", "target", "relay"):
        joined = names[names["role"] == role].groupby("event_id")["name"].agg("; ".join)
        rows[f"{role}s"] = rows["event_id"].map(joined)
    carried = collected(selection.mentions.select("event_id", "source_id").unique().sort("event_id", "source_id"))
    rows["sources"] = rows["event_id"].map(carried.groupby("event_id")["source_id"].agg("; ".join))
    return rows.sort_values(["date_latest", "event_id"], ignore_index=True)


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
    writers: dict[str, Callable[[pd.DataFrame], bytes]] = {".csv": _csv, ".parquet": _parquet}
    if path.suffix not in writers:
        raise WorkbookError(f"{path.name}: found the ending {path.suffix!r}; expected .csv or .parquet")
    write_whole(path, writers[path.suffix](flat_rows(chosen(index, state))))
    return path


def _csv(rows: pd.DataFrame) -> bytes:
    texts = [name for name in rows.columns if not pd.api.types.is_numeric_dtype(rows[name].dtype)]
    texts = [name for name in texts if not pd.api.types.is_datetime64_any_dtype(rows[name].dtype)]
    safe = {name: rows[name].map(disarmed, na_action="ignore") for name in texts}
    text: str = rows.assign(**safe).to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")
    return text.encode("utf-8")


def disarmed(cell: object) -> object:
    """Put an apostrophe before text that a spreadsheet would take for a formula.

    Examples
    --------
    >>> disarmed("=HYPERLINK(1)"), disarmed("1 to 2")
    ("'=HYPERLINK(1)", '1 to 2')
    """
    return f"'{cell}" if isinstance(cell, str) and ACTIVE_CELL.match(cell) else cell


def _parquet(rows: pd.DataFrame) -> bytes:
    import duckdb

    # A column without any value has no type of its own.
    untyped = {name: rows[name].astype("str") for name in rows.columns if rows[name].dtype == object}
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        place = Path(folder) / "rows.parquet"
        connection.from_df(rows.assign(**untyped)).write_parquet(str(place))
        return place.read_bytes()


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
