"""Charts of how far two coders agree."""

from __future__ import annotations

from textwrap import shorten

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.heat import heat_map
from workbook.charts.template import MUTED, SIDE_COLOURS, empty, finished, hover, keys, shown
from workbook.charts.undrawn import drawn_of
from workbook.events import counted
from workbook.measures import Agreement

COEFFICIENTS = {
    "alpha": ("Krippendorff's alpha", "circle", "alleges"),
    "ac1": ("Gwet's AC1", "square", "denies"),
}
BOUNDS = {0.667: "tentative", 0.8: "reliable"}
"""Krippendorff (2004)."""

APART = 0.16
ROW = 46
STANDOFF = 12
MOST_VALUES = 30
MOST_NAMED = 16
"""Values that can all be named below a chart of a phone's width."""

LABEL = 30
FIELD_WORDS = {"claim_id": "claim", "said": "date as written", "date_overlap": "dates can be one day"}


def agreement_forest(agreed: Agreement) -> go.Figure:
    """Draw both coefficients of each field with their intervals.

    Parameters
    ----------
    agreed : Agreement
        From `workbook.measures.agreement`.

    Examples
    --------
    >>> import workbook
    >>> agreed = workbook.measures.agreement(workbook.load_codings("arms_transfers"))
    >>> [trace.name for trace in agreement_forest(agreed).data]
    ["Krippendorff's alpha", "Gwet's AC1"]
    """
    table = agreed.table.dropna(subset=["alpha", "ac1"], how="all").reset_index(drop=True)
    caption = (
        f"Agreement by field over {counted(agreed.matched, 'matched unit')}, with 95 % intervals (alpha: bootstrap "
        "over units). The dotted lines are Krippendorff's bounds for tentative and for reliable use."
    )
    if table.empty:
        return empty(why="No unit is matched, so there is nothing to compare.", caption=caption)
    figure = go.Figure()
    for place, (column, (name, symbol, side)) in enumerate(COEFFICIENTS.items()):
        figure.add_scatter(**_points(table, column, name=name, symbol=symbol, colour=SIDE_COLOURS[side], place=place))
    for bound, word in BOUNDS.items():
        figure.add_vline(x=bound, line={"color": MUTED, "width": 1, "dash": "dot"})
        place_of = {"y": 1, "yref": "paper", "yanchor": "bottom", "font": {"size": 11}}
        anchor = "right" if word == "tentative" else "left"
        figure.add_annotation(x=bound, text=word, showarrow=False, xanchor=anchor, **place_of)
    words = [FIELD_WORDS.get(name, name) for name in table["field"]]
    low = min(0.0, float(table[["alpha_low", "ac1_low"]].min().min()))
    figure.update_yaxes(
        tickvals=list(range(len(table))), ticktext=words, range=[len(table) - 0.5, -0.5], showgrid=False
    )
    figure.update_xaxes(title_text="agreement beyond chance", range=[low - 0.02, 1.03])
    figure.update_layout(legend={"y": 1.08})
    alphas = ", ".join(f"{word} {_alpha(alpha)}" for word, alpha in zip(words, table["alpha"], strict=True))
    return finished(figure, alt=f"Alpha by field: {alphas}.", caption=caption, height=150 + ROW * len(table))


def _alpha(value: float) -> str:
    return "without a value" if pd.isna(value) else f"{value:.2f}"


def _points(table: pd.DataFrame, column: str, *, name: str, symbol: str, colour: str, place: int) -> dict[str, object]:
    values = table[column]
    return {
        "x": values.round(4).tolist(),
        "y": [row + (APART if place else -APART) for row in range(len(table))],
        "mode": "markers",
        "name": name,
        "marker": {"symbol": symbol, "color": colour, "size": 10},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": (table[f"{column}_high"] - values).round(4).tolist(),
            "arrayminus": (values - table[f"{column}_low"]).round(4).tolist(),
            "thickness": 1.5,
            "color": colour,
        },
        "hovertext": [
            hover(
                FIELD_WORDS.get(row["field"], row["field"]),
                f"{name} {row[column]:.2f} ({row[f'{column}_low']:.2f} to {row[f'{column}_high']:.2f})",
                f"{row['agreed']} of {row['units']} agree",
            )
            for row in table.to_dict("records")
        ],
        "hoverinfo": "text",
        "customdata": keys([""] * len(table)),
    }


def confusion_heatmap(table: pd.DataFrame, *, field: str, most: int = MOST_VALUES) -> go.Figure:
    """Draw what one coder has where the other has what; agreement lies on the diagonal.

    Parameters
    ----------
    table : pandas.DataFrame
        From `workbook.measures.confusion`.
    field : str
        Which field it is.
    most : int
        How many values are drawn: those that are taken for others most often, then the most frequent. The caption
        counts the others.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"value_a": ["denial"], "value_b": ["denial"], "units": [3]})
    >>> confusion_heatmap(table, field="act").data[0].text
    (['3'],)
    """
    word = FIELD_WORDS.get(field, field)
    caption = f"Matched units by the {word} that either coder gave. What lies off the diagonal was decided afterwards."
    if table.empty:
        return empty(why="No unit is matched, so there is nothing to compare.", caption=caption)
    ranked = _most_confused(table)
    values = sorted(ranked[:most])
    drawn = table[table["value_a"].isin(values) & table["value_b"].isin(values)]
    grid = table.pivot(index="value_a", columns="value_b", values="units").reindex(index=values, columns=values)
    labels = _labels(values, field=field)
    words = "first coder: %{y}<br>second coder: %{x}<br>%{text} units"
    figure = heat_map(grid, across=labels, down=labels, words=words, gap=1)
    each = 1 if len(values) <= MOST_NAMED else None
    # With a distance of their own the titles keep clear of long labels.
    figure.update_yaxes(title={"text": "first coder", "standoff": STANDOFF}, dtick=each)
    figure.update_xaxes(
        title={"text": "second coder", "standoff": STANDOFF}, tickangle=-90, dtick=each, tickfont={"size": 11}
    )
    off, units = _off_diagonal(table), int(table["units"].sum())
    if len(ranked) > most:
        rest, off_rest = units - int(drawn["units"].sum()), off - _off_diagonal(drawn)
        caption += (
            f" Not drawn: {counted(len(ranked) - most, 'value')} with {counted(rest, 'unit')}, {off_rest} of them off "
            "the diagonal."
        )
    named = drawn_of(len(ranked), most=most, noun="value")
    alt = f"Confusion matrix of {word} with {named}: {off} of {units} units lie off the diagonal."
    return finished(figure, alt=alt, caption=caption, height=190 + 26 * len(values))


def _off_diagonal(table: pd.DataFrame) -> int:
    return int(table.loc[table["value_a"] != table["value_b"], "units"].sum())


def _most_confused(table: pd.DataFrame) -> list[str]:
    """Order values by the units in which either coder has them and the other does not, then by all their units."""
    off = table["units"].where(table["value_a"] != table["value_b"], 0)
    sides = [table.assign(value=table[side], off=off)[["value", "off", "units"]] for side in ("value_a", "value_b")]
    sums = pd.concat(sides).groupby("value", as_index=False).sum()
    return list(sums.sort_values(["off", "units", "value"], ascending=[False, False, True])["value"])


def _labels(values: list[str], *, field: str) -> list[str]:
    """Return short labels, or whole ones where short ones would be the same: an axis puts these together."""
    plain = values if field == "said" else [value.replace("_", " ").replace("-", " ") for value in values]
    short = [shown(shorten(value, LABEL, placeholder=" …")) for value in plain]
    return short if len(set(short)) == len(short) else [shown(value) for value in values]
