"""How far the two readings of each article agree, before anybody decides between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook.dates import bounds
from workbook.errors import ParameterError, unknown_value
from workbook.events import Codings
from workbook.measures.intervals import wilson

FIELDS = ("act", "speaker", "target", "claim_id", "said", "attribution", "channel", "hedge")
"""Fields that are compared letter by letter."""

DATE_OVERLAP = "date_overlap"
"""Whether the two dates can be the same day: agreement of dates in substance."""

DRAWS, SEED = 2000, 20220906
LEVEL = 0.95


@dataclass(frozen=True)
class Agreement:
    """Agreement between the first and the second reading, whoever read.

    Attributes
    ----------
    table : pandas.DataFrame
        A row a field: ``field``, ``units`` (pairs compared), ``agreed``, ``share``, ``share_low``, ``share_high``
        (Wilson), ``alpha`` (Krippendorff, nominal), ``alpha_low``, ``alpha_high`` (bootstrap over units), ``ac1``
        (Gwet), ``ac1_low``, ``ac1_high``, ``categories``. Alpha is missing where all units are of one category: there
        is nothing to tell chance from.
    units_a, units_b : int
        Units of the first and of the second readings.
    matched : int
        Units that both have.
    coders_a, coders_b : tuple of str
        Whose the first and the second readings are; in a team a coder can be the first reader of one article and the
        second of another.
    """

    table: pd.DataFrame
    units_a: int
    units_b: int
    matched: int
    coders_a: tuple[str, ...] = ()
    coders_b: tuple[str, ...] = ()

    @property
    def matched_share(self) -> float:
        """Twice the matched units over all units of both readings."""
        both = self.units_a + self.units_b
        return 2 * self.matched / both if both else float("nan")

    @property
    def only_a(self) -> int:
        """Units of the first readings alone."""
        return self.units_a - self.matched

    @property
    def only_b(self) -> int:
        """Units of the second readings alone."""
        return self.units_b - self.matched


def agreement(codings: Codings) -> Agreement:
    """Compare two readings, field by field, over the units that both found.

    Each match pairs a unit of an article's first reader with one of its second; which coder is which may differ from
    article to article. Both coefficients take coders as interchangeable, so matches of several pairs of coders stand
    side by side.

    Parameters
    ----------
    codings : Codings
        From `workbook.load_codings`.

    Returns
    -------
    Agreement

    References
    ----------
    K. Krippendorff (2004), Content Analysis. K. L. Gwet (2008), Computing inter-rater reliability and its variance in
    the presence of high agreement.

    Examples
    --------
    >>> import workbook
    >>> agreed = workbook.measures.agreement(workbook.load_codings("arms_transfers"))
    >>> agreed.matched, round(agreed.matched_share, 2)
    (56, 0.91)
    """
    rows = [_row(name, _pairs(codings, name)) for name in FIELDS]
    dates = _pairs(codings, "said")
    rows.insert(FIELDS.index("said") + 1, _overlap_row(dates))
    coders_a, coders_b = (codings.units.loc[codings.units["side"] == side, "coder"] for side in "ab")
    return Agreement(
        table=pd.DataFrame(rows),
        units_a=len(coders_a),
        units_b=len(coders_b),
        matched=len(codings.matches),
        coders_a=tuple(sorted(coders_a.unique())),
        coders_b=tuple(sorted(coders_b.unique())),
    )


def confusion(codings: Codings, *, field: str) -> pd.DataFrame:
    """Count what one coder has where the other has what.

    Parameters
    ----------
    codings : Codings
        From `workbook.load_codings`.
    field : str
        One of `FIELDS`.

    Returns
    -------
    pandas.DataFrame
        ``value_a``, ``value_b``, ``units``; the most frequent first.

    Raises
    ------
    ParameterError
        There is no such field.

    Examples
    --------
    >>> import workbook
    >>> codings = workbook.load_codings("arms_transfers")
    >>> workbook.measures.confusion(codings, field="hedge")["units"].sum().item()
    26
    """
    if field not in FIELDS:
        raise ParameterError("confusion", [unknown_value("parameters", "field", field, FIELDS)])
    pairs = _pairs(codings, field)
    counts = pairs.groupby(["value_a", "value_b"], as_index=False).size().rename(columns={"size": "units"})
    return counts.sort_values(["units", "value_a", "value_b"], ascending=[False, True, True], ignore_index=True)


def _pairs(codings: Codings, field: str) -> pd.DataFrame:
    """Return both readings' values of the matched units; hedges only where both coded an allegation."""
    values = codings.harmonised.set_index("unit_id")[field].fillna("none")
    pairs = pd.DataFrame(
        {"value_a": codings.matches["unit_a"].map(values), "value_b": codings.matches["unit_b"].map(values)}
    )
    if field == "hedge":
        return pairs[(pairs["value_a"] != "none") & (pairs["value_b"] != "none")]
    return pairs


