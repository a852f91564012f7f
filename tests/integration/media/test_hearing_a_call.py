"""The whole pipeline with the real models, on a cut of an example call and on recordings with nothing to hear."""

import json
from pathlib import Path

import numpy as np
import pytest

from setpiece.media.pipeline import PipelineOptions, run_pipeline
from setpiece.providers.speech.models import load_speech_models
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ, SpeechModels

CALL = Path(__file__).parents[3] / "examples" / "calls" / "call-mm.mp3"
CUT_S = 22.0


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> SpeechModels:
    return load_speech_models(tmp_path_factory.mktemp("cache"), threads=1)


def write_wav(path: Path, samples: np.ndarray) -> Path:
    import wave

    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        file.writeframes((samples * 32767).astype(np.int16).tobytes())
    return path


def test_the_script_of_the_call_comes_out(models: SpeechModels, tmp_path: Path):
    from faster_whisper.audio import decode_audio

    script = [turn for turn in json.loads(CALL.with_suffix(".json").read_text()) if turn["end"] < CUT_S]
    cut = write_wav(tmp_path / "cut.wav", decode_audio(str(CALL))[: int(script[-1]["end"] * SAMPLE_RATE_HZ)])
    heard = run_pipeline(cut, tmp_path, models, PipelineOptions())
    assert heard.words.language.code == "en"
    assert len({one["speaker"] for one in script}) == len(heard.speakers.voices) == 2
    assert [turn.speaker for turn in heard.turns.turns] == [0, 1, 0]
    for turn, truth in zip(heard.turns.turns, script, strict=True):
        assert turn.start_s == pytest.approx(truth["start"], abs=0.5)
        assert turn.end_s == pytest.approx(truth["end"], abs=0.5)
        said, written = set(turn.text.lower().split()), set(truth["text"].lower().split())
        assert len(said & written) / len(written) > 0.7
    first, second = heard.measures.speakers
    assert first.talk_share_ratio + second.talk_share_ratio == pytest.approx(1)
    assert first.question_count >= 1
    assert first.pitch_median_hz
    assert 60 < first.pitch_median_hz < 300


@pytest.mark.parametrize("seconds", [0.05, 1.0, 12.0])
def test_silence_of_any_length_is_a_recording_in_which_nobody_speaks(
    models: SpeechModels, tmp_path: Path, seconds: float
):
    silence = write_wav(tmp_path / "silence.wav", np.zeros(int(seconds * SAMPLE_RATE_HZ)))
    heard = run_pipeline(silence, tmp_path, models, PipelineOptions())
    assert (heard.words.words, heard.turns.turns, heard.measures.speakers) == ((), (), ())
    assert heard.measures.silence_s == pytest.approx(seconds, abs=0.01)
