"""The cues of a call's language."""

from setpiece.reports.targets.hints.lexicon import cues_english, cues_portuguese, cues_spanish
from setpiece.reports.targets.hints.lexicon.cue import Cue

CUES_BY_LANGUAGE = {"en": cues_english.CUES, "es": cues_spanish.CUES, "pt": cues_portuguese.CUES}


def cues_of(language: str) -> tuple[Cue, ...]:
    """Those of the call's language, and of all three when it is another one."""
    return CUES_BY_LANGUAGE.get(language) or (*cues_english.CUES, *cues_spanish.CUES, *cues_portuguese.CUES)
