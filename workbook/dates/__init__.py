"""Dates as data: EDTF texts, their bounds, their words, and bins of time."""

from workbook.dates.edtf import PRECISIONS, DateBounds, EdtfError, Precision, bounds, parse_day
from workbook.dates.expressions import DateExpression, date_expressions
from workbook.dates.periods import PERIODS, Period, period_bins, period_label, period_named, period_of, weights
from workbook.dates.wording import in_words

__all__ = [
    "PERIODS",
    "PRECISIONS",
    "DateBounds",
    "DateExpression",
    "EdtfError",
    "Period",
    "Precision",
    "bounds",
    "date_expressions",
    "in_words",
    "parse_day",
    "period_bins",
    "period_label",
    "period_named",
    "period_of",
    "weights",
]
