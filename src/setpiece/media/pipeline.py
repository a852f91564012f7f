"""The stages in their order. What was done before is taken back; what is done now is handed over to be kept.

A result is known by its stage, everything it depends on (the options of its own stage and of those before it), and the
models that had a part in it. So a changed option redoes exactly what depends on it.
"""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Protocol, TypeVar, cast

from setpiece.media.decode import DecodeOptions, decode
from setpiece.media.measures import MeasuresOptions, measure
from setpiece.media.model import (
    Measures,
    Pitch,
    Progress,
    Recording,
    Speakers,
    Speech,
    Stage,
    Turns,
    Words,
    unheard,
)
from setpiece.media.pitch import PitchOptions, measure_pitch
from setpiece.media.results import OptionsByStage, Result
from setpiece.media.speakers import SpeakersOptions, find_speakers
from setpiece.media.speech import SpeechOptions, find_speech
from setpiece.media.turns import TurnsOptions, make_turns
from setpiece.media.waveform import Waveform
from setpiece.media.words import WordsOptions, write_words
from setpiece.providers.speech.ports import SpeechModels

ResultT = TypeVar("ResultT", bound=Result)
Source = Path | BinaryIO | Callable[[], BinaryIO]

# What each stage's result rests on, itself last.
RESTS_ON: dict[Stage, tuple[Stage, ...]] = {
    Stage.DECODE: (Stage.DECODE,),
    Stage.SPEECH: (Stage.DECODE, Stage.SPEECH),
    Stage.SPEAKERS: (Stage.DECODE, Stage.SPEECH, Stage.SPEAKERS),
    Stage.WORDS: (Stage.DECODE, Stage.SPEECH, Stage.WORDS),
    Stage.TURNS: (Stage.DECODE, Stage.SPEECH, Stage.SPEAKERS, Stage.WORDS, Stage.TURNS),
    Stage.PITCH: (Stage.DECODE, Stage.SPEECH, Stage.SPEAKERS, Stage.PITCH),
    Stage.MEASURES: tuple(Stage),
}


@dataclass(frozen=True, slots=True)
class PipelineOptions:
    """One group for each stage, under the stage's name."""

    decode: DecodeOptions = field(default_factory=DecodeOptions)
    speech: SpeechOptions = field(default_factory=SpeechOptions)
    speakers: SpeakersOptions = field(default_factory=SpeakersOptions)
    words: WordsOptions = field(default_factory=WordsOptions)
    turns: TurnsOptions = field(default_factory=TurnsOptions)
    pitch: PitchOptions = field(default_factory=PitchOptions)
    measures: MeasuresOptions = field(default_factory=MeasuresOptions)


class Keep(Protocol):
    def __call__(self, stage: Stage, options: OptionsByStage, model_id: str, result: Result) -> None: ...


class Recall(Protocol):
    def __call__(self, stage: Stage, options: OptionsByStage, model_id: str) -> Result | None: ...


@dataclass(frozen=True, slots=True)
class Heard:
    """All that the pipeline found in a recording."""

    recording: Recording
    speech: Speech
    speakers: Speakers
    words: Words
    turns: Turns
    pitch: Pitch
    measures: Measures


