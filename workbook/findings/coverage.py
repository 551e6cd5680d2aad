"""What the coverage by sources shows, in sentences."""

from __future__ import annotations

from workbook.events import counted
from workbook.findings.wording import Findings, first_few, percent, verb
from workbook.measures import Measured


def coverage(measured: Measured, carried: Measured) -> Findings:
    """Say which source carries most, and how much rests on one source alone.

    Parameters
    ----------
    measured : Measured
        From `workbook.measures.coverage`.
    carried : Measured
        From `workbook.measures.carried_by`, of the same selection.

    Returns
    -------
    Findings

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> found = coverage(workbook.measures.coverage(chosen), workbook.measures.carried_by(chosen))
    >>> found.sentences[1]
    '49 of 54 statements (91 %) are in one source alone.'
    """
    table = measured.table
    if table.empty:
        return Findings.of("No source carries anything in this selection.", measured.basis.caption())
    most = table["statements"].max()
    top = table.loc[table["statements"] == most, "label"].sort_values().tolist()
    carry, each = ("carries", "") if len(top) == 1 else ("carry", " each")
    noun = measured.basis.noun
    by_sources = carried.table.set_index("sources")["statements"]
    alone, total = int(by_sources.get(1, 0)), int(by_sources.sum())
    return Findings.of(
        f"{counted(len(table), 'source')}; {first_few(top)} {carry} most: {counted(int(most), noun)}{each}.",
        f"{alone:,} of {counted(total, noun)} ({percent(alone / total)}) {verb(alone, 'is', 'are')} "
        "in one source alone.",
    )
