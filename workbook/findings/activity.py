"""What the activity of actors shows, in sentences."""

from __future__ import annotations

import pandas as pd

from workbook.events import counted
from workbook.findings.wording import Findings, first_few, interval, on_day, percent, statements
from workbook.measures import Measured


def activity(measured: Measured, dyads: Measured) -> Findings:
    """Say who speaks most, who alleges, who denies, and about whom.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.activity`.
    dyads : Measured
        From `workbook.measures.who_about_whom`, of the same selection.

    Returns
    -------
    Findings

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> speakers, pairs = workbook.measures.activity(chosen), workbook.measures.who_about_whom(chosen)
    >>> activity(speakers, pairs).sentences[2]
    'Who deny: DPRK defence official (4) and Russia (1).'
    """
    table = measured.table
    if table.empty:
        return Findings.of("No actor speaks in this selection.", measured.basis.caption())
    return Findings.of(
        _most_active(table, total=measured.basis.events),
        _by_side(table, column="allegations", does=("alleges", "allege")),
        _by_side(table, column="denials", does=("denies", "deny")),
        _span(table),
        _dyad(dyads.table),
        measured.basis.caption(),
    )


def _most_active(table: pd.DataFrame, *, total: int) -> str:
    top = table.iloc[0]
    names = table.loc[table["statements"] == top["statements"], "name"].tolist()
    is_most, each = ("is", "") if len(names) == 1 else ("are", " each")
    return (
        f"{counted(len(table), 'speaker')}; the most active {is_most} {first_few(names)} with "
        f"{statements(top['statements'])}{each} of {total}: {percent(top['share'])} "
        f"({interval(top['low'], top['high'])})."
    )


def _by_side(table: pd.DataFrame, *, column: str, does: tuple[str, str]) -> str:
    rows = table[table[column] > 0].sort_values([column, "name"], ascending=[False, True])
    if rows.empty:
        return f"Nobody {does[0]} anything."
    named = [f"{row['short_name']} ({row[column]})" for _, row in rows.iterrows()]
    return f"Who {does[0] if len(rows) == 1 else does[1]}: {first_few(named)}."


def _span(table: pd.DataFrame) -> str:
    top = table.iloc[0]
    if not isinstance(top["first_text"], str):
        return f"When {top['name']} speaks is not known well enough to say since when and until when."
    return f"{top['name']} is first heard {on_day(top['first_text'])} and last {on_day(top['last_text'])}."


def _dyad(dyads: pd.DataFrame) -> str:
    named = dyads[dyads["target_id"] != ""]
    if named.empty:
        return ""
    top = named.sort_values(["statements", "actor_name", "target_name"], ascending=[False, True, True]).iloc[0]
    alike = int((named["statements"] == top["statements"]).sum())
    which = "The most frequent pair is" if alike == 1 else f"One of the {alike} most frequent pairs is"
    return (
        f"{which} {top['actor_name']} about {top['target_name']}: {statements(top['statements'])}, "
        f"of which {top['allegations']} allege and {top['denials']} deny."
    )
