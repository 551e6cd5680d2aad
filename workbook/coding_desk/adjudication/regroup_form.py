"""The form in which the matching is mended: these two are one, those are not, this is that in other words."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from workbook.coding_desk.adjudication.decision_form import WIDE, Transition
from workbook.coding_desk.adjudication.desk_state import CompareState
from workbook.coding_desk.fields import WIDTH, button, fold, set_options

Options = tuple[tuple[str, str], ...]


class RegroupForm:
    """The form.

    Attributes
    ----------
    box : ipywidgets.VBox
        All of it; what cannot be done with the item that is looked at is hidden.
    """

    def __init__(self, apply: Callable[[Transition], bool]) -> None:
        self._partner = widgets.Dropdown(description="Same as", layout=WIDE, style=WIDTH)
        self._note = widgets.Text(description="Because", placeholder="where it is not plain", layout=WIDE, style=WIDTH)
        self._same = widgets.Dropdown(description="Same as", layout=WIDE, style=WIDTH)
        self._part = button("These are two units, not one", lambda: apply(CompareState.parted))
        join = button(
            "Make them one unit", lambda: apply(lambda s: s.joined(self._partner.value, note=self._note.value))
        )
        merge = button("They are one in other words", lambda: apply(lambda s: s.same_as(self._same.value)))
        self._join_box = widgets.VBox([self._partner, self._note, join])
        self._same_box = widgets.VBox([self._same, merge])
        _, self.box = fold("Mend the matching", widgets.VBox([self._part, self._join_box, self._same_box]))

    def show(self, state: CompareState, *, partners: Options, same: Options) -> None:
        """Show what can be done with the item that is looked at."""
        is_matched = bool(state.pair and state.pair.first and state.pair.second)
        set_options(self._partner, partners)
        set_options(self._same, same or (("", ""),))
        self._part.layout.display = None if is_matched else "none"
        self._join_box.layout.display = None if state.pair and not is_matched else "none"
        self._same_box.layout.display = None if same else "none"
