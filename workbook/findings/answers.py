"""Who answers whom and how fast, in sentences."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbook.events import counted, counted_within
from workbook.findings.exchanges import LINKS
from workbook.findings.wording import Findings, first_few, interval, percent, verb
from workbook.measures import Exchanges, Measured
from workbook.measures.intervals import wilson

NAMED = 6
ENDS = ("fastest", "slowest")


def who_answers_whom(measured: Measured, linked: Exchanges) -> Findings:
    """Say pair by pair how much is answered, how soon, and the fastest and the slowest answer.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.who_answers_whom`.
    linked : Exchanges
        From `workbook.measures.exchanges`: what the pairs are made from.

    Returns
    -------
    Findings

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> linked = workbook.measures.exchanges(chosen)
    >>> found = who_answers_whom(workbook.measures.who_answers_whom(linked, selection=chosen), linked)
    >>> found.sentences[0]
    '1 of 26 allegations is answered, by 2 parties; 2 of 12 pairs of accuser and accused have an answer.'
    """
    table = measured.table
    if linked.table.empty:
        return Findings.of("No allegation matches these parameters, and so none awaits an answer.")
    if table["answered"].isna().any():
        return Findings.of("Nobody has coded which denial answers which event: who answers whom cannot be told.")
    has_answer = table["answered"] + table["unasked"] > 0
    return Findings.of(
        _sum(linked.table, table, table[has_answer]),
        *(_pair(row) for row in table[has_answer].to_dict("records")),
        _silent(table[~has_answer]),
        LINKS[str(linked.choices["link"])].format(**linked.choices),
        *measured.basis.notes,
    )


def _sum(exchanged: pd.DataFrame, pairs: pd.DataFrame, answers: pd.DataFrame) -> str:
    allegations = exchanged.groupby("allegation_id")["answered"].any()
    answered, parties = int(allegations.sum()), answers["denier_id"].nunique()
    by = f", by {parties} {verb(parties, 'party', 'parties')}" if parties else ""
    return (
        f"{answered} of {counted(len(allegations), 'allegation')} {verb(answered, 'is', 'are')} answered{by}; "
        f"{len(answers)} of {counted(len(pairs), 'pair')} of accuser and accused "
        f"{verb(len(answers), 'has', 'have')} an answer."
    )


def _pair(row: dict[str, Any]) -> str:
    """Say what one party answers of what another alleges."""
    others = f"{row['unasked']} by {row['accuser']} about others" if row["unasked"] else ""
    if not row["allegations"]:
        what = f"{counted(row['unasked'], 'allegation')} by {row['accuser']} about others"
        return f"{row['denier']} answers {what}; {_extremes(row)}."
    share, bounds = row["answered"] / row["allegations"], wilson(row["answered"], row["allegations"])
    return (
        f"{row['denier']} answers {row['answered']} of {counted(row['allegations'], 'allegation')} about it by "
        f"{row['accuser']}, {percent(share)} ({interval(*bounds)}){f', and {others}' if others else ''}; "
        f"{_median(row)}; {_extremes(row)}."
    )


def _median(row: dict[str, Any]) -> str:
    low, high = (float(row[f"median_{end}"]) for end in ("low", "high"))
    if pd.isna(low):
        return "the median lag is not reached"
    return f"the median lag is {counted_within(low, high, 'day')} (Kaplan-Meier)"


def _extremes(row: dict[str, Any]) -> str:
    if pd.isna(row["fastest_low"]):
        return "how soon is unknown"
    fastest, slowest = (
        f"{counted_within(row[f'{end}_low'], row[f'{end}_high'], 'day')} ({row[f'{end}_id']})" for end in ENDS
    )
    if row["answered"] + row["unasked"] == 1:
        return f"the answer comes after {fastest}"
    return f"the fastest answer comes after {fastest}, the slowest after {slowest}"


def _silent(silent: pd.DataFrame) -> str:
    if silent.empty:
        return ""
    named = [f"{row.accuser} about {row.denier} ({row.allegations})" for row in silent.itertuples()]
    return f"Without any answer by who is accused: {first_few(named, most=NAMED)}."
