"""Matching: which offering, playbook, persona and segment a prospect calls for, how sure, and why.

Everything here is a pure function of its arguments: no database, no clock, no randomness, so that the same
input gives the same output. It imports the kernel at most. A request enters at `choose.choose`; the caller
fills `model.Candidates` from the library, pulled in by the keys of `terms`. The formula is published in
`docs/matching.md`; a new signal is one file in `signals/` and one line in `signals/catalog.py`.
"""
