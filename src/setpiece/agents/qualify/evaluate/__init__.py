"""Answers to yes-or-no questions from what was given: yes and no only with evidence that can be quoted, else unknown.

`answer.answer_question` is the entrance. `known.py` reads what was given, `question.py` the question, and each rule
(`quantity`, `place`, `industry`, `tool`, `role`, `flag`, `claim`) looks for evidence of one sort. A rule that is not sure is
silent. Nothing here guesses: the rules and their limits are in docs/qualifying.md.
"""