def _row(field: str, pairs: pd.DataFrame) -> dict[str, object]:
    codes = pd.Categorical(pd.concat([pairs["value_a"], pairs["value_b"]]))
    size = len(pairs)
    first, second = codes.codes[:size], codes.codes[size:]
    alpha = float(_alpha(first, second)) if size else float("nan")
    alpha_low, alpha_high = _bootstrap(first, second) if size else (float("nan"), float("nan"))
    ac1, ac1_low, ac1_high = _ac1(first, second, categories=len(codes.categories))
    return _shares(field, int((first == second).sum()), size) | {
        "alpha": alpha,
        "alpha_low": alpha_low,
        "alpha_high": alpha_high,
        "ac1": ac1,
        "ac1_low": ac1_low,
        "ac1_high": ac1_high,
        "categories": len(codes.categories),
    }


def _shares(field: str, agreed: int, units: int) -> dict[str, object]:
    low, high = wilson(agreed, units)
    share = agreed / units if units else float("nan")
    return {
        "field": field,
        "units": units,
        "agreed": agreed,
        "share": share,
        "share_low": low,
        "share_high": high,
    }


def _overlap_row(pairs: pd.DataFrame) -> dict[str, object]:
    agreed = sum(can_be_same_day(a, b) for a, b in zip(pairs["value_a"], pairs["value_b"], strict=True))
    blank = ("alpha", "alpha_low", "alpha_high", "ac1", "ac1_low", "ac1_high")
    return _shares(DATE_OVERLAP, agreed, len(pairs)) | dict.fromkeys(blank, float("nan")) | {"categories": 2}


def can_be_same_day(first: str, second: str) -> bool:
    """Tell whether two dates in EDTF have a day in common.

    Examples
    --------
    >>> can_be_same_day("2022-09-22", "[2022-09-08..2022-09-29]"), can_be_same_day("2022-09", "2022-10-01")
    (True, False)
    """
    a, b = bounds(first), bounds(second)
    before = a.latest is not None and b.earliest is not None and a.latest < b.earliest
    after = b.latest is not None and a.earliest is not None and b.latest < a.earliest
    return not before and not after


def _alpha(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Krippendorff's alpha for nominal data, two readings and no gaps, along the last axis.

    One less the disagreement observed over the disagreement to expect if all values were dealt out anew. Missing where
    there is one category alone. Written out here, so that the bootstrap runs over all draws at once; the tests hold it
    against the package krippendorff.
    """
    values = np.concatenate([first, second], axis=-1)
    size = values.shape[-1]
    alike = sum(count * (count - 1) for count in _counts(values))
    observed = (first != second).mean(axis=-1)
    expected = 1 - alike / (size * (size - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - observed / expected, np.nan)


def _counts(values: np.ndarray) -> list[np.ndarray]:
    return [(values == code).sum(axis=-1) for code in range(int(values.max()) + 1)]


def _bootstrap(first: np.ndarray, second: np.ndarray) -> tuple[float, float]:
    """Percentiles of alpha over units drawn again and again, from a fixed seed so that the numbers stay."""
    draw = np.random.Generator(np.random.PCG64(SEED))
    picks = draw.integers(len(first), size=(DRAWS, len(first)))
    known = _alpha(first[picks], second[picks])
    known = known[~np.isnan(known)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _ac1(first: np.ndarray, second: np.ndarray, *, categories: int) -> tuple[float, float, float]:
    """Gwet's AC1 for two readings with its normal interval.

    Written out here: the package for it (irrcac) holds scipy at a version that has no wheels for newer Pythons.
    """
    units = len(first)
    if not units:
        return float("nan"), float("nan"), float("nan")
    if categories == 1:
        return 1.0, 1.0, 1.0
    used = np.array([((first == code).sum() + (second == code).sum()) / (2 * units) for code in range(categories)])
    chance = float((used * (1 - used)).sum() / (categories - 1))
    agreed = (first == second).astype("float64")
    value = (agreed.mean() - chance) / (1 - chance)
    # Gwet (2008), eq. 36: each unit's own part in agreement and in chance agreement.
    part = np.array([((1 - used[a]) + (1 - used[b])) / 2 for a, b in zip(first, second, strict=True)])
    own = (agreed - chance) / (1 - chance) - 2 * (1 - value) * (part / (categories - 1) - chance) / (1 - chance)
    if units == 1:
        return float(value), float("nan"), float("nan")
    error = float(np.sqrt(((own - value) ** 2).sum() / (units * (units - 1))))
    reach = 1.959964 * error
    return float(value), float(max(-1.0, value - reach)), float(min(1.0, value + reach))
