"""Whisper through faster-whisper: any folder of a converted model; by default base, int8.

A piece fits the network's window, so the library's own walk through a long recording is not used. Each piece is encoded
once, for its language and for its words, and several are written at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from setpiece.kernel.errors import Invalid
from setpiece.providers.speech.hands import share_out
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ, HeardWord, Language, Samples

if TYPE_CHECKING:
    from faster_whisper.tokenizer import Tokenizer

# On the two example calls two and three beams both give a word error rate of 2.7 and 1.6 %; five take half as long again as two.
BEAMS = 2
WINDOW_S = 30.0
# Below this a piece holds less than one frame of the network and cannot be aligned.
SHORTEST_SAMPLES = 1600
# Pieces written together by one thread. Five took 54 % of the time of one after the other, and each costs some 50 MB.
PIECES_A_THREAD = 3
# Whisper's own bounds: a piece is empty when it sounds so and what was written is improbable.
NO_SPEECH_PROBABILITY = 0.6
LEAST_MEAN_LOG_PROBABILITY = -1.0
MOST_TOKENS = 448
PREPENDED, APPENDED = "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、"


@dataclass(frozen=True, slots=True)
class Encoded:
    """A piece as the network sees it; None where it is too short."""

    output: Any
    duration_s: float


class WhisperRecogniser:
    def __init__(self, folder: Path, threads: int, model_id: str) -> None:
        from faster_whisper import WhisperModel

        self._model = WhisperModel(
            str(folder),
            device="cpu",
            compute_type="int8",
            cpu_threads=1,
            num_workers=threads,
            local_files_only=True,
        )
        self._threads = threads
        self._model_id = model_id

    @property
    def model_id(self) -> str:
        return self._model_id

    @property
    def window_s(self) -> float:
        return WINDOW_S

    @property
    def pieces_at_once(self) -> int:
        return PIECES_A_THREAD * self._threads

    def listen(self, pieces: Sequence[Samples]) -> Sequence[Encoded]:
        return list(share_out(self._encode, pieces, self._threads))

    def _encode(self, samples: Samples) -> Encoded:
        from faster_whisper.audio import pad_or_trim

        if len(samples) < SHORTEST_SAMPLES:
            return Encoded(None, 0.0)
        features = self._model.feature_extractor(samples)[..., :-1]
        return Encoded(self._model.encode(pad_or_trim(features)), len(samples) / SAMPLE_RATE_HZ)

    def find_language(self, listened: Encoded) -> Language:
        if not self._model.model.is_multilingual or listened.output is None:
            return Language("en", 1.0 if listened.output is not None else 0.0)
        ((token, probability), *_) = self._model.model.detect_language(listened.output)[0]
        return Language(token.strip("<|>"), float(probability))

    def transcribe(self, listened: Sequence[Encoded], language: str) -> Sequence[Sequence[HeardWord]]:
        tokenizer = self._tokenizer(language)
        sounding = [index for index, one in enumerate(listened) if one.output is not None]
        # Even shares, so that no thread is left waiting for another.
        shares = [sounding[first :: self._threads] for first in range(self._threads)]
        written: list[Sequence[HeardWord]] = [() for _ in listened]

        def write(share: Sequence[int]) -> list[Sequence[HeardWord]]:
            return self._write([listened[index] for index in share], tokenizer)

        shares = [share for share in shares if share]
        for share, found in zip(shares, share_out(write, shares, self._threads), strict=True):
            for index, words in zip(share, found, strict=True):
                written[index] = words
        return written

    def _tokenizer(self, language: str) -> "Tokenizer":
        from faster_whisper.tokenizer import Tokenizer

        if language not in self._model.supported_languages:
            known = ", ".join(self._model.supported_languages)
            raise Invalid(
                f"The recogniser does not know the language '{language}'; it knows {known}.",
                code="unknown_language",
            )
        is_multilingual = self._model.model.is_multilingual
        return Tokenizer(self._model.hf_tokenizer, is_multilingual, task="transcribe", language=language)

    def _write(self, pieces: Sequence[Encoded], tokenizer: "Tokenizer") -> list[Sequence[HeardWord]]:
        from faster_whisper.transcribe import get_ctranslate2_storage, get_suppressed_tokens

        # Without times for phrases: those of words come from the alignment, and what is written needs a sixth fewer steps.
        prompt = self._model.get_prompt(tokenizer, [], without_timestamps=True)
        together = get_ctranslate2_storage(np.concatenate([np.asarray(one.output) for one in pieces]))
        # One temperature: the recogniser's fallback draws at random, and the same call must give the same words.
        results = self._model.model.generate(
            together,
            [prompt] * len(pieces),
            beam_size=BEAMS,
            max_length=MOST_TOKENS,
            suppress_blank=True,
            suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
            return_scores=True,
            return_no_speech_prob=True,
            sampling_temperature=0.0,
        )
        return [self._words(*one, tokenizer) for one in zip(pieces, results, strict=True)]

    def _words(self, piece: Encoded, result: Any, tokenizer: "Tokenizer") -> Sequence[HeardWord]:
        """The words of one piece, with the times that the network's attention gives them."""
        tokens = [token for token in result.sequences_ids[0] if token < tokenizer.eot]
        # ctranslate2 divides a score by the length; Whisper counts the end as a token too.
        mean_log_probability = result.scores[0] * len(tokens) / (len(tokens) + 1)
        sounds_empty = result.no_speech_prob > NO_SPEECH_PROBABILITY
        if not tokens or (sounds_empty and mean_log_probability <= LEAST_MEAN_LOG_PROBABILITY):
            return []
        frames = round(piece.duration_s * self._model.frames_per_second)
        segment: dict[str, Any] = {"tokens": tokens, "start": 0.0, "end": piece.duration_s, "seek": 0}
        self._model.add_word_timestamps(
            [[segment]], tokenizer, piece.output, frames, PREPENDED, APPENDED, 0.0
        )
        return [
            HeardWord(word["word"], float(word["start"]), float(word["end"]), float(word["probability"]))
            for word in segment["words"]
        ]
