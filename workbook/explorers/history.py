"""Where an explorer has been: the states before this one."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbook.explorers.state import ExplorerState

MOST_KEPT = 200


@dataclass(frozen=True)
class History:
    """A state, and those that led to it.

    Attributes
    ----------
    state : ExplorerState
        The present one.
    before : tuple of ExplorerState
        Earlier ones, the last one last.

    Examples
    --------
    >>> history = History().then(ExplorerState(period="week"))
    >>> history.state.period, history.back().state.period, history.back().back().state.period
    ('week', 'month', 'month')
    """

    state: ExplorerState = field(default_factory=ExplorerState)
    before: tuple[ExplorerState, ...] = ()

    def then(self, state: ExplorerState) -> History:
        """Go on to a state; to the same one leads no step."""
        return self if state == self.state else History(state, (*self.before, self.state)[-MOST_KEPT:])

    def back(self) -> History:
        """Go one step back; from the first there is none."""
        return History(self.before[-1], self.before[:-1]) if self.before else self
