"""Statements that people coded, and what a machine coder saw of them: matched by day, parties and act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from workbook.errors import Fault, ParameterError, unknown_value
from workbook.events import Basis, Selection, collected, counted

WITHIN_DAYS = 3
BY = ("act", "side")
OUTCOMES = ("seen", "seen otherwise", "not seen", "no day")
"""``seen otherwise``: the stream has events of these parties on these days, but none of this act; ``no day``: a bound
of the date is open, so that no days can be compared."""

NOBODY = ""
DYAD = ["speaker", "target"]
MACHINE = ("machine_events", "machine_matched", "machine_alone")


@dataclass(frozen=True)
class Matching:
    """Coded statements and machine-coded events of the same parties, set against each other.

    Attributes
    ----------
    table : pandas.DataFrame
        A row a coded statement; see `match_coded`.
    by_group : pandas.DataFrame
        A row an act (or side) of the coded statements: ``group``, ``statements``, one column for each of `OUTCOMES`,
        ``machine_events`` (of the dyads coded, in the days coded), of these ``machine_matched`` and ``machine_alone``.
    by_month : pandas.DataFrame
        The same after ``month_start``, without a gap; a statement counts in the month of its middle day.
    basis : Basis
        What the tables stand on, the events of the machine among its notes.
    choices : mapping of str to Any
        ``within_days``, ``level``, ``by``.
    """

    table: pd.DataFrame
    by_group: pd.DataFrame
    by_month: pd.DataFrame
    basis: Basis
    choices: Mapping[str, Any] = field(default_factory=dict)


def match_coded(
    coded: Selection, machine: Selection, *, within_days: int = WITHIN_DAYS, level: str = "state", by: str = "act"
) -> Matching:
    """Find for each coded statement the machine-coded events that could be it.

    An event matches a statement if its day lies within the bounds of the statement's date, widened by `within_days` on
    both sides, if one of the statement's speakers acts upon one of its targets, and if the act is the same. A statement
    without a target is matched by events without one. One statement may match many events, and one event several
    statements: a match says that a machine saw something alike, not that it saw the same.

    Parameters
    ----------
    coded, machine : Selection
        From `workbook.select`; the machine's can be of any engine and size.
    within_days : int
        How many days an event may lie outside the bounds, 0 or more.
    level : {"actor", "body", "state"}
        What a party is: how far actors are rolled up. Only states have the same keys in most data.
    by : {"act", "side"}
        What has to be the same besides.

    Returns
    -------
    Matching
        Table with ``event_id``, ``group`` (act or side), ``speakers``, ``targets`` (keys at the level, parted by
        blanks), ``date_text``, ``date_earliest``, ``date_latest``, ``events`` and ``mentions`` (of the events that
        match), ``otherwise`` (events of the same parties and days of other acts), ``seen_as`` (these acts with their
        counts, most frequent first), ``outcome`` (one of `OUTCOMES`). Events without an exact day match nothing and are
        counted in a note.

    Raises
    ------
    ParameterError
        Fewer than 0 days, an unknown level or `by`.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> by_itself = match_coded(chosen, chosen, within_days=0)
    >>> by_itself.table["outcome"].value_counts().to_dict()
    {'seen': 51, 'seen otherwise': 1, 'not seen': 1, 'no day': 1}
    """
    _check(coded, within_days=within_days, level=level, by=by)
    statements = _statements(coded, level=level, by=by)
    windows = _windows(statements, _dyads(coded, level=level), within_days=within_days)
    stream, undated = _stream(machine, _dyads(coded, level=level), level=level, by=by)
    table = _matched(statements, windows.merge(stream, on=[*DYAD, "day"], suffixes=("", "_seen")))
    sightings, outside = _sightings(stream, windows)
    by_group = _summed(table, sightings, key="group")
    by_month = _by_month(table, sightings)
    basis = coded.basis.with_notes(*_notes(machine, undated=undated, outside=outside))
    columns = [name for name in table.columns if name not in ("first", "last")]
    choices = {"within_days": within_days, "level": level, "by": by}
    return Matching(table[columns], by_group, by_month, basis, choices)


def _check(coded: Selection, *, within_days: int, level: str, by: str) -> None:
    coded.words.rolled_up(level)  # It refuses a level that is none.
    faults = [] if by in BY else [unknown_value("parameters", "by", by, BY)]
    if within_days < 0:
        faults.append(Fault("parameters", None, "within_days", str(within_days), "a whole number of days, 0 or more"))
    if faults:
        raise ParameterError("match_coded", faults)


def _statements(coded: Selection, *, level: str, by: str) -> pd.DataFrame:
    """Return the coded statements with their parties in a cell each, and their bounds in days since 1970-01-01."""
    columns = ("event_id", "date_text", "date_earliest", "date_latest")
    rows = collected(coded.events.select(nw.col(by).alias("group"), *columns))
    for role in DYAD:
        people = collected(coded.people(role, level=level)).sort_values(["event_id", role])
        rows[f"{role}s"] = _texts(rows["event_id"], people.groupby("event_id")[role].agg(" ".join))
    bounds = {"first": "date_earliest", "last": "date_latest"}
    rows = rows.assign(**{name: _days(rows[column]) for name, column in bounds.items()})
    shown = ["event_id", "group", "speakers", "targets", *columns[1:], *bounds]
    return rows[shown].sort_values(["date_latest", "event_id"], ignore_index=True)


def _texts(keys: pd.Series, texts: pd.Series) -> pd.Series:
    found = texts.to_dict()
    return pd.Series([found.get(key, "") for key in keys], index=keys.index, dtype="str")


def _parties(rows: pd.DataFrame) -> pd.DataFrame:
    """Let who is missing be a value of its own, so that nobody equals nobody."""
    return rows.assign(**{role: rows[role].astype("str").fillna(NOBODY) for role in DYAD})


def _days(dates: pd.Series) -> pd.Series:
    days = dates.to_numpy().astype("datetime64[D]").astype("float64")
    return pd.Series(days, index=dates.index).where(dates.notna())


def _dyads(coded: Selection, *, level: str) -> pd.DataFrame:
    """Return each statement's pairs of speaker and target, once each."""
    pairs = collected(coded.events.select("event_id"))
    for role in DYAD:
        pairs = pairs.merge(collected(coded.people(role, level=level)), on="event_id", how="left")
    return _parties(pairs)


