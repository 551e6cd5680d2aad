"""Where an adjudication stands on the screen: which item and field are looked at, and what a click makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbook.coding_desk.adjudication.comparison import UNIT, Difference
from workbook.coding_desk.adjudication.deciding import decide, over, withdraw
from workbook.coding_desk.adjudication.decisions import (
    Adjudication,
    Decision,
    mention_fields,
    open_differences,
    values_at,
)
from workbook.coding_desk.adjudication.pairs import Pair
from workbook.coding_desk.adjudication.possible import possible_values
from workbook.coding_desk.adjudication.regrouping import join, part, same
from workbook.coding_desk.adjudication.terms import TERM_FIELDS, Term
from workbook.coding_desk.adjudication.units import DECIDED, WORDINGS


@dataclass(frozen=True)
class CompareState:
    """What is looked at, and the decisions so far.

    Attributes
    ----------
    adjudication : Adjudication
        The decisions so far.
    item, field : str
        What is looked at; empty where there is nothing to compare.
    left_out : tuple of Decision
        Decisions that no longer fit, because units were joined or parted or rows have changed.
    """

    adjudication: Adjudication
    item: str = ""
    field: str = ""
    left_out: tuple[Decision, ...] = ()

    @classmethod
    def at_first(cls, adjudication: Adjudication, *, left_out: tuple[Decision, ...] = ()) -> CompareState:
        """Look at the first open difference, or at the first item if none is open."""
        return cls(adjudication, left_out=left_out).at_next()

    @property
    def items(self) -> tuple[str, ...]:
        """All that can be looked at: terms that both coders wrote in or one did, then the pairs."""
        comparison = self.adjudication.comparison
        return (*(term.item for term in comparison.terms), *comparison.pair_of)

    @property
    def pair(self) -> Pair | None:
        """The pair that is looked at."""
        return self.adjudication.comparison.pair_of.get(self.item)

    @property
    def term(self) -> Term | None:
        """The term that is looked at."""
        return next((term for term in self.adjudication.comparison.terms if term.item == self.item), None)

    @property
    def open(self) -> tuple[Difference, ...]:
        """What is still to be decided."""
        return open_differences(self.adjudication)

    @property
    def values(self) -> tuple[str, str]:
        """What either coder has in the field that is looked at."""
        return values_at(self.adjudication.comparison, self.item, self.field) or ("", "")

    def fields(self) -> tuple[str, ...]:
        """Return the fields that can be decided here: those that differ first."""
        comparison = self.adjudication.comparison
        differing = [each.field for each in comparison.differences if each.item == self.item]
        if self.pair:
            mentions = sorted(name for name in mention_fields(self.pair) if name not in differing)
            return tuple(dict.fromkeys([*differing, UNIT, *DECIDED, *WORDINGS, *mentions]))
        return tuple(dict.fromkeys([*differing, *TERM_FIELDS[self.term.table]])) if self.term else ()

    def at(self, item: str, field: str = "") -> CompareState:
        """Look at an item, at its first open difference if no field is named."""
        there = replace(self, item=item, field=field)
        waiting = [each.field for each in self.open if each.item == item]
        return there if field else replace(there, field=(waiting or list(there.fields()) or [""])[0])

    def at_next(self) -> CompareState:
        """Look at the next open difference after this one, from the beginning again where none follows."""
        if not self.items:
            return self
        waiting = self.open
        if not waiting:
            return self.at(self.item or self.items[0])
        place = {item: at for at, item in enumerate(self.items)}
        here = place.get(self.item, 0)
        nearest = min(waiting, key=lambda each: (place[each.item] < here, place[each.item]))
        return self.at(nearest.item, nearest.field)

    def decided(self, value: str, *, rule: str, reason: str) -> CompareState:
        """Decide the field that is looked at, and look at the next open difference."""
        words = {"rule": rule, "reason": reason} if self.field not in WORDINGS else {}
        made = decide(self.adjudication, item=self.item, field=self.field, decided=value, **words)
        return replace(self, adjudication=made).at_next()

    def withdrawn(self) -> CompareState:
        """Take the decision back that is looked at."""
        return replace(self, adjudication=withdraw(self.adjudication, item=self.item, field=self.field))

    def parted(self) -> CompareState:
        """Say that the two units that are looked at are not one."""
        pair = self.pair
        if not pair or not pair.first or not pair.second:
            return self
        made = part(self.adjudication.comparison, first=pair.first.unit_id, second=pair.second.unit_id)
        adjudication, left_out = over(self.adjudication, made)
        return replace(self, adjudication=adjudication, left_out=left_out).at(self.item)

    def joined(self, other: str, *, note: str = "") -> CompareState:
        """Say that the unit that is looked at and one of the other coder are one."""
        pair = self.pair
        if not pair or not other:
            return self
        first, second = (pair.first.unit_id, other) if pair.first else (other, pair.units[0].unit_id)
        made = join(self.adjudication.comparison, first=first, second=second, note=note)
        adjudication, left_out = over(self.adjudication, made)
        return replace(self, adjudication=adjudication, left_out=left_out).at(first)

    def same_as(self, key: str) -> CompareState:
        """Say that the claim or actor that is looked at is another one in other words."""
        term = self.term
        if not term or not key:
            return self
        made = same(self.adjudication.comparison, table=term.table, key=term.key, as_key=key)
        adjudication, left_out = over(self.adjudication, made)
        return CompareState.at_first(adjudication, left_out=left_out)

    def partners(self) -> tuple[str, ...]:
        """Return the units of the other coder with which this one can be joined: those that stand alone first."""
        pair = self.pair
        if not pair or (pair.first and pair.second):
            return ()
        others = [(each.second if pair.first else each.first, each) for each in self.adjudication.comparison.pairs]
        known = [(unit.unit_id, len(each.units)) for unit, each in others if unit]
        return tuple(key for key, _ in sorted(known, key=lambda each: each[1]))

    def possible(self) -> tuple[str, ...]:
        """Return what can stand in the field that is looked at; nothing where any text can."""
        return possible_values(self.adjudication, self.item, self.field) if self.field else ()
