"""The values that stages hand on. All of them are plain data, so that any of them can be stored as JSON and read back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from setpiece.providers.speech.values import Language, Span


class Stage(StrEnum):
    DECODE = "decode"
    SPEECH = "speech"
    SPEAKERS = "speakers"
    WORDS = "words"
    TURNS = "turns"
    PITCH = "pitch"
    MEASURES = "measures"


Progress = Callable[[Stage, float, float], None]
"""Called with a stage, how much of it is done, and how much there is. What it raises ends the pipeline."""


def unheard(_stage: Stage, _done: float, _total: float) -> None:
    """For callers that do not want to know."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What the file says about itself, and how much sound came out of it."""

    duration_s: float
    container: str
    codec: str
    sample_rate_hz: int
    channels: int
    is_cut_off: bool
    """Whether decoding stopped before the end; what came before is kept."""


@dataclass(frozen=True, slots=True)
class HeardWindow:
    """What the segmenter heard in one window: the spans of each of its speakers, in seconds of the recording.

    Speaker 0 of one window need not be speaker 0 of the next.
    """

    span: Span
    speakers: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """Where somebody speaks, whoever it is, and the segmenter's windows for telling who."""

    duration_s: float
    regions: tuple[Span, ...]
    windows: tuple[HeardWindow, ...]


@dataclass(frozen=True, slots=True)
class SpeakerSpan:
    """One speaker speaks. Spans of different speakers may overlap; those of one do not."""

    speaker: int
    span: Span


@dataclass(frozen=True, slots=True)
class Voice:
    """The mean direction of a speaker's windows, of length 1, and how many seconds of speech it rests on.

    The direction is empty where it is not known: after a correction, and where no voice is to be kept.
    """

    speaker: int
    speech_s: float
    embedding: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class CountTried:
    """One number of speakers that was considered; docs/decisions/0010 says how it is judged."""

    speakers: int
    least_contrast: float
    """How much more the two most alike voices differ from each other than from themselves, in cosine distance."""
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who speaks when. Speakers are numbered from 0 in order of appearance."""

    spans: tuple[SpeakerSpan, ...]
    voices: tuple[Voice, ...]
    tried: tuple[CountTried, ...]
    """Empty when the number was given."""

    def without_voices(self) -> "Speakers":
        """Who speaks when, and nothing of what the voices are like."""
        return replace(self, voices=tuple(replace(voice, embedding=()) for voice in self.voices))


@dataclass(frozen=True, slots=True)
class Word:
    """As the recogniser wrote it, punctuation included and blanks around it removed."""

    text: str
    start_s: float
    end_s: float
    probability: float


@dataclass(frozen=True, slots=True)
class Words:
    language: Language
    is_language_given: bool
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    start_s: float
    end_s: float
    word_count: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's words until another speaker's."""

    speaker: int
    start_s: float
    end_s: float
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two speak at once; `second` is the one who began later."""

    first: int
    second: int
    span: Span
    is_interruption: bool
    """Whether `first` then fell silent and `second` went on."""


@dataclass(frozen=True, slots=True)
class Turns:
    turns: tuple[Turn, ...]
    overlaps: tuple[Overlap, ...]


@dataclass(frozen=True, slots=True)
class VoicePitch:
    """Pitch where the speaker speaks alone; a measurement, not a sign of anything."""

    speaker: int
    voiced_s: float
    median_hz: float | None
    spread_semitones: float | None
    """Distance between the tenth and the ninetieth percentile."""


@dataclass(frozen=True, slots=True)
class TrackedPitch:
    """Where one speaker spoke alone: in Hz every 50 ms (`pitch.KEPT_STEP_S`) from `start_s` on, 0 where no voice sounds."""

    start_s: float
    hz: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Pitch:
    """Of each voice, and what it was measured on: whoever moves speech from one speaker to another measures again."""

    voices: tuple[VoicePitch, ...]
    track: tuple[TrackedPitch, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakerMeasures:
    speaker: int
    speech_s: float
    talk_share_ratio: float
    """Of all speakers' speech; the shares of a recording add up to 1."""
    turn_count: int
    word_count: int
    words_per_minute: float | None
    """Of the speaker's own speech; None below the least speech in the options."""
    longest_monologue_s: float
    question_count: int
    interruption_count: int
    """How often this speaker broke in and the other gave way."""
    response_delay_median_s: float | None
    """Between the end of another's turn and the start of this speaker's; below 0 when they overlap."""
    filler_count: int
    """As far as the recogniser keeps them: Whisper leaves most of them out."""
    pause_count: int
    pause_total_s: float
    pitch_median_hz: float | None
    pitch_spread_semitones: float | None


@dataclass(frozen=True, slots=True)
class Measures:
    duration_s: float
    speech_s: float
    """With somebody speaking; two at once count once."""
    overlap_s: float
    silence_s: float
    speakers: tuple[SpeakerMeasures, ...]
