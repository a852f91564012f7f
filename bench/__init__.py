"""What Setpiece costs, as ratios against a baseline measured in the same run.

`make bench` runs everything; `python -m bench NAME…` some of it. Each benchmark is a file with an async `measure`
that takes a `Place` (a folder and a database of its own) and gives rows for the table at the end. Inputs come from
fixed seeds. Nothing here is asserted by the tests: another machine, or a busy one, gives other numbers.
"""
