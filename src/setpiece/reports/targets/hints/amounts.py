"""Who does most of something, measured: nothing here is read out of words, except what is a question."""

from collections.abc import Callable, Mapping, Sequence

from setpiece.media.model import SpeakerMeasures
from setpiece.reports.model import Call
from setpiece.reports.targets.hints.evidence import Evidence
from setpiece.reports.targets.hints.heard import Heard
from setpiece.reports.targets.hints.lexicon.roles import Role
from setpiece.reports.targets.telling import percent

SHARE_POINTS = 15.0
"""For a whole share: ten points of a hundred between two speakers are 1.5 points, which is enough to choose."""
QUESTION_POINTS = 6.0
LEAST_QUESTIONS = 3
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
    """Evidence from each speaker's share of the questions; fewer than three questions say little."""
    found = Evidence(nobody=-0.5, missing=("nobody_asks",))
    asked = {one: sum(heard.is_question and heard.speaker == one for heard in sentences) for one in speakers}
    whole = sum(asked.values())
    trust = min(1.0, whole / LEAST_QUESTIONS)
    for one in speakers:
        share = (asked[one] + 0.5) / (whole + 0.5 * len(speakers)) - 1 / len(speakers)
        found.add(one, QUESTION_POINTS * trust * share, "asks_questions", str(asked[one]), str(whole))
    return found


def answers_most(sentences: Sequence[Heard], speakers: Sequence[int]) -> Evidence:
    """Evidence from who speaks next after another's question."""
    found = Evidence(nobody=-0.5, missing=("nobody_asks",))
    answered = dict.fromkeys(speakers, 0)
    for turn in {one.turn: one for one in sentences if one.is_question}.values():
        if turn.after is not None:
            answered[turn.after] = answered.get(turn.after, 0) + 1
    whole = sum(answered.values())
    trust = min(1.0, whole / LEAST_QUESTIONS)
    for one in speakers:
        share = (answered[one] + 0.5) / (whole + 0.5 * len(speakers)) - 1 / len(speakers)
        found.add(one, QUESTION_POINTS * trust * share, "answers_questions", str(answered[one]), str(whole))
    return found


def speaks_at(sentences: Sequence[Heard], *, last: bool) -> Evidence:
    found = Evidence(nobody=0.0, missing=("nobody_measured",))
    if sentences:
        end = sentences[-1 if last else 0]
        found.quote(end.speaker, SETTLED, "speaks_last" if last else "speaks_first", end)
    return found
