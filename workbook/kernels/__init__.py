"""Warm kernels: a process that has imported everything forks a fresh Jupyter kernel for each run."""
