"""Whether a trend holds under each rule of counting."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbook.events import Selection, counted
from workbook.measures.counting import RULES, counting_rules
from workbook.measures.measured import Measured

SLOPES = ("slope", "slope_low", "slope_high")
CHANGES = ("change", "change_low", "change_high")
LEVEL, ALPHA = 0.95, 0.05
FEWEST_BINS = 5
"""Of fewer bins not even a steady rise is unlikely enough by chance (Kendall's test, two-sided)."""


def sensitivity(selection: Selection, *, period: str = "month") -> Measured:
    """Say whether a trend holds under each rule of counting.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`. Bins that its start or end cuts are left out; where the events begin or end within a
        bin, choose days that fit.
    period : str
        Width of a bin: one of `workbook.dates.PERIODS`.

    Returns
    -------
    Measured
        Table with a row a rule of `workbook.measures.counting.RULES`: ``rule``, ``label``, ``bins``, ``mean`` (a bin),
        ``slope`` (Theil and Sen's, a bin) with ``slope_low`` and ``slope_high`` (95 %), these in parts of the mean as
        ``change``, ``change_low`` and ``change_high``, ``tau`` and ``p_value`` (Kendall's, two-sided) and ``trend``:
        ``rises`` or ``falls`` where the p-value is below 0.05, ``no clear trend``, or ``too few bins``. The tests take
        bins for independent: what is said in one bin and echoed in the next makes them too sure.

    References
    ----------
    M. G. Kendall (1938), A new measure of rank correlation. P. K. Sen (1968), Estimates of the regression coefficient
    based on Kendall's tau.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> sensitivity(chosen, period="quarter").table["trend"].unique().tolist()
    ['no clear trend']
    """
    rules = counting_rules(selection, period=period)
    is_whole = pd.Series(data=True, index=rules.table.index)
    if selection.start:
        is_whole &= rules.table["bin_start"] >= pd.Timestamp(selection.start)
    if selection.end:
        is_whole &= rules.table["bin_end"] <= pd.Timestamp(selection.end)
    whole = rules.table[is_whole]
    rows = [{"rule": rule, "label": label, **_trend(whole[rule].to_numpy("float64"))} for rule, label in RULES.items()]
    cut = int((~is_whole).sum())
    note = f"{counted(cut, 'bin')} that the first or the last day cuts left out of the trend." if cut else ""
    return Measured(pd.DataFrame(rows), rules.basis.with_notes(note), {"period": period})


def _trend(counts: np.ndarray) -> dict[str, object]:
    """Describe the trend of counts in bins one after the other."""
    mean = float(counts.mean()) if len(counts) else 0.0
    if len(counts) < FEWEST_BINS:
        unknown = dict.fromkeys((*SLOPES, *CHANGES, "tau", "p_value"), float("nan"))
        return {"bins": len(counts), "mean": mean, **unknown, "trend": "too few bins"}
    from scipy.stats import kendalltau, theilslopes

    places = np.arange(len(counts))
    found = theilslopes(counts, places, alpha=LEVEL)
    slopes = [float(found.slope), float(found.low_slope), float(found.high_slope)]
    # Counts that are all alike have no order.
    tau, p_value = (0.0, 1.0) if np.ptp(counts) == 0 else (float(part) for part in kendalltau(places, counts))
    changes = [slope / mean if mean else 0.0 for slope in slopes]
    direction = "rises" if tau > 0 else "falls"
    return {
        "bins": len(counts),
        "mean": mean,
        **dict(zip(SLOPES, slopes, strict=True)),
        **dict(zip(CHANGES, changes, strict=True)),
        "tau": tau,
        "p_value": p_value,
        "trend": direction if p_value < ALPHA else "no clear trend",
    }
