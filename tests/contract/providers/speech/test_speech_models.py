"""What every speech model keeps to: the fakes and the real ones, on the same questions."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from setpiece.kernel.errors import Invalid
from setpiece.providers.speech.fakes import conversation, fake_speech_models
from setpiece.providers.speech.models import load_speech_models
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ, HeardWord, Samples, Span, SpeechModels

CALL = Path(__file__).parents[4] / "examples" / "calls" / "call-mf.mp3"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> SpeechModels:
    return load_speech_models(tmp_path_factory.mktemp("cache"), threads=1)


@pytest.fixture(params=["fake", "real"])
def models(request: pytest.FixtureRequest) -> SpeechModels:
    return fake_speech_models() if request.param == "fake" else request.getfixturevalue("real")


@pytest.fixture(scope="module")
def real_call() -> Samples:
    from faster_whisper.audio import decode_audio

    return decode_audio(str(CALL))[: 9 * SAMPLE_RATE_HZ]


@pytest.fixture
def call(models: SpeechModels, request: pytest.FixtureRequest) -> Samples:
    """Two speakers: one until 6.9 s, the other from 7.5 s on, as the script of the call says; 9 s in all."""
    if models.detector.model_id.startswith("fake"):
        return conversation((0, 0.8), (1, 6.1), (0, 0.6), (2, 1.5))
    samples: Samples = request.getfixturevalue("real_call")
    return samples.copy()


SILENCE = np.zeros(3 * SAMPLE_RATE_HZ, np.float32)
NOTHING = np.zeros(0, np.float32)


def test_every_model_has_a_name_that_keeps_its_results_apart(models: SpeechModels):
    parts = (models.detector, models.segmenter, models.embedder, models.recogniser, models.pitch)
    names = [part.model_id for part in parts]
    assert len(set(names)) == len(names)
    assert all(names)


def test_the_detector_finds_speech_and_no_speech_in_silence(models: SpeechModels, call: Samples):
    spans = models.detector.find_speech(call)
    assert spans
    assert 6 < sum(span.duration_s for span in spans) <= 9
    assert all(one.end_s <= other.start_s for one, other in pairwise(spans))
    assert list(models.detector.find_speech(SILENCE)) == []
    assert list(models.detector.find_speech(NOTHING)) == []


def test_the_detector_says_how_sure_it_is_of_speech_in_a_span(models: SpeechModels, call: Samples):
    assert models.detector.surest_in(call, Span(1.0, 6.0)) > 0.9
    assert models.detector.surest_in(SILENCE, Span(1.0, 2.0)) < 0.05
    assert models.detector.surest_in(NOTHING, Span(0.0, 0.0)) == 0.0


def test_the_segmenter_tells_two_speakers_of_a_window_apart(models: SpeechModels, call: Samples):
    speakers = [
        spans for spans in models.segmenter.segment([call])[0] if sum(one.duration_s for one in spans) > 0.5
    ]
    assert len(speakers) == 2
    first, second = sorted(speakers, key=lambda spans: spans[0].start_s)
    assert first[-1].end_s == pytest.approx(6.9, abs=0.5)
    assert second[0].start_s == pytest.approx(7.5, abs=0.5)


def test_the_segmenter_stays_within_a_window_shorter_than_its_own(models: SpeechModels, call: Samples):
    spans = [one for spans in models.segmenter.segment([call[: 3 * SAMPLE_RATE_HZ]])[0] for one in spans]
    assert spans
    assert max(one.end_s for one in spans) <= 3


def test_embeddings_of_one_voice_are_nearer_than_those_of_two(models: SpeechModels, call: Samples):
    rows = models.embedder.embed(call, [Span(1, 2.5), Span(4, 5.5), Span(7.5, 9)])
    assert rows.shape[0] == 3
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.1


def test_odd_spans_have_embeddings_too(models: SpeechModels, call: Samples):
    spans = [Span(1, 1.01), Span(8.99, 9), Span(0, 9)]
    assert np.isfinite(models.embedder.embed(call, spans)).all()
    assert len(models.embedder.embed(call, [])) == 0


def test_a_segmenter_hears_each_window_by_itself(models: SpeechModels, call: Samples):
    windows = [call[: 3 * SAMPLE_RATE_HZ], call, SILENCE, call, call[-SAMPLE_RATE_HZ:]]
    assert models.segmenter.segment(windows) == [models.segmenter.segment([one])[0] for one in windows]
    assert list(models.segmenter.segment([])) == []


def words_of(models: SpeechModels, samples: Samples, language: str = "en") -> list[HeardWord]:
    (words,) = models.recogniser.transcribe(models.recogniser.listen([samples]), language)
    return list(words)


def test_the_recogniser_writes_words_in_order_of_time(models: SpeechModels, call: Samples):
    (listened,) = models.recogniser.listen([call])
    assert models.recogniser.find_language(listened).code == "en"
    words = words_of(models, call)
    assert len(words) >= 10
    assert all(0 <= one.start_s <= one.end_s <= 9.1 and 0 <= one.probability <= 1 for one in words)
    assert [one.start_s for one in words] == sorted(one.start_s for one in words)


def test_the_same_sound_gives_the_same_words(models: SpeechModels, call: Samples):
    assert words_of(models, call) == words_of(models, call)


def test_pieces_that_are_heard_together_have_nothing_to_do_with_each_other(
    models: SpeechModels, call: Samples
):
    pieces = [call, call[: 4 * SAMPLE_RATE_HZ], NOTHING, SILENCE, call[4 * SAMPLE_RATE_HZ :]]
    together = models.recogniser.transcribe(models.recogniser.listen(pieces), "en")
    assert [[word.text for word in words] for words in together] == [
        [word.text for word in words_of(models, piece)] for piece in pieces
    ]


def test_the_recogniser_hears_nothing_in_nothing(models: SpeechModels):
    assert words_of(models, NOTHING) == words_of(models, SILENCE) == []


def test_a_language_the_recogniser_does_not_know_is_refused(models: SpeechModels, call: Samples):
    with pytest.raises(Invalid, match="it knows") as refused:
        words_of(models, call, "xx")
    assert refused.value.code == "unknown_language"


def test_pitch_is_there_where_a_voice_is_and_not_in_silence(models: SpeechModels, call: Samples):
    frames = models.pitch.track(call)
    assert abs(len(frames) - 900) <= 1
    assert (frames > 0).mean() > 0.2
    assert not models.pitch.track(SILENCE).any()
    assert len(models.pitch.track(NOTHING)) == 0
