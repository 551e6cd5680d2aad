"""``workbook convert``: machine-coded events of any vendor to one Parquet file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook.cli.places import Named, Place, no_device

if TYPE_CHECKING:
    from workbook.readers.machine.order import Conversion

MEGABYTE = 1024**2
MOST_MEGABYTES = 2**30
"""More than any machine has, and no more than DuckDB can count."""


@click.command()
@click.argument("format_name", metavar="FORMAT")
@click.argument("inputs", metavar="INPUT...", type=Named(), nargs=-1, required=True)
@click.option("--out", type=Place(path_type=Path), required=True, help="The Parquet file; with --partition the folder.")
@click.option("--partition", type=click.Choice(["month"]), help="A folder year=/month= with a Parquet file each.")
@click.option(
    "--on-bad-rows",
    type=click.Choice(["refuse", "keep-aside"]),
    default="refuse",
    show_default=True,
    help="Write nothing, or keep what is no event in OUT.aside.tsv: file, line, why, the row itself.",
)
@click.option("--jobs", type=click.IntRange(min=1), help="How many batches of files at once.  [default: the cores]")
@click.option(
    "--memory",
    type=click.IntRange(min=256, max=MOST_MEGABYTES),
    default=512,
    show_default=True,
    help="Megabytes that DuckDB may use for all; what does not fit is spilled beside OUT.",
)
def convert(
    *,
    format_name: str,
    inputs: tuple[str, ...],
    out: Path,
    partition: str | None,
    on_bad_rows: str,
    jobs: int | None,
    memory: int,
) -> None:
    """Convert machine-coded events into standard events in Parquet.

    FORMAT is gdelt (1.0 and 2.0), icews, phoenix, plover or polecat; auto recognises each file by itself. INPUT is a
    file, a folder or a glob in quotes; files may be plain, .gz, .zip or .parquet.

    \b
    workbook convert gdelt 'gdelt/*.zip' --out events.parquet
    workbook convert auto downloads/ --out events --partition month --on-bad-rows keep-aside

    Rows are sorted by day and keep the vendor's code, score and key beside the act. Where OUT is there already, files
    that it does not hold yet are added: run it again after each download. Files are known by their checksum. A run
    that was stopped goes on where it was. OUT appears whole or not at all, and holds in its metadata what it was made
    of. No row is lost: rows read are events written and rows kept aside. Exits 1 if rows are refused.
    """  # noqa: D301 - click takes the sign for a paragraph that keeps its lines
    from workbook.readers.machine.conversion import convert as convert_files

    with _bar() as tell:
        done = convert_files(
            inputs,
            out=no_device(out, command="workbook convert"),
            name=format_name,
            partition=partition or "",
            keeps_aside=on_bad_rows == "keep-aside",
            jobs=jobs,
            memory=memory * MEGABYTE,
            tell=tell,
        )
    click.echo(_said(done))


def _said(done: Conversion) -> str:
    from workbook.readers.machine.aside import aside_path

    added = (
        f"{done.rows} rows of {len(done.files)} new files = {done.rows - done.aside} events + {done.aside} kept aside"
    )
    lines = [f"{done.out}: {added}; {done.events} events in all"]
    if done.known:
        lines.append(f"{done.known} files were in before")
    lines += [f"left out whole: {fault}" for fault in done.broken]
    if done.aside or done.broken:
        lines.append(f"kept aside in {aside_path(done.out)}")
    return "\n".join(lines)


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _read, _all: None
        return
    from tqdm import tqdm

    with tqdm(unit="B", unit_scale=True, unit_divisor=1024, leave=False) as bar:

        def tell(read: int, whole: int) -> None:
            bar.total = whole
            bar.update(read - bar.n)

        yield tell
