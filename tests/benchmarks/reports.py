"""What a report costs: the usual commands, the usual loop, the workbook, and the floor, side by side in one run.

Run as ``python -m tests.benchmarks.reports``; it takes some minutes and prints tables.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from tests.benchmarks.watched import Watched, watch
from tests.reports.conftest import cell, write_notebook
from workbook.reports.catalogue import read_catalogue

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
BENCHMARKS = ROOT / "tests" / "benchmarks"
BIN = Path(sys.executable).parent
NAMES = [card.name for card in read_catalogue(NOTEBOOKS)]
ACTORS = ["USA", "PRK", "RUS", "john-kirby", "KOR", "UKR", "kcna", "white-house", "kim-jong-un", "jake-sullivan"]
CORES = os.cpu_count() or 1
QUIET = {"PLOTLY_RENDERER": "plotly_mimetype", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def ours(out: Path, *arguments: str) -> Watched:
    """Run ``workbook report``."""
    return watch([sys.executable, "-m", "workbook", "report", *arguments, "--out", str(out)])


def commands(out: Path, actor: str) -> list[Watched]:
    """Run each notebook by papermill's command and turn it to HTML by nbconvert's."""
    found = []
    for name in NAMES:
        made = str(out / f"{name}.ipynb")
        execute = [str(BIN / "papermill"), str(NOTEBOOKS / f"{name}.ipynb"), made, "-y", f"actors: [{actor}]"]
        executed = watch(execute, env=QUIET)
        page = watch([str(BIN / "jupyter"), "nbconvert", "--to", "html", made], env=QUIET)
        seconds, most = executed.seconds + page.seconds, max(executed.megabytes, page.megabytes)
        found.append(Watched(seconds, most, ""))
    return found


def loop(out: Path, pairs: Sequence[str]) -> Watched:
    """Run papermill's API in a loop."""
    return watch([sys.executable, str(BENCHMARKS / "in_a_loop.py"), str(NOTEBOOKS), str(out), *pairs], env=QUIET)


def floor(pairs: Sequence[str]) -> Watched:
    """Run the bare cells."""
    single = {"OPENBLAS_NUM_THREADS": "1"}
    return watch([sys.executable, str(BENCHMARKS / "bare.py"), str(NOTEBOOKS), *pairs], env=QUIET | single)


def within(watched: Watched) -> float:
    """Return the seconds that a program prints of itself: without its start and its imports."""
    return float(watched.output.strip().splitlines()[-1])


def bytes_a_page(folder: Path) -> float:
    return mean(path.stat().st_size for path in folder.glob("*.html") if path.name != "index.html")


def costs(place: Path) -> None:
    """Print seconds, memory and bytes a report."""
    pairs = [f"{name}:{actor}" for actor in ACTORS for name in NAMES]
    some = pairs[: 2 * len(NAMES)]
    each = f"actor={','.join(ACTORS)}"
    for name in ("a", "b"):
        (place / name).mkdir()
    by_command = commands(place / "a", ACTORS[0])
    in_loop = loop(place / "b", some)
    cold = ours(place / "c", "claim_ledger", "-p", f"actors={ACTORS[0]}")
    one_job = ours(place / "d1", "--each", each, "--jobs", "1")
    all_jobs = ours(place / "d2", "--each", each)
    again = ours(place / "d2", "--each", each)
    bare = floor(pairs)
    a = mean(each.seconds for each in by_command)
    b = within(in_loop) / len(some)
    e = within(bare) / len(pairs)
    rows = [
        ("a  papermill, then jupyter nbconvert", len(by_command), a, by_command[0].megabytes, bytes_a_page(place / "a")),
        ("b  papermill's API and nbconvert's, in a loop", len(some), b, in_loop.megabytes, bytes_a_page(place / "b")),
        ("c  workbook report, cold, one report", 1, cold.seconds, cold.megabytes, bytes_a_page(place / "c")),
        ("d  workbook report --jobs 1", len(pairs), one_job.seconds / len(pairs), one_job.megabytes, bytes_a_page(place / "d1")),
        (f"d  workbook report, {CORES} jobs", len(pairs), all_jobs.seconds / len(pairs), all_jobs.megabytes, bytes_a_page(place / "d2")),
        ("   the same again, nothing changed", len(pairs), again.seconds / len(pairs), again.megabytes, bytes_a_page(place / "d2")),
        ("e  fork and bare cells", len(pairs), e, bare.megabytes, 0),
    ]  # fmt: skip
    print(f"{'':48}{'reports':>8}{'s each':>8}{'a / it':>8}{'b / it':>8}{'it / e':>8}{'MB':>7}{'kB page':>9}")
    for words, count, seconds, megabytes, size in rows:
        ratios = f"{a / seconds:8.1f}{b / seconds:8.1f}{seconds / e:8.1f}"
        print(f"{words:48}{count:8}{seconds:8.3f}{ratios}{megabytes:7.0f}{size / 1000:9.0f}")


