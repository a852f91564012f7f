"""A server that transcribes, over the protocol of OpenAI's `audio/transcriptions`.

Source: OpenAI API reference, "Create transcription", with `response_format=verbose_json` and times of words. Servers of one's
own (Speaches, faster-whisper-server, vLLM) speak it too.
"""

import io
import time
import wave
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
import numpy as np

from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.providers.speech.hands import share_out
from setpiece.providers.speech.languages import CODE_BY_NAME, LANGUAGES
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ, HeardWord, Language, Samples

WINDOW_S = 30.0
AT_ONCE = 4  # requests on their way; most servers take so many of one client
RETRY_WAITS_S = (1.0, 4.0)
"""Short: the job itself is tried again later."""
_FARTHEST = 60  # characters of the text that a word is looked for in, from the end of the one before
_MOST_SAID = 200


@dataclass(frozen=True, slots=True)
class EndpointOptions:
    """Where the server is, and what it is asked for."""

    base_url: str
    model: str
    api_key: str | None = field(default=None, repr=False)
    timeout_s: float = 120.0
    retry_waits_s: Sequence[float] = RETRY_WAITS_S


@dataclass(slots=True)
class Piece:
    """Sound, and what the server answered when it was asked without a language."""

    samples: Samples
    answer: Mapping[str, Any] | None = None


class TranscriptionEndpoint:
    """A recogniser somewhere else. Nothing is connected before the first piece."""

    window_s = WINDOW_S
    pieces_at_once = AT_ONCE

    def __init__(self, options: EndpointOptions) -> None:
        self._options = options
        headers = {"Authorization": f"Bearer {options.api_key}"} if options.api_key else {}
        self._client = httpx.Client(headers=headers, timeout=options.timeout_s, follow_redirects=False)

    @property
    def model_id(self) -> str:
        return f"{urlsplit(self._options.base_url).netloc}/{self._options.model}"

    def listen(self, pieces: Sequence[Samples]) -> Sequence[Piece]:
        return [Piece(samples) for samples in pieces]

    def find_language(self, listened: Piece) -> Language:
        """Servers find a language only by writing what is said, which is kept for when it is wanted."""
        if not len(listened.samples):
            return Language("en", 0.0)
        listened.answer = self._ask(listened.samples, None)
        return Language(_code_of(listened.answer.get("language")), 1.0)

    def transcribe(self, listened: Sequence[Piece], language: str) -> Sequence[Sequence[HeardWord]]:
        if language not in LANGUAGES:
            known = ", ".join(sorted(LANGUAGES))
            raise Invalid(
                f"The recogniser does not know the language '{language}'; it knows {known}.",
                code="unknown_language",
            )
        return list(share_out(lambda piece: self._words(piece, language), listened, AT_ONCE))

    def _words(self, piece: Piece, language: str) -> Sequence[HeardWord]:
        if not len(piece.samples):
            return []
        answer = piece.answer
        if answer is None or _code_of(answer.get("language")) != language:
            answer = self._ask(piece.samples, language)
        return words_of(answer)

    def _ask(self, samples: Samples, language: str | None) -> Mapping[str, Any]:
        waits = iter(self._options.retry_waits_s)
        while True:
            try:
                return self._ask_once(samples, language)
            except Unavailable:
                wait_s = next(waits, None)
                if wait_s is None:
                    raise
                time.sleep(wait_s)

    def _ask_once(self, samples: Samples, language: str | None) -> Mapping[str, Any]:
        """Raises Unavailable for what may do better later, Invalid for what will not."""
        form = {
            "model": self._options.model,
            "response_format": "verbose_json",
            "timestamp_granularities[]": ["word", "segment"],
            "temperature": "0",
        } | ({"language": language} if language else {})
        try:
            answer = self._client.post(
                f"{self._options.base_url.rstrip('/')}/audio/transcriptions",
                data=form,
                files={"file": ("piece.wav", _wav(samples), "audio/wav")},
            )
        except httpx.HTTPError as lost:
            raise _away(f"it does not answer ({type(lost).__name__})") from lost
        return _read(answer)


