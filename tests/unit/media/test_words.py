from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from setpiece.kernel.errors import Invalid
from setpiece.media.model import Speech
from setpiece.media.waveform import Waveform
from setpiece.media.words import WordsOptions, cut_pieces, write_words
from setpiece.providers.speech.fakes import FakeRecogniser, conversation
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ, HeardWord, Language, Samples, Span

OPTIONS = WordsOptions()


def waveform_of(samples: Samples, folder: Path) -> Waveform:
    path = folder / "sound.f32"
    samples.tofile(path)
    return Waveform(_opened.enter_context(path.open("rb")), len(samples))


_opened = ExitStack()


@pytest.fixture(autouse=True)
def files_closed() -> Iterator[None]:
    with _opened:
        yield


def pieces_of(regions: list[tuple[float, float]], folder: Path, length_s: float = 100, longest_s: float = 29):
    waveform = waveform_of(np.ones(int(length_s * SAMPLE_RATE_HZ), np.float32), folder)
    return list(cut_pieces(waveform, [Span(*one) for one in regions], longest_s, OPTIONS))


def test_regions_are_packed_as_long_as_they_fit(tmp_path: Path):
    first, second = pieces_of([(1, 10), (11, 25), (27, 40)], tmp_path)
    assert (first.start_s, first.end_s) == (pytest.approx(0.8), pytest.approx(25.2))
    assert (second.start_s, second.end_s) == (pytest.approx(26.8), pytest.approx(40.2))


def test_speech_without_a_pause_is_cut_where_it_is_quietest(tmp_path: Path):
    samples = np.ones(60 * SAMPLE_RATE_HZ, np.float32)
    samples[int(26.5 * SAMPLE_RATE_HZ) : int(26.7 * SAMPLE_RATE_HZ)] = 0.01
    waveform = waveform_of(samples, tmp_path)
    pieces = list(cut_pieces(waveform, [Span(0, 60)], 29, OPTIONS))
    assert 26.5 <= pieces[0].end_s <= 26.7
    assert all(one.duration_s <= 29 for one in pieces)
    assert [one.start_s for one in pieces[1:]] == [one.end_s for one in pieces[:-1]]
    assert pieces[-1].end_s == 60


def test_padding_stays_inside_the_recording(tmp_path: Path):
    assert pieces_of([(0, 10)], tmp_path, length_s=10) == [Span(0, 10)]


def write(samples: Samples, folder: Path, recogniser=None, **options):
    waveform = waveform_of(samples, folder)
    speech = Speech(waveform.duration_s, (Span(0, waveform.duration_s),) if len(samples) else (), ())
    return write_words(waveform, speech, recogniser or FakeRecogniser(), WordsOptions(**options))


def test_times_are_those_of_the_recording(tmp_path: Path):
    words = write(conversation((1, 40), (2, 10)), tmp_path)
    assert words.words[-1].text == "two"
    assert 49 <= words.words[-1].end_s <= 50
    starts = [one.start_s for one in words.words]
    assert starts == sorted(starts)


def test_the_language_is_found_or_taken_as_given(tmp_path: Path):
    assert write(conversation((1, 3)), tmp_path).language.code == "en"
    given = write(conversation((1, 3)), tmp_path, language="es")
    assert (given.language.code, given.is_language_given) == ("es", True)
    with pytest.raises(Invalid):
        write(conversation((1, 3)), tmp_path, language="xx")


def test_without_speech_there_are_no_words_and_no_language(tmp_path: Path):
    words = write(np.zeros(0, np.float32), tmp_path)
    assert (words.words, words.language.code) == ((), "und")


class Unsure(FakeRecogniser):
    """Takes the first piece for Welsh with little confidence, and the others for English with much."""

    pieces_at_once = 3

    def __init__(self) -> None:
        self.answers = [Language("cy", 0.4), Language("en", 0.9), Language("en", 0.9)]

    def find_language(self, listened: Samples) -> Language:
        return self.answers.pop(0)


def test_several_pieces_have_a_vote_on_the_language(tmp_path: Path):
    assert write(conversation((1, 100)), tmp_path, Unsure()).language.code == "en"


class Beyond(FakeRecogniser):
    def words_of(self, samples: Samples) -> list[HeardWord]:
        return [HeardWord(" late", 1.0, 99.0, 0.5), HeardWord("  ", 1.0, 1.1, 0.5)]


def test_a_word_that_ends_after_the_sound_is_cut_and_an_empty_one_left_out(tmp_path: Path):
    (word,) = write(conversation((1, 3)), tmp_path, Beyond()).words
    assert (word.text, word.end_s) == ("late", 3)


class Attached(FakeRecogniser):
    def transcribe(self, listened: Any, language: str) -> Any:
        return [self.words_of(samples) for samples in listened]

    def find_language(self, listened: Samples) -> Language:
        return self.language

    def __init__(self, language: str) -> None:
        self.language = Language(language, 1.0)

    def words_of(self, samples: Samples) -> list[HeardWord]:
        return [
            HeardWord(" $300", 0.0, 0.5, 0.9),
            HeardWord(",000", 0.5, 1.0, 0.9),
            HeardWord(" a", 1.0, 1.2, 0.9),
        ]


def test_what_has_no_blank_before_it_belongs_to_the_word_before(tmp_path: Path):
    words = write(conversation((1, 3)), tmp_path, Attached("en")).words
    assert [(one.text, one.start_s, one.end_s) for one in words] == [("$300,000", 0, 1), ("a", 1, 1.2)]
    assert len(write(conversation((1, 3)), tmp_path, Attached("ja")).words) == 3
