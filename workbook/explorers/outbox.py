"""What leaves an explorer: rows, pictures, the text of a state, and reports of it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from html import escape
from pathlib import Path
from threading import Thread

import ipywidgets as widgets

from workbook.errors import WorkbookError
from workbook.events import EventIndex
from workbook.explorers.exports import file_name, write_report, write_rows
from workbook.explorers.panel import HEADINGS, Message, Panel
from workbook.explorers.state import ExplorerState
from workbook.files import write_whole

FORMATS = ("png", "svg")
NARROW = widgets.Layout(width="auto")


class Outbox:
    """Widgets that save a selection.

    Attributes
    ----------
    box : ipywidgets.VBox
        All of them.
    """

    def __init__(
        self,
        index: EventIndex,
        *,
        out: Path,
        panel: Panel,
        state: Callable[[], ExplorerState],
        restore: Callable[[str], None],
    ) -> None:
        self._index, self._out, self._panel, self._state = index, out, panel, state
        self.text = widgets.Text(description="Selection", layout=widgets.Layout(flex="1 1 0"))
        self.view = widgets.Dropdown(options=[(words, name) for name, words in HEADINGS.items()], description="Chart")
        self.said = widgets.HTML()
        pressed: dict[str, Callable[[object], None]] = {
            "Restore": lambda _: restore(self.text.value),
            "Save rows as CSV": lambda _: self._save_rows(".csv"),
            "Save rows as Parquet": lambda _: self._save_rows(".parquet"),
            "Save as PNG": lambda _: self._ask_for_picture("png"),
            "Save as SVG": lambda _: self._ask_for_picture("svg"),
            "Report of this selection": lambda _: self._report(),
        }
        self.buttons = {words: _button(words, call) for words, call in pressed.items()}
        restored, csv, parquet, png, svg, report = self.buttons.values()
        panel.on_message(self._heard)
        self.box = widgets.VBox(
            [
                widgets.HTML("<b>Take it away</b>"),
                widgets.HBox([self.text, restored]),
                widgets.HBox([csv, parquet, self.view, png, svg, report], layout=widgets.Layout(flex_flow="row wrap")),
                self.said,
            ]
        )

    def show(self, state: ExplorerState) -> None:
        """Write the text of a state."""
        self.text.value = str(state)

    def _tell(self, text: str) -> None:
        self.said.value = f'<span role="status" style="white-space: pre-wrap">{escape(text)}</span>'

    def _path(self, *, what: str, ending: str) -> Path:
        return self._out / file_name(self._index.data, self._state(), what=what, ending=ending)

    def _save_rows(self, ending: str) -> None:
        path = self._path(what="rows", ending=ending)
        try:
            write_rows(self._index, self._state(), path)
        except (OSError, WorkbookError) as error:
            self._tell(f"Not saved: {error}")
            return
        self._tell(f"Saved: {path}")

    def _ask_for_picture(self, image: str) -> None:
        """Ask the page for a picture of what it shows: it has drawn it."""
        self._tell("Drawing the picture ...")
        self._panel.send({"kind": "picture", "view": self.view.value, "format": image})

    def _heard(self, message: Message) -> None:
        if message["kind"] != "picture":
            return
        # A page says what it likes, and what it says becomes a file's name.
        if message.get("view") not in HEADINGS or message.get("format") not in FORMATS:
            self._tell("Not saved: the page sent a picture of what is no chart.")
            return
        path = self._path(what=message["view"], ending=f".{message['format']}")
        try:
            write_whole(path, picture(message["url"]))
        except (OSError, WorkbookError) as error:
            self._tell(f"Not saved: {error}")
            return
        self._tell(f"Saved: {path}")

    def _report(self) -> None:
        """Write reports beside the explorer, which goes on meanwhile."""
        button, state = self.buttons["Report of this selection"], self._state()
        button.disabled = True
        self._tell("Writing the reports ...")

        def write() -> None:
            try:
                self._tell(f"Reports written; begin at {write_report(self._index.data, state, out=self._out)}")
            except (OSError, WorkbookError) as error:
                self._tell(f"No report: {error}")
            finally:
                button.disabled = False

        Thread(target=write, daemon=True).start()


def picture(url: str) -> bytes:
    """Read a picture from a data URL, as plotly.js gives it.

    Raises
    ------
    WorkbookError
        It is none.

    Examples
    --------
    >>> picture("data:image/svg+xml,%3Csvg%2F%3E")
    b'<svg/>'
    """
    from urllib.parse import unquote_to_bytes

    head, _, body = url.partition(",")
    is_picture = head.startswith(("data:image/png", "data:image/svg+xml"))
    try:
        content = base64.b64decode(body) if head.endswith(";base64") else unquote_to_bytes(body)
    except ValueError:
        is_picture = False
    if not is_picture:
        raise WorkbookError(f"picture: found {url[:40]!r}; expected a PNG or an SVG of the page")
    return content


def _button(words: str, pressed: Callable[[object], None]) -> widgets.Button:
    button = widgets.Button(description=words, layout=NARROW)
    button.on_click(pressed)
    return button
