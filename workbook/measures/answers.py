"""Who answers whom, and how fast: allegations by accusing state and denying state."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from workbook.events import Selection, collected
from workbook.measures.actors import described, rolled_up
from workbook.measures.exchanges import Exchanges
from workbook.measures.measured import Measured
from workbook.measures.observation import end_of_observation
from workbook.measures.survival import reached_by

PAIR = ["accuser_id", "denier_id"]
SIDES = {"alleges": "allegation_id", "denies": "denial_id"}
LAGS = ["lag_low", "lag_high"]
HALF = 0.5


def who_answers_whom(linked: Exchanges, *, selection: Selection) -> Measured:
    """Count by accusing and denying state what is alleged and what is answered, and how soon.

    Of a joint allegation each state is an accuser, and each state that it is about can deny it. A denial can come from
    a state that the allegation is not about, as when one partner of a trade answers what is said of the other: such
    answers are counted apart, and have no part in the median, for nobody knows who else was expected to speak.

    Parameters
    ----------
    linked : Exchanges
        From `workbook.measures.exchanges`.
    selection : Selection
        The selection that it is from.

    Returns
    -------
    Measured
        Table with ``accuser_id``, ``accuser``, ``denier_id``, ``denier`` (names of states, and of who belongs to none),
        ``allegations`` (by the accuser, about the denier), ``answered`` (of these, by the denier), ``unasked``
        (allegations by the accuser about others that the denier answers; like ``answered`` missing where nobody coded
        what answers what), ``median_low`` and ``median_high`` (days by
        which half are answered, by the shortest and by the longest lags that the dates allow: Kaplan-Meier, unanswered
        ones kept as censored; missing where it is not reached), and of all first answers, unasked ones too, the
        fastest and the slowest: ``fastest_low``, ``fastest_high``, ``fastest_id``, ``slowest_low``, ``slowest_high``,
        ``slowest_id`` (days, and the denial). The pair with most allegations comes first.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> table = who_answers_whom(workbook.measures.exchanges(chosen), selection=chosen).table
    >>> table.loc[0, ["accuser_id", "denier_id", "fastest_id"]].tolist(), int(table.loc[0, "allegations"])
    (['USA', 'RUS', 'st019'], 12)
    """
    accusers, accused = (_people(selection, "alleges", role=role) for role in ("speaker", "target"))
    about = accusers.merge(accused.rename(columns={"state_id": "denier_id"}), on="allegation_id")
    first = _first_answers(linked, accusers, _people(selection, "denies", role="speaker"))
    waits = about.merge(first, on=["allegation_id", "state_id", "denier_id"], how="outer", indicator="known")
    waits = waits.rename(columns={"state_id": "accuser_id"})
    waits = _with_censored(waits[waits["accuser_id"] != waits["denier_id"]], linked, end=end_of_observation(selection))
    table = _counts(waits).join(_medians(waits[waits["known"] != "right_only"])).join(_extremes(waits)).reset_index()
    if selection.data.links is None and linked.choices["link"] == "coded":
        table[["answered", "unasked"]] = float("nan")
    return Measured(_named(table, selection), linked.basis, dict(linked.choices))


def _people(selection: Selection, side: str, *, role: str) -> pd.DataFrame:
    """Return the states of one role in the statements of one side: the statement, ``state_id``."""
    of_side = selection.events.filter(nw.col("side") == side).select("event_id")
    people = rolled_up(selection, role=role, level="state", prefix="state").join(of_side, on="event_id", how="semi")
    return collected(people).rename(columns={"event_id": SIDES[side]})


def _first_answers(linked: Exchanges, accusers: pd.DataFrame, deniers: pd.DataFrame) -> pd.DataFrame:
    """Return the first denial of each state that answers each allegation."""
    rows = linked.table.loc[linked.table["answered"], ["allegation_id", "denial_id", *LAGS]]
    rows = rows.merge(deniers.rename(columns={"state_id": "denier_id"}), on="denial_id")
    rows = rows.sort_values([*LAGS[::-1], "denial_id"]).drop_duplicates(["allegation_id", "denier_id"])
    return accusers.merge(rows, on="allegation_id")


def _with_censored(waits: pd.DataFrame, linked: Exchanges, *, end: pd.Timestamp) -> pd.DataFrame:
    """Put the days to the end of observation where there is no answer: ``days_low``, ``days_high``, ``is_answered``."""
    dates = ["allegation_id", "allegation_earliest", "allegation_latest"]
    found = waits.merge(linked.table[dates].drop_duplicates("allegation_id"), on="allegation_id")
    found = found.assign(is_answered=found["denial_id"].notna())
    for name, lag, day in (("low", "lag_low", "allegation_latest"), ("high", "lag_high", "allegation_earliest")):
        left = (end - found[day]).dt.days.clip(lower=0)
        found[f"days_{name}"] = found[lag].where(found["is_answered"], left).astype("float64")
    return found


def _counts(waits: pd.DataFrame) -> pd.DataFrame:
    is_about = waits["known"] != "right_only"
    marks = waits.assign(allegations=is_about, answered=is_about & waits["is_answered"], unasked=~is_about)
    return marks.groupby(PAIR)[["allegations", "answered", "unasked"]].sum().astype("int64")


def _medians(waits: pd.DataFrame) -> pd.DataFrame:
    found = []
    for end in ("low", "high"):
        ends = waits.assign(days=waits[f"days_{end}"], answered=waits["is_answered"]).dropna(subset=["days"])
        ends = ends.assign(answered=ends["answered"].astype("int64"), censored=(~ends["answered"]).astype("int64"))
        sums = ends.groupby([*PAIR, "days"], as_index=False)[["answered", "censored"]].sum()
        found.append(reached_by(sums, keys=PAIR, shares={f"median_{end}": HALF}))
    return pd.concat(found, axis=1)


def _extremes(waits: pd.DataFrame) -> pd.DataFrame:
    """Find the fastest and the slowest of the first answers."""
    rows = waits[waits["is_answered"]].dropna(subset=LAGS).sort_values([*LAGS, "denial_id"])
    orders = {"fastest": rows, "slowest": rows.sort_values(LAGS[::-1], ascending=False, kind="stable")}
    return pd.concat(
        [
            order.drop_duplicates(PAIR)
            .set_index(PAIR)[[*LAGS, "denial_id"]]
            .set_axis([f"{which}_{part}" for part in ("low", "high", "id")], axis=1)
            for which, order in orders.items()
        ],
        axis=1,
    )


def _named(table: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    names = described(selection, level="state").set_index("actor_id")["actor_name"]
    table = table.assign(accuser=table["accuser_id"].map(names), denier=table["denier_id"].map(names))
    table = table.sort_values(
        ["allegations", "answered", "unasked", *PAIR], ascending=[False, False, False, True, True], ignore_index=True
    )
    first = ["accuser_id", "accuser", "denier_id", "denier"]
    return table[[*first, *(name for name in table.columns if name not in first)]]
