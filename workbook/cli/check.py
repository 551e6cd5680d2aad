"""``workbook check``: every fault of a data package at once."""

from __future__ import annotations

import click

from workbook.cli.places import Named


@click.command()
@click.argument("package", metavar="[PACKAGE]", type=Named(), required=False)
def check(package: str | None) -> None:
    """Check a data package and say what it holds.

    PACKAGE is a data set's name or the folder of a data package; without it, all data sets that travel with
    the workbook are checked. All faults are listed at once: table, line, column, what was found, what was
    expected. Exits 1 if there is any, 0 if there is none.
    """
    from workbook.errors import WorkbookError
    from workbook.readers.coded import package_names, read_package

    failures: list[WorkbookError] = []
    for name in [package] if package is not None else package_names():
        try:
            click.echo(read_package(name).contents())
        except WorkbookError as error:
            failures.append(error)
    if failures:
        raise WorkbookError("\n".join(str(failure) for failure in failures))
