"""The statements behind a chart, as a table that a notebook shows and a report page sorts and filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from workbook.dates import in_words
from workbook.events import Selection, collected

MIME_TYPE = "application/vnd.workbook.statements+json"
"""What a report page reads: caption, columns with their kinds, rows with keys, cells and sort keys."""

COLUMNS = (
    ("When", "date"),
    ("Who", "text"),
    ("Act", "text"),
    ("About whom", "text"),
    ("Claim", "text"),
    ("What was said", "text"),
    ("Reported by", "text"),
    ("Sources", "number"),
)


@dataclass(frozen=True)
class StatementTable:
    """Rows of statements, oldest first.

    Attributes
    ----------
    caption : str
        What the rows stand on.
    keys : tuple of str
        Key of each statement.
    cells : tuple of tuple of str
        Texts in the order of `COLUMNS`.
    orders : tuple of tuple
        What each cell sorts by.
    """

    caption: str
    keys: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    orders: tuple[tuple[str | int, ...], ...]

    def __str__(self) -> str:
        lines = [
            f"{key}  {row[0]}: {row[1]}, {row[2]}: {row[4]}" for key, row in zip(self.keys, self.cells, strict=True)
        ]
        return "\n".join([self.caption, *lines])

    def payload(self) -> dict[str, Any]:
        """Return what a report page reads."""
        rows = zip(self.keys, self.cells, self.orders, strict=True)
        return {
            "caption": self.caption,
            "columns": [{"label": label, "kind": kind} for label, kind in COLUMNS],
            "rows": [{"id": key, "cells": list(cells), "order": list(order)} for key, cells, order in rows],
        }

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {MIME_TYPE: self.payload(), "text/html": self._html(), "text/plain": str(self)}

    def _html(self) -> str:
        head = "".join(f"<th>{escape(label)}</th>" for label, _ in COLUMNS)
        body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in self.cells)
        return f"<table><caption>{escape(self.caption)}</caption><tr>{head}</tr>{body}</table>"


def statements(selection: Selection) -> StatementTable:
    """List the statements of a selection.

    Parameters
    ----------
    selection : Selection
        From `workbook.select`; as many rows as a page can hold.

    Returns
    -------
    StatementTable

    Examples
    --------
    >>> import workbook
    >>> chosen = workbook.select(workbook.load("arms_transfers"))
    >>> statements(chosen).keys[:3]
    ('st024', 'st025', 'st026')
    """
    events = collected(selection.events).sort_values(["date_latest", "date_earliest", "event_id"], na_position="last")
    names = selection.words.actors.set_index("actor_id")["name"]
    people = collected(selection.participants)
    sources = _sources(selection)
    claims = selection.words.claims.set_index("claim_id")["claim"]
    speakers, targets = (_named(people, names, role=role) for role in ("speaker", "target"))
    cells: list[tuple[str, ...]] = []
    orders: list[tuple[str | int, ...]] = []
    for row in events.to_dict("records"):
        reported = sources.get(row["event_id"], [])
        texts = (
            in_words(row["date_text"]),
            "; ".join(speakers.get(row["event_id"], [])),
            _act(row),
            "; ".join(targets.get(row["event_id"], [])),
            str(claims.get(row["claim_id"], "")),
            _text(row["summary"]),
            "; ".join(reported),
            str(row["source_count"]),
        )
        cells.append(texts)
        orders.append((_day_order(row), *(text.casefold() for text in texts[1:-1]), int(row["source_count"])))
    return StatementTable(selection.basis.caption(), tuple(events["event_id"]), tuple(cells), tuple(orders))


def _named(people: pd.DataFrame, names: pd.Series, *, role: str) -> dict[str, list[str]]:
    rows = people[people["role"] == role]
    named = rows.assign(name=rows["actor_id"].map(names))
    return dict(named.groupby("event_id")["name"].agg(list))


def _sources(selection: Selection) -> dict[str, Sequence[str]]:
    rows = collected(selection.mentions).merge(selection.words.sources, on="source_id")
    return dict(
        rows.sort_values("source_id").groupby("event_id")["publisher"].agg(lambda names: list(dict.fromkeys(names)))
    )


def _act(row: dict[str, Any]) -> str:
    words = str(row["act"]).replace("_", "-").replace("no-comment", "no comment")
    extra = [_text(row["hedge"]), "only referred to" if row["is_referred"] else ""]
    extra += ["coding uncertain"] if row["certainty"] == "low" else []
    marks = ", ".join(mark for mark in extra if mark)
    return f"{words} ({marks})" if marks else words


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _day_order(row: dict[str, Any]) -> str:
    days = [row["date_earliest"], row["date_latest"]]
    known = [day.date().isoformat() for day in days if not pd.isna(day)]
    return " ".join(known) or "9999"
