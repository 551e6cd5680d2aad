"""Events as PLOVER: a JSON object a line; what PLOVER cannot say is kept in a free field."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from workbook.events import EventData, Selection
from workbook.readers.machine.tables import acts, table
from workbook.readers.plover import KEPT_IN
from workbook.writers.batches import event_batches
from workbook.writers.whole import whole_file

ONTOLOGY = "PLOVER"


@dataclass(frozen=True)
class PloverExport:
    """What was written.

    Attributes
    ----------
    rows : int
        Lines of the file.
    without_event : mapping of str to int
        Acts that PLOVER has no event for, and how many lines have an empty ``event`` for it.
    without_actor : int
        Lines with an empty ``actor``: nobody says who acts.
    uncertain : int
        Lines whose date is no single day; ``date`` holds the last possible day, or the first where there is no last.
    """

    rows: int
    without_event: Mapping[str, int]
    without_actor: int
    uncertain: int


def write_plover(selection: Selection, path: Path, *, tell: Callable[[int], None] = lambda _rows: None) -> PloverExport:
    """Write a selection's events as PLOVER JSON lines; whole or not at all.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`.
    path : pathlib.Path
        Where to. ``event`` and ``mode`` are the vendor's own where it codes by PLOVER, else those of the act; ``actor``
        and ``recipient`` are CAMEO's codes where they are known, else keys. The whole event is kept in
        ``text_info.workbook``.
    tell : callable
        Is told how many more rows are written, now and then.

    Returns
    -------
    PloverExport

    Examples
    --------
    >>> import tempfile, workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"), actors=["RUS"], topics=["delivery"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_plover(chosen, Path(folder) / "events.jsonl")
    PloverExport(rows=1, without_event={'denial': 1}, without_actor=0, uncertain=0)
    """
    codes = _Codes(selection.words)
    counts: Counter[str] = Counter()
    without: Counter[str] = Counter()
    with whole_file(path) as file:
        for batch in event_batches(selection):
            for event in _plain(batch):
                record = _record(event, codes)
                file.write(json.dumps(record, ensure_ascii=False).encode("utf-8") + b"\n")
                without.update([event["act"]] if not record["event"] else [])
                has_day = event["date_precision"] == "day"
                counts.update(rows=1, actorless=int(not record["actor"]), uncertain=int(not has_day))
            tell(len(batch))
    return PloverExport(counts["rows"], dict(without.most_common()), counts["actorless"], counts["uncertain"])


class _Codes:
    """PLOVER's words for acts, and CAMEO's for actors."""

    def __init__(self, words: EventData) -> None:
        self.coder = f"{words.name} {words.version}"
        self.claims = words.claims.set_index("claim_id")["claim"].to_dict()
        self.actors = _filled(words.actors, "actor_id", "cameo_code")
        self.events = {act: row["plover_code"] for act, row in acts().items() if row["plover_code"]}
        self.events |= _filled(words.acts, "act", "plover_code")
        self.modes = {act: _mode(act, event) for act, event in self.events.items()}

    def of(self, event: Mapping[str, Any]) -> tuple[list[str], list[str]]:
        """Return an event's types and modes."""
        if str(event.get("ontology")).startswith(ONTOLOGY) and "vendor_code" in event:
            types, _, modes = event["vendor_code"].partition("/")
            return _listed(types), _listed(modes)
        act = event["act"]
        return [self.events[act]] if act in self.events else [], _listed(self.modes.get(act, ""))

    def people(self, actors: list[str]) -> list[str]:
        """Return actors' codes, each once."""
        return list(dict.fromkeys(self.actors.get(actor, actor) for actor in actors))


def _filled(rows: pd.DataFrame, key: str, column: str) -> dict[str, str]:
    if column not in rows:
        return {}
    filled = rows[rows[column].notna()]
    return dict(zip(filled[key], filled[column], strict=True))


def _mode(act: str, event: str) -> str:
    """Return the mode by which a type stands for an act; nothing where the bare type does, or several modes."""
    modes = [row["mode"] for row in table("plover") if (row["event"], row["act"]) == (event, act)]
    return modes[0] if len(modes) == 1 else ""


def _listed(text: str) -> list[str]:
    return [word for word in text.split(";") if word]


def _plain(batch: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Go through rows as JSON knows them: days as texts, and only what is there."""
    days = batch.select_dtypes("datetime").columns
    rows = batch.assign(**{name: batch[name].dt.strftime("%Y-%m-%d") for name in days})
    columns = [rows[name].astype("object").where(rows[name].notna(), None).tolist() for name in rows.columns]
    for values in zip(*columns, strict=True):
        yield {
            name: value for name, value in zip(rows.columns, values, strict=True) if value is not None and value != []
        }


def _record(event: dict[str, Any], codes: _Codes) -> dict[str, Any]:
    types, modes = codes.of(event)
    claim = codes.claims.get(event.get("claim_id"))
    info, _, kept = KEPT_IN.partition(".")
    record = {
        "id": event["event_id"],
        "date": event.get("date_latest", event.get("date_earliest")),
        "actor": codes.people(event.get("speakers", [])),
        "recipient": codes.people(event.get("targets", [])),
        "event": types,
        "mode": modes,
        "context": [],
        info: {kept: event | ({"claim": claim} if claim else {})},
        "cite_info": {"url": event["source_url"]} if "source_url" in event else {},
        "coder": codes.coder,
    }
    return record | ({"event_scale": event["score"]} if "score" in event else {})
