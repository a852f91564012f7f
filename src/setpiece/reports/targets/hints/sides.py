"""Which side of a call somebody is on, by the kinds of sentences that each side says."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from setpiece.reports.model import Call
from setpiece.reports.targets.hints.evidence import Evidence
from setpiece.reports.targets.hints.heard import Heard
from setpiece.reports.targets.hints.lexicon.cue import Cue, Side
from setpiece.reports.targets.hints.lexicon.cues import cues_of

AGAINST: Mapping[Side, Side] = {
    Side.SELLS: Side.BUYS,
    Side.BUYS: Side.SELLS,
    Side.INTERVIEWS: Side.APPLIES,
    Side.APPLIES: Side.INTERVIEWS,
    Side.CALLS: Side.TAKES_CALLS,
}
NOBODY = 0.0
NOBODY_DECIDES = 1.2
MOST = 6.0
"""Points for or against. Two ordinary sentences of each side tell two speakers apart; set by judgement."""


def on_side(call: Call, sentences: Sequence[Heard], side: Side, part: float = 1.0) -> Evidence:
    """Evidence on who is on this side: sentences of this side less those of the other, against the mean of all speakers.

    Args:
        call: Its language says which cues are looked for.
        sentences: All of the call.
        side: Who is looked for.
        part: All points are multiplied by it.
    """
    found = Evidence(nobody=NOBODY_DECIDES if side is Side.DECIDES else NOBODY)
    found.missing = (f"nobody_{side.value}",)
    against = AGAINST.get(side)
    for cue in cues_of(call.language):
        if cue.side in (side, against):
            _count(cue, sentences, part if cue.side is side else -part, found)
    if side is not Side.DECIDES:
        _centre(found, [one.speaker for one in call.people])
    return found.bounded(MOST)


def _count(cue: Cue, sentences: Sequence[Heard], sign: float, found: Evidence) -> None:
    """The first sentence of a kind gives its weight, each further one half of the one before: manners of speaking repeat."""
    worth: dict[int, float] = {}
    for heard in sentences:
        if cue.in_question not in (None, heard.is_question) or not _says(cue, heard.plain):
            continue
        points = sign * worth.get(heard.speaker, cue.weight)
        worth[heard.speaker] = worth.get(heard.speaker, cue.weight) / 2
        found.quote(heard.speaker, points, "says" if points > 0 else "", heard)


@lru_cache(maxsize=65_536)
def _says(cue: Cue, said: str) -> bool:
    return cue.pattern.search(said) is not None


def _centre(found: Evidence, speakers: Sequence[int]) -> None:
    mean = sum(found.points_by_speaker[one] for one in speakers) / max(1, len(speakers))
    for one in speakers:
        found.points_by_speaker[one] -= mean
