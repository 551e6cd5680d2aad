"""How well two coders agree, in sentences."""

from __future__ import annotations

import math

import pandas as pd

from workbook.events import counted
from workbook.findings.wording import Findings, listed, percent
from workbook.measures.agreement import Agreement

TENTATIVE, RELIABLE = 0.667, 0.8
"""Krippendorff's (2004) lower bounds for tentative and for firm conclusions."""


def agreement(agreed: Agreement) -> Findings:
    """Say how many units both coders found and how far they agree in each field.

    Parameters
    ----------
    agreed : Agreement
        From `workbook.measures.agreement`.

    Returns
    -------
    Findings

    Examples
    --------
    >>> import workbook
    >>> agreed = workbook.measures.agreement(workbook.load_codings("arms_transfers"))
    >>> agreement(agreed).sentences[2]
    'speaker: 56 of 56 agree (100 %); alpha 1.00 (1.00 to 1.00), AC1 1.00.'
    """
    if not agreed.matched:
        return Findings.of("There are no units that both coders found, so there is nothing to compare.")
    table = agreed.table.set_index("field")
    return Findings.of(
        _units(agreed),
        *[_field(name, row) for name, row in table.iterrows()],
        _verdict(table),
        f"Computed before adjudication from {counted(agreed.matched, 'matched unit')}, "
        "in the words of the present codebook.",
    )


def _units(agreed: Agreement) -> str:
    same = f"{agreed.matched} are the same: {percent(agreed.matched_share)} of all."
    if len(agreed.coders_a) <= 1 and len(agreed.coders_b) <= 1:
        return (
            f"The coders found {agreed.units_a} and {agreed.units_b} units; {same} "
            f"{agreed.only_a} are the first coder's alone, {agreed.only_b} the second's."
        )
    return (
        f"Two coders read each article. The first readings (by {listed(agreed.coders_a)}) found {agreed.units_a} "
        f"units, the second ones (by {listed(agreed.coders_b)}) {agreed.units_b}; {same} "
        f"{agreed.only_a} stand in a first reading alone, {agreed.only_b} in a second one."
    )


def _field(name: object, row: pd.Series) -> str:
    ground = f"{name}: {int(row['agreed'])} of {int(row['units'])} agree ({percent(row['share'])})"
    if math.isnan(row["alpha"]):
        return f"{ground}; no coefficient."
    return (
        f"{ground}; alpha {row['alpha']:.2f} ({row['alpha_low']:.2f} to {row['alpha_high']:.2f}), AC1 {row['ac1']:.2f}."
    )


def _verdict(table: pd.DataFrame) -> str:
    alphas = table["alpha"].dropna()
    if alphas.empty:
        return "No alpha can be computed: in every field all units are of one category."
    weak = [str(name) for name in alphas.index[alphas < TENTATIVE]]
    if not weak:
        return f"Every alpha is at least {TENTATIVE}, Krippendorff's bound for tentative conclusions."
    return f"Below {TENTATIVE}, Krippendorff's bound even for tentative conclusions: {listed(weak)}."
