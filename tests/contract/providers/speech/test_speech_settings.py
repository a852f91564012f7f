"""Which recogniser the settings name, and what `setpiece doctor` says of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from transcription_server import KEY, TranscriptionServer, serving

from setpiece.bootstrap.settings import Settings
from setpiece.bootstrap.speech import check_speech, open_speech
from setpiece.kernel.errors import Invalid
from setpiece.providers.speech import models


@pytest.fixture
def server() -> Iterator[TranscriptionServer]:
    with serving() as started:
        yield started


def settings(tmp_path: Path, **given: Any) -> Settings:
    return Settings(data_dir=tmp_path, **given)


async def test_doctor_says_that_recordings_can_be_heard(tmp_path: Path):
    (check,) = await check_speech(settings(tmp_path))
    assert (check.passed, check.finding) == (True, "Whisper base, in the worker")


async def test_doctor_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(models, "PACKAGES", ("no_such_package",))
    (check,) = await check_speech(settings(tmp_path))
    assert check.passed, "the server runs without it"
    assert "no_such_package" in check.finding
    assert "setpiece[speech]" in check.finding


async def test_doctor_asks_the_server_that_transcribes(tmp_path: Path, server: TranscriptionServer):
    there = {"transcription_base_url": server.base_url, "transcription_model": "large"}
    (check,) = await check_speech(settings(tmp_path, transcription_api_key=KEY, **there))
    assert (check.passed, check.finding.endswith("/large answers")) == (True, True)
    assert server.seconds == [1]
    (check,) = await check_speech(settings(tmp_path, transcription_api_key="other", **there))
    assert not check.passed
    assert "refuses the key" in check.finding


async def test_doctor_names_what_a_whisper_folder_lacks(tmp_path: Path):
    (tmp_path / "model.bin").write_bytes(b"x")
    (check,) = await check_speech(settings(tmp_path, whisper_folder=tmp_path))
    assert not check.passed
    assert "has no config.json, tokenizer.json" in check.finding


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://host", "http://user:secret@host/v1"])
async def test_an_address_that_is_none_is_refused_at_the_start(tmp_path: Path, url: str):
    with pytest.raises(Invalid, match="SETPIECE_TRANSCRIPTION_BASE_URL") as refused:
        open_speech(settings(tmp_path, transcription_base_url=url))
    assert "secret" not in refused.value.message
    (check,) = await check_speech(settings(tmp_path, transcription_base_url=url))
    assert not check.passed


def test_the_named_server_writes_and_whisper_is_not_loaded(tmp_path: Path, server: TranscriptionServer):
    load = open_speech(settings(tmp_path, transcription_base_url=server.base_url))
    loaded = load()
    assert loaded.recogniser.model_id.endswith("/whisper-1")
    assert not (tmp_path / "models").exists()
    assert load() is loaded, "loaded once"


def test_another_whisper_folder_has_a_name_of_its_own(tmp_path: Path):
    first = open_speech(settings(tmp_path))().recogniser
    (folder,) = (tmp_path / "models").iterdir()
    other = open_speech(settings(tmp_path, whisper_folder=folder))().recogniser
    assert first.model_id == "whisper-base-int8"
    assert other.model_id.startswith(f"whisper-{folder.name}-")
