"""What the waves of allegation show, in sentences: the story, wave by wave."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbook.dates import in_words
from workbook.events import counted
from workbook.findings.wording import Findings, first_few, listed, on_day, times, verb
from workbook.measures import Waves

TOLD = 20
"""Of more waves the largest are told, and the others counted."""

NAMED = 2


def waves(found: Waves) -> Findings:
    """Say how many waves there are, how much hangs on the gap, and what each wave brings.

    Parameters
    ----------
    found : Waves
        From `workbook.measures.waves`.

    Returns
    -------
    Findings

    Examples
    --------
    >>> import workbook
    >>> found = waves(workbook.measures.waves(workbook.select(workbook.load("arms_transfers"))))
    >>> found.sentences[0]
    '26 allegations in 4 waves: a new one begins after more than 14 days without an allegation.'
    """
    table = found.table
    if table.empty:
        return Findings.of(_none(found), found.basis.caption())
    told = table.sort_values(["allegations", "wave"], ascending=[False, True]).head(TOLD).sort_values("wave")
    return Findings.of(
        _how_many(found),
        _by_gap(found),
        *(_wave(row, found) for row in told.to_dict("records")),
        _untold(table, told),
        _silence(table, apart=found.apart),
        _without_denial(found),
        found.basis.caption(),
    )


def _none(found: Waves) -> str:
    if not found.apart:
        return "No allegation matches these parameters: there is no wave."
    return f"No wave: {counted(found.apart, 'allegation')}, whose dates are too uncertain to put in order."


def _how_many(found: Waves) -> str:
    total, gap = int(found.table["allegations"].sum()), counted(found.choices["gap_days"], "day")
    return (
        f"{counted(total, 'allegation')} in {counted(len(found.table), 'wave')}: a new one begins after more than "
        f"{gap} without an allegation."
    )


def _by_gap(found: Waves) -> str:
    low, high = found.steady
    if high is None:
        same = f"of {counted(low, 'day')} or more"
    else:
        same = f"from {low} to {counted(high, 'day')}" if low < high else f"of {counted(low, 'day')} alone"
    (half, of_half), (twice, of_twice) = found.other_gaps.items()
    return (
        f"The same waves come out for {'a' if same.endswith('alone') else 'any'} gap {same}; half as long a gap "
        f"({counted(half, 'day')}) makes {of_half}, twice as long ({counted(twice, 'day')}) {of_twice}."
    )


def _wave(row: dict[str, Any], found: Waves) -> str:
    parts = [
        f"{counted(row['allegations'], 'allegation')}{_by(row, found)}",
        _claims(row, found),
        f"carried by {counted(row['outlets'], 'outlet')}" if row["outlets"] else "",
        _denials(row),
    ]
    return f"Wave {row['wave']}, {_days(row)}: {'; '.join(part for part in parts if part)}."


def _days(row: dict[str, Any]) -> str:
    first, last = in_words(row["first_text"]), in_words(row["last_text"])
    if row["first_text"] == row["last_text"]:
        return first
    if ".." in row["first_text"] + row["last_text"]:
        return f"begun {on_day(row['first_text'])} and ended {on_day(row['last_text'])}"
    return f"from {first} to {last}"


def _by(row: dict[str, Any], found: Waves) -> str:
    rows = found.speakers[found.speakers["wave"] == row["wave"]]
    if rows.empty:
        return ""
    if len(rows) == 1:
        return f" by {rows['actor_name'].iloc[0]}"
    names = [f"{each.actor_name} ({each.allegations})" for each in rows.itertuples()]
    return f" by {first_few(names, most=NAMED)}"


def _claims(row: dict[str, Any], found: Waves) -> str:
    """Say what is alleged most often, and how much of it for the first time."""
    rows = found.claims[found.claims["wave"] == row["wave"]]
    if rows.empty:
        return ""
    most = rows["allegations"].max()
    new = _new(row["new_claims"], len(rows))
    if len(rows) == 1:
        return f"its claim “{rows['claim'].iloc[0]}”{' is new here' if row['new_claims'] else ''}"
    top = [f"“{claim}”" for claim in rows.loc[rows["allegations"] == most, "claim"]]
    each = verb(len(top), "", " each")
    often = "" if most == 1 else f", most often {first_few(top, most=NAMED)} ({times(int(most))}{each})"
    return f"{counted(len(rows), 'claim')}{new}{often}"


def _new(new: int, claims: int) -> str:
    if not new:
        return ", none of them new"
    return f", {'all' if new == claims else f'{new} of them'} for the first time here"


def _denials(row: dict[str, Any]) -> str:
    low, high = row["denials"], row["denials_most"]
    number = f"{low}" if low == high else f"{low} to {high}"
    within = f"{number} {verb(high, 'denial falls', 'denials fall')} in it" if high else "no denial falls in it"
    if pd.isna(row["answering"]):
        return within
    answering = int(row["answering"])
    if not answering:
        return f"{within}, and none answers it" if high else "no denial falls in it or answers it"
    return f"{within}, and {answering} {verb(answering, 'answers', 'answer')} it"


def _untold(table: pd.DataFrame, told: pd.DataFrame) -> str:
    rest = table[~table["wave"].isin(told["wave"])]
    if rest.empty:
        return ""
    count = int(rest["allegations"].sum())
    return f"Not told here: {counted(len(rest), 'smaller wave')} with {counted(count, 'allegation')}."


def _silence(table: pd.DataFrame, *, apart: int) -> str:
    """Name the longest silence; what is in no wave can lie in any."""
    if len(table) == 1:
        return "With one wave there is no silence between waves."
    longest = table["silence"].max()
    rows = table[table["silence"] == longest]
    before = listed(f"wave {wave}" for wave in rows["wave"])
    known = " of a known day" if apart else ""
    return f"The longest silence, {counted(int(longest), 'day')} without an allegation{known}, comes before {before}."


def _without_denial(found: Waves) -> str:
    if not found.has_links:
        return "Nobody has coded which denial answers which event: answers to a wave cannot be told."
    is_without = (found.table["denials_most"] == 0) & (found.table["answering"] == 0)
    number, total = int(is_without.sum()), len(found.table)
    if number == total:
        which = "The wave has no" if total == 1 else f"None of the {total} waves has a"
        return f"{which} denial, in it or in answer."
    if not number:
        return f"{'The wave' if total == 1 else 'Every wave'} has a denial, in it or in answer."
    which = listed(str(wave) for wave in found.table.loc[is_without, "wave"])
    return f"{number} of {total} waves {verb(number, 'has', 'have')} no denial, in it or in answer: {which}."
