"""What coders did before adjudication."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import narwhals as nw
import pandas as pd

from workbook.events.data import collected
from workbook.events.selection import Selection


@dataclass(frozen=True)
class Codings:
    """Coders' units, their matching and the decisions, as in the data package.

    Each article is read by two coders, who need not be the same two for all articles: one of them is the first (``a``),
    the other the second (``b``) reader.

    Attributes
    ----------
    units : pandas.DataFrame
        The coders' rows as they were: ``unit_id``, ``coder``, ..., ``statement_id``, ``decision_id``; and ``side``,
        ``a`` for a unit of the first reader and ``b`` for one of the second (see `sides`).
    harmonised : pandas.DataFrame
        Each unit in the words of the present codebook: ``unit_id``, ``act``, ``speaker``, ``target``,
        ``claim_id``, ``said``, ``attribution``, ``channel``, ``hedge``.
    matches : pandas.DataFrame
        ``unit_a``, ``unit_b``: the same unit as either coder has it.
    decisions : pandas.DataFrame
        What was decided about each difference, with its rule and its reason.
    coders : tuple of str
        Who coded, by name; empty where nobody did.
    """

    units: pd.DataFrame
    harmonised: pd.DataFrame
    matches: pd.DataFrame
    decisions: pd.DataFrame
    coders: tuple[str, ...]

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
        return self._of(is_chosen)

    def between(self, *coders: str) -> Codings:
        """Keep the units of these coders, with the matches among them.

        Examples
        --------
        >>> import workbook
        >>> len(workbook.load_codings("arms_transfers").between("A").units)
        62
        """
        return self._of(self.units["coder"].isin(coders))

    def of(self, unit_ids: Collection[str]) -> Codings:
        """Keep these units, with the matches among them."""
        return self._of(self.units["unit_id"].isin(list(unit_ids)))

    def _of(self, is_kept: pd.Series) -> Codings:
        units = self.units[is_kept].reset_index(drop=True)
        kept = set(units["unit_id"])
        matches = self.matches[self.matches["unit_a"].isin(kept) & self.matches["unit_b"].isin(kept)]
        return replace(
            self,
            units=units,
            harmonised=self.harmonised[self.harmonised["unit_id"].isin(kept)].reset_index(drop=True),
            matches=matches.reset_index(drop=True),
            coders=tuple(sorted(units["coder"].unique())),
        )


def sides(matches: pd.DataFrame, decisions: pd.DataFrame) -> dict[str, str]:
    """Tell of each unit on which side it stands.

    Parameters
    ----------
    matches, decisions : pandas.DataFrame
        ``unit_a``, ``unit_b``; a unit that one coder alone has stands in the decision about it.

    Returns
    -------
    dict of str to str
        ``a`` or ``b`` by unit.

    Examples
    --------
    >>> matches = pd.DataFrame({"unit_a": ["anna-1"], "unit_b": ["ben-7"]})
    >>> decisions = pd.DataFrame({"unit_a": ["anna-2"], "unit_b": [None]})
    >>> sides(matches, decisions)
    {'anna-1': 'a', 'anna-2': 'a', 'ben-7': 'b'}
    """
    rows = pd.concat([matches[["unit_a", "unit_b"]], decisions[["unit_a", "unit_b"]]])
    return {str(unit): side for side in "ab" for unit in rows[f"unit_{side}"].dropna()}
