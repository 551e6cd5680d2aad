"""The compare desk: two coders side by side, decisions taken, and the adjudication written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.coding_desk.adjudication.comparison import Comparison, coders_to_compare, compare
from workbook.coding_desk.adjudication.desk_state import CompareState
from workbook.coding_desk.adjudication.desk_view import (
    agreed_now,
    agreement_html,
    compare_style_html,
    excerpts_html,
    item_options,
    left_out_lines,
    pair_html,
    partner_options,
    same_options,
    standing_text,
)
from workbook.coding_desk.adjudication.drafts import keep, kept, restored
from workbook.coding_desk.adjudication.writing import write
from workbook.coding_desk.saving import ARTICLES, ChangedOnDiskError, finish_cut_off, last_save, undo_last
from workbook.coding_desk.view import message_html, style_html
from workbook.errors import WorkbookError
from workbook.measures import Agreement, agreement
from workbook.readers.coded import find_package, read_package

if TYPE_CHECKING:
    from workbook.coding_desk.adjudication.decision_form import Transition


def compare_coders(package: str | Path = "arms_transfers", *, coders: Sequence[str] | None = None) -> CompareDesk:
    """Open the compare desk for a data package.

    Parameters
    ----------
    package : str or pathlib.Path
        Name of a data set that travels with the workbook, or the folder of a data package.
    coders : sequence of str, optional
        The first and the second coder, who have coded apart (``workbook.code_article(..., coder=...)``); the only two
        with an article in common if none are named.

    Returns
    -------
    CompareDesk
        Shown where a notebook's cell ends in it.

    Raises
    ------
    FaultsError
        The package, or a coder's own, has faults; all of them are listed.
    WorkbookError
        There is no such package or coder, or more than two could be meant.
    """
    return CompareDesk(package, coders=coders)


class CompareDesk:
    """The widgets of the compare desk, and the state that they show.

    Attributes
    ----------
    state : CompareState or None
        What is looked at and decided; nothing while no two coders have an article in common.
    box : ipywidgets.VBox
        All of it.
    """

    def __init__(self, package: str | Path, *, coders: Sequence[str] | None = None) -> None:
        import ipywidgets as widgets

        from workbook.coding_desk.adjudication.decision_form import DecisionForm
        from workbook.coding_desk.adjudication.regroup_form import RegroupForm
        from workbook.coding_desk.fields import button

        self._folder, self._coders = find_package(package), coders
        finished = finish_cut_off(self._folder)
        self._kept: bytes | None = None
        self.state = self._loaded()
        self._standing, self._agreement = widgets.HTML(), widgets.HTML()
        self._items = widgets.Select(rows=10, layout=widgets.Layout(width="99%"))
        self._items.observe(self._gone, "value")
        self._pair, self._excerpts = widgets.HTML(), widgets.HTML()
        self._form, self._regroup = DecisionForm(self.apply, package=self._folder), RegroupForm(self.apply)
        self._message, self._last = widgets.HTML(), widgets.HTML()
        self._undo = button("Undo the last save", self._undone)
        self._write = button("Write the adjudication", self._written, style="success")
        following = button("Next open difference", lambda: self.apply(CompareState.at_next))
        left = widgets.VBox([self._pair, self._excerpts], layout=widgets.Layout(width="56%"))
        right = widgets.VBox([self._form.box, self._regroup.box], layout=widgets.Layout(width="44%"))
        self._work = widgets.VBox([self._items, following, widgets.HBox([left, right])])
        self._ending = widgets.HBox([self._write, self._undo, self._last])
        top = [widgets.HTML(style_html() + compare_style_html()), self._standing, self._agreement]
        self.box = widgets.VBox([*top, self._work, self._message, self._ending])
        self.box.add_class("workbook-desk")
        self.box.add_class("workbook-compare")
        self._is_showing = False
        self._agreed_on: Comparison | None = None
        self._show()
        self.say([f"Finished what was cut off: {title}." for title in finished] + self._left_out())

    def where(self) -> str:
        """Say who is compared over what, and how much is still open."""
        if self.state is None:
            return "Nothing is open: no two coders have an article in common that is not adjudicated."
        return standing_text(self.state)

    def agreement(self) -> Agreement:
        """Return how far coders agree before any decision: in what is open, else in all that was decided on."""
        return agreed_now(self.state) if self.state else agreement(read_package(self._folder).codings())

    def apply(self, transition: Transition) -> bool:
        """Go to the state that a click gives, keep its decisions, and say whether it could be; if not, why."""
        if self.state is None:
            return False
        before = self.state
        try:
            self.state = transition(before)
            if self.state.adjudication is not before.adjudication:
                self._refuse_others(before)
                keep(self.state.adjudication)
                self._kept = self._on_disk(before)
            words, is_done = self._left_out() if self.state.left_out != before.left_out else [], True
        except (WorkbookError, OSError) as error:
            self.state = before
            words, is_done = [str(error)], False
        self._show()
        self.say(words, is_fault=not is_done)
        return is_done

    def say(self, lines: list[str], *, is_fault: bool = False) -> None:
        """Show a message, or none."""
        self._message.value = message_html(lines, is_fault=is_fault)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.box)  # type: ignore[no-untyped-call]

    def _loaded(self) -> CompareState | None:
        package = read_package(self._folder)
        coders = coders_to_compare(package, coders=self._coders)
        if coders is None:
            return None
        self._kept = kept(self._folder, coders)
        adjudication, left_out = restored(compare(package, coders=coders))
        return CompareState.at_first(adjudication, left_out=left_out)

    def _on_disk(self, state: CompareState) -> bytes | None:
        return kept(self._folder, state.adjudication.comparison.coders)

    def _refuse_others(self, state: CompareState) -> None:
        """Refuse to go on where another desk has decided meanwhile: its decisions would be lost."""
        if self._on_disk(state) != self._kept:
            raise ChangedOnDiskError(
                "the decisions: found others than were read here, taken at another desk; nothing was decided or "
                "written; run the cell again, and go on with those"
            )

    def _left_out(self) -> list[str]:
        return list(left_out_lines(self.state)) if self.state else []

    def _show(self) -> None:
        self._is_showing = True
        self._standing.value = f"<div>{escape(self.where())}</div>"
        self._show_agreement()
        for each in (self._work, self._write):
            each.layout.display = None if self.state else "none"
        if self.state:
            self._items.options = item_options(self.state)
            self._items.value = self.state.item or None
            self._pair.value = pair_html(self.state)
            self._excerpts.value = excerpts_html(self.state, articles=self._folder / ARTICLES)
            self._form.show(self.state)
            self._regroup.show(self.state, partners=partner_options(self.state), same=same_options(self.state))
        last = last_save(self._folder)
        self._last.value = f"<div>Saved last: {escape(last)}</div>" if last else ""
        self._undo.disabled = not last
        self._is_showing = False

    def _show_agreement(self) -> None:
        """Compute agreement where other units are compared than before; no decision changes it."""
        compared = self.state.adjudication.comparison if self.state else None
        if compared is not self._agreed_on or not self._agreement.value:
            when = "before any decision" if compared else "of all coders, before adjudication"
            self._agreement.value = agreement_html(self.agreement(), when=when)
            self._agreed_on = compared

    def _gone(self, change: dict[str, Any]) -> None:
        if not self._is_showing and change["new"]:
            self.apply(lambda state: state.at(change["new"]))

    def _written(self) -> None:
        self._step(lambda: self._write_down(self.state) if self.state else "")

    def _write_down(self, state: CompareState) -> str:
        self._refuse_others(state)
        return f"Written: {write(state.adjudication)}."

    def _undone(self) -> None:
        self._step(lambda: f"Undone: {undo_last(self._folder)}.")

    def _step(self, make: Callable[[], str]) -> None:
        """Write or undo, load what stands there now, and say what was done or why it could not be."""
        try:
            words = make()
            self.state = self._loaded()
        except (WorkbookError, OSError) as error:
            self.say([str(error)], is_fault=True)
            return
        self._show()
        self.say([words, *self._left_out()])
