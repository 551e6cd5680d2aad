"""What the ledger of claims shows, in sentences."""

from __future__ import annotations

import pandas as pd

from workbook.events import counted
from workbook.findings.wording import Findings, first_few, listed, times
from workbook.measures import Measured

MOST_NAMES, NAMED = 4, 3


def ledger(measured: Measured) -> Findings:
    """Say how the claims stand: alleged, confirmed, denied.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.ledger`.

    Returns
    -------
    Findings

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> ledger(workbook.measures.ledger(chosen)).sentences[0].partition(";")[0]
    '38 claims: 18 alleged, not denied'
    """
    table = measured.table
    if table.empty:
        return Findings.of("No claim matches these parameters.", measured.basis.caption())
    return Findings.of(
        _statuses(table),
        _most_contested(table),
        _confirmed(table),
        _unanswered(table),
        measured.basis.caption(),
    )


def _statuses(table: pd.DataFrame) -> str:
    counts = table["status"].value_counts()
    parts = [f"{int(counts[key])} {key}" for key in sorted(counts.index, key=lambda key: (-counts[key], key))]
    return f"{counted(len(table), 'claim')}: {'; '.join(parts)}."


def _most_contested(table: pd.DataFrame) -> str:
    contested = table[(table["alleged"] > 0) & (table["denied"] > 0)]
    if contested.empty:
        return "No claim is both alleged and denied."
    both = contested["alleged"] + contested["denied"]
    top = contested[both == both.max()].sort_values("claim")
    named = [
        f"“{row['claim']}” (alleged {times(row['alleged'])} by {_few(row['alleged_by'])}, denied "
        f"{times(row['denied'])} by {_few(row['denied_by'])})"
        for row in top.to_dict("records")
    ]
    return f"Most contested: {first_few(named, most=3)}."


def _few(names: str) -> str:
    """Name the first of joined names, and count the others."""
    parts = names.split("; ")
    rest = len(parts) - MOST_NAMES
    return names if rest <= 1 else f"{'; '.join(parts[:MOST_NAMES])} and {rest} more"


def _confirmed(table: pd.DataFrame) -> str:
    confirmed = table[table["confirmed"] > 0]
    if confirmed.empty:
        return "No speaker says of any claim that it was confirmed."
    most = confirmed.sort_values(["confirmed", "claim"], ascending=[False, True])
    claims = first_few([f"“{claim}”" for claim in most["claim"]])
    return f"Called confirmed by who alleges it: {claims}."


def _unanswered(table: pd.DataFrame) -> str:
    open_claims = table[(table["alleged"] > 0) & (table["denied"] == 0)]
    if open_claims.empty:
        return ""
    names = [f"“{claim}”" for claim in open_claims.sort_values(["alleged", "claim"], ascending=[False, True])["claim"]]
    return f"Alleged, and not denied in these statements: {counted(len(names), 'claim')}, {_among(names)}."


def _among(names: list[str]) -> str:
    return f"among them {listed(names[:NAMED])}" if len(names) > NAMED else listed(names)
