"""What measures of millions of events cost, and what converting costs, side by side with named peers in one run.

Run as ``python -m tests.benchmarks.events [ROWS]``; without a number, 20 million rows: some minutes and 2 GB of disk.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import duckdb

from tests.benchmarks.watched import Watched, watch
from workbook.readers.made_up import write_made_up
from workbook.readers.stored import ENGINES

TASK = Path(__file__).with_name("event_tasks.py")
TASKS = ("frequency", "activity", "exchanges")
PEERS = ("sql", "polars", "pandas", "workbook")
ROWS, STEPS, SAMPLE = 20_000_000, (1_000_000, 5_000_000), 100_000
FILES, ROWS_A_FILE = 10, 100_000
LIMIT, FAR, RUNS = "1GB", 1_000_000_000, 3
CONVERTERS = {
    "pandas, cells as they are": "cells",
    "pandas, the same events": "events",
    "gdeltPyR's reader, cells": "gdeltpyr",
}
OURS = "workbook convert"


@dataclass(frozen=True)
class Done:
    """What a task took: seconds without imports, of these the measure alone, megabytes, the numbers' checksum."""

    seconds: float
    measure: float
    megabytes: float
    checksum: str


def task(name: str, by: str, file: Path, *more: str) -> Done:
    """Run one task once."""
    watched = watch([sys.executable, str(TASK), name, by, str(file), *more])
    lines = watched.output.strip().splitlines()
    seconds, checksum = lines[-1].split()
    parts = next((line.split()[1:] for line in lines if line.startswith("parts ")), [seconds])
    return Done(float(seconds), float(parts[-1]), watched.megabytes, checksum)


def load() -> str:
    """Say how busy others keep the machine before anything is measured; above 1, what is measured is not to be used."""
    return f"load before: {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores"


def middle(runs: Sequence[Done]) -> Done:
    """Return the median of each figure."""
    figures = (median(getattr(run, name) for run in runs) for name in ("seconds", "measure", "megabytes"))
    return Done(*figures, checksum=runs[0].checksum)


def measures(file: Path, *, rows: int) -> dict[str, Done]:
    """Print seconds, memory and ratios of each task by each engine, the peers in turns."""
    print(f"\n{rows:,} rows, {file.stat().st_size / rows:.0f} bytes a row; medians of {RUNS} runs")
    print(f"{'':26} {'s':>7} {'MB':>6} {'measure alone: s':>17} {'to SQL':>7}  checksum")
    found = {}
    for name in TASKS:
        asked = {by: (by,) for by in PEERS}
        asked[f"workbook, {LIMIT}"] = ("workbook", LIMIT)
        runs = [{by: task(name, first, file, *more) for by, (first, *more) in asked.items()} for _ in range(RUNS)]
        done = {f"{name}, {by}": middle([run[by] for run in runs]) for by in asked}
        base = done[f"{name}, sql"]
        for by, each in done.items():
            print(
                f"{by:26} {each.seconds:7.2f} {each.megabytes:6.0f} {each.measure:17.2f} "
                f"{each.measure / base.measure:7.2f}  {each.checksum}"
            )
            assert each.checksum == base.checksum, f"{by} gives other numbers"
        sys.stdout.flush()
        found |= done
    return found


def slopes(by_rows: dict[int, dict[str, Done]]) -> None:
    """Print how seconds grow with rows, and what they come to far away."""
    least, most = min(by_rows), max(by_rows)
    if least == most:
        return
    print(f"\nFrom {least:,} to {most:,} rows, and what {FAR:,} would take by that slope")
    print(f"{'':26} {'rows a second':>14} {'s for each million':>19} {'far':>12}")
    for name, last in by_rows[most].items():
        if name in by_rows[least]:
            first = by_rows[least][name]
            slope = (last.seconds - first.seconds) / (most - least)
            far = last.seconds + slope * (FAR - most)
            print(f"{name:26} {most / last.seconds:14,.0f} {slope * 1e6:19.3f} {far:10.0f} s")


def engines(place: Path) -> None:
    """Print whether all engines give the same numbers on a sample, PySpark in local mode among them."""
    file = write_made_up(place / "sample.parquet", rows=SAMPLE).path
    print(f"\nEqual numbers on {SAMPLE:,} rows: {', '.join(ENGINES)}")
    for name in TASKS:
        found = {engine: task(name, f"workbook:{engine}", file).checksum for engine in ENGINES}
        print(f"{name:26} {' '.join(found.values())}")
        assert len(set(found.values())) == 1, f"{name}: {found}"


