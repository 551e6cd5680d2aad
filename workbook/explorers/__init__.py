"""Explorers: a state, pure views of it, and thin widgets."""
