"""Units of two coders in pairs: the same unit as either has it, or a unit that one coder alone has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbook.coding_desk.adjudication.matching import Vocabulary, matched
from workbook.coding_desk.adjudication.units import LINKS, Unit, rows_of
from workbook.readers.coded import CodedPackage


@dataclass(frozen=True)
class Pair:
    """The same unit as either coder has it, or a unit that one coder alone has.

    Attributes
    ----------
    first, second : Unit or None
        The first and the second coder's.
    note : str
        Why these are one unit, where that is not plain.
    """

    first: Unit | None
    second: Unit | None
    note: str = ""

    @property
    def key(self) -> str:
        """The first coder's unit, or the second's where the first has none."""
        return self.units[0].unit_id

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units that there are."""
        return tuple(unit for unit in (self.first, self.second) if unit)


@dataclass(frozen=True)
class Choices:
    """What people said about the matching, before any decision.

    Attributes
    ----------
    joined : tuple of (str, str, str)
        Units that are one: the first coder's, the second's, and why.
    parted : tuple of (str, str)
        Units that are not.
    same : mapping of str to mapping of str to str
        By table (claims, actors): a key that means the same as another, which stands for both.
    """

    joined: tuple[tuple[str, str, str], ...] = ()
    parted: tuple[tuple[str, str], ...] = ()
    same: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def paired(
    first: Sequence[Unit],
    second: Sequence[Unit],
    *,
    base: CodedPackage,
    own: tuple[CodedPackage, CodedPackage],
    choices: Choices,
) -> tuple[Pair, ...]:
    """Match what nobody has said anything about, and put all units in order."""
    by_key = {unit.unit_id: unit for unit in (*first, *second)}
    said = [(a, b, note) for a, b, note in choices.joined if a in by_key and b in by_key]
    settled = {unit for a, b, _ in said for unit in (a, b)} | {unit for pair in choices.parted for unit in pair}
    found = matched(
        [unit for unit in first if unit.unit_id not in settled],
        [unit for unit in second if unit.unit_id not in settled],
        vocabulary=_vocabulary(base, own),
    )
    of_first = {a.unit_id: Pair(a, b) for a, b in found} | {a: Pair(by_key[a], by_key[b], note) for a, b, note in said}
    taken = {pair.second.unit_id for pair in of_first.values() if pair.second}
    alone = (Pair(None, unit) for unit in second if unit.unit_id not in taken)
    return (*(of_first.get(unit.unit_id, Pair(unit, None)) for unit in first), *alone)


def _vocabulary(base: CodedPackage, own: tuple[CodedPackage, CodedPackage]) -> Vocabulary:
    packages = (*own, base)
    return Vocabulary(
        claims={row["claim_id"]: row["claim"] for package in packages for row in rows_of(package, "claims")},
        parents={row["actor_id"]: row["parent_id"] for package in packages for row in rows_of(package, "actors")},
    )


def linked(pairs: Iterable[Pair], *, base: CodedPackage) -> tuple[Pair, ...]:
    """Name what a unit answers by the pair in which that is, or by the statement that it became already.

    A link to what neither is compared nor adjudicated keeps the coder's key, with the coder before it.
    """
    pairs = tuple(pairs)
    became = {row["unit_id"]: row["statement_id"] for row in rows_of(base, "units") if row["statement_id"]}
    open_now = {(unit.coder, unit.statement_id): pair.key for pair in pairs for unit in pair.units}

    def named(unit: Unit | None) -> Unit | None:
        if unit is None:
            return None
        links = {own for name in LINKS for own in unit.values[name].split()}
        plain = {own: f"{unit.coder}-{own}" for own in links}
        names = {own: open_now.get((unit.coder, own)) or became.get(plain[own]) or plain[own] for own in links}
        return unit.renamed(names, fields=LINKS)

    return tuple(replace(pair, first=named(pair.first), second=named(pair.second)) for pair in pairs)
