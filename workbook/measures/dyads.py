"""Accusations and denials between two parties, counted by day: what is answered, by whom, how soon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from workbook.dates import PERIODS, period_bins
from workbook.errors import Fault, ParameterError, unknown_value
from workbook.events import Basis, Selection, collected, counted
from workbook.events.choice import REASONS
from workbook.measures.actors import described
from workbook.measures.intervals import wilson
from workbook.measures.survival import kaplan_meier, reached_by

WINDOW_DAYS = 14
DYAD = ["accuser_id", "accused_id"]
OUTCOMES = ("answered", "unanswered", "open")
"""``unanswered``: the window is over; ``open``: observation ends before it is."""

ROLES = {"alleges": {"speaker": "accuser_id", "target": "accused_id"}}
ROLES["denies"] = {"speaker": "accused_id", "target": "accuser_id"}
"""Who is who in a dyad: the accuser accuses the accused, who denies it to the accuser."""

QUANTILES = {"lag_quarter": 0.25, "lag_median": 0.5}
COUNTS = ("accusations", *OUTCOMES, "denials", "accusation_events", "denial_events")
MOST_CURVES = 5
HIDING = ("actors", "acts", "sides", "claims", "topics", "sources")
"""Parts of a choice that can leave out the denial of an accusation that is in."""


@dataclass(frozen=True)
class DyadExchanges:
    """Accusations within dyads, and what became of them.

    Attributes
    ----------
    table : pandas.DataFrame
        A row a dyad, the one with most accusations first; see `dyad_exchanges`.
    over_time : pandas.DataFrame
        A row a dyad and bin in which there is an accusation or a denial: the same columns but for names, shares and
        intervals, after ``bin_start``.
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
    over_time: pd.DataFrame
    waits: pd.DataFrame
    bins: tuple[pd.Timestamp, ...]
    basis: Basis
    choices: Mapping[str, Any] = field(default_factory=dict)


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
        observation is the selection's end, or the last day of any of its events.

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
    between = _parties(selection, between, level=level)
    tallied = _either_side(selection).tally("speaker", "target", "side", "date_earliest", "date_latest", level=level)
    within = _within_dyads(tallied, between=between)
    accusations, denials = (_by_day(within, side) for side in ROLES)
    end = _end(selection)
    answered = _answered(accusations, denials, window_days=window_days, end=end)
    bins = _bins(selection, within, period=period, end=end)
    summed = _summed(answered, denials, keys=DYAD)
    over_time = _summed(*(_binned(rows, bins) for rows in (answered, denials)), keys=[*DYAD, "bin_start"])
    basis = selection.basis.with_notes(*_notes(selection, tallied, window_days=window_days, between=between))
    choices = {"window_days": window_days, "period": period, "level": level, "between": between}
    return DyadExchanges(_named(summed, selection, level=level), over_time, _waits(answered), bins, basis, choices)


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


def _either_side(selection: Selection) -> Selection:
    """Keep what alleges or denies, before anything is counted."""
    events = selection.events.filter(nw.col("side").is_in(list(ROLES))).to_native()
    return Selection(replace(selection.data, events=events), selection.basis, selection.start, selection.end)


def _is_exact(tallied: pd.DataFrame) -> pd.Series:
    return tallied["date_earliest"].notna() & (tallied["date_earliest"] == tallied["date_latest"])


def _is_within(tallied: pd.DataFrame) -> pd.Series:
    """Mark what one party aims at another."""
    return tallied["speaker"].notna() & tallied["target"].notna() & (tallied["speaker"] != tallied["target"])


def _is_between(tallied: pd.DataFrame, between: Sequence[str]) -> pd.Series:
    both = tallied["speaker"].isin(between) & tallied["target"].isin(between)
    return both if between else pd.Series(data=True, index=tallied.index)


def _within_dyads(tallied: pd.DataFrame, *, between: Sequence[str]) -> pd.DataFrame:
    kept = _is_within(tallied) & _is_exact(tallied) & _is_between(tallied, between)
    rows = tallied.loc[kept, ["speaker", "target", "side", "events"]]
    days = tallied.loc[kept, "date_earliest"].to_numpy().astype("datetime64[D]").astype("int64")
    return rows.assign(day=days)


def _by_day(within: pd.DataFrame, side: str) -> pd.DataFrame:
    """Return one side by dyad and day, in order of days."""
    rows = within[within["side"] == side].drop(columns="side").rename(columns=ROLES[side])
    return rows.sort_values(["day", *DYAD], ignore_index=True)


