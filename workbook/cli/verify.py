"""``workbook verify``: every passage found again in one's own copies of the articles."""

from __future__ import annotations

from pathlib import Path

import click

from workbook.cli.places import Named, Place


@click.command()
@click.argument("articles", nargs=-1, required=True, type=Place(path_type=Path))
@click.option(
    "--package",
    type=Named(),
    default="arms_transfers",
    show_default=True,
    help="Name of a data set or folder of a data package.",
)
def verify(articles: tuple[Path, ...], package: str) -> None:
    """Find every passage of a data package in the folders ARTICLES.

    A passage is known by its fingerprint alone, so the articles may have other line ends, quotation marks or
    white space, and other file names. Names the rows whose passage is in no article and exits 1 if there is any.
    """
    from workbook.errors import Fault, FaultsError
    from workbook.evidence import read_articles
    from workbook.evidence import verify as find_passages
    from workbook.readers.coded import read_package

    where = ", ".join(str(folder) for folder in articles)
    coded = read_package(package)
    texts = read_articles(*articles)
    result = find_passages(coded.passages(), texts)
    if result.missing:
        faults = [
            Fault(
                "passages.csv",
                passage.row,
                "sha256",
                f"{passage.passage_id} in no article",
                coded.carrier(passage),
            )
            for passage in result.missing
        ]
        raise FaultsError(f"{where} against {coded.name}", faults)
    click.echo(f"{coded.name}: all {len(result.found)} passages found in {len(texts)} articles of {where}")
