"""Writes a sequence with a language model, against the same plan as the embedded writer.

It enters at `write.write_with`: `orders` (what gives orders is taken out of the material), `outline` (the plan: for each email
its job and the facts it may cite, each with an id), `prompt` (rules from a versioned file, material as quoted data), `written`
(the answer's shape), `check` (each sentence against the facts it cites; `words` says what counts as the same), `draft` (an answer
that passed, as the embedded writer's own values). What does not pass goes back with the reasons; in the end the embedded
writer answers. Why so: docs/decisions/0008.
"""
