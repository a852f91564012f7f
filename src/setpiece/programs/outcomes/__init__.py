"""Outcomes come in and become evidence.

`recording.record` takes events of a run; `model` says what they are, `naming` which unit each belongs to, `counting` what it means for
that unit. `folding.fold` counts the units that have matured since it last did, `deciding.decide` says where the program stands.

A unit counts once its window is over, as a success if a success within the window was reported by then. A success that is reported
later is added, and none is ever taken away, so that the evidence for a pivot is at each moment at most what it was on the data that was known when each
unit was counted: of that process Ville's inequality speaks, and alpha stays honest. The greatest evidence so far starts again
from the corrected one.
"""
