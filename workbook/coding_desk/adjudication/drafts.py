"""Decisions between two sittings: kept in the articles folder, which git ignores, until they are written."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbook.coding_desk.adjudication.comparison import Comparison, Difference, again
from workbook.coding_desk.adjudication.deciding import add, decide
from workbook.coding_desk.adjudication.decisions import Adjudication, Decision, values_at
from workbook.coding_desk.adjudication.pairs import Choices
from workbook.coding_desk.saving import ARTICLES
from workbook.errors import ParameterError, WorkbookError
from workbook.files import write_whole

FOLDER = ".adjudication"


def draft_path(package: Path, coders: tuple[str, str]) -> Path:
    """Return where the decisions between two coders are kept.

    Examples
    --------
    >>> draft_path(Path("boats"), ("anna", "ben")).as_posix()
    'boats/articles/.adjudication/anna+ben.json'
    """
    return package / ARTICLES / FOLDER / f"{coders[0]}+{coders[1]}.json"


def kept(package: Path, coders: tuple[str, str]) -> bytes | None:
    """Return what is kept of the decisions between two coders, as it stands on the disk; ``None`` for nothing."""
    path = draft_path(package, coders)
    return path.read_bytes() if path.is_file() else None


def keep(adjudication: Adjudication) -> None:
    """Keep what was chosen and decided so far."""
    comparison = adjudication.comparison
    content = {
        "choices": asdict(comparison.choices),
        "added": dict(adjudication.added),
        "decisions": [
            {"units": _units(comparison, each.difference.item), **asdict(each)}
            for each in adjudication.decisions.values()
        ],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    write_whole(draft_path(comparison.base.folder, comparison.coders), f"{text}\n".encode())


def restored(comparison: Comparison) -> tuple[Adjudication, tuple[Decision, ...]]:
    """Return a comparison with what was kept of its choices and decisions.

    Parameters
    ----------
    comparison : Comparison
        Without any choice.

    Returns
    -------
    tuple of (Adjudication, tuple of Decision)
        The decisions that still are about the same values, and those that are not and were left out.

    Raises
    ------
    WorkbookError
        The file is none that was kept.
    """
    path = draft_path(comparison.base.folder, comparison.coders)
    if not path.is_file():
        return Adjudication(comparison), ()
    try:
        content = json.loads(path.read_bytes())
        choices = _choices(content["choices"])
        decisions = [
            (each.pop("units"), Decision(Difference(**each.pop("difference")), **each)) for each in content["decisions"]
        ]
        adjudication = Adjudication(again(comparison, choices))
        for table, rows in content["added"].items():
            for row in rows:
                adjudication = add(adjudication, table=table, row=row)
    except (ValueError, KeyError, TypeError, AttributeError, ParameterError) as error:
        raise WorkbookError(
            f"{path}: found no decisions as they were kept ({error}); expected them, or no file"
        ) from error
    return _decided(adjudication, decisions)


def _choices(kept: dict[str, Any]) -> Choices:
    joined = tuple((str(first), str(second), str(note)) for first, second, note in kept["joined"])
    parted = tuple((str(first), str(second)) for first, second in kept["parted"])
    return Choices(joined, parted, {str(table): dict(names) for table, names in kept["same"].items()})


def _units(comparison: Comparison, item: str) -> list[str]:
    pair = comparison.pair_of.get(item)
    return [unit.unit_id for unit in pair.units] if pair else []


def _decided(
    adjudication: Adjudication, decisions: list[tuple[list[str], Decision]]
) -> tuple[Adjudication, tuple[Decision, ...]]:
    comparison, left_out = adjudication.comparison, []
    for units, each in decisions:
        at = each.difference
        is_same = values_at(comparison, at.item, at.field) == (at.value_a, at.value_b)
        if not is_same or units != _units(comparison, at.item):
            left_out.append(each)
            continue
        words = {"decided": each.decided, "rule": each.rule, "reason": each.reason}
        try:
            adjudication = decide(adjudication, item=at.item, field=at.field, **words)
        except ParameterError:
            left_out.append(each)
    return adjudication, tuple(left_out)
