import pytest

from setpiece.media.model import Speakers, SpeakerSpan, Word, Words
from setpiece.media.turns import TurnsOptions, find_overlaps, make_turns
from setpiece.providers.speech.ports import Language, Span

OPTIONS = TurnsOptions()


def said(text: str, start_s: float = 0.0, each_s: float = 0.5) -> tuple[Word, ...]:
    return tuple(
        Word(word, start_s + index * each_s, start_s + (index + 1) * each_s, 0.9)
        for index, word in enumerate(text.split())
    )


def turns_of(words: tuple[Word, ...], *spans: tuple[int, float, float]):
    speakers = Speakers(tuple(SpeakerSpan(who, Span(start, end)) for who, start, end in spans), (), ())
    return make_turns(Words(Language("en", 1.0), True, words), speakers, OPTIONS)


def test_words_go_to_who_speaks_and_become_turns():
    result = turns_of(said("Are you there? Yes I am."), (0, 0, 1.5), (1, 1.5, 3))
    assert [(turn.speaker, turn.text) for turn in result.turns] == [(0, "Are you there?"), (1, "Yes I am.")]
    assert (result.turns[0].start_s, result.turns[0].end_s) == (0, 1.5)


def test_while_two_speak_the_word_stays_with_the_one_before():
    result = turns_of(said("one two three four"), (0, 0, 2), (1, 0.5, 1.5))
    assert [turn.text for turn in result.turns] == ["one two three four"]


def test_a_word_outside_every_span_goes_to_the_nearest():
    result = turns_of(said("late", start_s=5.2), (0, 0, 1), (1, 4, 5))
    assert result.turns[0].speaker == 1


def test_a_word_far_from_everybody_stays_with_the_one_before():
    words = (*said("hello"), *said("again", start_s=9))
    result = turns_of(words, (0, 0, 1), (1, 20, 21))
    assert [turn.speaker for turn in result.turns] == [0, 0]


def test_a_long_silence_begins_a_new_turn_of_the_same_speaker():
    result = turns_of((*said("first"), *said("second", start_s=4)), (0, 0, 10))
    assert [turn.text for turn in result.turns] == ["first", "second"]


def test_without_speakers_everything_belongs_to_speaker_0():
    assert [turn.speaker for turn in turns_of(said("alone here")).turns] == [0]


def test_without_words_there_are_no_turns():
    assert turns_of((), (0, 0, 1)).turns == ()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Who are you? I am new. Good", ["Who are you?", "I am new.", "Good"]),
        ("Ask Dr. Example about it.", ["Ask Dr. Example about it."]),
        ('He said "no." Then he left.', ['He said "no."', "Then he left."]),
        ("¿Quién es? Soy yo.", ["¿Quién es?", "Soy yo."]),
        ("It costs 3.5 million.", ["It costs 3.5 million."]),
    ],
    ids=["plain", "abbreviation", "closing quote", "spanish", "decimal"],
)
def test_sentences_end_where_they_should(text: str, sentences: list[str]):
    (turn,) = turns_of(said(text, each_s=0.2), (0, 0, 10)).turns
    assert [one.text for one in turn.sentences] == sentences
    assert sum(one.word_count for one in turn.sentences) == len(turn.words)


def overlaps(*spans: tuple[int, float, float]):
    ordered = sorted(
        (SpeakerSpan(who, Span(start, end)) for who, start, end in spans), key=lambda one: one.span
    )
    return list(find_overlaps(ordered, OPTIONS))


def test_breaking_in_and_going_on_is_an_interruption():
    (one,) = overlaps((0, 0, 5), (1, 4, 9))
    assert (one.first, one.second, one.span, one.is_interruption) == (0, 1, Span(4, 5), True)


def test_a_remark_within_anothers_turn_is_an_overlap_and_no_interruption():
    (one,) = overlaps((0, 0, 9), (1, 4, 5))
    assert not one.is_interruption


def test_starting_together_is_no_interruption():
    (one,) = overlaps((0, 0, 2), (1, 0.1, 5))
    assert not one.is_interruption


def test_a_border_that_is_not_met_exactly_is_no_overlap():
    assert overlaps((0, 0, 5), (1, 4.8, 9)) == []
