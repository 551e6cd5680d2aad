"""What measures of millions of events cost, and what converting costs, side by side with named peers in one run.

Run as ``python -m tests.benchmarks.events [ROWS]``; without a number, 20 million rows: some minutes and 2 GB of disk.
"""

from __future__ import annotations

import random
import sys
import tempfile
import zipfile
from pathlib import Path

from tests.benchmarks.watched import Watched, watch
from workbook.readers.made_up import write_made_up

TASK = Path(__file__).with_name("event_tasks.py")
ROWS, STEPS = 20_000_000, (1_000_000, 5_000_000)
FILES, ROWS_A_FILE = 10, 100_000
LIMIT = "1GB"
PANDAS_CONVERT = """
import sys, duckdb, pandas as pd
frames = [pd.read_csv(path, sep="\\t", header=None, dtype=str, quoting=3, keep_default_na=False) for path in sys.argv[2:]]
rows = pd.concat(frames, ignore_index=True).rename(columns=str)
duckdb.from_df(rows).write_parquet(sys.argv[1])
"""


def task(name: str, by: str, file: Path, *more: str) -> tuple[Watched, float, str, str]:
    """Run one task; return what it took, its seconds without imports, its checksum, and its parts."""
    watched = watch([sys.executable, str(TASK), name, by, str(file), *more])
    lines = watched.output.strip().splitlines()
    seconds, checksum = lines[-1].split()
    parts = next((line.removeprefix("parts ") for line in lines if line.startswith("parts ")), "")
    return watched, float(seconds), checksum, parts


def measures(file: Path, *, rows: int) -> None:
    """Print seconds, memory and ratios of each task by each engine."""
    print(f"\n{rows:,} rows, {file.stat().st_size / rows:.0f} bytes a row")
    print(f"{'':26} {'s':>7} {'to SQL':>7} {'MB':>6}  checksum      open, select, measure (s)")
    for name in ("frequency", "activity"):
        base = task(name, "sql", file)
        others = {by: task(name, by, file) for by in ("polars", "pandas", "workbook")}
        others[f"workbook, {LIMIT}"] = task(name, "workbook", file, LIMIT)
        for by, (watched, seconds, checksum, parts) in {"sql": base, **others}.items():
            row = f"{name + ', ' + by:26} {seconds:7.2f} {seconds / base[1]:7.1f} {watched.megabytes:6.0f}"
            print(f"{row}  {checksum}  {parts}")
            assert checksum == base[2], f"{name}: {by} gives other numbers"
        sys.stdout.flush()


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
    """Print what converting costs, of some files and of twice as many."""
    print(f"\nconvert: zipped GDELT 2.0, {ROWS_A_FILE:,} made-up rows a file")
    print(f"{'':34} {'s':>7} {'ratio':>7} {'MB':>6}")
    for files in (FILES // 2, FILES):
        folder = place / f"gdelt-{files}"
        folder.mkdir()
        zips = [str(path) for path in gdelt_zips(folder, files=files)]
        ours = [sys.executable, "-m", "workbook", "convert", "gdelt", *zips, "--out", str(folder / "ours.parquet")]
        found = {
            "pandas": watch([sys.executable, "-c", PANDAS_CONVERT, str(folder / "pandas.parquet"), *zips]),
            "workbook convert": watch(ours),
        }
        for by, watched in found.items():
            ratio = watched.seconds / found["pandas"].seconds
            print(f"{f'{files} files, {by}':34} {watched.seconds:7.2f} {ratio:7.2f} {watched.megabytes:6.0f}")


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for rows in (*(step for step in STEPS if step < most), most):
            file = write_made_up(place / f"{rows}.parquet", rows=rows).path
            measures(file, rows=rows)
            file.unlink()
        converts(place)


if __name__ == "__main__":
    main()