def _windows(statements: pd.DataFrame, dyads: pd.DataFrame, *, within_days: int) -> pd.DataFrame:
    """Return a row for each statement, pair of parties and day on which an event would match."""
    dated = statements.dropna(subset=["first", "last"])
    first, last = (dated[name].astype("int64") for name in ("first", "last"))
    days = [
        range(low - within_days, high + within_days + 1)
        for low, high in zip(first.tolist(), last.tolist(), strict=True)
    ]
    rows = dated[["event_id", "group"]].assign(day=days).explode("day", ignore_index=True)
    return rows.astype({"day": "int64"}).merge(dyads, on="event_id")


def _stream(machine: Selection, dyads: pd.DataFrame, *, level: str, by: str) -> tuple[pd.DataFrame, int]:
    """Count the machine's events of these pairs by day and act; and how many have no exact day."""
    counts = _of_parties(machine, dyads, level=level).tally(*DYAD, by, "date_earliest", "date_latest", level=level)
    counts = _parties(counts).rename(columns={by: "group"}).merge(dyads[DYAD].drop_duplicates(), on=DYAD)
    is_exact = counts["date_earliest"].notna() & (counts["date_earliest"] == counts["date_latest"])
    exact = counts[is_exact].reset_index(drop=True)
    exact = exact.assign(day=_days(exact["date_earliest"]).astype("int64"))
    columns = [*DYAD, "group", "day", "events", "mentions"]
    return exact[columns].sort_values(columns[:4], ignore_index=True), int(counts.loc[~is_exact, "events"].sum())


def _of_parties(machine: Selection, dyads: pd.DataFrame, *, level: str) -> Selection:
    """Keep what these parties do to each other before anything is counted, where they stand in the row."""
    if machine.data.participants is not None:
        return machine
    stands = machine.words.rolled_up(level)
    events = machine.events
    for role, column in zip(DYAD, ("actor_id", "target_id"), strict=True):
        parties = set(dyads[role])
        keys = stands.loc[stands["as_id"].isin(parties), "actor_id"].tolist()
        is_in = nw.col(column).is_in(keys).fill_null(value=False)
        events = events.filter(is_in | nw.col(column).is_null() if NOBODY in parties else is_in)
    return Selection(replace(machine.data, events=events.to_native()), machine.basis, machine.start, machine.end)