def gdelt_zips(folder: Path, *, files: int) -> list[Path]:
    """Write zipped GDELT 2.0 files of made-up rows."""
    draw = random.Random(1)
    found = []
    for number in range(files):
        path = folder / f"2020010100{number:02d}00.export.CSV.zip"
        text = "\n".join(gdelt_row(draw, key=number * ROWS_A_FILE + place) for place in range(ROWS_A_FILE)) + "\n"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(path.stem, text)
        found.append(path)
    return found


def gdelt_row(draw: random.Random, *, key: int) -> str:
    """Return a made-up row of GDELT 2.0."""
    code = draw.choice(("010", "016", "112", "042", "190", "036", "111", "020"))
    day = f"2020{draw.randint(1, 12):02d}{draw.randint(1, 28):02d}"
    actors = [draw.choice(("XAA", "XAB", "XAC", "XADGOV")) for _ in range(2)]
    people = [[actor, f"MADE UP {actor}", actor[:3], *[""] * 7] for actor in actors]
    place = ["1", "Made-up place", "XX", "XX", "", "10.5", "20.5", "XX"]
    cells = [str(key), day, day[:6], day[:4], f"{day[:4]}.5", *people[0], *people[1], "1", code, code, code[:2], "1"]
    cells += ["-2.0", str(draw.randint(1, 30)), "1", "5", "0.5", *place, *place, *place, "20200101001500"]
    return "\t".join([*cells, f"https://made-up-{draw.randint(1, 300)}.example/{key}"])


def converts(place: Path) -> None:
    """Print what converting costs, of some files and of twice as many, the converters in turns."""
    print(f"\nconvert: zipped GDELT 2.0, {ROWS_A_FILE:,} made-up rows a file; medians of {RUNS} runs")
    has_gdeltpyr = find_spec("gdelt") is not None
    if not has_gdeltpyr:
        print("gdeltPyR is not installed here: its reader is left out")
    print(f"{'':36} {'s':>7} {'ours faster':>12} {'MB':>6} {'of theirs':>10} {'rows a second':>14}")
    for files in (FILES // 2, FILES):
        folder = place / f"gdelt-{files}"
        folder.mkdir()
        zips = [str(path) for path in gdelt_zips(folder, files=files)]
        peers = {by: what for by, what in CONVERTERS.items() if has_gdeltpyr or what != "gdeltpyr"}
        runs = [_converted(folder, zips, peers) for _ in range(RUNS)]
        taken = {by: median(run[by].seconds for run in runs) for by in runs[0]}
        held = {by: median(run[by].megabytes for run in runs) for by in runs[0]}
        _assert_same_rows(folder)
        for by, seconds in taken.items():
            faster, of_theirs = seconds / taken[OURS], held[OURS] / held[by]
            print(
                f"{f'{files} files, {by}':36} {seconds:7.2f} {faster:12.2f} {held[by]:6.0f} {of_theirs:10.2f} "
                f"{files * ROWS_A_FILE / seconds:14,.0f}"
            )


def _converted(folder: Path, zips: Sequence[str], peers: dict[str, str]) -> dict[str, Watched]:
    """Convert by each once."""
    script = [sys.executable, "-m", "tests.benchmarks.pandas_convert"]
    found = {by: watch([*script, what, str(folder / f"{what}.parquet"), *zips]) for by, what in peers.items()}
    out = folder / "ours.parquet"
    out.unlink(missing_ok=True)
    found[OURS] = watch([sys.executable, "-m", "workbook", "convert", "gdelt", *zips, "--out", str(out)])
    return found


def _assert_same_rows(folder: Path) -> None:
    ours, theirs = (f"(FROM '{folder / name}.parquet')" for name in ("ours", "events"))
    for query in (f"{ours} EXCEPT ALL {theirs}", f"{theirs} EXCEPT ALL {ours}"):
        assert not duckdb.sql(query).limit(1).fetchall(), "pandas and workbook convert give other events"


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    print(load())
    duckdb.execute("SET enable_progress_bar = false")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        by_rows = {}
        for rows in (*(step for step in STEPS if step < most), most):
            file = write_made_up(place / f"{rows}.parquet", rows=rows).path
            by_rows[rows] = measures(file, rows=rows)
            file.unlink()
        slopes(by_rows)
        engines(place)
        converts(place)


if __name__ == "__main__":
    main()
