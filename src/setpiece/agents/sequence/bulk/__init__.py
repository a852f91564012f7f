"""Sequences for a list of leads: read the list, write for each, keep a row for each.

`leads` reads a CSV of any tool into requests, `write` answers one of them, and `results` is the file of rows, which a run
that was cut short goes on with.
"""
