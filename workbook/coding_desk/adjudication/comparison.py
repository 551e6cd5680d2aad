"""Two coders' codings of the same articles, side by side: which units are the same, and in what they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from workbook.coding_desk.adjudication.pairs import Choices, Pair, linked, paired
from workbook.coding_desk.adjudication.terms import Term, other_keys, terms_of
from workbook.coding_desk.adjudication.units import DECIDED, ROLES, Unit, units_of
from workbook.coding_desk.coders import coders_of, coding_folder
from workbook.errors import Fault, ParameterError, WorkbookError, unknown_value
from workbook.events import Codings
from workbook.measures.agreement import FIELDS
from workbook.readers.coded import CodedPackage, read_package

UNIT, CODED, NOT_CODED = "unit", "coded", "not coded"
FORM, MENTION = "form of ", "mention in "


@dataclass(frozen=True)
class Difference:
    """Something that is to be decided.

    Attributes
    ----------
    item : str
        Key of the pair, or of the term with its table before it.
    field : str
        A field of the statement; ``unit`` where one coder alone has it; ``form of s005``, ``mention in s005``.
    value_a, value_b : str
        What the first and the second coder have.
    """

    item: str
    field: str
    value_a: str
    value_b: str


@dataclass(frozen=True)
class Comparison:
    """Two coders' units over the articles that both have coded and nobody has adjudicated.

    Attributes
    ----------
    base : CodedPackage
        The package that is coded for.
    coders : tuple of str
        The first and the second coder.
    own : tuple of CodedPackage
        Their packages.
    sources : tuple of str
        The articles.
    pairs : tuple of Pair
        All units: matched ones and the first's alone in the order of the first coder's rows, then the second's alone.
    terms : tuple of Term
        Claims, actors and articles that these units need and the base lacks.
    choices : Choices
        What people said about the matching.
    """

    base: CodedPackage
    coders: tuple[str, str]
    own: tuple[CodedPackage, CodedPackage]
    sources: tuple[str, ...]
    pairs: tuple[Pair, ...]
    terms: tuple[Term, ...]
    choices: Choices

    @cached_property
    def pair_of(self) -> dict[str, Pair]:
        """The pairs by their keys."""
        return {pair.key: pair for pair in self.pairs}

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """All that is to be decided: terms first, because units are written in their words, then pair by pair."""
        of_pairs = (difference for pair in self.pairs for difference in differences_of(pair))
        return (*(each for term in self.terms for each in _term_differences(term)), *of_pairs)

    def codings(self) -> Codings:
        """Return the units as what agreement is computed from, before any decision."""
        units = [(unit, side) for pair in self.pairs for unit, side in ((pair.first, "a"), (pair.second, "b")) if unit]
        rows = [{"unit_id": unit.unit_id, "coder": unit.coder, "side": side} for unit, side in units]
        values = [
            {"unit_id": unit.unit_id, **{name: unit.compared(name) or None for name in FIELDS}} for unit, _ in units
        ]
        both = [(pair.first.unit_id, pair.second.unit_id) for pair in self.pairs if pair.first and pair.second]
        return Codings(
            units=pd.DataFrame(rows, columns=["unit_id", "coder", "side"], dtype="str"),
            harmonised=pd.DataFrame(values, columns=["unit_id", *FIELDS], dtype="str"),
            matches=pd.DataFrame(both, columns=["unit_a", "unit_b"], dtype="str"),
            decisions=pd.DataFrame(columns=["unit_a", "unit_b"], dtype="str"),
            coders=self.coders,
        )


def compare(
    package: CodedPackage, *, coders: tuple[str, str], sources: Sequence[str] = (), choices: Choices | None = None
) -> Comparison:
    """Set two coders' units side by side.

    Parameters
    ----------
    package : CodedPackage
        The base package.
    coders : tuple of str
        Who is the first and who the second coder; both have coded beside the package.
    sources : sequence of str
        Only these articles; empty: all that both have.
    choices : Choices, optional
        What people said about the matching.

    Returns
    -------
    Comparison

    Raises
    ------
    WorkbookError
        A coder has coded nothing yet.
    ParameterError
        An article that not both have.
    FaultsError
        A coder's package has faults.
    """
    known = coders_of(package.folder)
    wrong = [
        unknown_value("compare", "coders", coder, known or ("nobody yet",)) for coder in coders if coder not in known
    ]
    if wrong or coders[0] == coders[1]:
        raise ParameterError("coders", wrong or [Fault("compare", None, "coders", repr(coders[0]), "two coders")])
    own = tuple(read_package(coding_folder(package.folder, coder=coder)) for coder in coders)
    first, second = (set(each.tables["sources"]["source_id"]) for each in own)
    both = tuple(sorted(first & second))
    strange = [unknown_value("compare", "sources", source, both) for source in sources if source not in both]
    if strange:
        raise ParameterError("sources", strange)
    return _compared(package, coders, (own[0], own[1]), tuple(sources) or both, choices or Choices())


def coders_to_compare(package: CodedPackage, *, coders: Sequence[str] | None = None) -> tuple[str, str] | None:
    """Return whom to compare: the two who are named, or the only two who have an article in common.

    Parameters
    ----------
    package : CodedPackage
        The base package.
    coders : sequence of str, optional
        The first and the second coder.

    Returns
    -------
    tuple of (str, str), or None
        Nothing where no two coders have an article in common.

    Raises
    ------
    WorkbookError
        Not two are named, or several pairs have articles in common.
    """
    if coders:
        if len(coders) != len(("first", "second")):
            raise WorkbookError(f"coders: found {', '.join(coders)}; expected two coders")
        return coders[0], coders[1]
    read = {
        coder: set(read_package(coding_folder(package.folder, coder=coder)).tables["sources"]["source_id"])
        for coder in coders_of(package.folder)
    }
    pairs = [(a, b) for a in read for b in read if a < b and read[a] & read[b]]
    if len(pairs) > 1:
        named = "; ".join(f"coders={list(pair)!r}" for pair in pairs)
        raise WorkbookError(f"coders: found {len(pairs)} pairs with articles in common; expected one of {named}")
    return pairs[0] if pairs else None


def again(comparison: Comparison, choices: Choices) -> Comparison:
    """Compare the same units anew with other choices."""
    return _compared(comparison.base, comparison.coders, comparison.own, comparison.sources, choices)


def differences_of(pair: Pair) -> tuple[Difference, ...]:
    """Return all in which the units of a pair differ; of a unit that one coder alone has, that it is so."""
    if not pair.first or not pair.second:
        values = (CODED if pair.first else NOT_CODED, CODED if pair.second else NOT_CODED)
        return (Difference(pair.key, UNIT, *values),)
    a, b = pair.first, pair.second
    fields = (
        Difference(pair.key, name, a.compared(name), b.compared(name))
        for name in DECIDED
        if a.compared(name) != b.compared(name)
    )
    return (*fields, *_mention_differences(pair.key, a, b))


def _mention_differences(key: str, a: Unit, b: Unit) -> Iterator[Difference]:
    for source in sorted({*a.forms, *b.forms}):
        if source not in a.forms or source not in b.forms:
            values = (CODED if source in each.forms else NOT_CODED for each in (a, b))
            yield Difference(key, f"{MENTION}{source}", *values)
        elif a.forms[source] != b.forms[source]:
            yield Difference(key, f"{FORM}{source}", a.forms[source], b.forms[source])


def _term_differences(term: Term) -> Iterator[Difference]:
    for name in term.differing():
        yield Difference(term.item, name, (term.first or {})[name], (term.second or {})[name])


def _compared(
    base: CodedPackage,
    coders: tuple[str, str],
    own: tuple[CodedPackage, CodedPackage],
    sources: tuple[str, ...],
    choices: Choices,
) -> Comparison:
    names = {
        table: other_keys(table, base=base, own=own, said=choices.same.get(table, {})) for table in ("claims", "actors")
    }
    first, second = (
        tuple(
            unit.renamed(names["claims"], fields=["claim_id"]).renamed(names["actors"], fields=ROLES)
            for unit in units_of(package, coder=coder, base=base, sources=sources)
        )
        for package, coder in zip(own, coders, strict=True)
    )
    pairs = linked(paired(first, second, base=base, own=own, choices=choices), base=base)
    terms = tuple(terms_of(pairs, base=base, own=own, sources=sources, names=names))
    return Comparison(base, coders, own, sources, pairs, terms, choices)
