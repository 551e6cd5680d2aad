"""A heat map whose cells say their numbers."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.template import SEQUENTIAL

LEAST = 0.05
"""A weight below this rounds to none."""


def heat_map(grid: pd.DataFrame, *, across: Sequence[str], down: Sequence[str], words: str, gap: int = 2) -> go.Figure:
    """Draw a table of counts as cells, the higher the darker; a cell without any stays empty.

    Parameters
    ----------
    grid : pandas.DataFrame
        Counts; zero or missing for none.
    across, down : sequence of str
        Escaped labels of columns and rows.
    words : str
        Hover text, with plotly's ``%{x}``, ``%{y}`` and ``%{text}``.
    gap : int
        Pixels between cells.
    """
    counted = grid.astype("float64")
    counted = counted.where(counted > 0)
    figure = go.Figure(
        go.Heatmap(
            x=list(across),
            y=list(down),
            z=[[None if pd.isna(cell) else round(cell, 3) for cell in row] for row in counted.to_numpy()],
            text=[[_written(cell) for cell in row] for row in counted.to_numpy()],
            texttemplate="%{text}",
            textfont={"size": 11},
            colorscale=SEQUENTIAL,
            showscale=False,
            xgap=gap,
            ygap=gap,
            hoverongaps=False,
            hovertemplate=f"{words}<extra></extra>",
        )
    )
    figure.update_yaxes(autorange="reversed", type="category", showgrid=False)
    return figure.update_xaxes(type="category", showgrid=False)


def _written(cell: float) -> str:
    if pd.isna(cell):
        return ""
    return "&lt;0.1" if cell < LEAST else f"{cell:.1f}".removesuffix(".0")
