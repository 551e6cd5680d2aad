"""Intervals of shares and counts: small numbers say little, and should say so."""

from __future__ import annotations

import math
from statistics import NormalDist

LEVEL = 0.95


def wilson(successes: float, trials: float, *, level: float = LEVEL) -> tuple[float, float]:
    """Return Wilson's score interval of a share.

    Parameters
    ----------
    successes, trials : float
        Counts; fractions are allowed, as uncertain dates make them.
    level : float
        Coverage.

    Returns
    -------
    (float, float)
        Between 0 and 1; the whole range where there is no trial.

    References
    ----------
    E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference.

    Examples
    --------
    >>> [round(bound, 4) for bound in wilson(8, 10)]
    [0.4902, 0.9433]
    """
    if trials <= 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = successes / trials
    middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    reach = z / (1 + z * z / trials) * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def garwood(count: float, *, level: float = LEVEL) -> tuple[float, float]:
    """Return Garwood's exact interval of a Poisson count.

    Parameters
    ----------
    count : float
        What was counted; fractions are allowed (by the gamma form).
    level : float
        Coverage.

    References
    ----------
    F. Garwood (1936), Fiducial limits for the Poisson distribution.

    Examples
    --------
    >>> [round(bound, 3) for bound in garwood(10)]
    [4.795, 18.39]
    """
    from scipy.special import gammaincinv

    tail = (1 - level) / 2
    low = float(gammaincinv(count, tail)) if count > 0 else 0.0
    return low, float(gammaincinv(count + 1, 1 - tail))
