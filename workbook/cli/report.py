"""``workbook report``: notebooks run with parameters, a page each."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("notebooks", metavar="[NOTEBOOK ...]", nargs=-1)
@click.option(
    "-p", "given", metavar="NAME=VALUE", multiple=True, help="A parameter; lists with commas: actors=USA,PRK."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports"),
    show_default=True,
    help="Folder.",
)
@click.option("--pdf", is_flag=True, help="Print each page to PDF too, through Chromium.")
def report(notebooks: tuple[str, ...], given: tuple[str, ...], out: Path, pdf: bool) -> None:
    """Run notebooks and write a page for each, with an index.

    Without a NOTEBOOK all are run; `workbook notebooks` lists them with their parameters. Parameters are
    checked before anything runs. A notebook that fails leaves an error page, the others go on. Exits 0 if all
    is well, 1 if a notebook failed, 2 if a parameter is wrong.
    """
    from workbook.readers import load
    from workbook.reports.catalogue import choose_cards
    from workbook.reports.parameters import check_parameters
    from workbook.reports.pdf import find_chromium

    cards = choose_cards(notebooks)
    parameters = check_parameters(cards, _parted(given), load=load)
    chromium = find_chromium() if pdf else ""
    for card in cards:
        foreign = sorted(set(parameters) - set(card.defaults()))
        if foreign:
            click.echo(f"{card.name} has no {', '.join(foreign)}: left as it is", err=True)

    from workbook.reports.batch import write_reports

    summary = write_reports(cards, parameters=parameters, out=out, chromium=chromium)
    for page, error in summary.failed.items():
        click.echo(f"failed: {out / page}: {error}", err=True)
    click.echo(f"{len(summary.written)} reports, {len(summary.failed)} failed; begin at {out / 'index.html'}")
    if summary.failed:
        raise SystemExit(1)


def _parted(given: tuple[str, ...]) -> dict[str, str]:
    from workbook.errors import Fault, ParameterError

    faults = [
        Fault("parameters", None, "-p", repr(text), "NAME=VALUE, for example -p start=2023-01-01")
        for text in given
        if not text.partition("=")[0] or "=" not in text
    ]
    if faults:
        raise ParameterError("workbook report", faults)
    return {name.strip(): value.strip() for name, _, value in (text.partition("=") for text in given)}
