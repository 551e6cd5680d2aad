"""``workbook report``: notebooks run with parameters, a page each."""

from __future__ import annotations

import os
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook.cli.places import Place
from workbook.reports.run import CELL_TIMEOUT, ENGINES, Runner, default_engine, drawing_as_json

if TYPE_CHECKING:
    from workbook.reports.batch import Batch, Summary
    from workbook.reports.request import ReportRequest

INTERRUPTED = 130
GIGABYTE = 10**9
MOST_GIGABYTES = 10**6
"""More than any machine has, and no more than a process can be limited to."""


def _a_number(ctx: click.Context, param: click.Parameter, value: float) -> float:
    """Refuse ``nan``, which is outside no range."""
    if isnan(value):
        raise click.BadParameter("nan is no number", ctx, param)
    return value


@click.command()
@click.argument("notebooks", metavar="[NOTEBOOK ...]", nargs=-1)
@click.option(
    "-p", "given", metavar="NAME=VALUE", multiple=True, help="A parameter; lists with commas: actors=USA,PRK."
)
@click.option(
    "--each",
    metavar="WORD[=A,B]",
    multiple=True,
    help="A report for each actor, act, topic, claim, source, week, month, quarter or year, or for each of "
    "those named; given several times: for each combination.",
)
@click.option(
    "--plan",
    type=Place(path_type=Path, exists=True, dir_okay=False),
    help="A YAML file that lists reports: notebook, parameters, each.",
)
@click.option(
    "--out",
    type=Place(path_type=Path, file_okay=False),
    default=Path("reports"),
    show_default=True,
    help="Folder.",
)
@click.option("--single-file", is_flag=True, help="Put everything into each page, so that it can travel alone.")
@click.option("--pdf", is_flag=True, help="Print each page to PDF too, through Chromium.")
@click.option("--jobs", type=click.IntRange(min=1), help="How many reports at once.  [default: the cores]")
@click.option("--force", is_flag=True, help="Make reports again whose page is there, made from the same.")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    help="Kernels forked from one that has imported everything, or papermill's own.  [default: warm on Linux]",
)
@click.option(
    "--timeout",
    type=click.IntRange(min=1),
    default=CELL_TIMEOUT,
    show_default=True,
    help="Seconds that a cell may take.",
)
@click.option(
    "--memory",
    type=click.FloatRange(min=0, max=MOST_GIGABYTES),
    callback=_a_number,
    default=0.0,
    help="Gigabytes of data that a warm kernel may hold.",
)
def report(
    *,
    notebooks: tuple[str, ...],
    given: tuple[str, ...],
    each: tuple[str, ...],
    plan: Path | None,
    out: Path,
    single_file: bool,
    pdf: bool,
    jobs: int | None,
    force: bool,
    engine: str | None,
    timeout: int,
    memory: float,
) -> None:
    """Run notebooks and write a page for each, with an index.

    Without a NOTEBOOK all are run; `workbook notebooks` lists them with their parameters. Everything is checked
    before anything runs. A notebook that fails leaves an error page, the others go on. A report whose page is
    there, made from the same notebook, parameters, data and workbook, is not made again. Exits 0 if all is well,
    1 if a notebook failed, 2 if something is asked for that cannot be, 130 if it was interrupted.
    """
    if plan and (notebooks or given or each):
        raise click.UsageError("--plan names notebooks, parameters and each in its file; leave them out here")
    runner = Runner(engine or default_engine(), timeout=timeout, memory_limit=int(memory * GIGABYTE))
    with drawing_as_json():
        runner.begin()  # While everything is checked.
        requests = _planned(plan) if plan else _asked(notebooks, given, each)
        batch = _batch(out, runner=runner, jobs=jobs, force=force, single_file=single_file, pdf=pdf)
        _say(_written(batch, requests), out)


def _batch(out: Path, *, runner: Runner, jobs: int | None, force: bool, single_file: bool, pdf: bool) -> Batch:
    from workbook.reports.batch import Batch
    from workbook.reports.files import Dress
    from workbook.reports.pdf import find_chromium

    return Batch(
        out,
        runner=runner,
        jobs=jobs or os.cpu_count() or 1,
        force=force,
        dress=Dress(single_file=single_file),
        chromium=find_chromium() if pdf else "",
    )


def _written(batch: Batch, requests: list[ReportRequest]) -> Summary:
    from workbook.reports.batch import InterruptedBatchError

    try:
        return batch.write(requests)
    except InterruptedBatchError as error:
        click.echo(error, err=True)
        os._exit(INTERRUPTED)  # Threads that wait for kernels of papermill's own would hold the process.


def _say(summary: Summary, out: Path) -> None:
    from workbook.events import counted

    for page, error in summary.failed.items():
        click.echo(f"failed: {out / page}: {error}", err=True)
    counts = [counted(len(summary.written), "report"), f"{len(summary.failed)} failed"]
    if summary.unchanged:
        counts.insert(1, f"{len(summary.unchanged)} as they were")
    click.echo(f"{', '.join(counts)}; begin at {out / 'index.html'}")
    if summary.failed:
        raise SystemExit(1)


def _planned(plan: Path) -> list[ReportRequest]:
    from workbook.readers import load
    from workbook.reports.plan import read_plan

    return read_plan(plan, load=load)


def _asked(notebooks: tuple[str, ...], given: tuple[str, ...], each: tuple[str, ...]) -> list[ReportRequest]:
    from workbook.readers import load
    from workbook.reports.catalogue import choose_cards, left_to_be_named
    from workbook.reports.each import requested

    cards = choose_cards(notebooks)
    for hint in () if notebooks else left_to_be_named():
        click.echo(hint, err=True)
    parameters = _parted(given)
    words = {word: [value for value in values.split(",") if value] for word, values in _by_name(each, "--each").items()}
    requests, left_out = requested(cards, parameters, each=words, load=load)
    for card in left_out:
        click.echo(f"{card.name} cannot be had for each {', '.join(words)}: left out", err=True)
    for card in (card for card in cards if card not in left_out):
        foreign = sorted(set(parameters) - set(card.defaults()))
        if foreign:
            click.echo(f"{card.name} has no {', '.join(foreign)}: left as it is", err=True)
    return requests


def _parted(given: tuple[str, ...]) -> dict[str, str]:
    from workbook.errors import Fault, ParameterError

    faults = [
        Fault("parameters", None, "-p", repr(text), "NAME=VALUE, for example -p start=2023-01-01")
        for text in given
        if not text.partition("=")[0] or "=" not in text
    ]
    if faults:
        raise ParameterError("workbook report", faults)
    return {name: value.strip() for name, value in _by_name(given, "-p").items()}


def _by_name(texts: tuple[str, ...], option: str) -> dict[str, str]:
    """Part names from what is given to them; of a name that is given twice, one would be lost."""
    from workbook.errors import Fault, ParameterError

    parted = [(name.strip(), value) for name, _, value in (text.partition("=") for text in texts)]
    names = [name for name, _ in parted]
    faults = [
        Fault("parameters", None, option, f"{name} {names.count(name)} times", "each name once; values with commas")
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    if faults:
        raise ParameterError("workbook report", faults)
    return dict(parted)
