"""Experiments and measurements behind `attune evaluate` and `attune bench`."""
