"""A recogniser somewhere else: what is sent, what is read, and what is said when it fails. Over real sockets."""

import wave
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from transcription_server import KEY, SAID, TranscriptionServer, serving

from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.media.pipeline import PipelineOptions, run_pipeline
from setpiece.providers.speech.endpoint import EndpointOptions, TranscriptionEndpoint, punctuated
from setpiece.providers.speech.fakes import conversation, fake_speech_models
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ

SOUND = conversation((1, 2))


@pytest.fixture
def server() -> Iterator[TranscriptionServer]:
    with serving() as started:
        yield started


def endpoint(server: TranscriptionServer, **options: Any) -> TranscriptionEndpoint:
    chosen = EndpointOptions(server.base_url, "whisper-1", KEY, 5.0, (0.01, 0.01))
    return TranscriptionEndpoint(replace(chosen, **options))


def words(recogniser: TranscriptionEndpoint, language: str = "en") -> Any:
    (found,) = recogniser.transcribe(recogniser.listen([SOUND]), language)
    return found


def test_words_have_their_times_and_the_punctuation_of_the_text(server: TranscriptionServer):
    found = words(endpoint(server))
    assert [one.text for one in found] == [" Well,", " it's", " $300,000.", " OK?"]
    assert [(one.start_s, one.end_s) for one in found][2] == (0.8, 1.4)
    assert [round(one.probability, 2) for one in found] == [0.9, 0.9, 0.9, 0.37]


def test_the_request_is_as_the_reference_wants_it(server: TranscriptionServer):
    words(endpoint(server), "es")
    assert server.asked == [
        {
            "model": ["whisper-1"], "response_format": ["verbose_json"], "timestamp_granularities[]": ["word", "segment"],
            "temperature": ["0"], "language": ["es"],
        }
    ]  # fmt: skip
    assert server.seconds == [2]


@pytest.mark.parametrize(
    ("told", "code"), [("english", "en"), ("Portuguese", "pt"), ("es", "es"), ("pt-BR", "pt")]
)
def test_the_language_is_found_and_the_same_answer_serves_for_the_words(
    server: TranscriptionServer, told: str, code: str
):
    server.answers = [SAID | {"language": told}]
    recogniser = endpoint(server)
    (piece,) = recogniser.listen([SOUND])
    assert recogniser.find_language(piece).code == code
    assert len(recogniser.transcribe([piece], code)[0]) == 4
    assert len(server.asked) == 1
    assert "language" not in server.asked[0]


@pytest.mark.parametrize("failure", [(503, {}), (429, {}), "hang up", "cut off", b"<html>"], ids=str)
def test_what_may_do_better_is_tried_again(server: TranscriptionServer, failure: Any):
    server.answers = [failure, SAID]
    assert len(words(endpoint(server))) == 4


@pytest.mark.parametrize("failure", [(500, {}), "hang up", "cut off", "slow", b"<html>"], ids=str)
def test_a_server_that_stays_away_is_unavailable(server: TranscriptionServer, failure: Any):
    server.answers = [failure]
    with pytest.raises(Unavailable, match="transcription server") as refused:
        words(endpoint(server, timeout_s=0.2))
    assert refused.value.code == "transcription_unavailable"
    assert KEY not in refused.value.message


def test_nobody_there_is_unavailable(server: TranscriptionServer):
    with pytest.raises(Unavailable, match="does not answer"):
        words(endpoint(server, base_url="http://127.0.0.1:9/v1"))


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        ((400, {"error": {"message": "no such model"}}), "no such model"),
        ((307, {}), "307"),
        ({"text": "Well."}, "times of words"),
        ({"text": "Well.", "words": [{"word": "Well"}]}, "no time"),
        ({"text": "Well.", "words": "Well"}, "not that of a transcription"),
        (["Well"], "not that of a transcription"),
    ],
    ids=["refused", "redirect", "no words", "no times", "odd words", "a list"],
)
def test_what_will_not_do_better_is_said_at_once(server: TranscriptionServer, failure: Any, told: str):
    server.answers = [failure]
    with pytest.raises(Invalid, match=told) as refused:
        words(endpoint(server))
    assert refused.value.code == "transcription_refused"


def test_a_wrong_key_is_named(server: TranscriptionServer):
    with pytest.raises(Invalid, match="SETPIECE_TRANSCRIPTION_API_KEY"):
        words(endpoint(server, api_key="other"))


def test_silence_is_no_words(server: TranscriptionServer):
    server.answers = [{"text": "", "words": [], "language": "english"}, {"text": ""}]
    assert words(endpoint(server)) == []
    assert words(endpoint(server)) == []


def test_a_word_that_the_text_has_not_stays_as_it_is():
    assert list(punctuated(["Hello", "brave", "world"], "Hello, world!")) == [" Hello,", " brave", " world!"]
    assert list(punctuated(["10", "day"], "A 10-day trial")) == [" 10-", "day"]
    assert list(punctuated(["", "a"], "")) == [" ", " a"]


def test_a_recording_is_heard_with_it(server: TranscriptionServer, tmp_path: Path):
    path = tmp_path / "call.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        file.writeframes((SOUND * 32767).astype(np.int16).tobytes())
    models = replace(fake_speech_models(), recogniser=endpoint(server))
    heard = run_pipeline(path, tmp_path, models, PipelineOptions())
    assert heard.words.language.code == "en"
    assert [sentence.text for turn in heard.turns.turns for sentence in turn.sentences] == [
        "Well, it's $300,000.",
        "OK?",
    ]
