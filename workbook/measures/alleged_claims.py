"""What becomes of each alleged claim: whether it is ever denied, and when who alleges it calls it confirmed."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw
import pandas as pd

from workbook.events import Basis, Selection, collected, counted
from workbook.measures.actors import described
from workbook.measures.first_days import first_days
from workbook.measures.observation import end_of_observation, unread_note

BOUNDS = ["date_earliest", "date_latest"]


@dataclass(frozen=True)
class AllegedClaims:
    """Claims that are alleged, and what becomes of them.

    Attributes
    ----------
    table : pandas.DataFrame
        A row a claim, the first alleged first; see `alleged_claims`.
    nameless : int
        Allegations that name no claim: of these nothing can be told.
    end : pandas.Timestamp or NaT
        Last day of observation: to it denials are looked for, and no article is later.
    basis : Basis
        What the table stands on.
    """

    table: pd.DataFrame
    nameless: int
    end: pd.Timestamp
    basis: Basis


def alleged_claims(selection: Selection, *, denials: Selection) -> AllegedClaims:
    """Follow each alleged claim to the end of observation.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`: its allegations are followed.
    denials : Selection
        Where denials are looked for. Who asks whether a claim was *never* denied gives all that is said to the last
        day, with what is only referred to: a choice of speakers or acts would hide denials, and not make them unsaid.

    Returns
    -------
    AllegedClaims
        Table with ``claim_id``, ``claim``, ``short_claim``, ``topic``, ``allegations``, ``speakers`` (how many actors
        allege it), ``first_earliest``, ``first_latest``, ``first_text`` (first allegation: bounds and EDTF),
        ``last_latest``, ``is_denied`` (a denial has this claim, or answers an allegation of it by its coding),
        ``waiting_low`` and ``waiting_high`` (days from the first allegation to the end of observation),
        ``confirmations`` (allegations that call it confirmed), ``confirmed_earliest``, ``confirmed_latest``,
        ``confirmed_text``, ``confirmed_by`` (names, joined: who can have been the first to), ``to_confirmed_low`` and
        ``to_confirmed_high`` (days from the first allegation to the first that calls it confirmed). What the dates do
        not tell is missing.

    Examples
    --------
    >>> import workbook
    >>> data = workbook.load("arms_transfers")
    >>> found = alleged_claims(workbook.select(data), denials=workbook.select(data, referred=True))
    >>> len(found.table), int(found.table["is_denied"].sum()), int(found.table["confirmations"].sum())
    (21, 2, 1)
    """
    counts = selection.tally("side", "claim_id", "hedge", *BOUNDS)
    alleged = counts[counts["side"] == "alleges"]
    named = alleged.dropna(subset=["claim_id"])
    confirmed = named[named["hedge"] == "confirmed"]
    end = end_of_observation(denials if denials.basis.events else selection)
    table = pd.DataFrame(
        {
            "allegations": named.groupby("claim_id")["events"].sum(),
            "speakers": _speakers(selection),
            "last_latest": named.groupby("claim_id")["date_latest"].max(),
            "confirmations": confirmed.groupby("claim_id")["events"].sum(),
        }
    ).join(first_days(named, by=["claim_id"]))
    table = table.join(first_days(confirmed, by=["claim_id"], prefix="confirmed")).join(_confirmed_by(selection))
    table[["confirmations", "speakers"]] = table[["confirmations", "speakers"]].fillna(0).astype("int64")
    before = first_days(named[named["hedge"] != "confirmed"], by=["claim_id"], prefix="unconfirmed")
    table = _with_days(table.join(before).rename_axis("claim_id").reset_index(), end=end)
    table = table.assign(is_denied=table["claim_id"].isin(_denied(denials)))
    words = selection.words.claims[["claim_id", "claim", "short_claim", "topic"]]
    table = words.merge(table, on="claim_id", how="inner")
    table = table.sort_values(["first_latest", "claim_id"], ignore_index=True)
    nameless = int(alleged["events"].sum() - named["events"].sum())
    note = f"{counted(nameless, 'allegation')} without a claim left out." if nameless else ""
    return AllegedClaims(table, nameless, end, selection.basis.with_notes(note, unread_note(denials)))


def _speakers(selection: Selection) -> pd.Series:
    """Count the actors that allege each claim."""
    counts = selection.tally("side", "claim_id", "speaker").dropna(subset=["claim_id", "speaker"])
    return counts[counts["side"] == "alleges"].groupby("claim_id")["speaker"].nunique()


def _confirmed_by(selection: Selection) -> pd.Series:
    """Name those whose allegation can be the first that calls a claim confirmed."""
    counts = selection.tally("side", "hedge", "claim_id", *BOUNDS, "speaker").dropna(subset=["claim_id", "speaker"])
    rows = counts[(counts["side"] == "alleges") & (counts["hedge"] == "confirmed")]
    firsts = first_days(rows, by=["claim_id"])["first_latest"].reset_index()
    rows = rows.merge(firsts, on="claim_id", how="left")
    is_first = (
        rows["date_earliest"].isna() | rows["first_latest"].isna() | (rows["date_earliest"] <= rows["first_latest"])
    )
    names = described(selection, level="actor").set_index("actor_id")["actor_name"]
    first = rows[is_first].assign(name=rows["speaker"].map(names)).sort_values(["date_latest", "speaker"])
    joined = first.groupby("claim_id")["name"].agg(lambda each: "; ".join(dict.fromkeys(each)))
    return joined.rename("confirmed_by")


def _with_days(table: pd.DataFrame, *, end: pd.Timestamp) -> pd.DataFrame:
    """Add the days from the first allegation to the end, and to the first that calls the claim confirmed.

    That first one waits for nothing where no allegation without such a word stands before it: its own date, however
    uncertain, is no time that passed.
    """
    at_once = table["confirmed_text"].notna() & table["unconfirmed_text"].isna()
    low = (table["confirmed_earliest"] - table["unconfirmed_latest"]).dt.days.mask(at_once, 0)
    high = (table["confirmed_latest"] - table["unconfirmed_earliest"]).dt.days.mask(at_once, 0)
    return table.assign(
        waiting_low=(end - table["first_latest"]).dt.days.clip(lower=0),
        waiting_high=(end - table["first_earliest"]).dt.days.clip(lower=0),
        to_confirmed_low=low.clip(lower=0),
        to_confirmed_high=high.clip(lower=0),
    ).drop(columns=["unconfirmed_earliest", "unconfirmed_latest", "unconfirmed_text"])


def _denied(denials: Selection) -> set[str]:
    """Return the claims that a denial has, or whose allegation a denial answers."""
    rows = denials.events
    denied = rows.filter(nw.col("side") == "denies").select("event_id", "claim_id")
    alleged = rows.filter(nw.col("side") == "alleges").select(nw.col("event_id").alias("answers_id"), "claim_id")
    answering = denials.links.join(denied.select("event_id"), on="event_id", how="semi")
    answered = answering.join(alleged, on="answers_id").select("claim_id")
    found = [collected(claims.unique())["claim_id"] for claims in (denied.select("claim_id"), answered)]
    return set(pd.concat(found).dropna())
