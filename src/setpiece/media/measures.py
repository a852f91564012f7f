"""What can be counted about each speaker: how much, how long, how fast, who waits for whom. Pure.

Times come from the speakers' spans, counts from the turns' words. Nothing here is a judgement.
"""

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from setpiece.media.model import Measures, Pitch, SpeakerMeasures, Speakers, SpeakerSpan, Turn, Turns
from setpiece.media.spans import merged, total_s
from setpiece.providers.speech.ports import Span

# Sounds of hesitation only. "Like" or "you know" are words too, and counting them would count what was meant.
FILLERS_BY_LANGUAGE = {
    "en": frozenset({"um", "umm", "uh", "uhm", "er", "erm", "hmm", "mm"}),
    "es": frozenset({"eh", "ehm", "em", "mmm"}),
    "pt": frozenset({"hum", "ahn", "hã", "ãh", "ehn", "hm"}),
}
PUNCTUATION = re.compile(r"[^\w']+")


@dataclass(frozen=True, slots=True)
class MeasuresOptions:
    monologue_bridge_s: float = 2.0
    """A monologue goes on over a pause up to this long in which nobody else speaks."""
    monologue_nod_s: float = 1.0
    """And over another's remark up to this long, such as "mm-hm"."""
    least_pause_s: float = 0.5
    """Silence within a turn that counts as a pause."""
    longest_delay_s: float = 10.0
    """A longer silence before a turn is not an answer to what came before."""
    least_speech_s: float = 5.0
    """Below this much speech there is no number of words per minute."""


def measure(
    duration_s: float, language: str, speakers: Speakers, turns: Turns, pitch: Pitch, options: MeasuresOptions
) -> Measures:
    spans = sorted(speakers.spans, key=lambda one: one.span)
    spoken_s = total_s(merged(one.span for one in spans))
    all_s = total_s(one.span for one in spans)
    measured = tuple(
        _of_speaker(voice.speaker, all_s, language, spans, turns, pitch, options) for voice in speakers.voices
    )
    return Measures(
        duration_s=round(duration_s, 3),
        speech_s=round(spoken_s, 3),
        overlap_s=round(_overlap_s(spans), 3),
        silence_s=round(max(0.0, duration_s - spoken_s), 3),
        speakers=measured,
    )


def _of_speaker(
    speaker: int,
    all_s: float,
    language: str,
    spans: Sequence[SpeakerSpan],
    turns: Turns,
    pitch: Pitch,
    options: MeasuresOptions,
) -> SpeakerMeasures:
    speech_s = total_s(one.span for one in spans if one.speaker == speaker)
    own = [turn for turn in turns.turns if turn.speaker == speaker]
    word_count = sum(len(turn.words) for turn in own)
    pauses = [pause for turn in own for pause in find_pauses(turn, options.least_pause_s)]
    delays = list(response_delays(speaker, turns.turns, options.longest_delay_s))
    voice = next((one for one in pitch.voices if one.speaker == speaker), None)
    return SpeakerMeasures(
        speaker=speaker,
        speech_s=round(speech_s, 3),
        talk_share_ratio=speech_s / all_s if all_s else 0.0,
        turn_count=len(own),
        word_count=word_count,
        words_per_minute=round(word_count / speech_s * 60, 1) if speech_s >= options.least_speech_s else None,
        longest_monologue_s=round(longest_monologue_s(speaker, spans, options), 3),
        question_count=sum(is_question(sentence.text) for turn in own for sentence in turn.sentences),
        interruption_count=sum(one.is_interruption and one.second == speaker for one in turns.overlaps),
        response_delay_median_s=round(statistics.median(delays), 3) if delays else None,
        filler_count=count_fillers(own, language),
        pause_count=len(pauses),
        pause_total_s=round(sum(pauses), 3),
        pitch_median_hz=voice.median_hz if voice else None,
        pitch_spread_semitones=voice.spread_semitones if voice else None,
    )


def _overlap_s(spans: Sequence[SpeakerSpan]) -> float:
    """Seconds with two or more at once, each second once."""
    edges = sorted(
        edge for one in spans for edge in ((one.span.start_s, 1), (one.span.end_s, -1))
    )  # an end sorts before a start at the same time
    at_once, last_s, result = 0, 0.0, 0.0
    for time_s, change in edges:
        result += time_s - last_s if at_once >= 2 else 0.0
        at_once, last_s = at_once + change, time_s
    return result


def longest_monologue_s(speaker: int, spans: Sequence[SpeakerSpan], options: MeasuresOptions) -> float:
    """From first to last word of the longest stretch that no other took the floor in."""
    floor = [one for one in spans if one.speaker == speaker or one.span.duration_s > options.monologue_nod_s]
    longest_s = 0.0
    current: Span | None = None
    for one in floor:
        if one.speaker != speaker:
            current = None
        elif current and one.span.start_s - current.end_s <= options.monologue_bridge_s:
            current = Span(current.start_s, one.span.end_s)
        else:
            current = one.span
        longest_s = max(longest_s, current.duration_s if current else 0.0)
    return longest_s


def is_question(sentence: str) -> bool:
    return sentence.rstrip("\"'”’»)] ").endswith(("?", "？"))


def response_delays(speaker: int, turns: Sequence[Turn], longest_s: float) -> Iterator[float]:
    """Before each turn that follows another's: the silence, or below 0 the overlap."""
    for before, turn in pairwise(turns):
        delay_s = turn.start_s - before.end_s
        if turn.speaker == speaker != before.speaker and delay_s <= longest_s:
            yield delay_s


def find_pauses(turn: Turn, least_s: float) -> Iterator[float]:
    """Silences between the words of a turn."""
    for before, word in pairwise(turn.words):
        if word.start_s - before.end_s >= least_s:
            yield word.start_s - before.end_s


def count_fillers(turns: Sequence[Turn], language: str) -> int:
    fillers = FILLERS_BY_LANGUAGE.get(language, frozenset())
    said = (PUNCTUATION.sub("", word.text).lower() for turn in turns for word in turn.words)
    return sum(word in fillers for word in said)
