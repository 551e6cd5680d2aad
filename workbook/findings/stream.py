"""What a stream of events shows, in sentences."""

from __future__ import annotations

import pandas as pd

from workbook.dates import period_label
from workbook.events import counted
from workbook.findings.wording import Findings, interval, listed, percent, verb
from workbook.measures import CountingRules, DyadExchanges, Measured
from workbook.measures.survival import TOLERANCE

DYADS_NAMED = 3


def counting(rules: CountingRules, trends: Measured) -> Findings:
    """Say how much a stream repeats itself, and whether its trend hangs on the rule of counting.

    Parameters
    ----------
    rules : CountingRules
        From `workbook.measures.counting_rules`.
    trends : Measured
        From `workbook.measures.sensitivity`, of the same selection.

    Returns
    -------
    Findings

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> rules = workbook.measures.counting_rules(chosen, period="quarter")
    >>> counting(rules, workbook.measures.sensitivity(chosen, period="quarter")).sentences[1]
    'No clear trend over quarters under any rule of counting.'
    """
    totals = rules.totals.set_index("rule")["total"]
    if not totals["rows"]:
        return Findings.of("No event matches these parameters.", rules.basis.caption())
    return Findings.of(
        _repeated(int(totals["rows"]), int(totals["unique_events"])), _trend(trends), rules.basis.caption()
    )


def _repeated(rows: int, unique: int) -> str:
    if unique == rows:
        return f"No row repeats another: {counted(rows, 'row')}, as many unique events."
    return (
        f"Of {counted(rows, 'row')} {unique:,} {verb(unique, 'is a unique event', 'are unique events')} "
        f"({percent(unique / rows)}); {verb(rows - unique, 'the other repeats', 'the others repeat')} one of them."
    )


def _trend(trends: Measured) -> str:
    period = str(trends.choices["period"])
    groups = {str(trend): rows["label"].tolist() for trend, rows in trends.table.groupby("trend", sort=False)}
    if list(groups) == ["too few bins"]:
        return f"Too few {period}s for a trend."
    if list(groups) == ["no clear trend"]:
        return f"No clear trend over {period}s under any rule of counting."
    if len(groups) == 1:
        changes = trends.table["change"]
        return (
            f"The count {next(iter(groups))} over {period}s under every rule of counting, "
            f"by {100 * changes.abs().min():.1f} to {100 * changes.abs().max():.1f} % of its mean a {period}."
        )
    parts = [f"{trend} by {listed(labels)}" for trend, labels in groups.items()]
    return f"The trend over {period}s hangs on the rule of counting: {'; '.join(parts)}."


def dyads(linked: DyadExchanges, survival: pd.DataFrame) -> Findings:
    """Say how many accusations within dyads are answered, between whom, and how soon.

    Parameters
    ----------
    linked : DyadExchanges
        From `workbook.measures.dyad_exchanges`.
    survival : pandas.DataFrame
        From `workbook.measures.dyad_lag_survival`.

    Returns
    -------
    Findings

    Examples
    --------
    >>> import workbook
    >>> linked = workbook.measures.dyad_exchanges(workbook.select(workbook.load("arms_transfers")))
    >>> dyads(linked, workbook.measures.dyad_lag_survival(linked)).sentences[0].partition(":")[0]
    '1 of 20 accusations in 12 dyads is answered within 14 days'
    """
    table = linked.table[linked.table["accusations"] > 0]
    if table.empty:
        return Findings.of("Nobody accuses anybody: no accusation matches these parameters.", linked.basis.caption())
    return Findings.of(
        _answered(table, window_days=linked.choices["window_days"]),
        _by_dyad(table),
        _lag(survival, window_days=linked.choices["window_days"]),
        linked.basis.caption(),
    )


def _answered(table: pd.DataFrame, *, window_days: object) -> str:
    from workbook.measures.intervals import wilson

    answered, total, still_open = (int(table[name].sum()) for name in ("answered", "accusations", "open"))
    rest = f"; {still_open:,} {verb(still_open, 'is', 'are')} still open when observation ends" if still_open else ""
    return (
        f"{answered:,} of {counted(total, 'accusation')} in {counted(len(table), 'dyad')} "
        f"{verb(answered, 'is', 'are')} answered within {window_days} days: {percent(answered / total)} "
        f"({interval(*wilson(answered, total))}){rest}."
    )


def _by_dyad(table: pd.DataFrame) -> str:
    parts = [
        f"{row.accuser} accuses {row.accused} on {counted(row.accusations, 'day')}, {row.answered:,} answered"
        for row in table.head(DYADS_NAMED).itertuples()
    ]
    return f"Most accusations: {'; '.join(parts)}."


def _lag(survival: pd.DataFrame, *, window_days: object) -> str:
    curve = survival[survival["accuser_id"].isna()]
    rests = {"a quarter": 0.75, "half": 0.5}
    reached = {part: curve.loc[curve["survival"] <= rest + TOLERANCE, "day"] for part, rest in rests.items()}
    parts = [
        f"{part} is answered by day {days.iloc[0]:.0f}" if len(days) else f"{part} is not within {window_days} days"
        for part, days in reached.items()
    ]
    return f"Of all accusations {', and '.join(parts)} (Kaplan-Meier, unanswered ones kept as censored)."


def volume(share: Measured) -> Findings:
    """Say how large a share of the stream the chosen events are, and how it moves.

    Parameters
    ----------
    share : Measured
        From `workbook.measures.volume_share`.

    Returns
    -------
    Findings

    Examples
    --------
    >>> import workbook
    >>> data = workbook.load("arms_transfers")
    >>> denials = workbook.select(data, acts=["denial"])
    >>> share = workbook.measures.volume_share(denials, workbook.select(data), period="year")
    >>> volume(share).sentences[0]
    'What is chosen is 9 % of the stream; least 0.0 % (2023), most 35.7 % (2022).'
    """
    table = share.table.dropna(subset=["share"])
    if table.empty or not table["count"].sum():
        return Findings.of("Nothing of the stream is chosen: no event matches these parameters.", share.basis.caption())
    period = str(share.choices["period"])
    ends = [table.loc[place] for place in (table["share"].idxmin(), table["share"].idxmax())]
    least, most = (f"{100 * row['share']:.1f} % ({period_label(row['bin_start'].date(), period)})" for row in ends)
    whole = percent(table["count"].sum() / table["volume"].sum())
    return Findings.of(f"What is chosen is {whole} of the stream; least {least}, most {most}.", share.basis.caption())
