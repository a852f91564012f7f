import pytest

from setpiece.media.measures import MeasuresOptions, measure
from setpiece.media.model import (
    Overlap,
    Pitch,
    Sentence,
    SpeakerMeasures,
    Speakers,
    SpeakerSpan,
    Turn,
    Turns,
    Voice,
    VoicePitch,
    Word,
)
from setpiece.providers.speech.ports import Span


def turn(speaker: int, text: str, start_s: float, end_s: float) -> Turn:
    words = text.split()
    each_s = (end_s - start_s) / len(words)
    timed = tuple(
        Word(word, start_s + index * each_s, start_s + (index + 1) * each_s, 1.0)
        for index, word in enumerate(words)
    )
    return Turn(speaker, start_s, end_s, timed, (Sentence(text, start_s, end_s, len(words)),))


SPANS = [(0, 0.0, 10.0), (1, 9.0, 15.0), (0, 16.0, 20.0)]
TURNS = [
    turn(0, "um so what do you use today uh really ?", 0, 10),
    turn(1, "we use a sheet .", 9, 15),
    turn(0, "I see .", 16, 20),
]


def measured(spans=SPANS, turns=TURNS, overlaps=(), pitch=(), duration_s=30.0):
    speakers = Speakers(
        tuple(SpeakerSpan(who, Span(start, end)) for who, start, end in spans),
        tuple(Voice(who, 0, ()) for who in sorted({who for who, *_ in spans})),
        (),
    )
    result = measure(
        duration_s,
        "en",
        speakers,
        Turns(tuple(turns), tuple(overlaps)),
        Pitch(tuple(pitch)),
        MeasuresOptions(),
    )
    return result, result.speakers


def test_times_of_the_recording_add_up():
    result, _ = measured()
    assert (result.speech_s, result.overlap_s, result.silence_s) == (19, 1, 11)


def test_talk_shares_add_up_to_one():
    _, (seller, buyer) = measured()
    assert (seller.speech_s, buyer.speech_s) == (14, 6)
    assert seller.talk_share_ratio == pytest.approx(0.7)
    assert seller.talk_share_ratio + buyer.talk_share_ratio == pytest.approx(1)


def test_counts_come_from_the_turns():
    _, (seller, buyer) = measured()
    assert (seller.turn_count, seller.question_count, seller.filler_count, seller.word_count) == (2, 1, 2, 13)
    assert (buyer.turn_count, buyer.question_count, buyer.filler_count) == (1, 0, 0)
    assert buyer.words_per_minute == 50


def test_a_delay_is_below_0_when_the_answer_comes_early():
    _, (seller, buyer) = measured()
    assert buyer.response_delay_median_s == -1
    assert seller.response_delay_median_s == 1


def test_too_little_speech_has_no_pace():
    _, (one,) = measured(spans=[(0, 0, 3)], turns=[turn(0, "hello there", 0, 3)])
    assert one.words_per_minute is None


def monologue(*spans: tuple[int, float, float]) -> float:
    _, (first, *_) = measured(spans=list(spans), turns=[])
    return first.longest_monologue_s


def test_a_monologue_goes_on_over_a_pause_and_a_nod():
    assert monologue((0, 0, 10), (0, 11, 20), (1, 15, 15.5), (0, 40, 42)) == 20


def test_a_monologue_ends_where_another_takes_the_floor_or_silence_is_long():
    assert monologue((0, 0, 10), (1, 10, 13), (0, 13, 20)) == 10
    assert monologue((0, 0, 6), (0, 9, 20)) == 11


def test_a_pause_is_counted_within_a_turn():
    words = (Word("so", 0, 1, 1), Word("yes", 1.8, 2, 1), Word("no", 2.2, 3, 1))
    _, (one,) = measured(spans=[(0, 0, 3)], turns=[Turn(0, 0, 3, words, ())])
    assert (one.pause_count, one.pause_total_s) == (1, 0.8)


def test_an_interruption_belongs_to_who_broke_in():
    _, (seller, buyer) = measured(overlaps=[Overlap(0, 1, Span(9, 10), is_interruption=True)])
    assert (seller.interruption_count, buyer.interruption_count) == (0, 1)


def test_pitch_is_handed_through_as_a_measurement():
    _, speakers = measured(pitch=[VoicePitch(1, 5.0, 210.0, 4.5)])
    assert [one.pitch_median_hz for one in speakers] == [None, 210.0]


def test_nothing_said_is_measured_as_nothing():
    result, speakers = measured(spans=[], turns=[])
    assert (result.speech_s, result.silence_s, speakers) == (0, 30, ())


def test_no_field_names_a_state_of_mind():
    forbidden = ("emotion", "mood", "sentiment", "stress", "confiden", "happy", "anger", "health")
    assert not [
        name for name in SpeakerMeasures.__dataclass_fields__ if any(word in name for word in forbidden)
    ]
