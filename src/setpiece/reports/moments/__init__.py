"""Moments: the sentences of a call that are evidence of something, with who said them, when, and by which rule they were found.

Pure, but for likeness in meaning, which asks an embedder. The way in is `find_moments`.

    said      a call as sentences that can be quoted
    find      rules, and the question that a sentence answers
    hits      what the rules find in one sentence
    cut       which words of a sentence to quote
    names     who a speaker is, as far as the call says
    found     everything that a report about one speaker can rest on
    languages/  what is known of each language: a file of rules each
"""

from setpiece.reports.moments.found import Found, find_moments
from setpiece.reports.moments.model import Kind, Moment, Said, Topic

__all__ = ["Found", "Kind", "Moment", "Said", "Topic", "find_moments"]
