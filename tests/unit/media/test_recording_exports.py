"""Subtitles and RTTM of a call: what players and tools read."""

import re

import pytest

from setpiece.media.model import SpeakerSpan, Turn, Turns, Word
from setpiece.media.rttm import as_rttm
from setpiece.media.subtitles import LONGEST_S, MOST_CHARACTERS, as_srt, as_vtt, cues_of
from setpiece.media.turns import split_sentences
from setpiece.providers.speech.values import Span


def turn(speaker: int, start_s: float, text: str, word_s: float = 0.4) -> Turn:
    words = tuple(
        Word(one, start_s + index * word_s, start_s + (index + 1) * word_s, 1.0)
        for index, one in enumerate(text.split())
    )
    return Turn(speaker, start_s, words[-1].end_s, words, tuple(split_sentences(words)))


CALL = Turns((turn(0, 1, "Hello there. How are you?"), turn(1, 3725.5, "Fine.")), ())


def test_srt_numbers_its_cues_and_names_who_speaks():
    assert as_srt(CALL, {1: "Ada"}) == (
        "1\n00:00:01,000 --> 00:00:01,800\nSpeaker 1: Hello there.\n\n"
        "2\n00:00:01,800 --> 00:00:03,000\nSpeaker 1: How are you?\n\n"
        "3\n01:02:05,500 --> 01:02:05,900\nAda: Fine.\n"
    )


def test_vtt_has_its_header_and_voices():
    assert as_vtt(CALL, {1: "Ada"}).splitlines()[:3] == ["WEBVTT", "", "00:00:01.000 --> 00:00:01.800"]
    assert "<v Ada>Fine." in as_vtt(CALL, {1: "Ada"})


def test_a_long_sentence_becomes_cues_that_can_be_read():
    words = "word " * 60
    cues = list(cues_of(Turns((turn(0, 0, words),), ())))
    assert len(cues) > 1
    assert " ".join(cue.text for cue in cues) == words.strip()
    assert all(
        len(cue.text) <= MOST_CHARACTERS and cue.end_s - cue.start_s <= LONGEST_S + 0.001 for cue in cues
    )


def test_a_word_longer_than_a_cue_is_one_cue():
    (cue,) = cues_of(Turns((turn(0, 0, "x" * 200),), ()))
    assert cue.text == "x" * 200


@pytest.mark.parametrize("said", ["a --> b", "<b>&amp;", "<v Nobody>"], ids=["timing line", "entity", "tag"])
def test_what_is_said_cannot_become_markup(said: str):
    turns = Turns((turn(0, 0, said),), ())
    assert len(re.findall("-->", as_srt(turns, {}))) == 1
    text = as_vtt(turns, {}).splitlines()[3].removeprefix("<v Speaker 1>")
    assert "<" not in text
    assert "-->" not in text


def test_a_name_cannot_break_a_file():
    name = {0: "A\n\n2\nB>"}
    assert as_srt(Turns((turn(0, 0, "Hi."),), ()), name).count("\n\n") == 0
    assert "<v A 2 B&gt;>Hi." in as_vtt(Turns((turn(0, 0, "Hi."),), ()), name)
    assert as_rttm("med_1", [SpeakerSpan(0, Span(0, 1))], name).count("\n") == 1


def test_nothing_said_is_an_empty_file_of_its_kind():
    assert as_srt(Turns((), ()), {}) == ""
    assert as_vtt(Turns((), ()), {}) == "WEBVTT\n"


def test_rttm_has_ten_fields_in_order_of_time():
    spans = [SpeakerSpan(1, Span(2.0, 3.25)), SpeakerSpan(0, Span(0.5, 2.5))]
    lines = as_rttm("med_1", spans, {1: "Ada L"}).splitlines()
    assert lines == [
        "SPEAKER med_1 1 0.500 2.000 <NA> <NA> speaker_0 <NA> <NA>",
        "SPEAKER med_1 1 2.000 1.250 <NA> <NA> Ada_L <NA> <NA>",
    ]
