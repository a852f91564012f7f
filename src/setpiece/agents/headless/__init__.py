"""Emails without a library and without a saved agent: facts from the request and from the offering's own page.

Enters at `run.py`: read the page, `facts` (what may be said), the grounded writer, `answer`.
"""
