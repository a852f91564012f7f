"""Qualifying a person or a company: every candidate's questions answered from what was given, and scored.

`run.py` is the road of a run; `evaluate/` answers one question with its evidence, `scoring.py` holds the published
formula (docs/qualifying.md). Both are pure.
"""
