"""Words and phrases of three languages. All are written as `heard.plain` makes them: no case, accents or punctuation.

They were written from how such calls go, and grown on the hints in examples/eval that are there to develop on.
"""
