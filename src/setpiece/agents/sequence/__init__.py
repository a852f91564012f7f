"""The sequence agent: who is this, which play fits, what to write, where each claim comes from.

A run goes `identity` -> `candidates` -> matching -> `gather` -> `writer/` -> `answer` -> `runs`; `run.py` is that road.
"""
