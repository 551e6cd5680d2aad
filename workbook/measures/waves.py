"""Waves of allegation: runs of days with allegations, parted by silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from workbook.errors import Fault, ParameterError
from workbook.events import Basis, Selection, collected, counted
from workbook.measures.actors import described
from workbook.measures.first_days import bounds_text
from workbook.measures.hiding import hidden_note

GAP_DAYS = 14
"""See `waves`, which says why."""

BOUNDS = ["date_earliest", "date_latest"]


@dataclass(frozen=True)
class Waves:
    """Waves of allegation.

    Attributes
    ----------
    table : pandas.DataFrame
        A row a wave, in order of time; see `waves`.
    claims : pandas.DataFrame
        ``wave``, ``claim_id``, ``claim``, ``short_claim``, ``allegations``, ``is_new`` (nothing in an earlier wave, and
        nothing counted apart that can be as early, alleges it): what each wave alleges, the most alleged first.
    speakers : pandas.DataFrame
        ``wave``, ``actor_id``, ``actor_name``, ``allegations``: who alleges in it (states, and who belongs to none),
        the most active first; a joint allegation counts for each.
    apart : int
        Allegations whose dates are too uncertain to be in a wave.
    steady : (int, int or None)
        The least and the greatest gap that give these same waves; ``None`` where any greater one does.
    other_gaps : mapping of int to int
        How many waves half the gap gives, and how many twice the gap.
    has_links : bool
        Whether somebody coded what answers what.
    basis : Basis
        What the tables stand on.
    choices : mapping of str to Any
        ``gap_days``.
    """

    table: pd.DataFrame
    claims: pd.DataFrame
    speakers: pd.DataFrame
    apart: int
    steady: tuple[int, int | None]
    other_gaps: Mapping[int, int]
    has_links: bool
    basis: Basis
    choices: Mapping[str, Any] = field(default_factory=dict)


def waves(selection: Selection, *, gap_days: int = GAP_DAYS) -> Waves:
    """Group the allegations into waves: a new one begins after more than `gap_days` days without an allegation.

    Days count as without an allegation only where none can lie: between the last day on which any allegation of a wave
    can have been made, and the first on which any of the next can. An allegation whose possible dates span more days
    than the gap, or have an open bound, is in no wave and is counted apart: it would join waves by not being known.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`; allegations, and denials if these are to be counted, have to be in it.
    gap_days : int
        Days of silence that do not yet end a wave, 1 or more. Two weeks by default: in the record of the arms
        transfers the silences fall apart there, into those of up to 13 days, within a run of reports, and those of 18
        and more. `Waves.steady` says which gaps give the same waves.

    Returns
    -------
    Waves
        Table with ``wave`` (from 1), ``first_earliest``, ``first_latest``, ``first_text`` (EDTF), ``last_earliest``,
        ``last_latest``, ``last_text`` (bounds of its first and of its last day), ``silence`` (days before it in which
        nothing was alleged, unless by what is counted apart; missing for the first), ``allegations``, ``claims``,
        ``new_claims``, ``speakers``, ``outlets`` (publishers that carry an allegation of it), ``denials`` (certainly
        made from its first to its last day), ``denials_most`` (that can have been), ``answering`` (denials, whenever
        made, that by their coding answer an allegation of it; missing where nobody coded that).

    Raises
    ------
    ParameterError
        A gap shorter than a day.

    References
    ----------
    Runs declustering: S. Coles (2001), An Introduction to Statistical Modeling of Extreme Values, 5.3.2. A gap where
    the times between events fall apart: A. Halfaker et al. (2015), User session identification based on strong
    regularities in inter-activity time.

    Examples
    --------
    >>> import workbook
    >>> found = waves(workbook.select(workbook.load("arms_transfers")))
    >>> found.table["allegations"].tolist(), found.table["silence"].tolist()[1:]
    ([2, 5, 2, 17], [204.0, 73.0, 78.0])
    """
    if gap_days < 1:
        fault = Fault("parameters", None, "gap_days", str(gap_days), "a whole number of days, 1 or more")
        raise ParameterError("waves", [fault])
    counts = _alleged(selection, "claim_id")
    is_dated = _is_dated(counts, gap_days=gap_days)
    dated, apart = counts[is_dated], counts[~is_dated]
    spans = _in_waves(dated[BOUNDS].drop_duplicates(), gap_days=gap_days)
    claims = _claims(dated.merge(spans, on=BOUNDS), apart, selection)
    speakers = _speakers(spans, selection)
    table = _ends(spans).join(_sizes(dated.merge(spans, on=BOUNDS), claims, speakers))
    table = table.assign(outlets=_outlets(spans, selection), **_denials(table, selection))
    table = table.assign(answering=_answering(spans, selection).reindex(table.index, fill_value=0))
    has_links = selection.data.links is not None
    return Waves(
        table.reset_index() if has_links else table.assign(answering=np.nan).reset_index(),
        claims,
        speakers,
        int(apart["events"].sum()),
        _steady(counts, gap_days=gap_days),
        {gap: _how_many(counts, gap_days=gap) for gap in (gap_days // 2, 2 * gap_days)},
        has_links,
        selection.basis.with_notes(_apart_note(apart, gap_days=gap_days), hidden_note(selection.basis)),
        {"gap_days": gap_days},
    )


def _alleged(selection: Selection, *keys: str, level: str = "state") -> pd.DataFrame:
    """Count allegations that are alike in their dates and some keys."""
    counts = selection.tally("side", *BOUNDS, *keys, level=level)
    return counts[counts["side"] == "alleges"].drop(columns="side")


def _span(counts: pd.DataFrame) -> pd.Series:
    """Return how many days a date can be; missing where a bound is open."""
    return (counts["date_latest"] - counts["date_earliest"]).dt.days + 1


def _is_dated(counts: pd.DataFrame, *, gap_days: int) -> pd.Series:
    # A known day is dated, however short the gap.
    return _span(counts) <= max(gap_days, 1)


def _in_waves(spans: pd.DataFrame, *, gap_days: int) -> pd.DataFrame:
    """Put beside each pair of bounds the silence before it and the number of its wave."""
    spans = spans.sort_values(BOUNDS, ignore_index=True)
    before = spans["date_latest"].cummax().shift()
    silence = (spans["date_earliest"] - before).dt.days - 1
    return spans.assign(silence=silence, wave=(silence > gap_days).cumsum() + 1)


def _how_many(counts: pd.DataFrame, *, gap_days: int) -> int:
    spans = counts.loc[_is_dated(counts, gap_days=gap_days), BOUNDS]
    return int(_in_waves(spans, gap_days=gap_days)["wave"].nunique())


def _steady(counts: pd.DataFrame, *, gap_days: int) -> tuple[int, int | None]:
    """Find the least and the greatest gap at which the same dates are in waves, and the same silences part them."""
    span = _span(counts).dropna()
    spans = counts.loc[_is_dated(counts, gap_days=gap_days), BOUNDS]
    steps = pd.concat([_in_waves(spans, gap_days=gap_days)["silence"], span])
    lower, upper = steps[steps <= gap_days], steps[steps > gap_days]
    return max(int(lower.max()) if len(lower) else 1, 1), int(upper.min()) - 1 if len(upper) else None


def _ends(spans: pd.DataFrame) -> pd.DataFrame:
    grouped = spans.groupby("wave")
    found = grouped.agg(
        first_earliest=("date_earliest", "min"),
        first_latest=("date_latest", "min"),
        last_earliest=("date_earliest", "max"),
        last_latest=("date_latest", "max"),
        silence=("silence", "first"),
    )
    # "first" skips what is missing: nothing is known to have been silent before the first wave.
    found["silence"] = found["silence"].astype("float64").mask(found.index == 1)
    texts = {
        f"{end}_text": [
            bounds_text(*pair) for pair in zip(found[f"{end}_earliest"], found[f"{end}_latest"], strict=True)
        ]
        for end in ("first", "last")
    }
    found = found.assign(**texts)
    return found[
        [*(f"{end}_{part}" for end in ("first", "last") for part in ("earliest", "latest", "text")), "silence"]
    ]


def _sizes(dated: pd.DataFrame, claims: pd.DataFrame, speakers: pd.DataFrame) -> pd.DataFrame:
    sizes = {
        "allegations": dated.groupby("wave")["events"].sum(),
        "claims": claims.groupby("wave").size(),
        "new_claims": claims.groupby("wave")["is_new"].sum(),
        "speakers": speakers.groupby("wave").size(),
    }
    return pd.DataFrame(sizes).fillna(0).astype("int64")


def _claims(dated: pd.DataFrame, apart: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Count what each wave alleges, and mark what no earlier allegation can have alleged."""
    counts = dated.groupby(["wave", "claim_id"], as_index=False)["events"].sum()
    counts = counts.rename(columns={"events": "allegations"})
    first = counts.groupby("claim_id")["wave"].transform("min")
    counts = counts.assign(is_new=(counts["wave"] == first) & ~_may_be_earlier(counts, dated, apart))
    words = selection.words.claims[["claim_id", "claim", "short_claim"]]
    table = counts.merge(words, on="claim_id", how="left")
    table = table.sort_values(["wave", "allegations", "claim_id"], ascending=[True, False, True], ignore_index=True)
    return table[["wave", "claim_id", "claim", "short_claim", "allegations", "is_new"]]


def _may_be_earlier(counts: pd.DataFrame, dated: pd.DataFrame, apart: pd.DataFrame) -> pd.Series:
    """Mark the claims of waves that an allegation counted apart can have made before the wave began."""
    first = dated.groupby("wave")["date_earliest"].min().rename("first_day").reset_index()
    rows = counts.reset_index().merge(first, on="wave").merge(apart, on="claim_id")
    is_earlier = rows["date_earliest"].isna() | (rows["date_earliest"] < rows["first_day"])
    return counts.index.to_series().isin(rows.loc[is_earlier, "index"])


def _speakers(spans: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    counts = _alleged(selection, "speaker").merge(spans, on=BOUNDS).dropna(subset=["speaker"])
    counts = counts.groupby(["wave", "speaker"], as_index=False)["events"].sum()
    counts = counts.rename(columns={"speaker": "actor_id", "events": "allegations"})
    counts = counts.merge(described(selection, level="state")[["actor_id", "actor_name"]], on="actor_id", how="left")
    table = counts.sort_values(["wave", "allegations", "actor_id"], ascending=[True, False, True], ignore_index=True)
    return table[["wave", "actor_id", "actor_name", "allegations"]]


def _outlets(spans: pd.DataFrame, selection: Selection) -> pd.Series:
    publishers = selection.words.sources.set_index("source_id")["publisher"]
    carried = _alleged(selection, "source").merge(spans, on=BOUNDS)
    carried = carried.assign(publisher=carried["source"].map(publishers))
    return carried.groupby("wave")["publisher"].nunique().astype("int64")


def _denials(table: pd.DataFrame, selection: Selection) -> dict[str, list[int]]:
    """Count the denials that certainly fall in each wave, and those that can."""
    counts = selection.tally("side", *BOUNDS)
    rows = counts[counts["side"] == "denies"]
    earliest, latest = (rows[bound] for bound in BOUNDS)
    firsts, lasts = table["first_earliest"], table["last_latest"]
    within = [(earliest >= first) & (latest <= last) for first, last in zip(firsts, lasts, strict=True)]
    outside = [(earliest > last) | (latest < first) for first, last in zip(firsts, lasts, strict=True)]
    return {
        "denials": [int(rows.loc[each, "events"].sum()) for each in within],
        "denials_most": [int(rows.loc[~each, "events"].sum()) for each in outside],
    }


def _answering(spans: pd.DataFrame, selection: Selection) -> pd.Series:
    """Count the denials that by their coding answer an allegation of each wave."""
    rows = selection.events
    denied = rows.filter(nw.col("side") == "denies").select("event_id")
    alleged = rows.filter(nw.col("side") == "alleges").select(nw.col("event_id").alias("answers_id"), *BOUNDS)
    pairs = collected(selection.links.join(denied, on="event_id", how="semi").join(alleged, on="answers_id"))
    return pairs.merge(spans, on=BOUNDS).groupby("wave")["event_id"].nunique()


def _apart_note(apart: pd.DataFrame, *, gap_days: int) -> str:
    if apart.empty:
        return ""
    return (
        f"In no wave: {counted(int(apart['events'].sum()), 'allegation')} whose possible dates span more than "
        f"{gap_days} days or have an open bound."
    )