def _matched(statements: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Put beside each statement what matches it, and what of its parties and days does not."""
    is_same = found["group"] == found["group_seen"]
    same = found[is_same].groupby("event_id")[["events", "mentions"]].sum()
    others = found[~is_same].groupby(["event_id", "group_seen"], as_index=False)["events"].sum()
    others = others.sort_values(["event_id", "events", "group_seen"], ascending=[True, False, True])
    words = others["group_seen"].astype("str") + " " + others["events"].astype("str")
    seen_as = words.groupby(others["event_id"]).agg(", ".join)
    sums = {
        "events": same["events"],
        "mentions": same["mentions"],
        "otherwise": others.groupby("event_id")["events"].sum(),
    }
    counts = {name: statements["event_id"].map(each).fillna(0).astype("int64") for name, each in sums.items()}
    table = statements.assign(**counts, seen_as=_texts(statements["event_id"], seen_as))
    reasons = [table[["first", "last"]].isna().any(axis=1), table["events"] > 0, table["otherwise"] > 0]
    outcome = np.select(reasons, [OUTCOMES[3], OUTCOMES[0], OUTCOMES[1]], default=OUTCOMES[2])
    return table.assign(outcome=pd.Series(outcome, index=table.index, dtype="str"))


def _sightings(stream: pd.DataFrame, windows: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Mark which events, of the acts and days that were coded, match a statement; count those of other days."""
    acts = stream[stream["group"].isin(windows["group"])]
    within = acts["day"].between(windows["day"].min(), windows["day"].max())
    keys = [*DYAD, "group", "day"]
    marked = acts[within].merge(windows[keys].drop_duplicates(), on=keys, how="left", indicator="match")
    is_matched = marked["match"] == "both"
    counts = {
        "machine_matched": marked["events"].where(is_matched, 0),
        "machine_alone": marked["events"].mask(is_matched, 0),
    }
    marked = marked.assign(machine_events=marked["events"], **counts)
    return marked[[*keys, *MACHINE]], int(acts.loc[~within, "events"].sum())


def _summed(table: pd.DataFrame, sightings: pd.DataFrame, *, key: str) -> pd.DataFrame:
    outcomes = pd.crosstab(table[key], table["outcome"]).reindex(columns=list(OUTCOMES), fill_value=0)
    outcomes.insert(0, "statements", outcomes.sum(axis=1))
    machine = sightings.groupby(key)[list(MACHINE)].sum()
    both = outcomes.join(machine, how="outer").fillna(0).astype("int64").rename_axis(index=key, columns=None)
    return both.reset_index().sort_values(["statements", key], ascending=[False, True], ignore_index=True)


def _by_month(table: pd.DataFrame, sightings: pd.DataFrame) -> pd.DataFrame:
    dated = table.dropna(subset=["first", "last"])
    middle = (dated["first"] + dated["last"]) // 2
    summed = _summed(
        dated.assign(month_start=_month(middle)),
        sightings.assign(month_start=_month(sightings["day"])),
        key="month_start",
    ).set_index("month_start")
    if summed.empty:
        return summed.reset_index()
    months = pd.date_range(summed.index.min(), summed.index.max(), freq="MS", unit="us", name="month_start")
    return summed.reindex(months, fill_value=0).reset_index()


def _month(days: pd.Series) -> pd.Series:
    months = days.to_numpy().astype("int64").astype("datetime64[D]").astype("datetime64[M]")
    return pd.Series(months.astype("datetime64[us]"), index=days.index)


def _notes(machine: Selection, *, undated: int, outside: int) -> list[str]:
    noun = machine.basis.noun
    notes = [f"The machine's side is {machine.basis.dataset}. {machine.basis.caption()}"]
    if undated:
        notes.append(f"Without an exact day, so that nothing can match: {counted(undated, noun)} of the machine's.")
    if outside:
        notes.append(f"Outside the days that were coded: {counted(outside, noun)} of these parties and acts, left out.")
    return notes
