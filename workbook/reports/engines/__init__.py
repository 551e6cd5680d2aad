"""Engines for papermill, registered as ``warm`` and ``stock``: ``papermill --engine warm in.ipynb out.ipynb``."""

# First of all: papermill loads its engines, these among them, while it is imported itself.
import papermill  # noqa: F401
