"""What a number stands on: how many events, mentions and sources, and what was left out and why."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Basis:
    """The ground under a table or a chart.

    Attributes
    ----------
    dataset : str
        Name and version of the data set.
    events : int
        Events that the numbers stand on; each is counted once, however many mention it.
    mentions : int
        Mentions of these events.
    sources : int
        Sources that carry them.
    dates : str
        Whose dates: ``"best"`` or ``"source"``.
    left_out : tuple of (str, int)
        Reasons and how many events each left out; an event is counted under its first reason only.
    notes : tuple of str
        What else has to be known to read the numbers, a sentence each.
    noun : str
        What an event is called: ``"statement"`` for coded data, ``"event"`` for machine-coded data.
    """

    dataset: str
    events: int
    mentions: int
    sources: int
    dates: str = "best"
    left_out: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    noun: str = "statement"

    def with_notes(self, *notes: str) -> Basis:
        """Return the basis with further sentences, empty ones skipped."""
        return replace(self, notes=self.notes + tuple(note for note in notes if note))

    def caption(self) -> str:
        """Say it in sentences, as a caption does.

        Examples
        --------
        >>> Basis("toy 1.0.0", 8, 11, 3, left_out=(("only referred to", 1),)).caption()
        'Stands on 8 statements (11 mentions in 3 sources). Left out: 1 only referred to.'
        """
        ground = (
            f"Stands on {counted(self.events, self.noun)} "
            f"({counted(self.mentions, 'mention')} in {counted(self.sources, 'source')})."
        )
        out = "; ".join(f"{count:,} {reason}" for reason, count in self.left_out if count)
        whose = "Dates are the sources' own." if self.dates == "source" else ""
        return " ".join(
            [part for part in (ground, f"Left out: {out}." if out else "", whose) if part] + list(self.notes)
        )


def counted(number: float, noun: str) -> str:
    """Write a number with its noun.

    Examples
    --------
    >>> counted(1, "statement"), counted(1200, "mention")
    ('1 statement', '1,200 mentions')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def counted_within(low: float, high: float, noun: str) -> str:
    """Write a number that is known within bounds with its noun; a missing upper one is open.

    Examples
    --------
    >>> counted_within(1, 1, "day"), counted_within(0, 1, "day"), counted_within(3, math.nan, "day")
    ('1 day', '0 to 1 day', '3 days or more')
    """
    if math.isnan(low):
        return f"an unknown number of {noun}s"
    if math.isnan(high):
        return f"{counted(int(low), noun)} or more"
    return counted(int(low), noun) if low == high else f"{int(low):,} to {counted(int(high), noun)}"
