"""Parameters checked before a kernel starts: names, types, vocabularies, dates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbook.dates import PERIODS, EdtfError, parse_day
from workbook.errors import Fault, FaultsError, ParameterError, WorkbookError, nearest, unknown_value
from workbook.events import COUNTS, LEVELS, WHOSE_DATES, EventData, counted, read_selection, select
from workbook.measures.agreement import FIELDS
from workbook.measures.bins import UNCERTAIN
from workbook.measures.exchanges import LINKS
from workbook.readers.made_up import demo_events
from workbook.readers.stored import ENGINES, open_events
from workbook.reports.catalogue import NotebookCard, Parameter
from workbook.reports.span import DAYS, bin_faults

PLACE = "parameters"
TRUE, FALSE = ("true", "yes", "1"), ("false", "no", "0")


@dataclass(frozen=True)
class Vocabulary:
    """Values that a parameter can take, and other spellings of them."""

    known: tuple[str, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)

    def resolve(self, value: str) -> str | None:
        """Return the value as the data spell it; ``None`` if it is unknown."""
        return value if value in self.known else self.aliases.get(value.casefold())


def _fixed(*values: str) -> Callable[[EventData], Vocabulary]:
    return lambda _data: Vocabulary(values)


def _actors(data: EventData) -> Vocabulary:
    rows = data.actors
    aliases = {key.casefold(): key for key in rows["actor_id"]}
    for column in ("short_name", "name"):
        aliases |= {name.casefold(): key for name, key in zip(rows[column], rows["actor_id"], strict=True)}
    return Vocabulary(tuple(rows["actor_id"]), aliases)


def _column(table: str, column: str) -> Callable[[EventData], Vocabulary]:
    return lambda data: Vocabulary(tuple(getattr(data, table)[column].drop_duplicates().sort_values()))


def _states(data: EventData) -> Vocabulary:
    return _actors(replace(data, actors=data.actors[data.actors["kind"] == "state"]))


FIXED: dict[str, Callable[[EventData], Vocabulary]] = {
    "period": _fixed(*PERIODS),
    "count": _fixed(*COUNTS),
    "dates": _fixed(*WHOSE_DATES),
    "uncertain": _fixed(*UNCERTAIN),
    "level": _fixed(*LEVELS),
    "link": _fixed(*LINKS),
    "field": _fixed(*FIELDS),
    "engine": _fixed(*ENGINES),
}
VOCABULARIES: dict[str, Callable[[EventData], Vocabulary]] = {
    **FIXED,
    "countries": _states,
    "actors": _actors,
    "acts": _column("acts", "act"),
    "topics": _column("claims", "topic"),
    "claims": _column("claims", "claim_id"),
    "sources": _column("sources", "source_id"),
}
"""By name of the parameter: what may stand there. A parameter of another name is checked for its type alone."""

SHORT = ("day", "week")
LEAST = {"window_days": 1, "gap_days": 1, "lanes": 1, "within_days": 0}
"""By name of the parameter: the least whole number that may stand there."""

OF_STREAMS = ("events", "countries")
"""Parameters of notebooks about stored events."""


def check_parameters(
    cards: Sequence[NotebookCard], given: Mapping[str, str | list[str]], *, load: Callable[[str], EventData]
) -> dict[str, object]:
    """Read parameters from the command line and check them against the notebooks and the data.

    Parameters
    ----------
    cards : sequence of NotebookCard
        The notebooks to run.
    given : mapping of str to str or list of str
        As they were typed; a list may be one text with commas.
    load : callable
        Loads a data set by its name.

    Returns
    -------
    dict of str to object
        Values of the notebooks' types; keys of actors where names were given.

    Raises
    ------
    ParameterError
        Everything that is wrong, at once, with what would be right.
    """
    known = {parameter.name: parameter for card in cards for parameter in card.parameters}
    faults = [unknown_value(PLACE, name, name, list(known)) for name in given if name not in known]
    given = _with_settings(given, known, faults)
    values: dict[str, object] = {}
    for name in (name for name in given if name in known):
        value = _typed(known[name], given[name])
        if isinstance(value, Fault):
            faults.append(value)
        else:
            values[name] = value
    defaults = {name: parameter.default for name, parameter in known.items()}
    dataset = dataset_of(cards, values)
    data = _data(dataset, load=load, faults=faults) if dataset or "dataset" in values else None
    stream = _stream(known, values, needed=(*OF_STREAMS, *(() if dataset else VOCABULARIES)), faults=faults)
    faults += _day_faults({**defaults, **values})
    faults += [
        Fault(PLACE, None, name, repr(values[name]), f"a whole number of {least} or more")
        for name, least in LEAST.items()
        if isinstance(values.get(name), int) and int(str(values[name])) < least
    ]
    for name in (name for name in values if name in VOCABULARIES):
        of = stream if name in OF_STREAMS or not dataset else data
        if of is not None or name in FIXED:
            values[name], unknown = known_values(name, values[name], of)  # type: ignore[arg-type]
            faults += unknown
    if not faults:
        faults += _bin_faults(known, {**defaults, **values}, stream=stream)
    if data is not None and not faults:
        faults += _selection_faults(data, str(values.get("selection", "")))
    if faults:
        raise ParameterError("workbook report", faults)
    return values


def _with_settings(
    given: Mapping[str, str | list[str]], known: Mapping[str, Parameter], faults: list[Fault]
) -> Mapping[str, str | list[str]]:
    """Take how to count and to draw from a selection's text, where nothing else is given."""
    try:
        settings = read_selection(str(given.get("selection", ""))).settings
    except ParameterError as error:
        faults += error.faults
        return {name: value for name, value in given.items() if name != "selection"}
    return {**{name: value for name, value in settings.items() if name in known}, **given}


