"""How often, by every rule of counting: a stream repeats itself, and what a count shows can hang on the rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import pandas as pd

from workbook.events import Basis, Selection, collected
from workbook.measures.bins import bin_numbers, binned
from workbook.measures.engine import bin_number
from workbook.measures.frequency import ONE_A_DAY

RULES = {
    "rows": "rows",
    "unique_events": "unique events",
    "one_a_day": "one a day",
    "mentions": "mentions",
    "sources": "sources",
}
"""What is counted, by name of its column."""

UNIQUE = (*ONE_A_DAY, "vendor_code", "claim_id")
"""What has to be alike, besides an exact day, so that several rows are one event."""

DATES = ("date_earliest", "date_latest")


@dataclass(frozen=True)
class CountingRules:
    """Counts by every rule, side by side.

    Attributes
    ----------
    table : pandas.DataFrame
        A row a bin; see `counting_rules`.
    totals : pandas.DataFrame
        A row a rule: ``rule``, ``label``, ``total`` (of all events, whether or not they are in a bin).
    basis : Basis
        What the counts stand on.
    choices : mapping of str to Any
        ``period``.
    """

    table: pd.DataFrame
    totals: pd.DataFrame
    basis: Basis
    choices: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """All counts in one sentence; the basis says it too.

        Examples
        --------
        >>> import workbook
        >>> counting_rules(workbook.select(workbook.load("arms_transfers"))).sentence
        'Counted by each rule: 54 rows, 54 unique events, 41 one a day, 59 mentions, 5 sources.'
        """
        return _sentence(self.totals)

    def said_by(self, selection: Selection) -> Selection:
        """Return a selection whose captions, and those of whatever is measured on it, say all counts."""
        return Selection(selection.data, _said(self.sentence, selection.basis), selection.start, selection.end)


def counting_rules(selection: Selection, *, period: str = "month") -> CountingRules:
    """Count by every rule, side by side.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`; its start and end clip the bins.
    period : str
        Width of a bin: one of `workbook.dates.PERIODS`.

    Returns
    -------
    CountingRules
        Table with ``bin_start``, ``bin_end``, ``rows`` (each row of the event table), ``unique_events`` (of the same
        day, speaker, target, act, vendor's code and claim once), ``one_a_day`` (of the same day, speaker, target and
        act once: the usual filter of event data), ``mentions`` (as often as each row says) and ``sources`` (that carry
        an event which can lie in the bin). Uncertain dates are spread over the bins that they cover; rows without an
        exact day are never alike.

    Raises
    ------
    ParameterError
        Unknown period.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> counting_rules(chosen, period="year").table["sources"].tolist()
    [2, 4]
    """
    counts = _counts(selection)
    rules = [rule for rule in RULES if rule != "sources"]
    found = {
        rule: binned(
            counts.assign(group=rule, events=counts["rows"], units=counts[rule].astype("float64")),
            period=period,
            uncertain="spread",
            selection=selection,
        )
        for rule in rules
    }
    bins = found["rows"].bins
    table = pd.DataFrame(list(bins), columns=["bin_start", "bin_end"]).astype("datetime64[us]")
    for rule in rules:
        weights = found[rule].table.set_index("bin_start")[["certain", "uncertain"]].sum(axis=1)
        table[rule] = table["bin_start"].map(weights).astype("float64").fillna(0.0)
    table["sources"] = _sources(selection, table, period=period)
    totals = [int(counts[rule].sum()) for rule in rules] + [selection.basis.sources]
    summed = pd.DataFrame({"rule": list(RULES), "label": list(RULES.values()), "total": totals})
    basis = _said(_sentence(summed), selection.basis).with_notes(*found["rows"].notes)
    return CountingRules(table, summed, basis, {"period": period})


def _sentence(totals: pd.DataFrame) -> str:
    parts = [
        f"{int(row.total):,} {row.label.removesuffix('s') if row.total == 1 else row.label}"
        for row in totals.itertuples()
    ]
    return f"Counted by each rule: {', '.join(parts)}."


def _said(sentence: str, basis: Basis) -> Basis:
    """Say it once, however often it is counted."""
    return basis if sentence in basis.notes else basis.with_notes(sentence)


def _counts(selection: Selection) -> pd.DataFrame:
    """Count by dates: what is alike is counted in the engine, and only days come out of it."""
    is_exact = nw.col("date_precision") == "day"
    alike = selection.events.group_by(*DATES, *UNIQUE).agg(
        nw.len().alias("rows"), nw.col("mention_count").sum().alias("mentions")
    )
    unique = alike.with_columns(_once(is_exact, "rows").alias("unique_events"))
    sums = [nw.col(name).sum().alias(name) for name in ("rows", "mentions", "unique_events")]
    once = unique.group_by(*DATES, *ONE_A_DAY).agg(*sums).with_columns(_once(is_exact, "rows").alias("one_a_day"))
    found = collected(once.group_by(*DATES).agg(*sums, nw.col("one_a_day").sum().alias("one_a_day")))
    numbers = ["rows", "mentions", "unique_events", "one_a_day"]
    found[numbers] = found[numbers].fillna(0).astype("int64")
    return found.sort_values(list(DATES), ignore_index=True)


def _once(is_exact: nw.Expr, otherwise: str) -> nw.Expr:
    return nw.when(is_exact).then(nw.lit(1)).otherwise(nw.col(otherwise))


def _sources(selection: Selection, bins: pd.DataFrame, *, period: str) -> pd.Series:
    """Count the sources of each bin: of a source the engine gives out the bins of its events, not their days."""
    rows = selection.with_carried("source").filter(
        ~nw.col("source").is_null(), *(~nw.col(day).is_null() for day in DATES)
    )
    places = [bin_number(day, period=period, of=rows).alias(day) for day in DATES]
    spans = collected(rows.select("source", *places).unique()).astype(dict.fromkeys(DATES, "int64"))
    starts = bins["bin_start"].to_numpy().astype("datetime64[D]").astype("int64")
    numbers = bin_numbers(starts, period=period)
    if not len(numbers):
        return pd.Series([], dtype="int64")
    spans[list(DATES)] = spans[list(DATES)].clip(numbers[0], numbers[-1])
    reach = spans["date_latest"] - spans["date_earliest"] + 1
    touched = spans.loc[spans.index.repeat(reach)]
    touched = touched.assign(bin=touched["date_earliest"] + touched.groupby(level=0).cumcount())
    by_bin = touched.groupby("bin")["source"].nunique()
    return pd.Series(numbers).map(by_bin).fillna(0).astype("int64")
