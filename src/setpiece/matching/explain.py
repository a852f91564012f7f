"""One or two plain sentences on a choice, for the person who sends the mail."""

from collections.abc import Sequence

from setpiece.library.titles.words import shown
from setpiece.matching.confidence import Verdict
from setpiece.matching.model import Confidence, Kind, Ranked

_NOTES = 2
_TELLING_SHARE = 0.1
"""A signal with a smaller part of the score did not decide and is left out of the sentence."""


def explain(best: Ranked, verdict: Verdict, *, alone: bool) -> str:
    """What decided, then what speaks against being sure."""
    notes = _deciding(best)
    name = f"“{shown(best.name)}”"
    if notes:
        first = f"{name} fits because {' and '.join(notes)}."
    elif alone:
        first = f"{name} is the only one there is to choose."
    else:
        first = f"{name} was taken because nothing speaks for another one."
    if not verdict.doubts:
        return first
    lead = "Unsure" if verdict.confidence is Confidence.LOW else "Not certain"
    return f"{first} {lead}: {'; '.join(verdict.doubts[:3])}."


def explain_pin(kind: Kind, name: str, pinned_by: str, remarks: Sequence[str] = ()) -> str:
    """The sentence for a pinned choice, with what does not go together with it."""
    first = f"The {kind} “{shown(name)}” was pinned by {pinned_by}."
    return " ".join([first, *remarks])


def _deciding(best: Ranked) -> list[str]:
    by_share = sorted(best.readings, key=lambda reading: -reading.share)
    telling = [reading.note for reading in by_share if reading.note and reading.share >= _TELLING_SHARE]
    return list(dict.fromkeys(telling))[:_NOTES]
