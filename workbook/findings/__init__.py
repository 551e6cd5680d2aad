"""Findings in words: measured tables in, sentences with numbers out; and the rows behind them."""

from workbook.findings.activity import activity
from workbook.findings.agreement import agreement
from workbook.findings.alleged_claims import confirmed, never_denied
from workbook.findings.answers import who_answers_whom
from workbook.findings.coverage import coverage
from workbook.findings.exchanges import exchanges
from workbook.findings.frequency import frequency
from workbook.findings.ledger import ledger
from workbook.findings.matching import matching
from workbook.findings.numbers import numbers
from workbook.findings.outlets import outlets
from workbook.findings.provenance import Provenance, provenance
from workbook.findings.statements import StatementTable, statements
from workbook.findings.stream import counting, dyads, volume
from workbook.findings.waves import waves
from workbook.findings.wording import Findings

__all__ = [
    "Findings",
    "Provenance",
    "StatementTable",
    "activity",
    "agreement",
    "confirmed",
    "counting",
    "coverage",
    "dyads",
    "exchanges",
    "frequency",
    "ledger",
    "matching",
    "never_denied",
    "numbers",
    "outlets",
    "provenance",
    "statements",
    "volume",
    "waves",
    "who_answers_whom",
]
