"""Explorers: a state, pure views of it, and thin widgets."""

from workbook.explorers.explorer import Explorer, explore

__all__ = ["Explorer", "explore"]
