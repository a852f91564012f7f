"""What is measured of one person over one call or several. Pure."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from setpiece.media.model import SpeakerMeasures
from setpiece.reports.model import Call

LEAST_SPEECH_S = 30.0
"""Below this much speech nothing is said of anybody. Source: the issue, "abstains"."""


@dataclass(frozen=True, slots=True)
class Part:
    """A call, and the speaker of it who is the person."""

    call: Call
    speaker: int

    @property
    def measures(self) -> SpeakerMeasures | None:
        return next((one for one in self.call.measures.speakers if one.speaker == self.speaker), None)


@dataclass(frozen=True, slots=True)
class Portrait:
    """Sums over the calls, and means of their speech; None where nothing was measured.

    Attributes:
        share: Of everybody's speech in these calls, 0 to 1.
        questions_a_turn: Questions by turns taken.
        delay_s: Median of the calls' median delays before an answer.
    """

    speech_s: float
    share: float
    turns: int
    words_a_turn: float | None
    words_a_minute: float | None
    longest_s: float
    questions: int
    questions_a_turn: float | None
    interruptions: int
    delay_s: float | None

    @property
    def is_enough(self) -> bool:
        return self.speech_s >= LEAST_SPEECH_S


def portray(parts: Sequence[Part]) -> Portrait:
    measured = [one for part in parts if (one := part.measures)]
    speech_s = sum(one.speech_s for one in measured)
    all_s = sum(one.speech_s for part in parts for one in part.call.measures.speakers)
    turns = sum(one.turn_count for one in measured)
    words = sum(one.word_count for one in measured)
    questions = sum(one.question_count for one in measured)
    delays = [one.response_delay_median_s for one in measured if one.response_delay_median_s is not None]
    return Portrait(
        speech_s=speech_s,
        share=speech_s / all_s if all_s else 0.0,
        turns=turns,
        words_a_turn=words / turns if turns else None,
        words_a_minute=words / speech_s * 60 if speech_s >= LEAST_SPEECH_S else None,
        longest_s=max((one.longest_monologue_s for one in measured), default=0.0),
        questions=questions,
        questions_a_turn=questions / turns if turns else None,
        interruptions=sum(one.interruption_count for one in measured),
        delay_s=statistics.median(delays) if delays else None,
    )
