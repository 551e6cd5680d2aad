"""What coders did before adjudication."""

from __future__ import annotations

from dataclasses import dataclass, replace

import narwhals as nw
import pandas as pd

from workbook.events.data import collected
from workbook.events.selection import Selection


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
    coders : tuple of str
        Who coded; the units of the first are ``unit_a``, of the second ``unit_b``.
    """

    units: pd.DataFrame
    harmonised: pd.DataFrame
    matches: pd.DataFrame
    decisions: pd.DataFrame
    coders: tuple[str, str]

    def within(self, selection: Selection) -> Codings:
        """Keep the units that became statements of a selection.

        A unit that was decided against became none: it stays only where all statements are chosen.

        Parameters
        ----------
        selection : Selection
            From `workbook.select`.
        """
        chosen = set(collected(selection.events.select(nw.col("event_id")))["event_id"])
        is_chosen = self.units["statement_id"].isin(chosen)
        if set(self.units["statement_id"].dropna()) <= chosen:
            is_chosen |= self.units["statement_id"].isna()
        units = self.units[is_chosen].reset_index(drop=True)
        kept = set(units["unit_id"])
        matches = self.matches[self.matches["unit_a"].isin(kept) & self.matches["unit_b"].isin(kept)]
        return replace(
            self,
            units=units,
            harmonised=self.harmonised[self.harmonised["unit_id"].isin(kept)].reset_index(drop=True),
            matches=matches.reset_index(drop=True),
        )
