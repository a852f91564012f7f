"""Corrections: what people say about who speaks on a recording.

What was heard stays as it is. Corrections are kept beside it, in their order, and applied by a pure function whenever a call is
read (`recordings.heard`), so transcript, timeline, measures, exports, identities and later reports follow, and each can be undone.

    model       the four kinds, and how each becomes data
    apply       a heard call with corrections becomes a corrected call (pure)
    repository  the table
    service     correct, list, undo
"""
