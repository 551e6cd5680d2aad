"""How long something waits, when some still wait: Kaplan and Meier's estimate."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

LEVEL = 0.95
MEDIAN = 0.5
TOLERANCE = 1e-12


@dataclass(frozen=True)
class MedianLag:
    """A median with its interval.

    Attributes
    ----------
    median, low, high : float or None
        Days; ``None`` where the curve does not come down to it.
    answered, censored : int
        How many ended, and how many still waited when observation ended.
    level : float
        Coverage of the interval.
    """

    median: float | None
    low: float | None
    high: float | None
    answered: int
    censored: int
    level: float = LEVEL


def kaplan_meier(durations: Sequence[float], answered: Sequence[bool]) -> pd.DataFrame:
    """Estimate the share that still waits, day by day.

    Parameters
    ----------
    durations : sequence of float
        Days to the answer, or to the end of observation where there was none.
    answered : sequence of bool
        Whether there was an answer.

    Returns
    -------
    pandas.DataFrame
        ``day``, ``at_risk``, ``answered``, ``censored``, ``survival``, ``low``, ``high``: a row for every day on which
        something ends, after a first row at day 0 with everything at risk. The 95 % interval is Greenwood's on the
        log-log scale; missing where it is not defined (no or all answered).

    References
    ----------
    E. L. Kaplan and P. Meier (1958), Nonparametric estimation from incomplete observations.

    Examples
    --------
    >>> kaplan_meier([1, 2, 9], [True, True, False])["survival"].round(2).tolist()
    [1.0, 0.67, 0.33, 0.33]
    """
    times, ends = np.asarray(durations, dtype="float64"), np.asarray(answered, dtype="bool")
    if not len(times):
        return _start(0)
    from scipy.stats import CensoredData, ecdf

    sample = CensoredData(uncensored=times[ends], right=times[~ends])
    curve = ecdf(sample).sf
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # Before the first and after the last answer the interval is not defined; it is then missing, as said above.
        warnings.simplefilter("ignore", RuntimeWarning)
        band = curve.confidence_interval(confidence_level=LEVEL, method="log-log")
    days = curve.quantiles
    table = pd.DataFrame(
        {
            "day": days,
            "at_risk": [int((times >= day).sum()) for day in days],
            "answered": [int(((times == day) & ends).sum()) for day in days],
            "censored": [int(((times == day) & ~ends).sum()) for day in days],
            "survival": curve.probabilities,
            "low": band.low.probabilities,
            "high": band.high.probabilities,
        }
    )
    return pd.concat([_start(len(times)), table], ignore_index=True)


def _start(at_risk: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "day": [0.0],
            "at_risk": [at_risk],
            "answered": [0],
            "censored": [0],
            "survival": [1.0],
            "low": [1.0],
            "high": [1.0],
        }
    )


def median_lag(durations: Sequence[float], answered: Sequence[bool]) -> MedianLag:
    """Return the day by which half are answered, with its interval.

    The median is the first day on which the curve is at or below one half; its interval holds all days on which one
    half lies within the curve's interval (Brookmeyer and Crowley 1982, with the log-log interval).

    Examples
    --------
    >>> median_lag([1, 2, 3, 9], [True, True, True, False]).median
    2.0
    """
    curve = kaplan_meier(durations, answered)
    ends = int(np.sum(np.asarray(answered, dtype="bool")))
    return MedianLag(
        median=_first_day(curve, "survival"),
        low=_first_day(curve, "low"),
        high=_first_day(curve, "high"),
        answered=ends,
        censored=len(durations) - ends,
    )


def _first_day(curve: pd.DataFrame, column: str) -> float | None:
    below = curve.loc[curve[column] <= MEDIAN + TOLERANCE, "day"]
    return float(below.iloc[0]) if len(below) else None


def reached_by(ends: pd.DataFrame, *, keys: Sequence[str], shares: Mapping[str, float]) -> pd.DataFrame:
    """Find for each of many groups the days by which a part of it is answered: quantiles of Kaplan and Meier's curve.

    Parameters
    ----------
    ends : pandas.DataFrame
        The keys, ``days``, ``answered`` and ``censored``: how many of a group end after so many days, a row each.
    keys : sequence of str
        Columns that make a group.
    shares : mapping of str to float
        Which part, by the name of its column.

    Returns
    -------
    pandas.DataFrame
        By group, a column a share: the first day on which the curve is at or below the rest; missing where it never is.

    Examples
    --------
    >>> ends = pd.DataFrame({"of": "a", "days": [1, 2, 9], "answered": [1, 1, 0], "censored": [0, 0, 1]})
    >>> reached_by(ends, keys=["of"], shares={"half": 0.5})["half"].tolist()
    [2.0]
    """
    rows = ends.sort_values([*keys, "days"], ignore_index=True)
    by = [rows[key] for key in keys]
    gone = rows["answered"] + rows["censored"]
    at_risk = gone.groupby(by).transform("sum") - gone.groupby(by).cumsum() + gone
    survival = (1 - rows["answered"] / at_risk).groupby(by).cumprod()
    rows = rows.assign(survival=survival, days=rows["days"].astype("float64"))
    firsts = {
        name: rows[rows["survival"] <= 1 - share + TOLERANCE].groupby(list(keys))["days"].first()
        for name, share in shares.items()
    }
    return pd.DataFrame(firsts, index=rows.groupby(list(keys)).size().index, dtype="float64")
