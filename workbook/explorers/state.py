"""What an explorer shows: filters, what is picked in its views, and how it counts. Nothing here knows a widget."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any

from workbook.dates import PERIODS
from workbook.errors import Fault, ParameterError, unknown_value
from workbook.events import COUNTS, LEVELS, WHOSE_DATES, Choice, SelectionText, read_selection
from workbook.measures.bins import UNCERTAIN
from workbook.measures.frequency import SPLITS

VIEWS = ("frequency", "activity", "timeline", "ledger")

SETTINGS: dict[str, tuple[str, ...]] = {
    "dates": WHOSE_DATES,
    "period": PERIODS,
    "split_by": SPLITS,
    "count": COUNTS,
    "uncertain": UNCERTAIN,
    "level": LEVELS,
}
"""Settings and what each may be; ``referred`` is true or false."""


@dataclass(frozen=True)
class ExplorerState:
    """A state of an explorer; a change gives another state.

    Attributes
    ----------
    filters : Choice
        What the filters leave.
    picks : tuple of (str, Choice)
        What is picked in a view, at most one a view, in the order in which it was picked: it narrows all other views.
    dates, period, split_by, count, uncertain, level : str
        As for `workbook.select` and `workbook.measures.frequency`.
    referred : bool
        Whether statements are in that an article only refers back to.

    Examples
    --------
    >>> state = ExplorerState().filtered(actors=("PRK",)).picked("ledger", Choice(claims=("a",)))
    >>> str(state)
    'actors=PRK;view=ledger&claims=a'
    >>> ExplorerState.read(str(state)) == state
    True
    """

    filters: Choice = field(default_factory=Choice)
    picks: tuple[tuple[str, Choice], ...] = ()
    dates: str = "best"
    referred: bool = False
    period: str = "month"
    split_by: str = "side"
    count: str = "statement"
    uncertain: str = "spread"
    level: str = "actor"

    @classmethod
    def read(cls, text: str) -> ExplorerState:
        """Restore a state from its text.

        Raises
        ------
        ParameterError
            What cannot be read, all at once.
        """
        read = read_selection(text)
        faults = [
            unknown_value("selection", name, value, SETTINGS[name])
            for name, value in read.settings.items()
            if name in SETTINGS and value not in SETTINGS[name]
        ]
        faults += [
            Fault("selection", None, "view", repr(view), f"one of {', '.join(VIEWS)}, each once")
            for place, (view, _) in enumerate(read.picks)
            if view not in VIEWS or view in dict(read.picks[:place])
        ]
        if faults:
            raise ParameterError("selection", faults)
        settings: dict[str, Any] = dict(read.settings)
        if "referred" in settings:
            settings["referred"] = settings["referred"] == "true"
        return cls(read.asked, read.picks, **settings)

    def __str__(self) -> str:
        usual = ExplorerState().settings()
        changed = {name: value for name, value in self.settings().items() if value != usual[name]}
        return str(SelectionText(self.filters, self.picks, changed))

    def settings(self) -> dict[str, str]:
        """Return how it is counted and drawn, by name, as a text has it."""
        values = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in ("filters", "picks")}
        return {name: str(value).lower() if isinstance(value, bool) else value for name, value in values.items()}

    def choices(self, *, but: str = "") -> list[Choice]:
        """Return all that an event has to meet to be seen in a view: what is picked there does not narrow itself."""
        return [self.filters, *(choice for view, choice in self.picks if view != but)]

    def as_drawn(self, view: str) -> ExplorerState:
        """Return the state as a view draws it: the time line parts the sides, whatever the frequency is split by."""
        return replace(self, split_by="side") if view == "timeline" else self

    def pick_in(self, view: str) -> Choice | None:
        """Return what is picked in a view."""
        return dict(self.picks).get(view)

    def filtered(self, **parts: Any) -> ExplorerState:
        """Return the state with some filters set."""
        return replace(self, filters=replace(self.filters, **parts))

    def picked(self, view: str, choice: Choice) -> ExplorerState:
        """Return the state with something picked in a view; the same again, or everything, is picked no more."""
        others = tuple((each, kept) for each, kept in self.picks if each != view)
        if choice.is_everything or choice == self.pick_in(view):
            return replace(self, picks=others)
        return replace(self, picks=(*others, (view, choice)))

    def cleared(self) -> ExplorerState:
        """Return the state without filters and picks; how it counts stays."""
        return replace(self, filters=Choice(), picks=())
