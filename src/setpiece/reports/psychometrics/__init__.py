"""Psychometrics: a few numbers on how somebody speaks in one recording. Heuristics over words and turns, each with its inputs.

They are no psychological test and measure no trait: docs/psychometrics.md says what they are not. Nothing is read from the sound of a voice.

    lexicon     words and phrases that are counted, in three languages
    scores      the formulas; pure
    model       what is kept, for seven days
    repository  SQL
    service     ask for one, read one
    tasks       the job that counts and then deletes the recording, and the clock
"""
