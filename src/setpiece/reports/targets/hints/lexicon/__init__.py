"""Words and phrases of three languages. All are written as `heard.plain` makes them: no case, accents or punctuation.

They were written from how such calls go, and grown on the develop half of examples/eval/targets.yaml only.
"""
