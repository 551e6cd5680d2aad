"""What the exchange of allegations and denials shows, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workbook.events import counted
from workbook.findings.wording import Findings, interval, listed, percent, verb
from workbook.measures import Exchanges, Measured
from workbook.measures.survival import MedianLag

LINKS = {
    "coded": "Here a denial answers what its coding says that it answers.",
    "window": (
        "Here a denial answers an allegation of the same claim against its own side, "
        "made at most {window_days} days before."
    ),
}

AGREEMENTS = {
    "both": "answered by the same denial in both ways",
    "another denial": "answered by another denial in either way",
    "coded only": "by the coders' links alone",
    "window only": "by the window alone",
    "neither": "by neither",
}
"""What the two ways of linking make of an allegation."""

MOST_ACCUSED = 6
UNTOLD = "Which allegations are answered cannot be told by coding: link by the window, or code the answers."


def exchanges(linked: Exchanges, medians: Mapping[str, MedianLag], comparison: Measured) -> Findings:
    """Say how many allegations are answered, how fast, and what the way of linking makes of it.

    Parameters
    ----------
    linked : Exchanges
        From `workbook.measures.exchanges`.
    medians : mapping of str to MedianLag
        From `workbook.measures.median_lags`: by the ``"shortest"`` and the ``"longest"`` possible lags.
    comparison : Measured
        From `workbook.measures.compare_links`, of the same selection.

    Returns
    -------
    Findings

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> linked = workbook.measures.exchanges(chosen)
    >>> medians = workbook.measures.median_lags(linked)
    >>> found = exchanges(linked, medians, workbook.measures.compare_links(chosen))
    >>> found.sentences[0].partition(":")[0]
    '1 of 26 allegations is answered by 3 denials'
    """
    table = linked.table
    if table.empty:
        return Findings.of("No allegation matches these parameters.", linked.basis.caption())
    compared = _compared(comparison.table, window_days=linked.choices["window_days"])
    if linked.choices["link"] == "coded" and not linked.is_coded:
        return Findings.of(UNTOLD, compared, linked.basis.caption())
    rule = LINKS[str(linked.choices["link"])].format(**linked.choices)
    return Findings.of(
        _answered(table),
        _unanswered_by(table),
        _lag(medians),
        compared,
        rule,
        linked.basis.caption(),
    )


def _answered(table: pd.DataFrame) -> str:
    from workbook.measures.intervals import wilson

    allegations = table.groupby("allegation_id")["answered"].any()
    answered, total = int(allegations.sum()), len(allegations)
    low, high = wilson(answered, total)
    if not answered:
        return (
            f"Of {counted(total, 'allegation')} none is answered by a denial to the end of the time observed: "
            f"{percent(0)} ({interval(low, high)})."
        )
    denials = table["denial_id"].nunique()
    rest = "none is left" if answered == total else "the others stay unanswered to the end of the time observed"
    return (
        f"{answered} of {counted(total, 'allegation')} {verb(answered, 'is', 'are')} answered by "
        f"{counted(denials, 'denial')}: {percent(answered / total)} ({interval(low, high)}); {rest}."
    )


def _unanswered_by(table: pd.DataFrame) -> str:
    allegations = table.drop_duplicates("allegation_id")
    groups = allegations.groupby("accused_name")["answered"].agg(["sum", "size"])
    groups = groups.sort_values("size", ascending=False, kind="stable")
    parts = [f"{name}: {int(row['sum'])} of {int(row['size'])}" for name, row in groups.head(MOST_ACCUSED).iterrows()]
    rest = groups.iloc[MOST_ACCUSED:]
    if len(rest):
        parts.append(f"{counted(len(rest), 'other')}: {int(rest['sum'].sum())} of {int(rest['size'].sum())}")
    return f"Answered, by who is accused: {'; '.join(parts)}." if parts else ""


def _lag(medians: Mapping[str, MedianLag]) -> str:
    shortest, longest = medians["shortest"], medians["longest"]
    if shortest.median is None and longest.median is None:
        return (
            "The median lag is not reached: fewer than half of the allegations are answered within the time observed "
            "(Kaplan-Meier, unanswered ones kept as censored)."
        )
    return (
        f"The median lag to a denial is {_median(shortest)} if dates fall as close as they can, and {_median(longest)} "
        "if as far apart (Kaplan-Meier, unanswered ones kept as censored)."
    )


def _median(lag: MedianLag) -> str:
    if lag.median is None:
        return "not reached"
    low = "0" if lag.low is None else f"{lag.low:.0f}"
    high = "no upper limit" if lag.high is None else f"{lag.high:.0f}"
    return f"{counted(round(lag.median), 'day')} (95 % interval {low} to {high})"


def _compared(comparison: pd.DataFrame, *, window_days: object) -> str:
    if comparison.empty:
        return ""
    counts = comparison["agreement"].value_counts()
    parts = [f"{int(counts[key])} {words}" for key, words in AGREEMENTS.items() if key in counts.index]
    return (
        f"Linked by the coders, or by the same claim and the accused side within {window_days} days: "
        f"of {counted(len(comparison), 'allegation')}, {listed(parts)}."
    )
