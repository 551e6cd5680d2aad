"""What a choice can hide: denials of what is in."""

from __future__ import annotations

from workbook.events import Basis
from workbook.events.choice import REASONS

HIDING = ("actors", "acts", "sides", "claims", "topics", "sources")
"""Parts of a choice that can leave out the denial of an accusation that is in."""


def hidden_note(basis: Basis) -> str:
    """Say that answers can be missing where a choice left out who or what could answer; empty where it did not."""
    hidden = any(reason == REASONS[part] for reason, _ in basis.left_out for part in HIDING)
    return "What is left out can hold denials of what is in." if hidden else ""
