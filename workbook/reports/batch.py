"""Reports written one after the other: each whole, failures apart, an index that is true."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbook.errors import WorkbookError
from workbook.reports.catalogue import NotebookCard
from workbook.reports.files import report_stem, write_assets, write_whole
from workbook.reports.index import write_index
from workbook.reports.page import error_page, report_page
from workbook.reports.pdf import print_page
from workbook.reports.run import Failure, run_notebook


@dataclass
class Summary:
    """What became of a batch.

    Attributes
    ----------
    written : list of pathlib.Path
        Pages of reports.
    failed : dict of str to str
        By name of the page: what went wrong.
    """

    written: list[Path] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


def write_reports(
    cards: Sequence[NotebookCard], *, parameters: Mapping[str, object], out: Path, chromium: str = ""
) -> Summary:
    """Run notebooks and write a page for each.

    Parameters
    ----------
    cards : sequence of NotebookCard
        What to run.
    parameters : mapping of str to object
        Checked values; each notebook takes those that it knows.
    out : pathlib.Path
        Folder of the reports.
    chromium : str
        Prints each page to PDF too, if given.

    Returns
    -------
    Summary
    """
    write_assets(out)
    summary = Summary()
    for card in _with_progress(cards):
        own = {each.name: parameters[each.name] for each in card.parameters if each.name in parameters}
        changed = {name: value for name, value in own.items() if value != card.defaults()[name]}
        page = out / f"{report_stem(card.name, changed)}.html"
        _write_report(card, page, changed=changed, summary=summary, chromium=chromium)
        write_index(out)
    return summary


def _write_report(
    card: NotebookCard, page: Path, *, changed: Mapping[str, object], summary: Summary, chromium: str
) -> None:
    used = {**card.defaults(), **changed}
    executed = run_notebook(card.path, parameters=changed)
    if isinstance(executed, Failure):
        write_whole(page, error_page(card, executed, parameters=used, changed=changed).encode("utf-8"))
        summary.failed[page.name] = executed.error
        return
    write_whole(page, report_page(card, executed, parameters=used, changed=changed).encode("utf-8"))
    summary.written.append(page)
    if chromium:
        try:
            print_page(page, chromium=chromium)
        except WorkbookError as error:
            summary.failed[page.with_suffix(".pdf").name] = str(error)


def _with_progress(cards: Sequence[NotebookCard]) -> Iterator[NotebookCard]:
    """Show how far it is: a bar on a terminal, plain lines elsewhere."""
    if sys.stderr.isatty():
        from tqdm import tqdm

        with tqdm(cards, unit="report", leave=False) as bar:
            for card in bar:
                bar.set_description(card.name)
                yield card
        return
    for place, card in enumerate(cards, start=1):
        begun = time.monotonic()
        yield card
        print(
            f"{place}/{len(cards)} {card.name} ({time.monotonic() - begun:.1f} s)",
            file=sys.stderr,
            flush=True,
        )
