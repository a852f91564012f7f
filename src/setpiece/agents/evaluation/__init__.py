"""Judges the choice on labelled cases: against a library file, or against a workspace as a run would see it.

`cases` reads a file of cases, `library_file` and `workspace` are the two sources of choices, `evaluate` is the use case above
`matching.evaluation`.
"""
