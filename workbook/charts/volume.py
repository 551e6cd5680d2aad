"""Chart of counts as a share of a whole stream."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.marks import iso
from workbook.charts.template import OTHER_COLOURS, empty, finished, hover, stands_for
from workbook.dates import period_label
from workbook.measures import Measured

COLOUR = OTHER_COLOURS[0]


def volume_share(measured: Measured) -> go.Figure:
    """Draw the share of a stream's volume over time, with its interval.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.volume_share`.

    Examples
    --------
    >>> import workbook
    >>> data = workbook.load("arms_transfers")
    >>> denials = workbook.select(data, acts=["denial"])
    >>> figure = volume_share(workbook.measures.volume_share(denials, workbook.select(data), period="year"))
    >>> figure.layout.meta["alt"]
    'Line of the share of the stream a year from 2022 to 2023: lowest 0.0 % (2023), highest 35.7 % (2022).'
    """
    period = str(measured.choices["period"])
    caption = (
        f"What is chosen as a share of the whole stream, by {period}, with Wilson's 95 % interval. A stream grows by "
        f"itself: a count can rise while the share does not. {measured.basis.caption()}"
    )
    table = measured.table.dropna(subset=["share"])
    if table.empty or not table["count"].sum():
        return empty(why="Nothing of the stream is chosen: no event matches these parameters.", caption=caption)
    labels = [period_label(start.date(), period) for start in table["bin_start"]]
    figure = go.Figure([*_band(table), _line(table, labels)])
    figure.update_yaxes(title_text="share of the stream, %", rangemode="tozero", tickformat=",~f")
    low, high = table["share"].argmin(), table["share"].argmax()
    ends = [f"{100 * table['share'].iloc[place]:.1f} % ({labels[place]})" for place in (low, high)]
    alt = (
        f"Line of the share of the stream a {period} from {labels[0]} to {labels[-1]}: "
        f"lowest {ends[0]}, highest {ends[1]}."
    )
    return finished(figure, alt=alt, caption=caption, height=320)


def _band(table: pd.DataFrame) -> list[go.Scatter]:
    return [
        go.Scatter(
            x=iso(table["bin_start"]),
            y=(100 * table[edge]).round(3).tolist(),
            mode="lines",
            line={"width": 0, "color": COLOUR},
            name="95 % interval",
            showlegend=edge == "low",
            fill="tonexty" if edge == "low" else None,
            fillcolor="rgba(79,127,208,0.22)",
            hoverinfo="skip",
        )
        for edge in ("high", "low")
    ]


def _line(table: pd.DataFrame, labels: list[str]) -> go.Scatter:
    return go.Scatter(
        x=iso(table["bin_start"]),
        y=(100 * table["share"]).round(3).tolist(),
        mode="lines+markers",
        name="share of the stream",
        line={"color": COLOUR, "width": 2},
        marker={"color": COLOUR, "size": 5},
        hovertext=[
            hover(
                label,
                f"{100 * row.share:.1f} % (95 % interval {100 * row.low:.1f} to {100 * row.high:.1f} %)",
                f"{row.count_:,.1f} of {row.volume:,.1f}".replace(".0 ", " ").removesuffix(".0"),
            )
            for label, row in zip(labels, table.rename(columns={"count": "count_"}).itertuples(), strict=True)
        ],
        hoverinfo="text",
        customdata=stands_for([[day] for day in iso(table["bin_start"])]),
    )
