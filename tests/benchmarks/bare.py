"""The floor of a report: a fork of a process that has imported everything, and the cells' code run as it stands.

Run as ``python tests/benchmarks/bare.py WHERE NOTEBOOK:ACTOR ...``; prints the seconds for all.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import io
import json
import os
import sys
import time
from pathlib import Path

from workbook.kernels.preload import preload


def cells(path: Path, actor: str) -> list[str]:
    """Return the code of a notebook, the actor set after its parameters."""
    code = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            code.append("".join(cell["source"]))
            if "parameters" in cell["metadata"].get("tags", []):
                code.append(f"actors = [{actor!r}]")
    return code


def run(code: list[str]) -> None:
    """Run cells in one namespace; what a cell ends with is evaluated and not shown."""
    space: dict[str, object] = {"__name__": "__main__"}
    for source in code:
        tree = ast.parse(source)
        with contextlib.redirect_stdout(io.StringIO()):
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, "cell", "exec"), space)
            if last is not None:
                eval(compile(ast.Expression(last.value), "cell", "eval"), space)


def main(where: Path, pairs: list[str]) -> None:
    preload()
    gc.collect()
    gc.freeze()
    begun = time.perf_counter()
    for pair in pairs:
        name, _, actor = pair.partition(":")
        pid = os.fork()
        if pid == 0:
            run(cells(where / f"{name}.ipynb", actor))
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        assert status == 0, pair
    print(time.perf_counter() - begun)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
