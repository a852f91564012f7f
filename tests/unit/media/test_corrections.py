"""Corrections over a call of three: what is made from who speaks when follows."""

import math
from dataclasses import replace

import pytest

from setpiece.kernel.errors import Invalid
from setpiece.media.corrections.apply import apply
from setpiece.media.corrections.model import (
    Change,
    MergeSpeakers,
    RenameSpeaker,
    SplitSpeaker,
    Stretch,
    SwapSpeakers,
    kind_of,
    print_of_speakers,
    read_change,
)
from setpiece.media.measures import MeasuresOptions, measure
from setpiece.media.model import Pitch, Speakers, SpeakerSpan, TrackedPitch, Voice, VoicePitch, Word, Words
from setpiece.media.recordings.heard import HeardCall
from setpiece.media.turns import TurnsOptions, make_turns
from setpiece.providers.speech.values import Language, Span

DURATION_S = 60.0


def heard_call() -> HeardCall:
    """0 speaks for ten seconds, then 1, then 0, then 2, then 1: a word a second, every fifth a question."""
    spans = tuple(
        SpeakerSpan(speaker, Span(10.0 * place, 10.0 * place + 9.5))
        for place, speaker in enumerate((0, 1, 0, 2, 1))
    )
    voices = tuple(
        Voice(speaker, 9.5 * (1 if speaker == 2 else 2), tuple(float(axis == speaker) for axis in range(3)))
        for speaker in range(3)
    )
    words = tuple(
        Word(f"w{second}{'?' if second % 5 == 4 else ''}", second + 0.1, second + 0.4, 0.9)
        for second in range(50)
    )
    speakers = Speakers(spans, voices, ())
    turns = make_turns(Words(Language("en", 1.0), False, words), speakers, TurnsOptions())
    track = tuple(TrackedPitch(one.span.start_s, (100.0 + one.speaker,) * 190) for one in spans)
    pitch = Pitch(tuple(VoicePitch(speaker, 9.0, 100.0 + speaker, 3.0) for speaker in range(3)), track)
    measures = measure(DURATION_S, "en", speakers, turns, pitch, MeasuresOptions())
    return HeardCall(turns, measures, "en", speakers, pitch=pitch)


HEARD = heard_call()


def who(call: HeardCall) -> list[tuple[int, str, str]]:
    """Of each turn: speaker, first and last word."""
    return [(turn.speaker, turn.words[0].text, turn.words[-1].text) for turn in call.turns.turns]


def said_by(call: HeardCall) -> dict[int, int]:
    return {one.speaker: one.word_count for one in call.measures.speakers}


def pitch_of(call: HeardCall) -> dict[int, float | None]:
    return {one.speaker: one.pitch_median_hz for one in call.measures.speakers}


def test_the_call_is_as_the_tests_below_think():
    assert who(HEARD) == [
        (0, "w0", "w9?"),
        (1, "w10", "w19?"),
        (0, "w20", "w29?"),
        (2, "w30", "w39?"),
        (1, "w40", "w49?"),
    ]
    assert apply([], HEARD) == HEARD


def test_merged_speakers_are_one_everywhere():
    call = apply([MergeSpeakers(2, 0)], HEARD)
    assert who(call) == [(0, "w0", "w9?"), (1, "w10", "w19?"), (0, "w20", "w39?"), (1, "w40", "w49?")]
    assert {one.speaker for one in call.speakers.spans} == {0, 1}
    assert [voice.speaker for voice in call.speakers.voices] == [0, 1]
    assert said_by(call) == {0: 30, 1: 20}
    first = call.measures.speakers[0]
    assert (first.speech_s, first.turn_count, first.question_count) == (28.5, 2, 6)
    assert first.longest_monologue_s == pytest.approx(19.5)
    assert sum(one.talk_share_ratio for one in call.measures.speakers) == pytest.approx(1)


