"""Executable playbooks: specs, lead sources, runs, outcomes, evidence, pivots. In code a spec is a `program`.

A request enters in a part's `service.py`; `suppressions/` is the list of whom nobody contacts. `evidence/` is pure:
when a program may be said to miss its target.
"""
