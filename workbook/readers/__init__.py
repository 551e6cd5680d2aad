"""Readers: one format each, to the standard event table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.events import Codings, EventData

__all__ = ["load", "load_codings"]


def load(name_or_path: str | Path) -> EventData:
    """Load a coded data set as standard events, checked from end to end.

    Parameters
    ----------
    name_or_path : str or pathlib.Path
        Name of a data set that travels with the workbook, or the folder of a data package.

    Returns
    -------
    EventData

    Raises
    ------
    FaultsError
        The package has faults; all of them are listed. Data with a fault are never loaded in part.
    WorkbookError
        There is no such package.

    Examples
    --------
    >>> load("arms_transfers").name
    'arms_transfers'
    """
    from workbook.readers.coded import read_package

    return read_package(name_or_path).events()


def load_codings(name_or_path: str | Path) -> Codings:
    """Load what the coders of a data set did before adjudication.

    Parameters
    ----------
    name_or_path : str or pathlib.Path
        As for `load`.

    Returns
    -------
    Codings
        Both coders' units, their matching and the decisions; empty where the package holds none.

    Raises
    ------
    FaultsError, WorkbookError
        As for `load`.

    Examples
    --------
    >>> load_codings("arms_transfers").coders
    ('A', 'B')
    """
    from workbook.readers.coded import read_package

    return read_package(name_or_path).codings()
