"""``workbook export``: events out again, as PLOVER, CSV or Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook.cli.places import Named, Place, free_place

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.events import EventData, Selection

FORMATS = ("plover", "csv", "parquet")


@click.command()
@click.argument("format_name", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("input_name", metavar="INPUT", type=Named())
@click.option("--out", type=Place(path_type=Path), required=True, help="The file; whole or not at all.")
@click.option("--actor", "actors", multiple=True, help="Who speaks, such as USA; a state takes its people. Repeatable.")
@click.option("--act", "acts", multiple=True, help="An act, such as denial. Repeatable.")
@click.option("--start", default="", help="First day, YYYY-MM-DD.")
@click.option("--end", default="", help="Last day, YYYY-MM-DD.")
@click.option("--selection", default="", help="A choice as explore.ipynb gives it: actors=USA&start=2023-01-01.")
@click.option("--force", is_flag=True, help="Overwrite OUT where it is there.")
def export(
    *,
    format_name: str,
    input_name: str,
    out: Path,
    actors: tuple[str, ...],
    acts: tuple[str, ...],
    start: str,
    end: str,
    selection: str,
    force: bool,
) -> None:
    r"""Write coded statements or stored events for other programs.

    FORMAT is plover (JSON lines), csv (flat, safe to open in a spreadsheet) or parquet (the standard event table).
    INPUT is a data set by name, the folder of a data package, or stored events: a Parquet file, a folder of them or a
    pattern in quotes.

    \b
    workbook export csv arms_transfers --out statements.csv
    workbook export plover arms_transfers --out statements.jsonl --actor PRK --act denial

    All rows are written, also those that an article only refers back to: is_referred says so. Rows chosen are rows
    written, or nothing is. What PLOVER cannot say, such as denials, is counted here and kept in each line under
    text_info.workbook, from where `workbook convert plover` takes it back.
    """
    from workbook.events import select

    _check_days({"--start": start, "--end": end})
    place = free_place(out, command="workbook export", force=force)
    data = _opened(input_name)
    chosen = select(data, start=start, end=end, actors=actors, acts=acts, selection=selection, referred=True)
    click.echo(_written(chosen, place, format_name=format_name))


def _check_days(days: dict[str, str]) -> None:
    """Refuse what is no single day, and name the option."""
    from workbook.dates import EdtfError, parse_day
    from workbook.errors import Fault, ParameterError

    faults = []
    for option, text in days.items():
        try:
            parse_day(text) if text else None
        except EdtfError:
            faults.append(Fault("parameters", None, option, repr(text), "a day, YYYY-MM-DD, for example 2023-01-31"))
    if faults:
        raise ParameterError("workbook export", faults)


def _opened(name: str) -> EventData:
    from workbook.readers import load
    from workbook.readers.stored import open_events

    is_package = (Path(name) / "datapackage.json").is_file()
    is_stored = "*" in name or name.endswith(".parquet") or (Path(name).is_dir() and not is_package)
    return open_events(name) if is_stored else load(name)


def _written(chosen: Selection, out: Path, *, format_name: str) -> str:
    from workbook.cli.progress import counting
    from workbook.events import counted

    noun, count = chosen.basis.noun, chosen.basis.events
    with counting(count, unit=noun) as tell:
        rows, further = WRITERS[format_name](chosen, out, tell)
    said = [f"{out}: {counted(count, noun)} chosen = {counted(rows, 'row')} written", *further, *chosen.basis.notes]
    return "\n".join(said)


def _plover(chosen: Selection, out: Path, tell: Callable[[int], None]) -> tuple[int, list[str]]:
    from workbook.events import counted
    from workbook.readers.plover import KEPT_IN
    from workbook.writers import write_plover

    done = write_plover(chosen, out, tell=tell)
    without = ", ".join(f"{count:,} {act}" for act, count in done.without_event.items())
    lines = [f"PLOVER has no event for {without}: event is empty, the act is in {KEPT_IN}"] if without else []
    if done.without_actor:
        lines.append(f"{counted(done.without_actor, 'row')} without an actor: actor is empty")
    if done.uncertain:
        what = counted(done.uncertain, "date")
        lines.append(f"{what} of no single day: date is the last possible day, the date in EDTF is in {KEPT_IN}")
    return done.rows, lines


def _csv(chosen: Selection, out: Path, tell: Callable[[int], None]) -> tuple[int, list[str]]:
    from workbook.writers import write_csv

    return write_csv(chosen, out, tell=tell), []


def _parquet(chosen: Selection, out: Path, tell: Callable[[int], None]) -> tuple[int, list[str]]:
    from workbook.writers import write_parquet

    rows = write_parquet(chosen, out)
    tell(rows)
    return rows, []


WRITERS: dict[str, Callable[[Selection, Path, Callable[[int], None]], tuple[int, list[str]]]] = {
    "plover": _plover,
    "csv": _csv,
    "parquet": _parquet,
}
