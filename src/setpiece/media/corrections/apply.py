"""A heard call with the corrections that people made becomes the corrected call. Pure.

Only who speaks when is changed; turns, overlaps, pitch and measures are made from it again by the stages that made them first, pitch from
the track that was kept. A voice made of two is their mean by speech; of a speaker who was split off none is known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from setpiece.kernel.errors import Invalid
from setpiece.media.corrections.model import (
    Change,
    MergeSpeakers,
    RenameSpeaker,
    SplitSpeaker,
    Stretch,
    SwapSpeakers,
)
from setpiece.media.measures import MeasuresOptions, measure
from setpiece.media.model import (
    Speakers,
    SpeakerSpan,
    Voice,
    VoicePitch,
    Words,
)
from setpiece.media.pitch import PitchOptions, pitch_of
from setpiece.media.recordings.heard import HeardCall
from setpiece.media.spans import merged, shared_s, total_s
from setpiece.media.turns import TurnsOptions, make_turns
from setpiece.providers.speech.values import Language, Span


def apply(changes: Sequence[Change], heard: HeardCall) -> HeardCall:
    """Raises Invalid, with what to change, for one that makes no sense after those before it."""
    correcting = _Correcting(heard)
    for change in changes:
        correcting.make(change)
    return correcting.result()


class _Correcting:
    def __init__(self, heard: HeardCall) -> None:
        self._heard = heard
        self._spans = list(heard.speakers.spans)
        self._voices = {voice.speaker: voice for voice in heard.speakers.voices}
        self._pitch = {
            one.speaker: VoicePitch(one.speaker, 0.0, one.pitch_median_hz, one.pitch_spread_semitones)
            for one in heard.measures.speakers
        }
        self._remeasured: set[int] = set()
        self._names = dict(heard.names)
        self._next = max(self._voices, default=-1) + 1
        self._has_moved_speech = False

    def make(self, change: Change) -> None:
        match change:
            case RenameSpeaker(speaker, name):
                self._require(speaker)
                self._names |= {speaker: name} if name else {}
                if name is None:
                    self._names.pop(speaker, None)
            case MergeSpeakers(speaker, into):
                self._merge(speaker, into)
            case SwapSpeakers(one, other, None):
                self._swap(one, other)
            case SwapSpeakers(one, other, stretch) if stretch:
                self._require_two(one, other)
                self._move(stretch, {one: other, other: one})
            case SplitSpeaker(stretch, speaker, into):
                self._split(stretch, speaker, into)

    def result(self) -> HeardCall:
        if not self._has_moved_speech:
            return replace(self._heard, names=self._names)
        numbers = sorted({one.speaker for one in self._spans})
        voices = tuple(map(self._voice, numbers))
        spans = sorted(self._spans, key=lambda one: (one.span, one.speaker))
        speakers = Speakers(tuple(spans), voices, self._heard.speakers.tried)
        turns = make_turns(_words(self._heard), speakers, TurnsOptions())
        duration_s, language = self._heard.measures.duration_s, self._heard.language
        again = pitch_of(duration_s, speakers, self._heard.pitch.track, PitchOptions())
        pitch = replace(
            again,
            voices=tuple(
                one if one.speaker in self._remeasured else self._pitch[one.speaker] for one in again.voices
            ),
        )
        measures = measure(duration_s, language, speakers, turns, pitch, MeasuresOptions())
        names = {number: name for number, name in self._names.items() if number in numbers}
        return HeardCall(turns, measures, language, speakers, names, pitch)

    def _merge(self, speaker: int, into: int) -> None:
        self._require_two(speaker, into)
        self._voices[into] = _together(self._voice(speaker), self._voice(into))
        if name := self._names.pop(speaker, None):
            self._names.setdefault(into, name)
        self._relabel({speaker: into})
        self._measure_again(into)

    def _swap(self, one: int, other: int) -> None:
        self._require_two(one, other)
        number_by_number = {one: other, other: one}
        self._relabel(number_by_number)
        for number, owner in ((one, self._voices[other]), (other, self._voices[one])):
            self._voices[number] = replace(owner, speaker=number)
        first, second = self._pitch[one], self._pitch[other]
        self._pitch |= {one: replace(second, speaker=one), other: replace(first, speaker=other)}
        self._remeasured = {number_by_number.get(number, number) for number in self._remeasured}

    def _split(self, stretch: Stretch, speaker: int | None, into: int | None) -> None:
        for number in (speaker, into):
            if number is not None:
                self._require(number)
        if speaker is not None and speaker == into:
            raise Invalid("A stretch is moved from one speaker to another; both numbers are the same.")
        if into is None:
            into, self._next = self._next, self._next + 1
            self._voices[into] = Voice(into, 0.0, ())
        sources = [number for number in self._voices if number != into and speaker in (None, number)]
        self._move(stretch, dict.fromkeys(sources, into))

    def _move(self, stretch: Stretch, number_by_number: dict[int, int]) -> None:
        """What these speakers say in the stretch is said by others."""
        if not 0 <= stretch.start_s < stretch.end_s <= self._heard.measures.duration_s:
            raise Invalid(
                f"The stretch must begin before it ends, within the {self._heard.measures.duration_s:g} seconds of the file."
            )
        asked = Span(stretch.start_s, stretch.end_s)
        moved, pieces = False, list[SpeakerSpan]()
        for one in self._spans:
            if one.speaker in number_by_number and shared_s(one.span, asked) > 0:
                pieces.extend(_cut(one, asked, number_by_number[one.speaker]))
                moved = True
            else:
                pieces.append(one)
        if not moved:
            raise Invalid("Nobody whom this is about speaks in that stretch; see the file's timeline.")
        self._spans = _tidied(pieces)
        self._measure_again(*number_by_number, *number_by_number.values())

    def _relabel(self, number_by_number: dict[int, int]) -> None:
        self._spans = _tidied(
            [replace(one, speaker=number_by_number.get(one.speaker, one.speaker)) for one in self._spans]
        )
        self._has_moved_speech = True

    def _measure_again(self, *numbers: int) -> None:
        self._remeasured |= set(numbers)
        self._has_moved_speech = True

    def _voice(self, number: int) -> Voice:
        speech_s = total_s(one.span for one in self._spans if one.speaker == number)
        return replace(self._voices[number], speech_s=speech_s)

    def _require_two(self, one: int, other: int) -> None:
        self._require(one)
        self._require(other)
        if one == other:
            raise Invalid("Two speakers are meant; both numbers are the same.")

    def _require(self, number: int) -> None:
        speaking = sorted({one.speaker for one in self._spans})
        if number not in speaking:
            told = ", ".join(map(str, speaking)) or "nobody"
            raise Invalid(
                f"There is no speaker {number} on this file; those who speak are: {told}.", code="no_speaker"
            )


def _words(heard: HeardCall) -> Words:
    words = tuple(word for turn in heard.turns.turns for word in turn.words)
    return Words(Language(heard.language, 1.0), is_language_given=True, words=words)


def _cut(one: SpeakerSpan, asked: Span, number: int) -> Iterable[SpeakerSpan]:
    """The span with its part in the stretch under another number."""
    start_s, end_s = max(one.span.start_s, asked.start_s), min(one.span.end_s, asked.end_s)
    yield SpeakerSpan(number, Span(start_s, end_s))
    if one.span.start_s < start_s:
        yield replace(one, span=Span(one.span.start_s, start_s))
    if end_s < one.span.end_s:
        yield replace(one, span=Span(end_s, one.span.end_s))


def _tidied(spans: Sequence[SpeakerSpan]) -> list[SpeakerSpan]:
    """Those of one speaker do not overlap or touch."""
    numbers = {one.speaker for one in spans}
    return [
        SpeakerSpan(number, span)
        for number in sorted(numbers)
        for span in merged(one.span for one in spans if one.speaker == number)
    ]


def _together(gone: Voice, kept: Voice) -> Voice:
    """The mean by seconds of speech; where one is not known, the other."""
    if not gone.embedding or not kept.embedding:
        return replace(kept, embedding=kept.embedding or gone.embedding)
    mean = np.array(gone.embedding) * gone.speech_s + np.array(kept.embedding) * kept.speech_s
    length = float(np.linalg.norm(mean))
    return replace(kept, embedding=tuple((mean / length).tolist()) if length else kept.embedding)
