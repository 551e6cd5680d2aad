"""What a frequency shows, in sentences."""

from __future__ import annotations

import pandas as pd

from workbook.dates import period_label
from workbook.events import counted
from workbook.findings.wording import Findings, first_few, interval, percent, verb, weight
from workbook.measures import Measured

PLACED = {"spread": "spread over several {}s", "midpoint": "put into the {} of the middle day"}
"""Where a date counts that can fall into several bins, by how uncertain dates are treated."""


def frequency(measured: Measured, share: Measured) -> Findings:
    """Say how many statements there are, when most fell, how certain the bars are and how much is denial.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.frequency`.
    share : Measured
        From `workbook.measures.denial_share`, of the same selection.

    Returns
    -------
    Findings

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> counts = workbook.measures.frequency(chosen, split_by="side")
    >>> found = frequency(counts, workbook.measures.denial_share(chosen))
    >>> found.sentences[0]
    'The busiest month is Sep 2023 with 16 of 53 statements (30 %).'
    """
    if not measured.basis.events:
        return Findings.of("No statement matches these parameters.", measured.basis.caption())
    period = str(measured.choices["period"])
    bins = measured.table.groupby("bin_start")[["certain", "uncertain", "total"]].sum()
    return Findings.of(
        _busiest(bins, period=period, noun=_noun(measured)),
        _quiet(bins, period=period),
        _certain(bins, period=period, uncertain=str(measured.choices["uncertain"]), noun=_noun(measured)),
        _denials(share.table),
        measured.basis.caption(),
    )


def _noun(measured: Measured) -> str:
    if measured.choices["count"] == "mention":
        return "mention"
    return measured.basis.noun


def _busiest(bins: pd.DataFrame, *, period: str, noun: str) -> str:
    most = bins["total"].max() if len(bins) else 0
    if not most:
        return f"No {noun} falls into any {period}."
    top = [period_label(start.date(), period) for start in bins.index[bins["total"] > most - 1e-9]]
    which = f"The busiest {period}{verb(len(top), ' is', 's are')} {first_few(top)}"
    total = bins["total"].sum()
    each = "" if len(top) == 1 else " each"
    return f"{which} with {weight(most)} of {weight(total)} {noun}s{each} ({percent(most / total)})."


def _quiet(bins: pd.DataFrame, *, period: str) -> str:
    empty = int((bins["total"] == 0).sum())
    if len(bins) <= 1:
        return ""
    if not empty:
        return f"No {period} of {counted(len(bins), period)} is without one."
    return f"{empty} of {counted(len(bins), period)} {verb(empty, 'has', 'have')} none."


def _certain(bins: pd.DataFrame, *, period: str, uncertain: str, noun: str) -> str:
    total, part = bins["total"].sum(), bins["uncertain"].sum()
    if not total:
        return ""
    if not part:
        return f"Every {noun} in the bars has a date that falls into one {period}."
    return (
        f"{weight(part)} of {weight(total)} ({percent(part / total)}) {verb(part, 'is', 'are')} "
        f"{PLACED[uncertain].format(period)}, because the date is uncertain; the bars hatch that part."
    )


def _denials(share: pd.DataFrame) -> str:
    from workbook.measures.intervals import wilson

    denials, allegations = share["denials"].sum(), share["allegations"].sum()
    both = denials + allegations
    if not both:
        return "Nothing in this selection alleges or denies."
    low, high = wilson(denials, both)
    return (
        f"Of {weight(both)} that allege or deny, {weight(denials)} {verb(denials, 'denies', 'deny')}: "
        f"{percent(denials / both)} ({interval(low, high)})."
    )