def _selection_faults(data: EventData, text: str) -> tuple[Fault, ...]:
    try:
        select(data, selection=text)
    except ParameterError as error:
        return error.faults
    return ()


def dataset_of(cards: Sequence[NotebookCard], values: Mapping[str, object]) -> str:
    """Return which data set the reports stand on; empty where no notebook has one."""
    defaults = {each.name: each.default for card in cards for each in card.parameters}
    return str(values.get("dataset", defaults.get("dataset", "")))


def _typed(parameter: Parameter, given: str | list[str]) -> object:
    """Read a typed text as the parameter's type."""
    if parameter.kind == "list[str]":
        parts = given.split(",") if isinstance(given, str) else given
        return [part.strip() for part in parts if part.strip()]
    if not isinstance(given, str):
        return Fault(PLACE, None, parameter.name, repr(given), "one value, no list")
    return _single(parameter, given)


def _single(parameter: Parameter, text: str) -> object:
    if parameter.kind == "bool":
        folded = text.casefold()
        if folded in TRUE or folded in FALSE:
            return folded in TRUE
        return Fault(PLACE, None, parameter.name, repr(text), "true or false")
    if parameter.kind in ("int", "float"):
        try:
            return int(text) if parameter.kind == "int" else float(text)
        except ValueError:
            word = "a whole number" if parameter.kind == "int" else "a number"
            return Fault(PLACE, None, parameter.name, repr(text), word)
    return text


def _data(dataset: str, *, load: Callable[[str], EventData], faults: list[Fault]) -> EventData | None:
    try:
        return load(dataset)
    except FaultsError as error:
        found = f"{dataset!r} with {counted(len(error.faults), 'fault')}"
        faults.append(Fault(PLACE, None, "dataset", found, f"a package without fault: workbook check {dataset}"))
    except WorkbookError as error:
        faults.append(Fault(PLACE, None, "dataset", repr(dataset), str(error).partition("expected ")[2] or str(error)))
    return None


def _stream(
    known: Mapping[str, Parameter], values: Mapping[str, object], *, needed: Sequence[str], faults: list[Fault]
) -> EventData | None:
    """Open stored events, or made-up ones, where a notebook is about them and something that is given needs them."""
    if "events" not in known or not any(name in values for name in needed if name not in FIXED):
        return None
    return _opened(str(values.get("events", known["events"].default)), faults=faults)


def _opened(path: str, *, faults: list[Fault]) -> EventData | None:
    try:
        return open_events(path or demo_events())
    except FaultsError as error:
        found = f"{path!r}, where {len(error.faults)} columns are missing"
        faults.append(Fault(PLACE, None, "events", found, error.faults[0].expected))
    except WorkbookError as error:
        faults.append(Fault(PLACE, None, "events", repr(path), str(error).partition("expected ")[2] or str(error)))
    return None


def _bin_faults(
    known: Mapping[str, Parameter], values: Mapping[str, object], *, stream: EventData | None
) -> list[Fault]:
    """Refuse more bins of a stream than a chart can show; only short bins are too many."""
    if "events" not in known or values.get("period") not in SHORT:
        return []
    faults: list[Fault] = []
    opened = stream or _opened(str(values["events"]), faults=faults)
    return bin_faults(opened, values, place=PLACE) if opened else faults


def _day_faults(values: Mapping[str, object]) -> list[Fault]:
    faults, days = [], {}
    for name in DAYS:
        text = values.get(name)
        if isinstance(text, str) and text:
            try:
                days[name] = parse_day(text)
            except EdtfError as error:
                why = str(error).partition(": ")[2].partition("; forms")[0]
                faults.append(Fault(PLACE, None, name, repr(text), f"a day, YYYY-MM-DD: {why}"))
    if len(days) == len(DAYS) and days["start"] > days["end"]:
        found = f"{days['start']}, which is after end {days['end']}"
        faults.append(Fault(PLACE, None, "start", found, "a first day on or before the last"))
    return faults


def known_values(name: str, values: object, data: EventData) -> tuple[object, list[Fault]]:
    """Put a value, or each of a list, as the data spell it; with a fault for each that they do not know."""
    return _known(name, values, VOCABULARIES[name](data))


def _known(name: str, value: object, vocabulary: Vocabulary) -> tuple[object, list[Fault]]:
    """Put a value, or each of a list, as the data spell it; list what is unknown."""
    texts = value if isinstance(value, list) else [value]
    resolved = {str(text): vocabulary.resolve(str(text)) for text in texts}
    faults = [_unknown(name, text, vocabulary) for text, key in resolved.items() if key is None]
    if isinstance(value, list):
        return [key for key in resolved.values() if key is not None], faults
    return resolved[str(value)], faults


def _unknown(name: str, text: str, vocabulary: Vocabulary) -> Fault:
    near = nearest(text, [*vocabulary.known, *vocabulary.aliases])
    return Fault(PLACE, None, name, repr(text), f"one of {', '.join(vocabulary.known)}{near}")
