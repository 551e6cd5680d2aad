"""The coding desk: an article goes in, checked rows come out."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from workbook.coding_desk.opened import open_package
from workbook.coding_desk.saving import ChangedOnDiskError, check_writable, finish_cut_off, last_save
from workbook.coding_desk.state import DeskState, Transition
from workbook.coding_desk.view import error_lines, message_html, style_html
from workbook.errors import WorkbookError
from workbook.events import counted
from workbook.readers.coded import find_package


def code_article(
    package: str | Path = "arms_transfers", *, coder: str = "", articles: str | Path | None = None
) -> CodingDesk:
    """Open the coding desk for a data package.

    Parameters
    ----------
    package : str or pathlib.Path
        Name of a data set that travels with the workbook, or the folder of a data package.
    coder : str
        Who codes apart from others: rows go into ``codings/<coder>`` of the package, for `workbook.compare_coders`.
        Empty: rows go into the package itself.
    articles : str or pathlib.Path, optional
        Where the articles' texts are kept; the folder ``articles`` of the package if not given.

    Returns
    -------
    CodingDesk
        Shown where a notebook's cell ends in it.

    Raises
    ------
    FaultsError
        The package has faults; all of them are listed.
    WorkbookError
        There is no such package, or the coder's name is none.
    """
    return CodingDesk(package, coder=coder, articles=articles)


class CodingDesk:
    """The widgets of the desk, and the state that they show.

    Attributes
    ----------
    state : DeskState
        What the desk holds.
    box : ipywidgets.VBox
        All of it.
    """

    def __init__(self, package: str | Path, *, coder: str = "", articles: str | Path | None = None) -> None:
        import ipywidgets as widgets

        from workbook.coding_desk.article_box import ArticleIntake, SourceForm
        from workbook.coding_desk.fields import button
        from workbook.coding_desk.lists import Drafts, Sentences
        from workbook.coding_desk.statement_form import StatementForm

        folder = find_package(package)
        warned, finished = _begun(folder)
        self.state = DeskState(open_package(folder, coder=coder, articles=Path(articles) if articles else None))
        acts = [row["act"] for row in self.state.opened.rows("acts")]
        self._intake = ArticleIntake(self.apply)
        self._source = SourceForm(self.apply, another=self._another)
        self._sentences, self._drafts = Sentences(self.apply), Drafts(self.apply)
        self._form = StatementForm(self.apply, acts=acts)
        self._message, self._last = widgets.HTML(), widgets.HTML()
        self._undo = button("Undo the last save", self._undone)
        self._work = _working_part(self._source.box, self._sentences.box, self._form.box)
        self._ending = widgets.VBox(
            [self._drafts.box, widgets.HBox([button("Save", self._saved, style="success"), self._undo, self._last])]
        )
        self._where = widgets.HTML()
        self.box = widgets.VBox(
            [widgets.HTML(style_html()), self._where, self._intake.box, self._work, self._message, self._ending]
        )
        self.box.add_class("workbook-desk")
        self._is_taking_in = True
        self._show()
        self._show_last()
        self.say([*warned, *(f"Finished what was cut off: {title}." for title in finished)], is_fault=bool(warned))

    def where(self) -> str:
        """Say what is coded already, and into what rows go."""
        opened = self.state.opened
        coder = f" as {opened.coder} codes apart" if opened.coder else ""
        articles, statements = len(opened.rows("sources")), len(opened.rows("statements"))
        return (
            f"{opened.base.name}{coder}: {counted(statements, 'statement')} of {counted(articles, 'article')} so far."
        )

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.box)  # type: ignore[no-untyped-call]

    def apply(self, transition: Transition) -> bool:
        """Go to the state that a click gives, and say whether it could be; where not, say why and stay."""
        before = self.state
        lines = self._go(transition)
        self._is_taking_in &= self.state.sentences == before.sentences
        self._show()
        self.say(lines, is_fault=True)
        return not lines

    def _go(self, transition: Transition) -> list[str]:
        """Go to the state that a click gives; return why it could not be, or nothing."""
        try:
            self.state = transition(self.state)
        except ChangedOnDiskError as error:
            reloaded = self._go(DeskState.reloaded)
            return [str(error), *(reloaded or ["It was loaded again; what you put down is still here."])]
        except (WorkbookError, OSError) as error:
            return error_lines(error)
        return []

    def say(self, lines: list[str], *, is_fault: bool = False) -> None:
        """Show a message, or none."""
        self._message.value = message_html(lines, is_fault=is_fault)

    def _show(self) -> None:
        state = self.state
        has_article = state.coding is not None
        self._intake.box.layout.display = None if self._is_taking_in or not has_article else "none"
        self._work.layout.display = self._drafts.box.layout.display = None if has_article else "none"
        if self._is_taking_in:
            self._intake.show(state)
        if has_article:
            for part in (self._source, self._form, self._drafts, self._sentences):
                part.show(state)

    def _show_last(self) -> str:
        """Show what an undo would take back, and how much is coded; return the first."""
        last = last_save(self.state.opened.base, record=self.state.opened.record)
        self._last.value = f"<div>Saved last: {escape(last)}</div>" if last else ""
        self._undo.disabled = not last
        self._where.value = f"<div>{escape(self.where())}</div>"
        return last

    def _another(self) -> None:
        self._is_taking_in = True
        self._show()

    def _saved(self) -> None:
        if self.apply(DeskState.after_save):
            self._say_done(f"Saved {self._show_last()}.")

    def _undone(self) -> None:
        title = self._show_last()
        if self.apply(DeskState.after_undo):
            self._show_last()
            self._say_done(f"Undone: {title}.")

    def _say_done(self, words: str) -> None:
        """Say what is done, even where the package cannot be read after it."""
        unread = self.state.unread
        why = error_lines(unread) if unread else []
        self.say([words, *(["The package cannot be read anew:", *why] if why else [self.where()])], is_fault=bool(why))


def _begun(folder: Path) -> tuple[list[str], list[str]]:
    """Finish what was cut off, and return what the coder should know at once: why nothing can be saved, what was."""
    try:
        check_writable(folder)
    except WorkbookError as error:
        return [str(error)], []
    return [], finish_cut_off(folder)


def _working_part(source: Any, sentences: Any, form: Any) -> Any:
    """Return the article above, its sentences on the left and the form on the right."""
    import ipywidgets as widgets

    sentences.layout, form.layout = widgets.Layout(width="50%"), widgets.Layout(width="50%")
    return widgets.VBox([source, widgets.HBox([sentences, form])])
