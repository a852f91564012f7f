"""How good the choice is, on labelled cases: pure arithmetic on what was chosen and what was expected.

`model` holds a judged case, `metrics` counts, `difference` compares two runs, `baselines` are the simpler ways of choosing a
persona that ours is compared with.
"""
