"""Which claims were never denied, and which were called confirmed, in sentences."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbook.dates import in_words
from workbook.events import counted, counted_within
from workbook.findings.wording import Findings, first_few, listed, on_day, times, verb
from workbook.measures import AllegedClaims

LONGEST, CONFIRMED = 5, 12


def never_denied(found: AllegedClaims) -> Findings:
    """Say how many alleged claims were never denied, and which have waited longest and been alleged most.

    Parameters
    ----------
    found : AllegedClaims
        From `workbook.measures.alleged_claims`.

    Returns
    -------
    Findings

    Examples
    --------
    >>> import workbook
    >>> data = workbook.load("arms_transfers")
    >>> chosen, everything = workbook.select(data), workbook.select(data, referred=True)
    >>> never_denied(workbook.measures.alleged_claims(chosen, denials=everything)).sentences[0]
    '19 of 21 alleged claims were never denied up to 10 September 2023; they were alleged 23 times in all.'
    """
    if found.table.empty:
        return Findings.of(_none(found, what="left without a denial"))
    waiting = found.table[~found.table["is_denied"]]
    total = counted(len(found.table), "alleged claim")
    day = _last_day(found)
    if waiting.empty:
        return Findings.of(f"Of {total} none was left without a denial up to {day}.", _nameless(found))
    often = times(int(waiting["allegations"].sum()))
    return Findings.of(
        f"{len(waiting)} of {total} {verb(len(waiting), 'was', 'were')} never denied up to {day}; "
        f"{verb(len(waiting), 'it was', 'they were')} alleged {often}{verb(len(waiting), '', ' in all')}.",
        _longest(waiting),
        _most(waiting),
        _nameless(found),
    )


def _last_day(found: AllegedClaims) -> str:
    """Name the day on which observation ends; where every date is open nobody knows it."""
    return "the end of the record" if pd.isna(found.end) else in_words(found.end.date().isoformat())


def _none(found: AllegedClaims, *, what: str) -> str:
    if found.nameless:
        names = verb(found.nameless, "names", "name")
        return f"{counted(found.nameless, 'allegation')} here {names} no claim: what was {what} cannot be told."
    return f"No claim is alleged: none can be {what}."


def _nameless(found: AllegedClaims) -> str:
    return f"{counted(found.nameless, 'allegation')} without a claim left out." if found.nameless else ""


def _longest(waiting: pd.DataFrame) -> str:
    order = waiting.sort_values(["waiting_low", "allegations", "claim_id"], ascending=[False, False, True])
    named = [
        f"“{row['claim']}” (first alleged {on_day(row['first_text'])}, "
        f"{counted_within(row['waiting_low'], row['waiting_high'], 'day')})"
        for row in order.to_dict("records")
    ]
    return f"Longest without a denial: {first_few(named, most=LONGEST)}."


def _most(waiting: pd.DataFrame) -> str:
    top = waiting[waiting["allegations"] == waiting["allegations"].max()]
    named = [
        f"“{row['claim']}” ({times(row['allegations'])} by {counted(row['speakers'], 'speaker')})"
        for row in top.to_dict("records")
    ]
    return f"Most often alleged without a denial: {first_few(named, most=LONGEST)}."


def confirmed(found: AllegedClaims) -> Findings:
    """Say which claims a speaker called confirmed, how long after they were first alleged, and who did.

    Parameters
    ----------
    found : AllegedClaims
        From `workbook.measures.alleged_claims`.

    Returns
    -------
    Findings

    Examples
    --------
    >>> import workbook
    >>> data = workbook.load("arms_transfers")
    >>> found = workbook.measures.alleged_claims(workbook.select(data), denials=workbook.select(data))
    >>> confirmed(found).sentences[0]
    '1 of 21 alleged claims was called confirmed by who alleged it, which does not make it true.'
    """
    if found.table.empty:
        return Findings.of(_none(found, what="called confirmed"))
    rows = found.table[found.table["confirmations"] > 0]
    if rows.empty:
        return Findings.of("No speaker says of any claim that it was confirmed.")
    rows = rows.sort_values(["confirmed_latest", "claim_id"])
    rest = len(rows) - CONFIRMED
    was, it = (verb(len(rows), *words) for words in (("was", "were"), ("it", "them")))
    return Findings.of(
        f"{len(rows)} of {counted(len(found.table), 'alleged claim')} {was} called confirmed by who alleged {it}, "
        f"which does not make {it} true.",
        *(_confirmation(row, day=_last_day(found)) for row in rows.head(CONFIRMED).to_dict("records")),
        f"{counted(rest, 'claim')} more called confirmed later." if rest > 0 else "",
    )


def _confirmation(row: dict[str, Any], *, day: str) -> str:
    speakers = listed(row["confirmed_by"].split("; ")) if isinstance(row["confirmed_by"], str) else "nobody named"
    again = f"; called so {times(row['confirmations'])} in all" if row["confirmations"] > 1 else ""
    denied = "denied too" if row["is_denied"] else f"not denied up to {day}"
    return (
        f"“{row['claim']}”: first called confirmed {on_day(row['confirmed_text'])} by {speakers}, "
        f"{_after(row)}{again}; {denied}."
    )


def _after(row: dict[str, Any]) -> str:
    low, high = row["to_confirmed_low"], row["to_confirmed_high"]
    if high == 0:
        return "on the day on which it was first alleged"
    return f"{counted_within(low, high, 'day')} after it was first alleged ({on_day(row['first_text'])})"
