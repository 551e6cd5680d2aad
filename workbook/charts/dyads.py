"""Charts of who accuses whom, and whether the accused denies it: over time, by dyad, by days of waiting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from workbook.charts.marks import iso
from workbook.charts.template import (
    MUTED,
    OTHER_COLOURS,
    SIDE_COLOURS,
    apart,
    empty,
    finished,
    hover,
    shown,
    stands_for,
    wrapped,
)
from workbook.charts.undrawn import not_drawn
from workbook.dates import period_label
from workbook.measures import DyadExchanges

MOST_TICKS, FEW_TICKS = 12, 8
MOST_DYADS = 15
ROW, LABEL = 40, 26
NOTHING = "Nobody accuses and nobody denies: no event between two parties matches these parameters."

PALE = "rgba(213, 94, 0, 0.28)"
PARTS: Mapping[str, tuple[str, str, str]] = {
    "answered": ("accusations answered", SIDE_COLOURS["alleges"], ""),
    "unanswered": ("accusations unanswered", PALE, ""),
    "open": ("accusations still open at the end", PALE, "."),
    "denials": ("denials", SIDE_COLOURS["denies"], ""),
}
"""Words, colour and pattern of each part of a bar; denials go the other way."""

DASHES = ("dash", "dot", "dashdot", "longdash", "longdashdot")


def dyads_over_time(linked: DyadExchanges) -> go.Figure:
    """Draw accusations upwards, the answered ones full and the others pale, and denials downwards, bin by bin.

    Parameters
    ----------
    linked : DyadExchanges
        From `workbook.measures.dyad_exchanges`.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> figure = dyads_over_time(workbook.measures.dyad_exchanges(chosen, period="year"))
    >>> figure.layout.meta["alt"].partition(":")[0]
    'Bars a year from 2022 to 2023'
    """
    period = str(linked.choices["period"])
    caption = f"{_caption(linked, what=f'a {period}')} Accusations upwards, denials downwards. {linked.basis.caption()}"
    if linked.over_time.empty:
        return empty(why=NOTHING, caption=caption)
    sums = linked.over_time.groupby("bin_start")[list(PARTS)].sum().reindex(list(linked.bins), fill_value=0)
    labels = [period_label(start.date(), period) for start in sums.index]
    days = iso(sums.index.to_series())
    traces = [_bars(sums[part], part, labels=labels, keys=[(day, part) for day in days]) for part in PARTS]
    figure = go.Figure([go.Bar(trace) for trace in traces if trace["x"]])
    figure.update_layout(barmode="relative")
    figure.update_xaxes(type="category", categoryorder="array", categoryarray=labels, nticks=MOST_TICKS)
    figure.update_xaxes(range=[-0.5, len(labels) - 0.5], autorange=False)
    figure.update_yaxes(title_text=f"a {period}", tickformat=",~f", zeroline=True, zerolinecolor=MUTED)
    alt = f"Bars a {period} from {labels[0]} to {labels[-1]}: {_in_words(sums.sum())}."
    return finished(figure, alt=alt, caption=caption, height=340)


def _bars(counts: pd.Series, part: str, *, labels: Sequence[str], keys: Sequence[Sequence[str]]) -> dict[str, object]:
    """Return the upright bars of one part, where there is something."""
    places = [place for place, value in enumerate(counts) if value]
    way = -1 if part == "denials" else 1
    return {
        "x": [labels[place] for place in places],
        "y": [way * int(counts.iloc[place]) for place in places],
        "hovertext": [hover(labels[place], _counted(counts.iloc[place], part)) for place in places],
        "customdata": stands_for([keys[place] for place in places]),
        **_look(part),
    }


def _look(part: str) -> dict[str, object]:
    words, colour, pattern = PARTS[part]
    line = {"color": SIDE_COLOURS["denies" if part == "denials" else "alleges"], "width": 0.8}
    return {
        "name": words,
        "marker": {"color": colour, "line": line, "pattern": {"shape": pattern, "fgcolor": line["color"], "size": 5}},
        "hoverinfo": "text",
    }


def _counted(value: float, part: str) -> str:
    return f"{PARTS[part][0]}: {int(value):,}"


def _caption(linked: DyadExchanges, *, what: str) -> str:
    return f"Accusations {what} by what became of them within {linked.choices['window_days']} days, and denials."


def _in_words(sums: pd.Series) -> str:
    total = int(sums[["answered", "unanswered", "open"]].sum())
    return (
        f"{total:,} accusations, of which {int(sums['answered']):,} are answered, and {int(sums['denials']):,} denials"
    )


def dyad_ranking(linked: DyadExchanges) -> go.Figure:
    """Draw a bar a dyad: accusations to the right, the answered ones full, and to the left the denials of the accused.

    Parameters
    ----------
    linked : DyadExchanges
        From `workbook.measures.dyad_exchanges`.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> figure = dyad_ranking(workbook.measures.dyad_exchanges(chosen))
    >>> figure.layout.yaxis.ticktext[0]
    'United States → North<br>Korea'
    """
    table = linked.table.head(MOST_DYADS)
    rest = not_drawn(linked.table["accusations"], most=MOST_DYADS, noun="dyad", unit="accusation")
    caption = (
        f"{_caption(linked, what='by dyad')} To the right what the first accuses the second of, to the left what the "
        f"second denies to the first.{rest} {linked.basis.caption()}"
    )
    if table.empty:
        return empty(why=NOTHING, caption=caption)
    dyads = [f"{row.accuser} → {row.accused}" for row in table.itertuples()]
    texts = _ranking_texts(table, dyads)
    figure = go.Figure()
    for part in PARTS:
        way = -1 if part == "denials" else 1
        keys = stands_for(table[["accuser_id", "accused_id"]].to_numpy().tolist())
        figure.add_bar(
            x=(way * table[part]).tolist(),
            y=list(range(len(table))),
            orientation="h",
            hovertext=texts,
            customdata=keys,
            **_look(part),
        )
    figure.update_layout(barmode="relative")
    figure.update_xaxes(
        title_text="denials ← → accusations", tickformat=",~f", zeroline=True, zerolinecolor=MUTED, nticks=FEW_TICKS
    )
    labels = [wrapped(dyad, width=LABEL) for dyad in dyads]
    figure.update_yaxes(tickvals=list(range(len(table))), ticktext=labels, range=[len(table) - 0.5, -0.5])
    top = "; ".join(
        f"{dyad} {row.accusations}, {row.answered} answered"
        for dyad, row in zip(dyads[:4], table.itertuples(), strict=False)
    )
    alt = f"Horizontal bars of accusations and denials by dyad. Most: {top}."
    return finished(figure, alt=alt, caption=caption, height=140 + ROW * len(table))


def _ranking_texts(table: pd.DataFrame, dyads: Sequence[str]) -> list[str]:
    return [
        hover(
            dyad,
            f"{row.accusations:,} accusations: {row.answered:,} answered, {row.unanswered:,} not, {row.open:,} open",
            f"{100 * row.share:.0f} % answered (95 % interval {100 * row.low:.0f} to {100 * row.high:.0f} %)"
            if row.accusations
            else "",
            f"half answered by day {row.lag_median:.0f}" if pd.notna(row.lag_median) else "",
            f"{row.denials:,} denials",
        )
        for dyad, row in zip(dyads, table.itertuples(), strict=True)
    ]


def dyad_lag_curves(survival: pd.DataFrame, *, caption: str = "") -> go.Figure:
    """Draw the share of accusations still unanswered, day by day: of all dyads, with its interval, and of some.

    Parameters
    ----------
    survival : pandas.DataFrame
        From `workbook.measures.dyad_lag_survival`.
    caption : str
        What the table stands on.

    Examples
    --------
    >>> import workbook
    >>> linked = workbook.measures.dyad_exchanges(workbook.select(workbook.load("arms_transfers")))
    >>> [trace.name for trace in dyad_lag_curves(workbook.measures.dyad_lag_survival(linked, most=1)).data]
    ['95 % interval', '95 % interval', 'all dyads', 'United States → North Korea']
    """
    words = (
        "Share of accusations still without a denial, by days (Kaplan-Meier, unanswered ones kept as censored): of all "
        f"dyads, with the 95 % interval, and of those with most accusations. {caption}"
    ).strip()
    curves = _curves(survival)
    everything = next(iter(curves.values()))
    if not everything["at_risk"].iloc[0]:
        return empty(why="There is no accusation whose answer could be awaited.", caption=words)
    figure = go.Figure(_band(everything))
    for place, (label, rows) in enumerate(curves.items()):
        figure.add_scatter(**_curve(rows, label, place=place))
    figure.update_yaxes(title_text="still unanswered, %", range=[0, 104])
    figure.update_xaxes(title_text="days since the accusation", rangemode="tozero")
    ends = ", ".join(f"{label} {100 * rows['survival'].iloc[-1]:.0f} %" for label, rows in curves.items())
    return finished(figure, alt=f"Survival curves; still unanswered at the end: {ends}.", caption=words, height=400)


def _curves(survival: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return each dyad's rows by its label, all dyads together first; of one name, the keys tell them apart."""
    parts = list(survival.groupby(["accuser_id", "accused_id", "label"], sort=False, dropna=False))
    labels = apart([label for (*_, label), _ in parts], [f"{one} → {other}" for (one, other, _), _ in parts])
    return {label: rows for label, (_, rows) in zip(labels, parts, strict=True)}


