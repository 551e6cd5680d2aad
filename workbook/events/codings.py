"""What coders did before adjudication."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Codings:
    """Two coders' units, their matching and the decisions, as in the data package.

    Attributes
    ----------
    units : pandas.DataFrame
        The coders' rows as they were: ``unit_id``, ``coder``, ..., ``statement_id``, ``decision_id``.
    harmonised : pandas.DataFrame
        Each unit in the words of the present codebook: ``unit_id``, ``act``, ``speaker``, ``target``,
        ``claim_id``, ``said``, ``attribution``, ``channel``, ``hedge``.
    matches : pandas.DataFrame
        ``unit_a``, ``unit_b``: the same unit as either coder has it.
    decisions : pandas.DataFrame
        What was decided about each difference, with its rule and its reason.
    """

    units: pd.DataFrame
    harmonised: pd.DataFrame
    matches: pd.DataFrame
    decisions: pd.DataFrame
