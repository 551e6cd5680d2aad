"""What the activity of actors shows, in sentences."""

from __future__ import annotations

import pandas as pd

from workbook.dates import in_words
from workbook.events import counted
from workbook.findings.wording import Findings, first_few, interval, percent, statements
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
    return (
        f"{counted(len(table), 'speaker')}; the most active is {top['name']} with {statements(top['statements'])} "
        f"of {total}: {percent(top['share'])} ({interval(top['low'], top['high'])})."
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
    first, last = in_words(top["first_text"]), in_words(top["last_text"])
    return f"{top['name']} is first heard {_on(first)} and last {_on(last)}."


def _on(words: str) -> str:
    return f"on {words}" if words[:1].isdigit() and " to " not in words and " or " not in words else f"({words})"


def _dyad(dyads: pd.DataFrame) -> str:
    named = dyads[dyads["target_id"] != ""]
    if named.empty:
        return ""
    top = named.sort_values(["statements", "actor_name", "target_name"], ascending=[False, True, True]).iloc[0]
    return (
        f"The most frequent pair is {top['actor_name']} about {top['target_name']}: {statements(top['statements'])}, "
        f"of which {top['allegations']} allege and {top['denials']} deny."
    )
