"""A report for each actor, claim, month …: what ``--each`` asks for, and the product of several of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import product

from workbook.dates import period_bins, period_named
from workbook.errors import Fault, ParameterError, nearest
from workbook.events import EventData
from workbook.reports.catalogue import NotebookCard
from workbook.reports.parameters import VOCABULARIES, check_parameters, dataset_of, known_values
from workbook.reports.request import ReportRequest
from workbook.reports.span import DAYS, span

PLACE = "--each"
LISTS = {"actor": "actors", "act": "acts", "topic": "topics", "claim": "claims", "source": "sources"}
"""Words for one member of a list parameter."""

PERIODS = ("week", "month", "quarter", "year")
Changes = list[dict[str, object]]


def requested(
    cards: Sequence[NotebookCard],
    given: Mapping[str, str | list[str]],
    *,
    each: Mapping[str, list[str]],
    load: Callable[[str], EventData],
) -> tuple[list[ReportRequest], list[NotebookCard]]:
    """Check parameters and what is gone through, and return the requests: see `check_parameters` and `expand`.

    Raises
    ------
    ParameterError
        Everything that is wrong in both, at once.
    """
    faults: list[Fault] = []
    values: dict[str, object] = {}
    try:
        values = check_parameters(cards, given, load=load)
    except ParameterError as error:
        faults += error.faults
    if any(fault.column == "dataset" for fault in faults):
        raise ParameterError("workbook report", faults)
    dataset = dataset_of(cards, values)
    try:
        found = expand(cards, values, each=each, data=load(dataset) if dataset and each else None)
    except ParameterError as error:
        raise ParameterError("workbook report", [*faults, *error.faults]) from error
    if faults:
        raise ParameterError("workbook report", faults)
    return found


def expand(
    cards: Sequence[NotebookCard],
    values: Mapping[str, object],
    *,
    each: Mapping[str, list[str]],
    data: EventData | None,
) -> tuple[list[ReportRequest], list[NotebookCard]]:
    """Return a request for each notebook and each combination.

    Parameters
    ----------
    cards : sequence of NotebookCard
        The notebooks.
    values : mapping of str to object
        Checked parameters that are the same in all.
    each : mapping of str to list of str
        By word or parameter (``actor``, ``month``, ``period``): the values to go through; empty: all that there are.
    data : EventData or None
        What the values come from.

    Returns
    -------
    tuple of list
        The requests, by notebook; and the notebooks that are left out, because they do not know what is gone through.

    Raises
    ------
    ParameterError
        Unknown words and values, and values that are both fixed and gone through, all at once.
    """
    if each and data is None:
        raise ParameterError("workbook report", [Fault(PLACE, None, "", "no data set", "notebooks with a data set")])
    faults: list[Fault] = _overlaps(each)
    changes = [_changes(word, asked, values=values, data=data, faults=faults) for word, asked in each.items()]  # type: ignore[arg-type]
    needed = {name for word in each for name in _parameters(word)}
    fitting = [card for card in cards if needed <= set(card.defaults())]
    if not fitting and not faults:
        found = f"notebooks without {', '.join(sorted(needed))}"
        faults.append(Fault(PLACE, None, "", found, "a notebook with these parameters: workbook notebooks"))
    if faults:
        raise ParameterError("workbook report", faults)
    requests = [
        ReportRequest.of(card, {**values, **_joined(combination)})
        for card in fitting
        for combination in product(*changes)
    ]
    return requests, [card for card in cards if card not in fitting]


def _joined(combination: tuple[dict[str, object], ...]) -> dict[str, object]:
    return {name: value for change in combination for name, value in change.items()}


def _overlaps(each: Mapping[str, list[str]]) -> list[Fault]:
    """List words that change the same parameter."""
    said: dict[str, str] = {}
    faults = []
    for word in each:
        for name in _parameters(word)[:1]:
            if name in said:
                found = f"{said[name]} and {word}"
                faults.append(Fault(PLACE, None, word, found, f"one of the two: both are about {name}"))
            said[name] = word
    return faults


def _parameters(word: str) -> tuple[str, ...]:
    return DAYS if word in PERIODS else (LISTS.get(word, word),)


def _changes(
    word: str, asked: list[str], *, values: Mapping[str, object], data: EventData, faults: list[Fault]
) -> Changes:
    """Return what one word changes, a dict of parameters for each of its values."""
    if word in PERIODS:
        return _periods(word, asked, values=values, data=data, faults=faults)
    name = LISTS.get(word, word)
    if name not in VOCABULARIES:
        words = [*LISTS, *PERIODS, *(each for each in VOCABULARIES if each not in LISTS.values())]
        faults.append(Fault(PLACE, None, word, "an unknown word", f"one of {', '.join(words)}{nearest(word, words)}"))
        return []
    if values.get(name):
        found = f"-p {name}={values[name]} and --each {word}"
        faults.append(Fault(PLACE, None, word, found, f"one of the two; --each {word}=A,B goes through some"))
    known = VOCABULARIES[name](data).known
    keys, unknown = known_values(name, asked, data) if asked else (list(known), [])
    faults += [replace(fault, place=PLACE, column=word) for fault in unknown]
    assert isinstance(keys, list)
    return [{name: [key] if name in LISTS.values() else key} for key in keys]


def _periods(
    word: str, asked: list[str], *, values: Mapping[str, object], data: EventData, faults: list[Fault]
) -> Changes:
    """Return the days of each week, month, quarter or year in which something can have been said."""
    first, last = span(data, values)
    if first is None or last is None:
        faults.append(Fault(PLACE, None, word, "no dated statement", "days to go through: -p start=… -p end=…"))
        return []
    bins = period_bins(first, max(first, last), period=word)
    by_code = {period_named(first, last)[1]: {"start": str(first), "end": str(last)} for first, last in bins}
    for code in (code for code in asked if code not in by_code):
        codes = list(by_code)
        faults.append(Fault(PLACE, None, word, repr(code), f"one of {codes[0]} to {codes[-1]}{nearest(code, codes)}"))
    return [{**days} for code, days in by_code.items() if not asked or code in asked]
