"""Attune: a desktop chat assistant that learns its user on the user's own laptop."""

__version__ = "0.1.0"
