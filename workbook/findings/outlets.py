"""How many outlets carry what, in sentences."""

from __future__ import annotations

import pandas as pd

from workbook.dates import in_words
from workbook.events import counted
from workbook.findings.wording import Findings, interval, listed, percent, verb
from workbook.measures import Measured
from workbook.measures.intervals import wilson
from workbook.measures.outlets import ONE_SOURCE

SIDES = {"alleges": "allegation", "denies": "denial"}


def outlets(measured: Measured, most: Measured, pairs: Measured) -> Findings:
    """Say how many outlets carry an allegation and a denial, which most, and whether denials are carried less.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.outlets`.
    most : Measured
        From `workbook.measures.most_carried`, of the same selection.
    pairs : Measured
        From `workbook.measures.outlets_of_answers`, of the same selection.

    Returns
    -------
    Findings

    Examples
    --------
    >>> import workbook
    >>> chosen, m = workbook.select(workbook.load("arms_transfers")), workbook.measures
    >>> pairs = m.outlets_of_answers(m.exchanges(chosen), selection=chosen)
    >>> outlets(m.outlets(chosen), m.most_carried(chosen), pairs).sentences[0]
    'Of 26 allegations 23 (88 %) are in one outlet alone; the most carried is in 2.'
    """
    table = measured.table
    if table.empty:
        return Findings.of("Nothing is carried: no statement matches these parameters.")
    if measured.basis.noun == "event":
        return Findings.of(ONE_SOURCE)
    return Findings.of(
        *(_distribution(table[table["side"] == side], noun=noun) for side, noun in SIDES.items()),
        *(_most(most.table[most.table["side"] == side], noun=noun) for side, noun in SIDES.items()),
        *_answers(pairs.table),
    )


def _distribution(rows: pd.DataFrame, *, noun: str) -> str:
    if rows.empty:
        return f"There is no {noun} here."
    total, alone = int(rows["statements"].sum()), int(rows.loc[rows["outlets"] == 1, "statements"].sum())
    if total == 1:
        return f"The one {noun} is in {counted(int(rows['outlets'].iloc[0]), 'outlet')}."
    if alone == total:
        return f"All {counted(total, noun)} are in one outlet alone."
    are = verb(alone, "is", "are")
    return (
        f"Of {counted(total, noun)} {alone} ({percent(alone / total)}) {are} in one outlet alone; "
        f"the most carried is in {int(rows['outlets'].max())}."
    )


def _most(rows: pd.DataFrame, *, noun: str) -> str:
    rows = rows[rows["outlets"] > 1]
    if rows.empty:
        return ""
    named = [_one(*row) for row in rows[["speaker_names", "date_text", "claim", "outlets"]].to_numpy().tolist()]
    return f"Most carried {noun}{verb(len(rows), '', 's')}: {'; '.join(named)}."


def _one(speakers: object, date: str, claim: object, number: int) -> str:
    """Name a statement: who, when, about what; and how many outlets carry it."""
    about = f", “{claim}”" if isinstance(claim, str) else ""
    who = speakers if isinstance(speakers, str) else "nobody named"
    return f"{who}, {in_words(date)}{about} ({counted(number, 'outlet')})"


def _answers(pairs: pd.DataFrame) -> list[str]:
    """Compare denials with what they answer; a denial of several allegations with the median of these."""
    if pairs.empty:
        return ["No denial here is known to answer an allegation: whether denials are carried less cannot be told."]
    denials = pairs.groupby("denial_id").agg(own=("denial_outlets", "first"), other=("allegation_outlets", "median"))
    allegations = pairs.drop_duplicates("allegation_id")["allegation_outlets"]
    return [
        f"Allegations that a denial answers are in a median of {_number(allegations.median())} "
        f"{verb(allegations.median(), 'outlet', 'outlets')} (n = {len(allegations)}), the denials in "
        f"{_number(denials['own'].median())} (n = {len(denials)}).",
        _compared(denials),
    ]


def _compared(denials: pd.DataFrame) -> str:
    total, fewer = len(denials), int((denials["own"] < denials["other"]).sum())
    more = int((denials["own"] > denials["other"]).sum())
    ways = {"more": more, "as many": total - fewer - more}
    rest = listed(f"{count} by {way}" for way, count in ways.items() if count)
    return (
        f"Carried by fewer outlets than what it answers: {fewer} of {counted(total, 'denial')}, "
        f"{percent(fewer / total)} ({interval(*wilson(fewer, total))}){f'; {rest}' if rest else ''}."
    )


def _number(value: float) -> str:
    return f"{value:.0f}" if value == round(value) else f"{value:.1f}"