def _end(selection: Selection) -> int:
    """Return the last day of observation, in days since 1970-01-01."""
    if selection.end:
        return int(np.datetime64(selection.end, "D").astype("int64"))
    last = collected(selection.events.select(nw.col("date_latest").max().alias("last")))["last"].iloc[0]
    return 0 if pd.isna(last) else int(np.datetime64(last, "D").astype("int64"))


def _answered(accusations: pd.DataFrame, denials: pd.DataFrame, *, window_days: int, end: int) -> pd.DataFrame:
    """Put beside each accusation the days that it waited, and what it waited for."""
    answers = denials[["day", *DYAD]].assign(denial_day=denials["day"])
    found = pd.merge_asof(accusations, answers, on="day", by=DYAD, direction="forward", tolerance=window_days)
    lag = found["denial_day"] - found["day"]
    left = (end - found["day"]).clip(lower=0)
    outcome = np.select([lag.notna(), left >= window_days], OUTCOMES[:2], default=OUTCOMES[2])
    wait = lag.fillna(left.clip(upper=window_days)).astype("int64")
    return found.drop(columns="denial_day").assign(days=wait, **{name: outcome == name for name in OUTCOMES})


def _bins(selection: Selection, within: pd.DataFrame, *, period: str, end: int) -> tuple[pd.Timestamp, ...]:
    if within.empty and not selection.start:
        return ()
    first = selection.start or pd.Timestamp(int(within["day"].min()), unit="D").date()
    last = max(first, pd.Timestamp(end, unit="D").date())
    return tuple(pd.Timestamp(start) for start, _ in period_bins(first, last, period=period))


def _binned(rows: pd.DataFrame, bins: tuple[pd.Timestamp, ...]) -> pd.DataFrame:
    starts = np.array(bins, dtype="datetime64[us]")
    days = rows["day"].to_numpy().astype("datetime64[D]")
    return rows.assign(bin_start=starts[np.searchsorted(starts, days, side="right") - 1])


def _summed(accusations: pd.DataFrame, denials: pd.DataFrame, *, keys: list[str]) -> pd.DataFrame:
    """Count accusations, what became of them, and denials; with the days by which a part is answered."""
    accusing = accusations.groupby(keys).agg(
        accusations=("day", "size"),
        **{name: (name, "sum") for name in OUTCOMES},
        accusation_events=("events", "sum"),
    )
    denying = denials.groupby(keys).agg(denials=("day", "size"), denial_events=("events", "sum"))
    counts = accusing.join(denying, how="outer").reindex(columns=list(COUNTS)).fillna(0).astype("int64")
    lags = reached_by(_ends(accusations, keys=keys), keys=keys, shares=QUANTILES)
    return counts.join(lags).sort_index().reset_index()


def _ends(accusations: pd.DataFrame, *, keys: list[str]) -> pd.DataFrame:
    """Count the accusations that stop to wait after so many days, by whether they are answered."""
    sums = accusations.assign(censored=~accusations["answered"]).groupby([*keys, "days"], as_index=False)
    return sums[["answered", "censored"]].sum().astype({"answered": "int64", "censored": "int64"})


def _waits(accusations: pd.DataFrame) -> pd.DataFrame:
    return _ends(accusations, keys=DYAD)


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


def _notes(selection: Selection, tallied: pd.DataFrame, *, window_days: int, between: Sequence[str]) -> tuple[str, ...]:
    """Say what an answer is, and what stands in no dyad and why."""
    rule = (
        "An accusation is all that one party alleges of another on one day, answered by the first denial that the "
        f"accused aims at the accuser on that day or at most {window_days} days later."
    )
    asked = tallied if not between else tallied[tallied[["speaker", "target"]].isin(between).any(axis=1)]
    nobody = asked["speaker"].isna() | asked["target"].isna()
    among_themselves = ~nobody & (asked["speaker"] == asked["target"])
    left = {
        "without a speaker or a target": nobody,
        "within one party": among_themselves,
        "without an exact day": ~nobody & ~among_themselves & _is_between(asked, between) & ~_is_exact(asked),
    }
    out = [f"{_by_side(asked[rows])} {why}" for why, rows in left.items() if rows.any()]
    hidden = any(reason == REASONS[part] for reason, _ in selection.basis.left_out for part in HIDING)
    return (
        rule,
        f"In no exchange: {'; '.join(out)}." if out else "",
        "What is left out can hold the denial of an accusation that is in." if hidden else "",
    )


def _by_side(rows: pd.DataFrame) -> str:
    counts = rows.groupby("side")["events"].sum()
    words = {"alleges": "allegation", "denies": "denial"}
    return " and ".join(counted(int(counts[side]), word) for side, word in words.items() if side in counts.index)


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
