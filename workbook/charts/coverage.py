"""Charts of what the sources carry."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.heat import heat_map
from workbook.charts.template import OTHER_COLOURS, empty, finished, hover, keys, wrapped
from workbook.dates import in_words
from workbook.measures import Measured

ROW = 44
LABEL = 22


def source_coverage(measured: Measured) -> go.Figure:
    """Draw a bar a source: what it alone carries, and what others carry too.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.coverage`.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> source_coverage(workbook.measures.coverage(chosen)).data[0].x
    (3, 4, 12, 11, 19)
    """
    table = measured.table
    caption = f"Statements by source, and how many of them stand in no other. {measured.basis.caption()}"
    if table.empty:
        return empty(why="No source carries anything: no statement matches these parameters.", caption=caption)
    figure = go.Figure(_parts(table))
    figure.update_layout(barmode="stack")
    figure.update_xaxes(title_text="statements", rangemode="tozero", tickformat=",d")
    figure.update_yaxes(autorange="reversed", type="category")
    words = "; ".join(f"{row.label} {row.statements}, {row.only_here} alone" for row in table.itertuples())
    return finished(
        figure, alt=f"Bars of statements by source: {words}.", caption=caption, height=110 + ROW * len(table)
    )


def _parts(table: pd.DataFrame) -> list[go.Bar]:
    labels = [wrapped(f"{row.label}, {row.source_id}", width=LABEL) for row in table.itertuples()]
    texts = [
        hover(
            row.label,
            f"published {in_words(row.published_text)}",
            f"{row.statements} statements, {row.only_here} of them here alone",
            f"{row.direct} direct, {row.mixed} mixed, {row.indirect} indirect",
        )
        for row in table.itertuples()
    ]
    parts = {"here alone": table["only_here"], "in other sources too": table["statements"] - table["only_here"]}
    common = {
        "y": labels,
        "orientation": "h",
        "hovertext": texts,
        "hoverinfo": "text",
        "customdata": keys([""] * len(table)),
    }
    return [
        go.Bar(x=counts.tolist(), name=name, marker={"color": colour, "pattern": {"shape": pattern}}, **common)
        for (name, counts), colour, pattern in zip(parts.items(), OTHER_COLOURS, ("", "."), strict=False)
    ]


def shared_sources(measured: Measured) -> go.Figure:
    """Draw how many statements each two sources share.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.shared_coverage`.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> shared_sources(workbook.measures.shared_coverage(chosen)).data[0].x[:2]
    ('s000', 's001')
    """
    table = measured.table
    caption = f"Statements that two sources both carry; on the diagonal all of a source. {measured.basis.caption()}"
    if table.empty:
        return empty(why="No source carries anything: no statement matches these parameters.", caption=caption)
    grid = table.pivot(index="source_a", columns="source_b", values="statements")
    names = table.drop_duplicates("source_a").set_index("source_a")["label_a"]
    down = [wrapped(f"{names[source]}, {source}", width=LABEL) for source in grid.index]
    figure = heat_map(grid, across=list(grid.columns), down=down, words="%{y}<br>and %{x}: %{text}")
    apart = table[table["source_a"] != table["source_b"]]
    most = int(apart["statements"].max()) if len(apart) else 0
    alt = f"Heat map of {len(grid)} sources; two of them share at most {most} statements."
    return finished(figure, alt=alt, caption=caption, height=90 + ROW * len(grid))
