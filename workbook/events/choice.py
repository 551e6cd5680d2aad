"""What is asked for, as data and as a short text that can be kept, sent and given to a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from urllib.parse import quote, unquote

from workbook.dates import PERIODS, EdtfError, parse_day
from workbook.errors import Fault, ParameterError, unknown_value

LISTS = ("actors", "acts", "sides", "topics", "claims", "sources")
"""Parts of a choice that hold keys; a part that holds none asks for nothing."""

DAYS = ("start", "end")
COLUMNS = {"acts": "act", "sides": "side", "topics": "topic", "claims": "claim_id"}
"""Parts that ask for values of one column of the standard event table."""

REASONS = {
    "sources": "not in the sources chosen",
    "actors": "by speakers not chosen",
    **{part: f"of {part} not chosen" for part in COLUMNS},
    "start": "before the first day",
    "end": "after the last day",
}
"""Why a part leaves an event out, in the order in which the first reason counts."""

SETTINGS = ("dates", "referred", "period", "count", "uncertain", "level", "split_by")
"""What a selection text can say besides: how to count and to draw what is chosen."""

WHOSE_DATES = ("best", "source")
"""``best``: the best known date; ``source``: what the source alone supports."""

ALLOWED = {"dates": WHOSE_DATES, "referred": ("true", "false"), "period": PERIODS}
"""Values of settings that are known here; measures know the others."""

VIEW = "view"
PLACE = "selection"
SAFE_IN_TEXT = "-._~"


@dataclass(frozen=True)
class Choice:
    """Events that are asked for: those that meet every part that is not empty.

    Attributes
    ----------
    start, end : str
        First and last day, YYYY-MM-DD; empty: no bound.
    actors, acts, sides, topics, claims, sources : tuple of str
        Keys; empty: all. An actor takes all that belong to it; with `ALONE` before its key it stands for itself.
    """

    start: str = ""
    end: str = ""
    actors: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        *,
        start: str | date | None = None,
        end: str | date | None = None,
        actors: Sequence[str] = (),
        acts: Sequence[str] = (),
        sides: Sequence[str] = (),
        topics: Sequence[str] = (),
        claims: Sequence[str] = (),
        sources: Sequence[str] = (),
    ) -> Choice:
        """Make a choice of days in any form and keys in any sequence.

        Examples
        --------
        >>> Choice.of(start=date(2022, 9, 1), acts=["denial"]).parts()
        {'start': '2022-09-01', 'acts': ('denial',)}
        """
        first, last = str(start or ""), str(end or "")
        keys = (actors, acts, sides, topics, claims, sources)
        return cls(first, last, *(tuple(part) for part in keys))

    @property
    def is_everything(self) -> bool:
        """Whether nothing is asked for, so that every event is in."""
        return self == Choice()

    def parts(self) -> dict[str, str | tuple[str, ...]]:
        """Return the parts that ask for something, by name."""
        return {each.name: getattr(self, each.name) for each in fields(self) if getattr(self, each.name)}

    def asked(self) -> list[str]:
        """Return the parts that ask for something, in the order of their reasons."""
        return [part for part in REASONS if getattr(self, part)]

    def days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day."""
        return parse_day(self.start) if self.start else None, parse_day(self.end) if self.end else None

    def without(self, *names: str) -> Choice:
        """Return the choice with some parts empty."""
        empty = Choice()
        return replace(self, **{name: getattr(empty, name) for name in names})


@dataclass(frozen=True)
class SelectionText:
    """A selection as it stands in a text.

    Attributes
    ----------
    asked : Choice
        What is asked for.
    picks : tuple of (str, Choice)
        What has to be met as well, each with the view in which it was picked; empty where none is named.
    settings : mapping of str to str
        How to count and to draw it, by name; see `SETTINGS`.
    """

    asked: Choice = field(default_factory=Choice)
    picks: tuple[tuple[str, Choice], ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All that an event has to meet."""
        return self.asked, *(choice for _, choice in self.picks)

    def __str__(self) -> str:
        picks = [_written({**({VIEW: view} if view else {}), **choice.parts()}) for view, choice in self.picks]
        return ";".join([_written({**self.settings, **self.asked.parts()}), *picks])


def read_selection(text: str) -> SelectionText:
    """Read a selection from its text.

    Parameters
    ----------
    text : str
        ``name=value`` parted by ``&``, the values of a list by commas; further choices, which an event has to meet as
        well, follow after ``;``. Settings stand in the first. Empty: everything.

    Returns
    -------
    SelectionText
        ``str()`` writes it again.

    Raises
    ------
    ParameterError
        All that cannot be read, at once.

    Examples
    --------
    >>> read = read_selection("actors=USA,PRK&period=week;view=frequency&acts=denial")
    >>> [choice.parts() for choice in read.choices], read.settings
    ([{'actors': ('USA', 'PRK')}, {'acts': ('denial',)}], {'period': 'week'})
    >>> str(read)
    'period=week&actors=USA,PRK;view=frequency&acts=denial'
    """
    faults: list[Fault] = []
    first, *others = text.split(";")
    asked = _parted(first, faults, known=(*DAYS, *LISTS, *SETTINGS))
    picks = [_parted(step, faults, known=(*DAYS, *LISTS, VIEW)) for step in others]
    settings = {name: unquote(value) for name, value in asked.items() if name in SETTINGS}
    faults += [
        unknown_value(PLACE, name, settings[name], allowed)
        for name, allowed in ALLOWED.items()
        if settings.get(name, allowed[0]) not in allowed
    ]
    read = SelectionText(
        _choice(asked, faults), tuple((pick.get(VIEW, ""), _choice(pick, faults)) for pick in picks if pick), settings
    )
    if faults:
        raise ParameterError("selection", faults)
    return read


def _parted(step: str, faults: list[Fault], *, known: Sequence[str]) -> dict[str, str]:
    """Part a step into names and values, as they stand."""
    found: dict[str, str] = {}
    for part in (each.strip() for each in step.split("&") if each.strip()):
        name, _, value = part.partition("=")
        if not value:
            faults.append(Fault(PLACE, None, "", repr(part), "name=value, parted by &"))
        elif name not in known:
            faults.append(unknown_value(PLACE, "", name, known))
        elif name in found:
            faults.append(Fault(PLACE, None, name, "it twice", "it once, the values of a list parted by commas"))
        else:
            found[name] = value
    return found


def _choice(step: Mapping[str, str], faults: list[Fault]) -> Choice:
    days = {name: unquote(step[name]) for name in DAYS if name in step}
    for name, day in days.items():
        read_day(day, name, faults)
    keys = {name: tuple(map(unquote, step[name].split(","))) for name in LISTS if name in step}
    return Choice.of(start=days.get("start"), end=days.get("end"), **keys)


def read_day(text: str, name: str, faults: list[Fault]) -> date | None:
    """Read a first or a last day; empty: no bound. What is no day goes to the faults.

    Examples
    --------
    >>> read_day("2022-09-01", "start", []), read_day("", "end", [])
    (datetime.date(2022, 9, 1), None)
    """
    try:
        return parse_day(text) if text else None
    except EdtfError as error:
        faults.append(Fault(PLACE, None, name, repr(text), f"a day, YYYY-MM-DD: {error}"))
        return None


def _written(parts: Mapping[str, str | tuple[str, ...]]) -> str:
    words = {name: value if isinstance(value, tuple) else (value,) for name, value in parts.items()}
    return "&".join(
        f"{name}={','.join(quote(word, safe=SAFE_IN_TEXT) for word in each)}" for name, each in words.items()
    )
