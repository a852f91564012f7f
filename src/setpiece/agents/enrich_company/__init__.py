"""The company enrichment agent: what is known of a company, from what was given and from its own page.

`profile` is the contract's record, each field with where it came from; `sources` says which words of a request and which
statements of a page mean which field; `run` reads, fills, and matches. What nobody said stays null.
"""