def _band(rows: pd.DataFrame) -> list[go.Scatter]:
    known = rows.dropna(subset=["low", "high"])
    return [
        go.Scatter(
            x=known["day"].tolist(),
            y=(100 * known[edge]).round(2).tolist(),
            mode="lines",
            line={"shape": "hv", "width": 0, "color": MUTED},
            name="95 % interval",
            showlegend=edge == "low",
            fill="tonexty" if edge == "low" else None,
            fillcolor="rgba(125,131,140,0.22)",
            hoverinfo="skip",
        )
        for edge in ("high", "low")
    ]


def _curve(rows: pd.DataFrame, label: str, *, place: int) -> dict[str, object]:
    colour = OTHER_COLOURS[(place - 1) % len(OTHER_COLOURS)] if place else SIDE_COLOURS["alleges"]
    dash = DASHES[(place - 1) % len(DASHES)] if place else "solid"
    return {
        "x": rows["day"].tolist(),
        "y": (100 * rows["survival"]).round(2).tolist(),
        "mode": "lines",
        "name": shown(label),
        "line": {"shape": "hv", "color": colour, "width": 1.8 if place else 3, "dash": dash},
        "hovertext": [
            hover(label, f"day {row.day:.0f}: {100 * row.survival:.0f} % unanswered", f"{row.at_risk:,} at risk")
            for row in rows.itertuples()
        ],
        "hoverinfo": "text",
    }
