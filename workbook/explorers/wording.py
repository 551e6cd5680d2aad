"""A state in words: what is selected, always said."""

from __future__ import annotations

from collections.abc import Mapping

from workbook.dates import in_words
from workbook.events import ALONE, Choice, EventData, counted
from workbook.explorers.state import ExplorerState
from workbook.findings.wording import first_few

VIEW_WORDS = {
    "frequency": "picked in the frequency",
    "activity": "picked among the speakers",
    "timeline": "picked on the time line",
    "ledger": "picked among the claims",
}


def state_in_words(data: EventData, state: ExplorerState, *, left: int, noun: str = "statement") -> str:
    """Say what is selected.

    Parameters
    ----------
    data : EventData
        Where the names of keys stand.
    state : ExplorerState
        What is filtered and picked.
    left : int
        How many events that leaves.
    noun : str
        What an event is called.

    Examples
    --------
    >>> import workbook
    >>> data = workbook.load("arms_transfers")
    >>> state_in_words(data, ExplorerState().filtered(actors=("PRK",), acts=("denial",)), left=4)
    '4 statements: by North Korea, act denial.'
    >>> state_in_words(data, ExplorerState(), left=54)
    '54 statements: all that the data hold.'
    """
    names = _names(data)
    parts = [_choice_in_words(state.filters, names)]
    parts += [f"{VIEW_WORDS[view]}: {_choice_in_words(choice, names)}" for view, choice in state.picks]
    said = "; ".join(part for part in parts if part) or "all that the data hold"
    extra = [
        "dates as the articles alone support them" if state.dates == "source" else "",
        "with what is only referred to" if state.referred else "",
    ]
    return "; ".join([f"{counted(left, noun)}: {said}", *(each for each in extra if each)]) + "."


def _names(data: EventData) -> Mapping[str, Mapping[str, str]]:
    return {
        "actors": dict(zip(data.actors["actor_id"], data.actors["name"], strict=True)),
        "claims": dict(zip(data.claims["claim_id"], data.claims["short_claim"], strict=True)),
        "sources": dict(zip(data.sources["source_id"], data.sources["publisher"], strict=True)),
    }


def _choice_in_words(choice: Choice, names: Mapping[str, Mapping[str, str]]) -> str:
    words = {
        "actors": "by",
        "acts": "act",
        "sides": "side",
        "topics": "topic",
        "claims": "claim",
        "sources": "reported by",
    }
    parts = [_days(choice)] if choice.start or choice.end else []
    for part, word in words.items():
        keys = getattr(choice, part)
        if keys:
            parts.append(f"{word} {first_few([_name(key, names.get(part, {})) for key in keys])}")
    return ", ".join(parts)


def _name(key: str, names: Mapping[str, str]) -> str:
    """Name what a key stands for; an actor without those below it by itself."""
    if key.startswith(ALONE) and key not in names:
        return f"{names.get(key.removeprefix(ALONE), key)} itself"
    return names.get(key, key.replace("_", " "))


def _days(choice: Choice) -> str:
    if not choice.end:
        return f"from {in_words(choice.start)} on"
    if not choice.start:
        return f"until {in_words(choice.end)}"
    if choice.start == choice.end:
        return in_words(choice.start)
    return in_words(f"{choice.start}/{choice.end}")