def test_a_merged_voice_is_the_mean_by_speech_and_its_pitch_is_measured_again():
    call = apply([MergeSpeakers(2, 0)], HEARD)
    length = math.hypot(2, 1)
    assert call.speakers.voices[0].embedding == pytest.approx((2 / length, 0, 1 / length))
    assert pitch_of(call) == {0: 100.0, 1: 101.0}, "two thirds of the voice are at 100 Hz"
    assert call.measures.speakers[0].pitch_spread_semitones == pytest.approx(0.34), "from 100 to 102 Hz"


def test_the_pitch_of_a_call_whose_track_was_not_kept_is_not_known_after_a_merge():
    older = replace(HEARD, pitch=replace(HEARD.pitch, track=()))
    assert pitch_of(apply([MergeSpeakers(2, 0)], older)) == {0: None, 1: 101.0}


def test_a_stretch_becomes_a_new_speaker():
    call = apply([SplitSpeaker(Stretch(15.0, 19.5), 1, None)], HEARD)
    assert who(call)[1:3] == [(1, "w10", "w14?"), (3, "w15", "w19?")]
    assert said_by(call) == {0: 20, 1: 15, 2: 10, 3: 5}
    assert [voice.speech_s for voice in call.speakers.voices] == pytest.approx([19, 14.5, 9.5, 4.5])
    assert call.speakers.voices[3].embedding == ()
    assert pitch_of(call) == {0: 100.0, 1: 101.0, 2: 102.0, 3: 101.0}


def test_a_stretch_of_everybody_goes_to_a_speaker_who_is_there():
    call = apply([SplitSpeaker(Stretch(5.0, 25.0), None, 2)], HEARD)
    assert who(call) == [
        (0, "w0", "w4?"),
        (2, "w5", "w24?"),
        (0, "w25", "w29?"),
        (2, "w30", "w39?"),
        (1, "w40", "w49?"),
    ]
    assert call.measures.speech_s == HEARD.measures.speech_s


def test_who_has_nothing_left_to_say_is_not_there_any_more():
    call = apply([RenameSpeaker(2, "Ann"), SplitSpeaker(Stretch(30.0, 40.0), 2, 0)], HEARD)
    assert said_by(call) == {0: 30, 1: 20}
    assert call.names == {}
    with pytest.raises(Invalid, match="no speaker 2"):
        apply([SplitSpeaker(Stretch(30.0, 40.0), 2, 0), RenameSpeaker(2, "Ann")], HEARD)


def test_a_number_is_never_given_twice():
    call = apply([MergeSpeakers(2, 0), SplitSpeaker(Stretch(0.0, 5.0), 0, None)], HEARD)
    assert [voice.speaker for voice in call.speakers.voices] == [0, 1, 3]


def test_swapped_speakers_exchange_all_but_their_names():
    call = apply([RenameSpeaker(0, "Joe"), SwapSpeakers(0, 1, None)], HEARD)
    assert who(call) == [
        (1, "w0", "w9?"),
        (0, "w10", "w19?"),
        (1, "w20", "w29?"),
        (2, "w30", "w39?"),
        (0, "w40", "w49?"),
    ]
    assert [voice.embedding for voice in call.speakers.voices][:2] == [(0, 1, 0), (1, 0, 0)]
    assert pitch_of(call) == {0: 101.0, 1: 100.0, 2: 102.0}
    assert call.names == {0: "Joe"}
    back = apply([SwapSpeakers(0, 1, None), SwapSpeakers(1, 0, None)], HEARD)
    assert (back.turns, back.measures) == (HEARD.turns, HEARD.measures)


def test_speakers_are_swapped_in_a_stretch_only():
    call = apply([SwapSpeakers(0, 1, Stretch(20.0, 50.0))], HEARD)
    assert who(call) == [(0, "w0", "w9?"), (1, "w10", "w29?"), (2, "w30", "w39?"), (0, "w40", "w49?")]


def test_a_name_changes_nothing_else():
    call = apply([RenameSpeaker(1, "Maria"), RenameSpeaker(0, "Joe"), RenameSpeaker(1, None)], HEARD)
    assert call.names == {0: "Joe"}
    assert (call.turns, call.measures, call.speakers) == (HEARD.turns, HEARD.measures, HEARD.speakers)


