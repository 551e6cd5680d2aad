"""The form in which one field is decided: the first's, the second's or another value, the rule and the reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import ipywidgets as widgets

from workbook.coding_desk.adjudication.codebook import rules, usual_rules
from workbook.coding_desk.adjudication.desk_state import CompareState
from workbook.coding_desk.adjudication.desk_view import day_text, field_label, rule_html, value_text
from workbook.coding_desk.adjudication.units import WORDINGS
from workbook.coding_desk.fields import WIDTH, button
from workbook.coding_desk.view import note_html

Transition = Callable[[CompareState], CompareState]
WIDE = widgets.Layout(width="98%")


class DecisionForm:
    """The form.

    Attributes
    ----------
    box : ipywidgets.VBox
        All of it.
    """

    def __init__(self, apply: Callable[[Transition], bool], *, package: Path) -> None:
        self._apply, self._package = apply, package
        self._field = widgets.Dropdown(description="Field", layout=WIDE, style=WIDTH)
        self._first = button("", lambda: self._decide(self._values[0]))
        self._second = button("", lambda: self._decide(self._values[1]))
        self._other = widgets.Combobox(description="Another", layout=WIDE, style=WIDTH, ensure_option=False)
        self._rule = widgets.Dropdown(options=list(rules(package)), description="Rule", layout=WIDE, style=WIDTH)
        self._rule_text, self._days = widgets.HTML(), widgets.HTML()
        self._reason = widgets.Text(
            description="Reason", placeholder="why, in a sentence: before you choose", layout=WIDE, style=WIDTH
        )
        self._back = button("Take the decision back", lambda: apply(CompareState.withdrawn))
        choose_other = button("Decide for the other value", lambda: self._decide(self._other.value))
        for each in (self._first, self._second):
            each.add_class("workbook-choice")
        both = widgets.HBox([self._first, self._second], layout=widgets.Layout(flex_flow="row wrap"))
        why = [self._field, self._days, self._rule, self._rule_text, self._reason]
        self.box = widgets.VBox([*why, both, self._other, widgets.HBox([choose_other, self._back])])
        self._values = ("", "")
        self._shown = ("", "")
        self._is_showing = False
        self._field.observe(self._go, "value")
        self._rule.observe(lambda _: self._show_rule(), "value")

    def show(self, state: CompareState) -> None:
        """Show the field that is looked at; what was typed stays while it is the same."""
        self._is_showing = True
        self._field.options = [(field_label(name), name) for name in state.fields()]
        self._field.value = state.field or None
        self._values = state.values
        for made, coder, value in zip(
            (self._first, self._second), state.adjudication.comparison.coders, self._values, strict=True
        ):
            made.description = f"{coder}: {value_text(state.field, value, state=state)}"
            made.tooltip = value
        self._other.options = state.possible()
        self._days.value = note_html(day_text(state))
        if (state.item, state.field) != self._shown:
            self._fill(state)
        self._back.disabled = state.adjudication.decided(state.item, state.field) is None
        for each in (self._rule, self._reason):
            each.disabled = state.field in WORDINGS
        self._is_showing = False
        self._show_rule()

    def _fill(self, state: CompareState) -> None:
        """Fill in what was decided here, or begin with the rule that speaks of such fields."""
        self._shown = (state.item, state.field)
        decided = state.adjudication.decisions.get(self._shown)
        usual = usual_rules().get(state.field.partition(" ")[0], self._rule.options[0])
        known = list(self._rule.options)
        self._rule.value = decided.rule if decided and decided.rule else usual if usual in known else known[0]
        self._reason.value = decided.reason if decided else ""
        self._other.value = decided.decided if decided else ""

    def _show_rule(self) -> None:
        self._rule_text.value = rule_html(self._package, self._rule.value)

    def _go(self, change: dict[str, str]) -> None:
        if not self._is_showing and change["new"]:
            self._apply(lambda state: state.at(state.item, change["new"]))

    def _decide(self, value: str) -> None:
        rule, reason = self._rule.value, self._reason.value
        self._apply(lambda state: state.decided(value.strip(), rule=rule, reason=reason))
