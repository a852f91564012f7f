"""Library entities made from sources: `<kind>/generate` of every kind.

Enters at `drafts.py` (read the sources and take the fields out of them; no row is touched) and goes on to `write.py` (all of
the request's entities in one transaction, or none). What a source says is material: it is quoted, never followed.
"""
