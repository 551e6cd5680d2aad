"""What the warm parent imports before it forks: all that a notebook of the workbook would import itself."""

from __future__ import annotations

import sys
from importlib import import_module

MODULES = (
    "workbook.charts",
    "workbook.findings",
    "workbook.measures",
    "workbook.readers",
    "nbformat",
    "faulthandler",
    "pdb",
    "sqlite3",
    "tornado.platform.asyncio",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "IPython.core.completerlib",
    "IPython.core.debugger_backport",
    "IPython.core.oinspect",
    "IPython.utils.wildcard",
    "IPython.extensions.storemagic",
)


LATER = ("scipy.stats",)
"""What takes long to import and is needed by some notebooks: imported once the first kernel is on its way."""

TRACES = ("Bar", "Heatmap", "Scatter")
DATASET = "arms_transfers"


def preload() -> None:
    """Import everything, with no thread started."""
    without_address_grammar()
    for name in MODULES:
        import_module(name)
    rehearse()


def preload_later() -> None:
    """Import what could wait."""
    for name in LATER:
        import_module(name)


def rehearse() -> None:
    """Draw a chart of the data that travel with the workbook: libraries import parts of themselves at first use."""
    import plotly.graph_objects as go

    import workbook

    for trace in TRACES:
        getattr(go, trace)
    chosen = workbook.select(workbook.load(DATASET))
    figure = workbook.charts.statement_frequency(workbook.measures.frequency(chosen, split_by="side"))
    figure._repr_mimebundle_()
    str(workbook.findings.statements(chosen))


def without_address_grammar() -> None:
    """Keep jsonschema from building a grammar of international addresses at import, which takes it a second or two.

    It is installed with JupyterLab and used for one check only, of a format that no notebook has.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
