"""Charts of coded statements against machine-coded events."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from workbook.charts.template import empty, finished, hover, keys, wrapped
from workbook.events import counted
from workbook.measures import Matching

ROW, LABEL = 34, 22
STATEMENTS = {
    "seen": ("#0072b2", ""),
    "seen otherwise": ("#b07d0a", "/"),
    "not seen": ("#d55e00", "."),
    "no day": ("#7d838c", "x"),
}
EVENTS = {"machine_matched": ("#0072b2", ""), "machine_alone": ("#7d838c", ".")}
WORDS = {
    "seen otherwise": "seen as another act",
    "no day": "without known days",
    "machine_matched": "events that match a statement",
    "machine_alone": "events that match none",
}
NOTHING = "No statement matches these parameters."


def machine_view(found: Matching) -> go.Figure:
    """Draw a bar an act: how many coded statements the machine sees, sees as another act, and does not see.

    Parameters
    ----------
    found : Matching
        From `workbook.measures.match_coded`.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> machine_view(workbook.measures.match_coded(chosen, chosen)).data[0].name
    'seen'
    """
    table = found.by_group
    caption = f"Coded statements by {found.choices['by']}, and what the machine sees of them. {found.basis.caption()}"
    if table.empty:
        return empty(why=NOTHING, caption=caption)
    named = [str(group).replace("_", " ") for group in table["group"]]
    labels = [wrapped(name, width=LABEL) for name in named]
    figure = go.Figure([_bar(table, part, named=named, y=labels, orientation="h") for part in STATEMENTS])
    figure.update_layout(barmode="stack")
    figure.update_xaxes(title_text="statements", rangemode="tozero", tickformat=",d")
    figure.update_yaxes(autorange="reversed", type="category")
    words = "; ".join(f"{row.group} {row.statements}, {row.seen} seen" for row in table.itertuples())
    alt = f"Bars of coded statements by {found.choices['by']}: {words}."
    return finished(figure, alt=alt, caption=caption, height=110 + ROW * len(table))


def machine_over_time(found: Matching) -> go.Figure:
    """Draw month by month the coded statements and, below, the machine's events of the same parties and acts.

    Parameters
    ----------
    found : Matching
        From `workbook.measures.match_coded`.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> len(machine_over_time(workbook.measures.match_coded(chosen, chosen)).data)
    5
    """
    table = found.by_month
    undated = int((found.table["outcome"] == "no day").sum())
    left_out = f" In no month, without known days: {counted(undated, 'statement')}." if undated else ""
    caption = f"A statement counts in the month of its middle day.{left_out} {found.basis.caption()}"
    if table.empty:
        return empty(why=left_out.strip() or NOTHING, caption=caption)
    months = table["month_start"].dt.strftime("%Y-%m").tolist()
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.08)
    for place, parts in enumerate((list(STATEMENTS)[:3], EVENTS), start=1):
        for part in parts:
            figure.add_trace(_bar(table, part, named=months, x=months), row=place, col=1)
    figure.update_layout(barmode="stack")
    figure.update_xaxes(type="category")
    figure.update_yaxes(title_text="statements", rangemode="tozero", tickformat=",d", row=1, col=1)
    figure.update_yaxes(title_text="machine's events", rangemode="tozero", tickformat=",d", row=2, col=1)
    sums = ", ".join(f"{WORDS.get(name, name)} {int(table[name].sum()):,}" for name in (*list(STATEMENTS)[:3], *EVENTS))
    alt = f"Two rows of bars by month, {months[0]} to {months[-1]}: statements and events of the machine; {sums}."
    return finished(figure, alt=alt, caption=caption, height=420)


def _bar(table: pd.DataFrame, part: str, *, named: list[str], **place: object) -> go.Bar:
    """Return the bars of one part, along whichever axis is free; each says what it is named."""
    colour, pattern = (STATEMENTS | EVENTS)[part]
    name, counts = WORDS.get(part, part), table[part].tolist()
    return go.Bar(
        **place,
        **{"x" if "y" in place else "y": counts},
        name=name,
        marker={"color": colour, "pattern": {"shape": pattern}},
        hovertext=[hover(label, f"{name}: {count:,}") for label, count in zip(named, counts, strict=True)],
        hoverinfo="text",
        customdata=keys([""] * len(counts)),
    )
