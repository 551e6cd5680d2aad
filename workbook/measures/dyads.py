"""Accusations and denials between two parties, counted by day: what is answered, by whom, how soon."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from workbook.dates import PERIODS, period_bins
from workbook.errors import Fault, ParameterError, unknown_value
from workbook.events import Basis, Selection, counted
from workbook.measures.actors import described
from workbook.measures.bins import bin_numbers
from workbook.measures.dyad_waits import COUNTS as FOUND
from workbook.measures.dyad_waits import DYAD, DyadWaits, dyad_waits
from workbook.measures.hiding import hidden_note
from workbook.measures.intervals import wilson
from workbook.measures.observation import end_of_observation, unread_note
from workbook.measures.survival import kaplan_meier, reached_by

WINDOW_DAYS = 14
OUTCOMES = ("answered", "unanswered", "open")
"""``unanswered``: the window is over; ``open``: observation ends before it is."""

QUANTILES = {"lag_quarter": 0.25, "lag_median": 0.5}
COUNTS = ("accusations", *OUTCOMES, "denials", "accusation_events", "denial_events")
MOST_CURVES = 5


@dataclass(frozen=True)
class DyadExchanges:
    """Accusations within dyads, and what became of them.

    Attributes
    ----------
    table : pandas.DataFrame
        A row a dyad, the one with most accusations first; see `dyad_exchanges`.
    waits : pandas.DataFrame
        ``accuser_id``, ``accused_id``, ``days``, ``answered``, ``censored``: how many accusations were answered, or
        seen for the last time without an answer, after so many days.
    bins : tuple of pandas.Timestamp
        First day of every bin, without a gap.
    basis : Basis
        What the tables stand on.
    choices : mapping of str to Any
        ``window_days``, ``period``, ``level``, ``between``.
    """

    table: pd.DataFrame
    waits: pd.DataFrame
    bins: tuple[pd.Timestamp, ...]
    basis: Basis
    choices: Mapping[str, Any]
    _counted_over_time: Callable[[], pd.DataFrame] = field(repr=False, compare=False)

    @cached_property
    def over_time(self) -> pd.DataFrame:
        """A row a dyad and bin in which there is an accusation or a denial: ``bin_start`` and the columns of the table.

        Names, shares and intervals are not among them. It is counted when it is first asked for.
        """
        return self._counted_over_time()


def dyad_exchanges(
    selection: Selection,
    *,
    window_days: int = WINDOW_DAYS,
    period: str = "month",
    level: str = "state",
    between: Sequence[str] = (),
) -> DyadExchanges:
    """Find for each accusation within a dyad the denial that answers it.

    An *accusation* is all that one party alleges of another on one day: a stream repeats a story in many rows, which
    would count one exchange many times. It is *answered* by the first denial that the accused aims at the accuser, on
    the same day or at most `window_days` days later. One denial can answer several accusations. Only exact days count.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`, with both sides in it: choose parties by `between`, not by its ``actors``.
    window_days : int
        Length of the window in days, 1 or more.
    period : str
        Width of the bins of `DyadExchanges.over_time`: one of `workbook.dates.PERIODS`.
    level : {"actor", "body", "state"}
        What a party is: how far actors are rolled up.
    between : sequence of str
        Keys of actors, each with all that belong to it: dyads of which both are among them. Empty: all.

    Returns
    -------
    DyadExchanges
        Table with ``accuser_id``, ``accuser``, ``accused_id``, ``accused`` (short names), ``accusations`` (days on
        which the one accuses the other), of these ``answered``, ``unanswered`` (the window is over) and ``open`` (the
        end of observation comes first), ``denials`` (days on which the accused denies something to the accuser),
        ``accusation_events``, ``denial_events`` (rows), ``share`` of accusations that are answered with ``low`` and
        ``high`` (Wilson 1927), ``lag_quarter`` and ``lag_median``: days by which a quarter and half are answered
        (Kaplan-Meier, unanswered ones kept as censored; missing where so many are not answered). The end of
        observation is the selection's end, or the last day of any of its events, and never after the last article.

    Raises
    ------
    ParameterError
        A window shorter than a day, an unknown period, level or party.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> table = dyad_exchanges(chosen, window_days=30).table
    >>> table.loc[0, ["accuser_id", "accused_id"]].tolist(), int(table.loc[0, "accusations"])
    (['USA', 'PRK'], 5)
    """
    _check(selection, window_days=window_days, period=period, level=level, between=between)
    between, end = _parties(selection, between, level=level), _end(selection)
    waits = dyad_waits(selection, window_days=window_days, end=end, level=level, between=between)
    found = waits.in_all()
    unplaced = waits.with_parties(found[~found["is_placed"]])
    rows = _with_outcomes(found[found["is_placed"]], window_days=window_days)
    bins = _bins(selection, rows, period=period, end=end)
    return DyadExchanges(
        table=_named(waits.with_parties(_summed(rows, keys=["dyad"])), selection, level=level),
        waits=waits.with_parties(_ends(rows)[["dyad", "days", "answered", "censored"]]),
        bins=bins,
        basis=selection.basis.with_notes(*_notes(selection, unplaced, window_days=window_days)),
        choices={"window_days": window_days, "period": period, "level": level, "between": between},
        _counted_over_time=lambda: _over_time(waits, bins, window_days=window_days, period=period),
    )


def _check(selection: Selection, *, window_days: int, period: str, level: str, between: Sequence[str]) -> None:
    faults = [] if period in PERIODS else [unknown_value("parameters", "period", period, PERIODS)]
    if window_days < 1:
        faults.append(Fault("parameters", None, "window_days", str(window_days), "a whole number of days, 1 or more"))
    selection.words.rolled_up(level)  # It refuses a level that is none.
    known = selection.words.actors["actor_id"].tolist()
    faults += [unknown_value("parameters", "between", party, known) for party in between if party not in set(known)]
    if faults:
        raise ParameterError("dyad_exchanges", faults)


def _parties(selection: Selection, between: Sequence[str], *, level: str) -> tuple[str, ...]:
    """Return the parties at a level that are, or belong to, these actors."""
    stands = selection.words.rolled_up(level)
    return tuple(stands.loc[stands["actor_id"].isin(selection.words.under(list(between))), "as_id"].unique())


def _end(selection: Selection) -> int:
    """Return the last day of observation, in days since 1970-01-01."""
    end = end_of_observation(selection)
    return 0 if pd.isna(end) else int(np.datetime64(end, "D").astype("int64"))


def _with_outcomes(rows: pd.DataFrame, *, window_days: int) -> pd.DataFrame:
    """Part the accusations without an answer: where they wait as long as the window is, it is over."""
    whole = rows.astype(dict.fromkeys(["dyad", *FOUND], "int64"))
    waiting = whole["accusations"] - whole["answered"]
    unanswered = waiting.where(whole["days"] == window_days, 0)
    return whole.assign(unanswered=unanswered, open=waiting - unanswered, censored=waiting)


def _bins(selection: Selection, rows: pd.DataFrame, *, period: str, end: int) -> tuple[pd.Timestamp, ...]:
    if rows.empty and not selection.start:
        return ()
    first = selection.start or pd.Timestamp(rows["first"].min()).date()
    last = max(first, pd.Timestamp(end, unit="D").date())
    return tuple(pd.Timestamp(start) for start, _ in period_bins(first, last, period=period))


def _over_time(waits: DyadWaits, bins: tuple[pd.Timestamp, ...], *, window_days: int, period: str) -> pd.DataFrame:
    """Count by dyad and bin, the bin's first day in the place of its number."""
    table = _summed(_with_outcomes(waits.by_bin(period), window_days=window_days), keys=["dyad", "bin"])
    starts = np.array(bins, dtype="datetime64[us]")
    numbers = bin_numbers(starts.astype("datetime64[D]").astype("int64"), period=period)
    start = starts[np.searchsorted(numbers, table["bin"].to_numpy())]
    return waits.with_parties(table.assign(bin_start=start)[["dyad", "bin_start", *COUNTS, *QUANTILES]])


def _summed(rows: pd.DataFrame, *, keys: list[str]) -> pd.DataFrame:
    """Count accusations, what became of them, and denials; with the days by which a part is answered."""
    counts = rows.groupby(keys)[list(COUNTS)].sum()
    return counts.join(reached_by(_ends(rows), keys=keys, shares=QUANTILES)).reset_index()


def _ends(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the accusations, which stop to wait after so many days, answered or censored."""
    return rows[rows["accusations"] > 0].astype({"days": "int64"}).sort_values(["dyad", "days"], ignore_index=True)


def _named(counts: pd.DataFrame, selection: Selection, *, level: str) -> pd.DataFrame:
    """Put names and shares beside the counts of each dyad."""
    names = described(selection, level=level).set_index("actor_id")["actor_short_name"]
    intervals = [wilson(row.answered, row.accusations) for row in counts.itertuples()]
    known = counts["accusations"] > 0
    table = counts.assign(
        accuser=counts["accuser_id"].map(names),
        accused=counts["accused_id"].map(names),
        share=(counts["answered"] / counts["accusations"]).where(known),
        low=pd.Series([low for low, _ in intervals], dtype="float64").where(known),
        high=pd.Series([high for _, high in intervals], dtype="float64").where(known),
    )
    table = table.sort_values(
        ["accusations", "denials", *DYAD], ascending=[False, False, True, True], ignore_index=True
    )
    columns = ["accuser_id", "accuser", "accused_id", "accused", *COUNTS, "share", "low", "high", *QUANTILES]
    return table[columns]


def _notes(selection: Selection, unplaced: pd.DataFrame, *, window_days: int) -> tuple[str, ...]:
    """Say what an answer is, and what stands in no dyad and why."""
    rule = (
        "An accusation is all that one party alleges of another on one day, answered by the first denial that the "
        f"accused aims at the accuser on that day or at most {window_days} days later."
    )
    nobody = unplaced[DYAD].isna().any(axis=1)
    among_themselves = unplaced["accuser_id"] == unplaced["accused_id"]
    left = {
        "without a speaker or a target": nobody,
        "within one party": ~nobody & among_themselves,
        "without an exact day": ~nobody & ~among_themselves,
    }
    out = [f"{_by_side(unplaced[rows])} {why}" for why, rows in left.items() if rows.any()]
    return (
        rule,
        f"In no exchange: {'; '.join(out)}." if out else "",
        hidden_note(selection.basis),
        unread_note(selection),
    )


def _by_side(rows: pd.DataFrame) -> str:
    words = {"accusation_events": "allegation", "denial_events": "denial"}
    sums = rows[list(words)].sum()
    return " and ".join(counted(int(sums[name]), word) for name, word in words.items() if sums[name])


def dyad_lag_survival(linked: DyadExchanges, *, most: int = MOST_CURVES) -> pd.DataFrame:
    """Estimate the share of accusations still unanswered, day by day: of all dyads, and of those with most of them.

    Parameters
    ----------
    linked : DyadExchanges
        From `dyad_exchanges`.
    most : int
        How many dyads have a curve of their own.

    Returns
    -------
    pandas.DataFrame
        ``accuser_id``, ``accused_id`` and ``label`` (missing, and ``"all dyads"``, for all), then the columns of
        `workbook.measures.survival.kaplan_meier`.

    Examples
    --------
    >>> import workbook
    >>> linked = dyad_exchanges(workbook.select(workbook.load("arms_transfers")))
    >>> dyad_lag_survival(linked, most=1)["label"].unique().tolist()
    ['all dyads', 'United States → North Korea']
    """
    accusing = linked.table[linked.table["accusations"] > 0].head(most)
    parts = [(None, None, "all dyads", linked.waits)]
    for row in accusing.itertuples():
        is_in = (linked.waits["accuser_id"] == row.accuser_id) & (linked.waits["accused_id"] == row.accused_id)
        parts.append((row.accuser_id, row.accused_id, f"{row.accuser} → {row.accused}", linked.waits[is_in]))
    curves = [
        _curve(waits).assign(accuser_id=accuser, accused_id=accused, label=label)
        for accuser, accused, label, waits in parts
    ]
    table = pd.concat(curves, ignore_index=True)
    return table[[*DYAD, "label", *(name for name in table.columns if name not in (*DYAD, "label"))]]


def _curve(waits: pd.DataFrame) -> pd.DataFrame:
    days = waits["days"].to_numpy(dtype="float64")
    counts = [waits[name].to_numpy() for name in ("answered", "censored")]
    durations = np.concatenate([np.repeat(days, count) for count in counts])
    answered = np.repeat([True, False], [int(count.sum()) for count in counts])
    return kaplan_meier(durations, answered)  # type: ignore[arg-type]
