"""The order of the stages, what is kept and taken back; with fake models."""

import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from setpiece.media.model import Stage
from setpiece.media.pipeline import Heard, PipelineOptions, run_pipeline
from setpiece.media.results import packed, print_of, unpacked
from setpiece.media.speakers import SpeakersOptions
from setpiece.media.words import WordsOptions
from setpiece.providers.speech.fakes import conversation, fake_speech_models
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ

MODELS = fake_speech_models()


class Shelf:
    """Keeps results as bytes under what they depend on, as a worker does."""

    def __init__(self) -> None:
        self.made: list[Stage] = []
        self._kept: dict[bytes, bytes] = {}

    def keep(self, stage: Stage, options: Any, model_id: str, result: Any) -> None:
        self.made.append(stage)
        self._kept[print_of(stage, options, model_id)] = packed(result)

    def recall(self, stage: Stage, options: Any, model_id: str) -> Any:
        found = self._kept.get(print_of(stage, options, model_id))
        return unpacked(stage, found) if found else None


@pytest.fixture
def call(tmp_path: Path) -> Path:
    samples = conversation((0, 1), (1, 12), (0, 1), (2, 12), (0, 1), (1, 6), (0, 1))
    path = tmp_path / "call.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        file.writeframes((samples * 32767).astype(np.int16).tobytes())
    return path


def hear(
    call: Path, shelf: Shelf, options: PipelineOptions | None = None, progress: Any = lambda *_: None
) -> Heard:
    return run_pipeline(
        call,
        call.parent,
        MODELS,
        options or PipelineOptions(),
        keep=shelf.keep,
        recall=shelf.recall,
        progress=progress,
    )


def test_a_conversation_becomes_turns_and_measures(call: Path):
    heard = hear(call, Shelf())
    assert [turn.speaker for turn in heard.turns.turns] == [0, 1, 0]
    assert {word.text for word in heard.turns.turns[1].words} == {"two"}
    first, second = heard.measures.speakers
    assert first.talk_share_ratio == pytest.approx(0.6, abs=0.02)
    assert (first.pitch_median_hz, second.pitch_median_hz) == (100, 200)


def test_stages_come_in_order_and_the_decoded_sound_is_gone(call: Path):
    shelf = Shelf()
    hear(call, shelf)
    assert shelf.made == list(Stage)
    assert [path.name for path in call.parent.iterdir()] == ["call.wav"]


def test_what_was_kept_is_not_made_again_and_is_the_same(call: Path):
    shelf = Shelf()
    first = hear(call, shelf)
    shelf.made.clear()
    assert hear(call, shelf) == first
    assert shelf.made == []


def test_with_everything_kept_the_file_is_not_even_opened(call: Path):
    shelf = Shelf()
    first = hear(call, shelf)
    call.unlink()
    assert hear(call, shelf) == first


@pytest.mark.parametrize(
    ("options", "redone"),
    [
        (
            PipelineOptions(speakers=SpeakersOptions(speakers=2)),
            [Stage.SPEAKERS, Stage.TURNS, Stage.PITCH, Stage.MEASURES],
        ),
        (PipelineOptions(words=WordsOptions(language="es")), [Stage.WORDS, Stage.TURNS, Stage.MEASURES]),
    ],
    ids=["number of speakers", "language"],
)
def test_a_changed_option_redoes_what_depends_on_it_and_nothing_else(
    call: Path, options: PipelineOptions, redone: list[Stage]
):
    shelf = Shelf()
    hear(call, shelf)
    shelf.made.clear()
    hear(call, shelf, options)
    assert shelf.made == redone


@pytest.mark.parametrize("stage", list(Stage))
def test_a_run_stopped_in_any_stage_goes_on_there(call: Path, stage: Stage):
    class Canceled(Exception):
        pass

    def stop(now: Stage, _done: float, _total: float) -> None:
        if now is stage:
            raise Canceled

    shelf = Shelf()
    with pytest.raises(Canceled):
        hear(call, shelf, progress=stop)
    assert [path.name for path in call.parent.iterdir()] == ["call.wav"]
    before = list(shelf.made)
    hear(call, shelf)
    assert shelf.made == list(Stage), "each stage was done once"
    assert before == list(Stage)[: len(before)]


def test_progress_of_every_stage_goes_from_0_to_its_end(call: Path):
    told: list[tuple[Stage, float, float]] = []
    hear(call, Shelf(), progress=lambda *one: told.append(one))
    for stage in Stage:
        parts = [done / total for now, done, total in told if now is stage]
        assert (parts[0], parts[-1]) == (0, 1)
        assert all(0 <= part <= 1 for part in parts)


def test_a_kept_result_of_the_wrong_kind_is_a_bug(call: Path):
    with pytest.raises(TypeError, match="decode"):
        run_pipeline(
            call, call.parent, MODELS, PipelineOptions(), recall=lambda *_: hear(call, Shelf()).pitch
        )
