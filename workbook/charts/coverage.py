"""Charts of what the sources carry."""

from __future__ import annotations

from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.heat import heat_map
from workbook.charts.template import OTHER_COLOURS, empty, finished, hover, keys, shown
from workbook.charts.undrawn import drawn_of, not_drawn
from workbook.dates import in_words
from workbook.events import counted
from workbook.measures import Measured

ROW = 33
LABEL, LINES = 26, 2
MOST_SOURCES = 25


def source_coverage(measured: Measured, *, most: int = MOST_SOURCES) -> go.Figure:
    """Draw a bar a source: what it alone carries, and what others carry too.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.coverage`.
    most : int
        How many sources are drawn, those that carry most first; the caption counts the others.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> source_coverage(workbook.measures.coverage(chosen)).data[0].x
    (19, 12, 11, 4, 3)
    """
    ranked = measured.table.sort_values(["statements", "source_id"], ascending=[False, True])
    table = ranked.head(most)
    rest = not_drawn(ranked["statements"], most=most, noun="source")
    caption = f"Statements by source, and how many of them stand in no other.{rest} {measured.basis.caption()}"
    if table.empty:
        return empty(why="No source carries anything: no statement matches these parameters.", caption=caption)
    figure = go.Figure(_parts(table))
    figure.update_layout(barmode="stack")
    figure.update_xaxes(title_text="statements", rangemode="tozero", tickformat=",d")
    figure.update_yaxes(autorange="reversed", type="category", tickfont={"size": 11})
    words = "; ".join(f"{row.label} {row.statements}, {row.only_here} alone" for row in table.head(5).itertuples())
    sources = drawn_of(len(ranked), most=most, noun="source")
    alt = f"Bars of statements for {sources}. Most carry: {words}."
    return finished(figure, alt=alt, caption=caption, height=110 + ROW * len(table))


def _label(name: str, source_id: str) -> str:
    """Name a source on two lines at most; its key, which tells it from others of its publisher, stays whole."""
    lines = wrap(f"{name}, {source_id}", LABEL)
    if len(lines) > LINES:
        short = wrap(name, LABEL * LINES - len(source_id) - 6, max_lines=1, placeholder=" …")[0]
        lines = wrap(f"{short}, {source_id}", LABEL)
    return "<br>".join(shown(line) for line in lines)


def _parts(table: pd.DataFrame) -> list[go.Bar]:
    labels = [_label(row.label, row.source_id) for row in table.itertuples()]
    texts = [
        hover(
            row.label,
            f"published {in_words(row.published_text)}" if row.published_text else "",
            f"{counted(row.statements, 'statement')}, {row.only_here} of them here alone",
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


def shared_sources(measured: Measured, *, most: int = MOST_SOURCES) -> go.Figure:
    """Draw how many statements each two sources share.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.shared_coverage`.
    most : int
        How many sources are drawn: those of the pairs that share most, in the order of the table; the caption counts
        the others.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> shared_sources(workbook.measures.shared_coverage(chosen)).data[0].x[:2]
    ('s000', 's001')
    """
    table = measured.table
    caption = "Statements that two sources both carry; on the diagonal all of a source."
    basis = measured.basis.caption()
    if table.empty:
        why = "No source carries anything: no statement matches these parameters."
        return empty(why=why, caption=f"{caption} {basis}")
    names = table.drop_duplicates("source_a").set_index("source_a")["label_a"]
    shared = _most_shared(table)
    chosen = names.index[names.index.isin(shared.index[:most])]
    grid = table.pivot(index="source_a", columns="source_b", values="statements").loc[chosen, chosen]
    down = [_label(names[source], source) for source in chosen]
    figure = heat_map(grid, across=[shown(source) for source in chosen], down=down, words="%{y}<br>and %{x}: %{text}")
    figure.update_yaxes(tickfont={"size": 11}).update_xaxes(tickangle=-90, tickfont={"size": 11})
    rest = not_drawn(shared, most=most, noun="source", words="sharing at most {} with any other")
    sources = drawn_of(len(shared), most=most, noun="source")
    alt = f"Heat map of {sources}; two of them share at most {counted(int(shared.iloc[0]), 'statement')}."
    return finished(figure, alt=alt, caption=f"{caption}{rest} {basis}", height=110 + ROW * len(chosen))


def _most_shared(table: pd.DataFrame) -> pd.Series:
    """Return for each source how many statements it shares with the one that it shares most with, the most first."""
    apart = table["statements"].where(table["source_a"] != table["source_b"], 0)
    return apart.groupby(table["source_a"], sort=False).max().sort_values(ascending=False, kind="stable")
