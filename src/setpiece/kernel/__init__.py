"""The kernel: ids, clock, errors, pages and text rules that every room may use.

It imports nothing of Setpiece, does no I/O and holds no state.
"""