def parts(place: Path) -> None:
    """Print where the time of a warm report goes: an empty notebook, one with as many empty cells, the bare cells."""
    count, cells = 20, 12
    plans = {}
    for name, sources in (("nothing", []), ("cells", ["pass"] * cells)):
        path = write_notebook(place / f"{name}.ipynb", *map(cell, sources))
        plan = place / f"{name}.yaml"
        plan.write_text("".join(f"- notebook: {path}\n  parameters: {{name: boat{n}}}\n" for n in range(count)))
        few = place / f"{name}-1.yaml"
        few.write_text(f"- notebook: {path}\n  parameters: {{name: other}}\n")
        seconds = [
            ours(place / f"{name}-{each.stem}", "--plan", str(each), "--jobs", "1").seconds for each in (few, plan)
        ]
        plans[name] = (seconds[1] - seconds[0]) / (count - 1)
    print(f"fork, kernel, page of a notebook without a cell  {plans['nothing']:6.3f} s")
    print(f"messages of {cells} cells that do nothing            {plans['cells'] - plans['nothing']:6.3f} s")


def memory(place: Path) -> None:
    """Print whether memory grows with the number of reports."""
    for count in (50, 200):
        plan = place / f"{count}.yaml"
        days = (f"2022-{1 + n % 12:02}-{1 + n // 12:02}" for n in range(count))
        plan.write_text("".join(f"- notebook: statement_frequency\n  parameters: {{start: {day}}}\n" for day in days))
        done = ours(place / f"memory{count}", "--plan", str(plan))
        print(f"{count:4} reports, {CORES} jobs: {done.megabytes:5.0f} MB, {done.seconds:6.1f} s")


def sizes(place: Path) -> None:
    """Print what the bytes of a page are."""
    shared, alone = place / "shared", place / "alone"
    ours(shared)
    ours(alone, "--single-file")
    print(f"{'kB':28}{'page':>8}{'charts':>8}{'table':>8}{'numbers':>8}{'rest':>8}{'alone: rest':>13}")
    for name in NAMES:
        text = (shared / f"{name}.html").read_text(encoding="utf-8")
        found = {
            "charts": re.findall(r'<script type="application/json" id="figure-\d+">.*?</script>', text, re.DOTALL),
            "table": re.findall(r'<tbody>.*?</tbody>|<script type="application/json" id="orders">.*?</script>', text, re.DOTALL),
            "numbers": re.findall(r'aria-label="Numbers \d+">.*?</pre>', text, re.DOTALL),
        }  # fmt: skip
        kilobytes = {part: sum(len(each.encode()) for each in texts) / 1000 for part, texts in found.items()}
        whole = len(text.encode()) / 1000
        data = sum(kilobytes.values())
        rest = (alone / f"{name}.html").stat().st_size / 1000 - data
        print(
            f"{name:28}{whole:8.0f}{''.join(f'{each:8.0f}' for each in kilobytes.values())}{whole - data:8.0f}{rest:13.0f}"
        )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for title, table in (
            ("Seconds, memory, bytes", costs), ("Where a report's time goes", parts),
            ("Memory and the number of reports", memory), ("Bytes of a page", sizes),
        ):  # fmt: skip
            print(f"\n{title}\n")
            table(place)


if __name__ == "__main__":
    main()
