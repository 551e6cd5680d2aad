"""Allegations and the denials that answer them: who answers whom, and how soon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import pandas as pd

from workbook.errors import Fault, ParameterError, unknown_value
from workbook.events import Basis, Selection, collected, counted
from workbook.measures.actors import described, joined_names, rolled_up
from workbook.measures.engine import day_number
from workbook.measures.hiding import hidden_note
from workbook.measures.measured import Measured
from workbook.measures.observation import end_of_observation, unread_note
from workbook.measures.survival import MedianLag, kaplan_meier, median_lag

LINKS = ("coded", "window")
"""``coded``: as the coders linked them; ``window``: the same claim, denied by the accused party within some days."""

WINDOW_DAYS = 30
UNCODED = "Nobody has coded which denial answers which event."


@dataclass(frozen=True)
class Exchanges:
    """Allegations with the denials that answer them.

    Attributes
    ----------
    table : pandas.DataFrame
        A row for each allegation and denial that answers it, the first in time first, and one for each allegation
        without; see `exchanges`.
    basis : Basis
        What the table stands on.
    choices : mapping of str to Any
        ``link``, ``window_days``.
    is_coded : bool
        Whether somebody coded what answers what; where nobody did, only a window can tell.
    """

    table: pd.DataFrame
    basis: Basis
    choices: Mapping[str, Any] = field(default_factory=dict)
    is_coded: bool = True


def exchanges(selection: Selection, *, link: str = "coded", window_days: int = WINDOW_DAYS) -> Exchanges:
    """Link each denial to the allegations that it answers.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`; allegations and denials both have to be in it.
    link : {"coded", "window"}
        Coded: by the coders' `answers`. Window: a denial of the same claim by the side that the allegation is about,
        which can have been made from 0 to `window_days` days after it; of several the first.
    window_days : int
        Length of the window in days.

    Returns
    -------
    Exchanges
        Table with ``allegation_id``, ``claim_id``, ``claim``, ``alleger_names``, ``accused_id`` and ``accused_name``
        (states, joined where there are several), ``allegation_text``, ``allegation_earliest``, ``allegation_latest``,
        ``denial_id``, ``denier_names``, ``denial_text``, ``denial_earliest``, ``denial_latest``, ``answered``,
        ``lag_low`` and ``lag_high`` (fewest and most days that the dates allow; missing where a bound is open),
        ``censored_low`` and ``censored_high`` (days from an unanswered allegation to the end of observation). The end
        of observation is the selection's end, or the last day of any of its events, and never after the last article.

    Raises
    ------
    ParameterError
        Another way of linking, or a window shorter than a day.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> table = workbook.measures.exchanges(chosen).table
    >>> table[table["answered"]]["denial_id"].tolist()
    ['st019', 'st015', 'st016']
    """
    _check(link=link, window_days=window_days)
    return _linked(selection, _sides(selection), link=link, window_days=window_days)


def _linked(
    selection: Selection, sides: tuple[pd.DataFrame, pd.DataFrame], *, link: str, window_days: int
) -> Exchanges:
    allegations, denials = sides
    by_link = {"coded": _coded_pairs, "window": _window_pairs}
    pairs = by_link[link](selection, allegations, denials, window_days)
    table = allegations.merge(pairs, on="allegation_id", how="left")
    denials = denials.drop(columns="claim_id").rename(columns={"speaker_names": "denier_names"})
    table = table.merge(denials, on="denial_id", how="left").rename(columns={"speaker_names": "alleger_names"})
    table = _with_lags(table, end=end_of_observation(selection))
    table = table.merge(selection.words.claims[["claim_id", "claim"]], on="claim_id", how="left")
    table = table.sort_values(["allegation_earliest", "allegation_id", "lag_high", "denial_id"], ignore_index=True)
    by_code = _elsewhere_note(selection) if link == "coded" else ""
    notes = [by_code, _undated_note(table), unread_note(selection), hidden_note(selection.basis)]
    choices = {"link": link, "window_days": window_days}
    return Exchanges(table, selection.basis.with_notes(*notes), choices, selection.data.links is not None)


def _check(*, link: str, window_days: int) -> None:
    faults = [] if link in LINKS else [unknown_value("parameters", "link", link, LINKS)]
    if window_days < 1:
        faults.append(Fault("parameters", None, "window_days", str(window_days), "a whole number of days, 1 or more"))
    if faults:
        raise ParameterError("exchanges", faults)


def _sides(selection: Selection) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the allegations and the denials, with the names of who is in them."""
    columns = ["event_id", "date_text", "date_earliest", "date_latest", "claim_id", "side"]
    rows = collected(selection.events.filter(nw.col("side").is_in(["alleges", "denies"])).select(*columns))
    rows = rows.merge(joined_names(selection, role="speaker"), on="event_id", how="left")
    allegations, denials = (rows[rows["side"] == side].drop(columns="side") for side in ("alleges", "denies"))
    allegations = allegations.merge(_accused(selection), on="event_id", how="left")
    allegations = allegations.assign(accused_name=allegations["accused_name"].fillna("nobody named"))
    return _named(allegations, "allegation"), _named(denials, "denial")


def _named(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    columns = {"event_id": f"{name}_id", "date_text": f"{name}_text"}
    return rows.rename(columns=columns | {f"date_{end}": f"{name}_{end}" for end in ("earliest", "latest")})


def _accused(selection: Selection) -> pd.DataFrame:
    targets = collected(rolled_up(selection, role="target", level="state", prefix="accused"))
    names = described(selection, level="state", prefix="accused")
    targets = targets.merge(names, on="accused_id", how="left").sort_values(["event_id", "accused_name"])
    grouped = targets.groupby("event_id")
    return pd.DataFrame(
        {
            "accused_id": grouped["accused_id"].agg(" ".join),
            "accused_name": grouped["accused_name"].agg(" and ".join),
        }
    ).reset_index()


def _coded_pairs(
    selection: Selection, allegations: pd.DataFrame, denials: pd.DataFrame, _window_days: int
) -> pd.DataFrame:
    links = collected(selection.links).rename(columns={"event_id": "denial_id", "answers_id": "allegation_id"})
    within = links["denial_id"].isin(denials["denial_id"]) & links["allegation_id"].isin(allegations["allegation_id"])
    return links.loc[within, ["allegation_id", "denial_id"]]


def _window_pairs(
    selection: Selection, _allegations: pd.DataFrame, _denials: pd.DataFrame, window_days: int
) -> pd.DataFrame:
    """Pair by claim and accused state in the engine; keep the first denial that the window allows."""
    days = {"from_day": "date_earliest", "to_day": "date_latest"}
    dated = selection.events.filter(~nw.col("date_earliest").is_null(), ~nw.col("date_latest").is_null())
    numbers = {name: day_number(column, of=dated) for name, column in days.items()}
    dated = dated.select("event_id", "claim_id", "side", **numbers)
    accused = rolled_up(selection, role="target", level="state", prefix="state")
    denier = rolled_up(selection, role="speaker", level="state", prefix="state")
    alleged = dated.filter(nw.col("side") == "alleges").join(accused, on="event_id")
    denied = dated.filter(nw.col("side") == "denies").join(denier, on="event_id")
    pairs = alleged.join(denied, on=["claim_id", "state_id"], suffix="_denial").with_columns(
        (nw.col("from_day_denial") - nw.col("to_day")).alias("fewest"),
        (nw.col("to_day_denial") - nw.col("from_day")).alias("most"),
    )
    pairs = pairs.filter(nw.col("most") >= 0, nw.col("fewest") <= window_days)
    found = collected(pairs.select("event_id", "event_id_denial", "most", "from_day_denial"))
    found = found.sort_values(["event_id", "most", "from_day_denial", "event_id_denial"]).drop_duplicates("event_id")
    return found.rename(columns={"event_id": "allegation_id", "event_id_denial": "denial_id"})[
        ["allegation_id", "denial_id"]
    ]


def _with_lags(table: pd.DataFrame, *, end: pd.Timestamp) -> pd.DataFrame:
    answered = table["denial_id"].notna()
    fewest = (table["denial_earliest"] - table["allegation_latest"]).dt.days
    most = (table["denial_latest"] - table["allegation_earliest"]).dt.days
    return table.assign(
        answered=answered,
        lag_low=fewest.clip(lower=0),
        lag_high=most.clip(lower=0),
        censored_low=(end - table["allegation_latest"]).dt.days.clip(lower=0).mask(answered),
        censored_high=(end - table["allegation_earliest"]).dt.days.clip(lower=0).mask(answered),
    )


def _elsewhere_note(selection: Selection) -> str:
    """Say how many links of denials lead to what is no allegation, or that nobody coded any."""
    if selection.data.links is None:
        return UNCODED
    sides = collected(selection.events.select("event_id", "side")).set_index("event_id")["side"]
    links = collected(selection.links)
    of_denials = links[links["event_id"].map(sides) == "denies"]
    elsewhere = int((of_denials["answers_id"].map(sides) != "alleges").sum())
    if not elsewhere:
        return ""
    leads, is_out = ("leads", "is") if elsewhere == 1 else ("lead", "are")
    return f"{counted(elsewhere, 'link')} of denials {leads} to what is no allegation, and {is_out} left out here."


def _undated_note(table: pd.DataFrame) -> str:
    bounds = ["allegation_earliest", "allegation_latest"]
    denials = table["answered"] & table[["denial_earliest", "denial_latest"]].isna().any(axis=1)
    rows = table[table[bounds].isna().any(axis=1) | denials]
    if rows.empty:
        return ""
    named = ", ".join(dict.fromkeys(rows["allegation_id"]))
    return f"Without a lag, because a date has an open bound: {named}."


def lag_survival(linked: Exchanges) -> pd.DataFrame:
    """Estimate the share of allegations still unanswered, day by day.

    Parameters
    ----------
    linked : Exchanges
        From `exchanges`.

    Returns
    -------
    pandas.DataFrame
        ``bound`` (``"shortest"``, ``"longest"`` possible lags), ``day``, ``at_risk``, ``answered``, ``censored``,
        ``survival``, ``low``, ``high``: see `workbook.measures.survival.kaplan_meier`. One duration an allegation, to
        its first denial.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> curve = workbook.measures.lag_survival(workbook.measures.exchanges(chosen))
    >>> sorted(curve["bound"].unique())
    ['longest', 'shortest']
    """
    curves = [kaplan_meier(*durations).assign(bound=bound) for bound, durations in _durations(linked).items()]
    table = pd.concat(curves, ignore_index=True)
    return table[["bound", *(name for name in table.columns if name != "bound")]]


def median_lags(linked: Exchanges) -> dict[str, MedianLag]:
    """Return the Kaplan-Meier median lag, by the shortest and by the longest lags that the dates allow.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> medians = workbook.measures.median_lags(workbook.measures.exchanges(chosen))
    >>> medians["shortest"].median is None, medians["shortest"].censored
    (True, 25)
    """
    return {bound: median_lag(*durations) for bound, durations in _durations(linked).items()}


def _durations(linked: Exchanges) -> dict[str, tuple[list[float], list[bool]]]:
    """Return how long allegations wait; nothing where nobody coded what ends a wait."""
    ends = {"shortest": ("lag_low", "censored_low"), "longest": ("lag_high", "censored_high")}
    if linked.choices["link"] == "coded" and not linked.is_coded:
        return dict.fromkeys(ends, ([], []))
    found = {}
    for bound, (lag, censored) in ends.items():
        first = linked.table.groupby("allegation_id").agg({"answered": "max", lag: "min", censored: "min"})
        days = first[lag].where(first["answered"], first[censored])
        known = days.notna()
        found[bound] = (
            days[known].astype("float64").tolist(),
            first.loc[known, "answered"].astype(bool).tolist(),
        )
    return found


def compare_links(selection: Selection, *, window_days: int = WINDOW_DAYS) -> Measured:
    """Set the two ways of linking side by side, allegation by allegation.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.
    window_days : int
        Length of the window in days.

    Returns
    -------
    Measured
        Table with ``allegation_id``, ``claim_id``, ``coded_denial_id``, ``window_denial_id`` (the first of each;
        missing for none) and ``agreement``: ``both``, ``another denial``, ``coded only``, ``window only``, ``neither``.

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> table = workbook.measures.compare_links(chosen).table
    >>> table["agreement"].value_counts().to_dict()
    {'neither': 24, 'both': 1, 'window only': 1}
    """
    _check(link="coded", window_days=window_days)
    sides = _sides(selection)
    coded, window = (_linked(selection, sides, link=link, window_days=window_days) for link in LINKS)
    firsts = [
        linked.table.drop_duplicates("allegation_id")[["allegation_id", "claim_id", "denial_id"]]
        for linked in (coded, window)
    ]
    table = firsts[0].merge(firsts[1].drop(columns="claim_id"), on="allegation_id", suffixes=("_coded", "_window"))
    table = table.rename(columns={"denial_id_coded": "coded_denial_id", "denial_id_window": "window_denial_id"})
    all_coded = coded.table.groupby("allegation_id")["denial_id"].agg(set).to_dict()
    agreement = [
        _how_alike(all_coded[allegation], by_code, by_window)
        for allegation, by_code, by_window in zip(
            table["allegation_id"], table["coded_denial_id"], table["window_denial_id"], strict=True
        )
    ]
    return Measured(table.assign(agreement=agreement), coded.basis, {"window_days": window_days})


def _how_alike(all_coded: set[Any], by_code: object, by_window: object) -> str:
    if pd.isna(by_code):
        return "neither" if pd.isna(by_window) else "window only"
    if pd.isna(by_window):
        return "coded only"
    return "both" if by_window in all_coded else "another denial"
