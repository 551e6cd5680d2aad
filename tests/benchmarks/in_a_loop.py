"""What one would write without the workbook's engine: papermill's API and nbconvert's exporter, in one process.

Run as ``python tests/benchmarks/in_a_loop.py WHERE OUT NOTEBOOK:ACTOR ...``; prints the seconds for all.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import papermill
from nbconvert import HTMLExporter


def main(where: Path, out: Path, pairs: list[str]) -> None:
    begun = time.perf_counter()
    exporter = HTMLExporter()
    for pair in pairs:
        name, _, actor = pair.partition(":")
        executed = papermill.execute_notebook(
            str(where / f"{name}.ipynb"), str(out / f"{name}-{actor}.ipynb"), {"actors": [actor]}, progress_bar=False
        )
        page, _ = exporter.from_notebook_node(executed)
        (out / f"{name}-{actor}.html").write_text(page, encoding="utf-8")
    print(time.perf_counter() - begun)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
