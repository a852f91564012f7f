"""Who does most of something, measured: nothing here is read out of words, except what is a question."""

from collections.abc import Callable, Mapping, Sequence
from math import log

from setpiece.media.model import SpeakerMeasures
from setpiece.reports.model import Call
from setpiece.reports.targets.hints.evidence import Evidence
from setpiece.reports.targets.hints.heard import Heard
from setpiece.reports.targets.hints.lexicon.roles import Role
from setpiece.reports.targets.telling import percent

SHARE_POINTS = 15.0
"""For a whole share: ten points of a hundred between two speakers are 1.5 points, which is enough to choose."""
QUESTION_POINTS = log(3)
"""For each question: it is taken to be three times as likely theirs who is said to ask as somebody else's."""
MOST_QUESTIONS = 10
"""Counted; on a long call the share of them has to tell, not a lead of a few."""
SETTLED = 5.0
"""For what is true of one speaker."""

_Measure = Callable[[SpeakerMeasures], float]
_MEASURE: Mapping[Role, tuple[_Measure, str]] = {
    Role.TALKS_MOST: (lambda one: one.speech_s, "talks_share"),
    Role.TALKS_LEAST: (lambda one: -one.speech_s, "talks_share"),
    Role.LONGEST_MONOLOGUE: (lambda one: one.longest_monologue_s, "monologue"),
    Role.INTERRUPTS: (lambda one: float(one.interruption_count), "interrupts"),
    Role.FASTEST: (lambda one: one.words_per_minute or 0.0, "pace"),
    Role.SLOWEST: (lambda one: -(one.words_per_minute or 1e9), "pace"),
}


def measured(call: Call, role: Role) -> Evidence:
    """Evidence from one number of each speaker; equal numbers choose nobody."""
    number, key = _MEASURE[role]
    found = Evidence(nobody=0.0, missing=("nobody_measured",))
    amounts = {one.speaker: number(one) for one in call.measures.speakers}
    whole = sum(abs(one) for one in amounts.values())
    if not whole or max(amounts.values()) == 0:
        return found
    for one in call.measures.speakers:
        found.add(one.speaker, SHARE_POINTS * amounts[one.speaker] / whole, key, _shown(one, role))
    _lift(found)
    return found


def _lift(found: Evidence) -> None:
    """The mean becomes 0 and the first two at least one above nobody: that somebody does most is a fact."""
    mean = sum(found.points_by_speaker.values()) / len(found.points_by_speaker)
    for one in found.points_by_speaker:
        found.points_by_speaker[one] += 2.0 - mean


def _shown(one: SpeakerMeasures, role: Role) -> str:
    if role in (Role.TALKS_MOST, Role.TALKS_LEAST):
        return percent(one.talk_share_ratio)
    if role is Role.LONGEST_MONOLOGUE:
        return f"{one.longest_monologue_s:.0f} s"
    return str(one.interruption_count) if role is Role.INTERRUPTS else f"{one.words_per_minute or 0:.0f}"


def asks_most(sentences: Sequence[Heard], speakers: Sequence[int]) -> Evidence:
    """Evidence from each speaker's share of the questions."""
    asked = dict.fromkeys(speakers, 0)
    for one in sentences:
        if one.is_question:
            asked[one.speaker] += 1
    return _shares(asked, "asks_questions")


def answers_most(sentences: Sequence[Heard], speakers: Sequence[int]) -> Evidence:
    """Evidence from who speaks next after another's question."""
    answered = dict.fromkeys(speakers, 0)
    for turn in {one.turn: one for one in sentences if one.is_question}.values():
        if turn.after is not None:
            answered[turn.after] += 1
    return _shares(answered, "answers_questions")


def _shares(count_by_speaker: Mapping[int, int], key: str) -> Evidence:
    found = Evidence(nobody=-0.5, missing=("nobody_asks",))
    whole = sum(count_by_speaker.values())
    weight = QUESTION_POINTS * min(whole, MOST_QUESTIONS)
    for speaker, count in count_by_speaker.items():
        ahead = count / whole - 1 / len(count_by_speaker) if whole else 0.0
        found.add(speaker, weight * ahead, key, str(count), str(whole))
    return found


def speaks_at(sentences: Sequence[Heard], *, last: bool) -> Evidence:
    found = Evidence(nobody=0.0, missing=("nobody_measured",))
    if sentences:
        end = sentences[-1 if last else 0]
        found.quote(end.speaker, SETTLED, "speaks_last" if last else "speaks_first", end)
    return found