def _read(answer: httpx.Response) -> Mapping[str, Any]:
    said = " ".join(answer.text.split())[:_MOST_SAID]
    if answer.status_code in (408, 409, 425, 429) or answer.status_code >= 500:
        raise _away(f"it answers {answer.status_code}: {said}")
    if answer.status_code in (401, 403):
        raise _refused(f"it refuses the key ({answer.status_code}); set SETPIECE_TRANSCRIPTION_API_KEY")
    if answer.status_code != 200:
        raise _refused(f"it answers {answer.status_code}: {said}")
    try:
        content = answer.json()
    except ValueError as unreadable:
        raise _away("its answer is no JSON") from unreadable
    if not isinstance(content, dict) or not isinstance(content.get("words") or [], list):
        raise _refused("its answer is not that of a transcription")
    if content.get("words") is None and str(content.get("text") or "").strip():
        raise _refused("it gives no times of words; choose a model that does, such as whisper-1")
    return content


def _away(why: str) -> Unavailable:
    return Unavailable(
        f"The transcription server cannot be used now: {why}.", code="transcription_unavailable"
    )


def _refused(why: str) -> Invalid:
    return Invalid(f"The transcription server cannot be used: {why}.", code="transcription_refused")


def words_of(answer: Mapping[str, Any]) -> list[HeardWord]:
    """The words with the punctuation that the text has and the list of words leaves out.

    Raises:
        Invalid: a word without a text or a time.
    """
    sure = list(_segments(answer.get("segments") or []))
    try:
        timed = [
            (str(one["word"]).strip(), float(one["start"]), float(one["end"]))
            for one in answer.get("words") or []
        ]
    except (KeyError, TypeError, ValueError) as wrong:
        raise _refused("a word in its answer has no text or no time") from wrong
    texts = punctuated([text for text, _, _ in timed], str(answer.get("text") or ""))
    return [
        HeardWord(text, start_s, max(start_s, end_s), _sure_at((start_s + end_s) / 2, sure))
        for text, (_, start_s, end_s) in zip(texts, timed, strict=True)
    ]


def punctuated(words: Sequence[str], text: str) -> Iterator[str]:
    """Each word as it stands in the text, with a blank before it where the text has one."""
    lower, place = text.lower(), 0
    for word in words:
        found = lower.find(word.lower(), place, place + len(word) + _FARTHEST) if word else -1
        if found < 0:
            yield f" {word}"
            continue
        begin, end = found, found + len(word)
        while begin > place and not text[begin - 1].isspace():
            begin -= 1
        while end < len(text) and not text[end].isspace() and not text[end].isalnum():
            end += 1
        is_apart = begin == 0 or text[begin - 1].isspace()
        yield (" " if is_apart else "") + text[begin:end]
        place = end


def _segments(segments: Sequence[Mapping[str, Any]]) -> Iterator[tuple[float, float]]:
    """(end, probability) of each phrase, as far as the server says."""
    for one in segments:
        if isinstance(one.get("avg_logprob"), int | float) and isinstance(one.get("end"), int | float):
            yield float(one["end"]), float(min(1.0, np.exp(one["avg_logprob"])))


def _sure_at(moment_s: float, sure: Sequence[tuple[float, float]]) -> float:
    """1 where the server does not say."""
    return next((probability for end_s, probability in sure if moment_s <= end_s), 1.0)


def _code_of(language: object) -> str:
    """OpenAI says `english`, others say `en`."""
    name = str(language or "").strip().lower()
    code = CODE_BY_NAME.get(name, name.split("-")[0])
    return code if code in LANGUAGES else "en"


def _wav(samples: Samples) -> bytes:
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return kept.getvalue()