def run_pipeline(
    source: Source,
    work_dir: Path,
    models: SpeechModels,
    options: PipelineOptions,
    *,
    keep: Keep | None = None,
    recall: Recall | None = None,
    progress: Progress = unheard,
) -> Heard:
    """Hears the recording, as far as that was not done before.

    Args:
        source: the file; or its content as a stream that can seek, or what opens one when a stage needs the sound.
        models: loaded once, used by one run at a time.
        options: of every stage.
        work_dir: on whose disk the decoded sound lies meanwhile (4 bytes for each of 16,000 samples a second). It has no
            name there, so that it is gone with the process however that ends.
        keep: called with each result that was made now, as soon as it is there.
        recall: asked for each result before it is made.
        progress: what it raises ends the run; results kept until then stay.

    Raises:
        Invalid, LimitExceeded: as the stages do.
    """
    run = _Run(models, options, keep, recall, progress)
    sound = _Sound(source, work_dir, options.decode, progress)
    try:
        recording = run.stage(Stage.DECODE, Recording, sound.recording)
        speech = run.stage(
            Stage.SPEECH,
            Speech,
            lambda: find_speech(
                sound.waveform(), models.detector, models.segmenter, options.speech, progress
            ),
        )
        speakers = run.stage(
            Stage.SPEAKERS,
            Speakers,
            lambda: find_speakers(sound.waveform(), speech, models.embedder, options.speakers, progress),
        )
        words = run.stage(
            Stage.WORDS,
            Words,
            lambda: write_words(sound.waveform(), speech, models.recogniser, options.words, progress),
        )
        turns = run.stage(Stage.TURNS, Turns, lambda: make_turns(words, speakers, options.turns))
        pitch = run.stage(
            Stage.PITCH,
            Pitch,
            lambda: measure_pitch(sound.waveform(), speakers, models.pitch, options.pitch, progress),
        )
        measures = run.stage(
            Stage.MEASURES,
            Measures,
            lambda: measure(
                recording.duration_s, words.language.code, speakers, turns, pitch, options.measures
            ),
        )
    finally:
        sound.close()
    return Heard(recording, speech, speakers, words, turns, pitch, measures)


class _Run:
    """Takes back, or makes and hands over."""

    def __init__(
        self,
        models: SpeechModels,
        options: PipelineOptions,
        keep: Keep | None,
        recall: Recall | None,
        progress: Progress,
    ) -> None:
        self._options = options
        self._keep = keep
        self._recall = recall
        self._progress = progress
        self._models_by_stage = {
            Stage.SPEECH: f"{models.detector.model_id}+{models.segmenter.model_id}",
            Stage.SPEAKERS: models.embedder.model_id,
            Stage.WORDS: models.recogniser.model_id,
            Stage.PITCH: models.pitch.model_id,
        }

    def stage(self, stage: Stage, kind: type[ResultT], make: Callable[[], ResultT]) -> ResultT:
        options: OptionsByStage = {one: getattr(self._options, one) for one in RESTS_ON[stage]}
        model_id = "+".join(
            self._models_by_stage[one] for one in RESTS_ON[stage] if one in self._models_by_stage
        )
        earlier = self._recall(stage, options, model_id) if self._recall else None
        if earlier is not None:
            if not isinstance(earlier, kind):
                raise TypeError(f"the result kept for {stage} is a {type(earlier).__name__}")
            return earlier
        self._progress(stage, 0, 1)
        result = make()
        if self._keep:
            self._keep(stage, options, model_id, cast("Result", result))
        self._progress(stage, 1, 1)
        return result


class _Sound:
    """Decodes when the first stage asks for it, and only once."""

    def __init__(self, source: Source, work_dir: Path, options: DecodeOptions, progress: Progress) -> None:
        self._source = source
        self._work_dir = work_dir
        self._options = options
        self._progress = progress
        self._opened = ExitStack()
        self._decoded: tuple[Recording, Waveform] | None = None

    def recording(self) -> Recording:
        return self._decode()[0]

    def waveform(self) -> Waveform:
        return self._decode()[1]

    def _decode(self) -> tuple[Recording, Waveform]:
        if self._decoded is None:
            source = self._open()
            file = TemporaryFile(dir=self._work_dir)  # noqa: SIM115  # closed by `close`
            target = self._opened.enter_context(file)
            self._decoded = decode(source, cast("BinaryIO", target), self._options, self._progress)
        return self._decoded

    def _open(self) -> Path | BinaryIO:
        if isinstance(self._source, Path):
            return self._source
        if callable(self._source):
            return self._opened.enter_context(self._source())
        self._source.seek(0)
        return self._source

    def close(self) -> None:
        with suppress(OSError):  # a full disk, which was told where it was met
            self._opened.close()
