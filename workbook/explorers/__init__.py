"""Explorers: a state, pure views of it, and widgets that wire the two."""
