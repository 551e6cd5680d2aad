"""``workbook demo-events``: made-up events to try things out on."""

from __future__ import annotations

from pathlib import Path

import click

from workbook.cli.places import Place, free_place


@click.command("demo-events")
@click.option("--rows", type=click.IntRange(min=1), required=True, help="How many events.")
@click.option(
    "--out", type=Place(path_type=Path), required=True, help="The Parquet file; it is there whole or not at all."
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Another seed, other events; the same, the same.",
)
@click.option("--force", is_flag=True, help="Overwrite OUT where it is there.")
def demo_events(*, rows: int, out: Path, seed: int, force: bool) -> None:
    r"""Write made-up events, for trying out and for measuring.

    A few states of no country (XAA and on) do most of what is done, stories are told many times, some accusations are
    denied days later. Nobody may take them for findings: every row, title and caption says that they are made up.

    \b
    workbook demo-events --rows 100000 --out events.parquet
    """
    from workbook.cli.progress import waiting
    from workbook.readers.made_up import write_made_up

    place = free_place(out, command="workbook demo-events", force=force)
    with waiting(f"{rows:,} made-up events"):
        made = write_made_up(place, rows=rows, seed=seed)
    click.echo(f"{made.path}: {made.rows:,} made-up events, no findings; seed {made.seed}")
