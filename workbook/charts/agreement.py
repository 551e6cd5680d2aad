"""Charts of how far two coders agree."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.heat import heat_map
from workbook.charts.template import MUTED, SIDE_COLOURS, empty, finished, hover, keys, wrapped
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
        f"Agreement by field over {agreed.matched} matched units, with 95 % intervals (alpha: bootstrap over units). "
        "The dotted lines are Krippendorff's bounds for tentative and for reliable use."
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
    alphas = ", ".join(f"{word} {alpha:.2f}" for word, alpha in zip(words, table["alpha"], strict=True))
    return finished(figure, alt=f"Alpha by field: {alphas}.", caption=caption, height=150 + ROW * len(table))


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


def confusion_heatmap(table: pd.DataFrame, *, field: str) -> go.Figure:
    """Draw what one coder has where the other has what; agreement lies on the diagonal.

    Parameters
    ----------
    table : pandas.DataFrame
        From `workbook.measures.confusion`.
    field : str
        Which field it is.

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
    values = sorted({*table["value_a"], *table["value_b"]})
    grid = table.pivot(index="value_a", columns="value_b", values="units").reindex(index=values, columns=values)
    labels = [wrapped(value.replace("_", " ").replace("-", " "), width=20) for value in values]
    words = "first coder: %{y}<br>second coder: %{x}<br>%{text} units"
    figure = heat_map(grid, across=labels, down=labels, words=words, gap=1)
    # With a distance of their own the titles keep clear of long labels.
    figure.update_yaxes(title={"text": "first coder", "standoff": STANDOFF}, dtick=1)
    figure.update_xaxes(
        title={"text": "second coder", "standoff": STANDOFF}, tickangle=-90, dtick=1, tickfont={"size": 11}
    )
    off = int(table.loc[table["value_a"] != table["value_b"], "units"].sum())
    units = table["units"].sum()
    alt = f"Confusion matrix of {word} with {len(values)} values: {off} of {units} units lie off the diagonal."
    return finished(figure, alt=alt, caption=caption, height=190 + 26 * len(values))
