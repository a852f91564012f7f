"""Setpiece: library, playbooks, sequences and reports behind one key."""

__version__ = "0.1.0"
