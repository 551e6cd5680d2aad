"""What a machine coder saw of the statements that people coded, in sentences."""

from __future__ import annotations

import pandas as pd

from workbook.events import counted
from workbook.findings.wording import Findings, first_few, interval, listed, percent, statements, verb
from workbook.measures import Matching
from workbook.measures.intervals import wilson


def matching(found: Matching) -> Findings:
    """Say how many coded statements a machine coder saw, as what it saw the others, and what it has besides.

    Parameters
    ----------
    found : Matching
        From `workbook.measures.match_coded`.

    Returns
    -------
    Findings

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> matching(workbook.measures.match_coded(chosen, chosen, within_days=0)).sentences[0]
    'Of 53 statements with known days the machine sees 51: 96 % (95 % interval 87 to 99 %).'
    """
    dated = found.table[found.table["outcome"] != "no day"]
    if dated.empty:
        return Findings.of("No coded statement with known days is chosen.", found.basis.caption())
    return Findings.of(
        _seen(dated), _otherwise(dated), _unseen(dated), _undated(found.table), _alone(found), found.basis.caption()
    )


def _seen(dated: pd.DataFrame) -> str:
    count, total = int((dated["outcome"] == "seen").sum()), len(dated)
    share = f"{percent(count / total)} ({interval(*wilson(count, total))})"
    return f"Of {statements(total)} with known days the machine sees {count:,}: {share}."


def _otherwise(dated: pd.DataFrame) -> str:
    rows = dated[dated["outcome"] == "seen otherwise"]
    if rows.empty:
        return ""
    counts = rows["seen_as"].str.split(", ").explode().str.rpartition(" ")[0].value_counts()
    named = [
        f"{act.replace('_', ' ')} (near {counts[act]:,})"
        for act in sorted(counts.index, key=lambda act: (-counts[act], act))
    ]
    is_seen = verb(len(rows), "is", "are")
    return f"{len(rows):,} more {is_seen} near events of the same parties that the machine codes as {first_few(named)}."


def _unseen(dated: pd.DataFrame) -> str:
    rows = dated[dated["outcome"] == "not seen"]
    if rows.empty:
        return ""
    counts = rows["group"].value_counts()
    named = [
        f"{counts[key]} {key.replace('_', ' ')}" for key in sorted(counts.index, key=lambda key: (-counts[key], key))
    ]
    return f"Of {statements(len(rows))} it sees nothing of these parties on these days: {listed(named)}."


def _undated(table: pd.DataFrame) -> str:
    keys = table.loc[table["outcome"] == "no day", "event_id"].tolist()
    return f"Not compared, because a date has an open bound: {first_few(keys, most=12)}." if keys else ""


def _alone(found: Matching) -> str:
    total, alone = (int(found.by_group[name].sum()) for name in ("machine_events", "machine_alone"))
    if not total:
        return "In the days coded the machine has no event of these parties and acts."
    stands = verb(alone, "matches", "match")
    return (
        f"Of {counted(total, 'event')} of these parties and acts that the machine has, {alone:,} {stands} no statement."
    )
