"""The formulas. Pure; each value is 0 to 1 and comes with what it was made of."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from setpiece.kernel.errors import Invalid
from setpiece.media.model import SpeakerMeasures
from setpiece.reports.model import Call
from setpiece.reports.psychometrics.lexicon import PHRASES, Phrases
from setpiece.reports.targets.hints.heard import Heard, hear

LEAST_SPEECH_S = 30.0
"""Source: the issue, "abstains ... below 30 s of the target's speech"."""
# Where a value reaches 1. Chosen so that the speakers of the two example calls lie below 0.9 in each; they are a scale and no norm:
# nothing is known of how these numbers are spread over people.
FULL_RATIO = 0.5
FULL_HEDGING_RATIO = 0.25
FULL_QUESTIONS_A_TURN = 1.0
FULL_WORDS_A_TURN = 60.0
FULL_DELAY_S = 3.0


@dataclass(frozen=True, slots=True)
class Input:
    """A number that was counted or measured."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Score:
    """A value with its formula in words, and the numbers in it."""

    name: str
    value: float
    formula: str
    inputs: tuple[Input, ...]


def score(call: Call, speaker: int) -> tuple[Score, ...]:
    """What can be said of one speaker; phrases are counted in English, Spanish and Portuguese only.

    Raises:
        Invalid: there is too little speech to say anything (`too_little_speech`).
    """
    measures = next((one for one in call.measures.speakers if one.speaker == speaker), None)
    if measures is None or measures.speech_s < LEAST_SPEECH_S:
        spoken_s = measures.speech_s if measures else 0.0
        raise Invalid(
            f"The speaker has {spoken_s:.0f} s of speech, and {LEAST_SPEECH_S:.0f} s are needed to say anything; send a longer recording.",
            code="too_little_speech",
        )
    said = [one for one in hear(call) if one.speaker == speaker]
    phrases = PHRASES.get(call.language)
    return (*_of_turns(measures), *(_of_words(said, phrases) if phrases and said else ()))


def _of_turns(one: SpeakerMeasures) -> Iterator[Score]:
    turns = max(1, one.turn_count)
    yield _score(
        "talkativeness",
        one.talk_share_ratio,
        "share of all speech in the recording",
        talkShare=one.talk_share_ratio,
    )
    yield _score(
        "inquisitiveness",
        one.question_count / turns / FULL_QUESTIONS_A_TURN,
        "questions for each turn",
        questions=one.question_count,
        turns=one.turn_count,
    )
    yield _score(
        "brevity",
        1 - one.word_count / turns / FULL_WORDS_A_TURN,
        f"1 - words for each turn / {FULL_WORDS_A_TURN:.0f}",
        words=one.word_count,
        turns=one.turn_count,
    )
    yield _score(
        "yielding",
        1 - one.interruption_count / turns,
        "1 - interruptions for each turn",
        interruptions=one.interruption_count,
        turns=one.turn_count,
    )
    if one.response_delay_median_s is not None:
        yield _score(
            "promptness",
            1 - max(0.0, one.response_delay_median_s) / FULL_DELAY_S,
            f"1 - median seconds before an answer / {FULL_DELAY_S:.0f}",
            responseDelayMedianSeconds=one.response_delay_median_s,
        )


def _of_words(said: Sequence[Heard], phrases: Phrases) -> Iterator[Score]:
    def count(has: Callable[[Heard], object]) -> int:
        return sum(bool(has(one)) for one in said)

    sentences = len(said)
    agreeing = count(lambda one: phrases.agreeing.search(one.plain))
    disagreeing = count(lambda one: phrases.disagreeing.search(one.plain))
    committing = count(lambda one: phrases.committing.search(one.plain))
    dated = count(lambda one: phrases.dated.search(one.plain))
    courteous = count(lambda one: phrases.courteous.search(one.plain))
    hedging = count(lambda one: phrases.hedging.search(one.plain))
    yield _score(
        "agreeableness",
        (agreeing + courteous + 1) / (agreeing + courteous + disagreeing + 2),
        "(agreeing + courteous + 1) / (agreeing + courteous + disagreeing + 2), in sentences",
        agreeing=agreeing,
        courteous=courteous,
        disagreeing=disagreeing,
    )
    yield _score(
        "conscientiousness",
        (committing + dated) / sentences / FULL_RATIO,
        f"(sentences that commit to something + sentences with a number or a date) / sentences / {FULL_RATIO}",
        committing=committing,
        dated=dated,
        sentences=sentences,
    )
    yield _score(
        "courtesy",
        courteous / sentences / FULL_RATIO,
        f"courteous sentences / sentences / {FULL_RATIO}",
        courteous=courteous,
        sentences=sentences,
    )
    yield _score(
        "tentativeness",
        hedging / sentences / FULL_HEDGING_RATIO,
        f"hedging sentences / sentences / {FULL_HEDGING_RATIO}",
        hedging=hedging,
        sentences=sentences,
    )


def _score(name: str, value: float, formula: str, **inputs: float) -> Score:
    bounded = round(min(1.0, max(0.0, value)), 4)
    return Score(name, bounded, formula, tuple(Input(one, round(got, 4)) for one, got in inputs.items()))