def test_a_merged_speaker_keeps_the_name_or_takes_the_other_s():
    assert apply([RenameSpeaker(2, "Ann"), MergeSpeakers(2, 0)], HEARD).names == {0: "Ann"}
    both = [RenameSpeaker(2, "Ann"), RenameSpeaker(0, "Joe"), MergeSpeakers(2, 0)]
    assert apply(both, HEARD).names == {0: "Joe"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (MergeSpeakers(0, 0), "both numbers are the same"),
        (MergeSpeakers(0, 3), "no speaker 3 on this file; those who speak are: 0, 1, 2"),
        (MergeSpeakers(-1, 0), "no speaker -1"),
        (RenameSpeaker(7, "X"), "no speaker 7"),
        (SwapSpeakers(1, 1, None), "both numbers are the same"),
        (SwapSpeakers(1, 1, Stretch(0, 60)), "both numbers are the same"),
        (SwapSpeakers(1, 2, Stretch(0, 10)), "Nobody whom this is about speaks in that stretch"),
        (SplitSpeaker(Stretch(0, 10), 1, None), "Nobody whom this is about speaks in that stretch"),
        (SplitSpeaker(Stretch(9.6, 9.9), None, None), "Nobody"),
        (SplitSpeaker(Stretch(10, 10), None, None), "must begin before it ends, within the 60 seconds"),
        (SplitSpeaker(Stretch(20, 10), None, None), "must begin before it ends"),
        (SplitSpeaker(Stretch(-1, 10), None, None), "must begin before it ends"),
        (SplitSpeaker(Stretch(0, 60.1), None, None), "within the 60 seconds"),
        (SplitSpeaker(Stretch(math.nan, 10), None, None), "must begin before it ends"),
        (SplitSpeaker(Stretch(0, 10), 0, 0), "both numbers are the same"),
        (SplitSpeaker(Stretch(0, 10), 0, 9), "no speaker 9"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(change: Change, told: str):
    with pytest.raises(Invalid, match=told):
        apply([change], HEARD)


@pytest.mark.parametrize(
    "change",
    [
        MergeSpeakers(2, 0),
        SplitSpeaker(Stretch(1.5, 2), None, 3),
        RenameSpeaker(1, None),
        SwapSpeakers(0, 1, Stretch(0, 9)),
    ],
    ids=kind_of,
)
def test_a_change_is_kept_as_data(change: Change):
    from dataclasses import asdict

    assert read_change(kind_of(change), asdict(change)) == change


def test_another_hearing_has_another_print():
    other = Speakers(HEARD.speakers.spans[1:], HEARD.speakers.voices, ())
    assert print_of_speakers(HEARD.speakers) != print_of_speakers(other)
    assert print_of_speakers(HEARD.speakers) == print_of_speakers(heard_call().speakers)


def test_overlapping_speech_of_merged_speakers_counts_once():
    spans = (SpeakerSpan(0, Span(0.0, 10.0)), SpeakerSpan(1, Span(5.0, 12.0)))
    voices = (Voice(0, 10.0, (1.0, 0.0)), Voice(1, 7.0, (0.0, 1.0)))
    speakers = Speakers(spans, voices, ())
    turns = make_turns(
        Words(Language("en", 1.0), False, (Word("Hi.", 1.0, 2.0, 1.0),)), speakers, TurnsOptions()
    )
    pitch = Pitch((VoicePitch(0, 0, None, None), VoicePitch(1, 0, None, None)))
    measures = measure(20.0, "en", speakers, turns, pitch, MeasuresOptions())
    assert measures.overlap_s == 5.0
    call = apply([MergeSpeakers(1, 0)], HeardCall(turns, measures, "en", speakers))
    assert call.speakers.spans == (SpeakerSpan(0, Span(0.0, 12.0)),)
    assert (call.measures.speech_s, call.measures.overlap_s) == (12.0, 0.0)
    assert call.turns.overlaps == ()
