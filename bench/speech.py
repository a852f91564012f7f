"""What the speech pipeline gets wrong on recordings with a known truth, and what it costs against a plain script.

The two example calls are in the project. Real recordings are not: point SETPIECE_BENCH_AUDIO at a folder that has
`real-phone.wav` with `real-phone.rttm`, and `real-meeting-*.wav` with `real-meeting.rttm`.
"""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.place import Place
from bench.speech_metrics import (
    Spoken,
    diarization_errors,
    read_rttm,
    speaker_word_error_ratio,
    word_error_ratio,
)
from bench.speech_text import normalised
from bench.table import Row

CALLS = Path(__file__).parents[1] / "examples" / "calls"
AUDIO_VARIABLE = "SETPIECE_BENCH_AUDIO"
COLLAR_S = 0.25
LONG_CALL_S = 600
PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class Case:
    """A recording, who truly speaks when, and what (empty when nobody wrote it down); targets in percent."""

    path: Path
    spoken: list[Spoken]
    said: list[tuple[str, str]]
    most_der: float
    most_wer: float = 4.0


async def measure(_place: Place) -> list[Row]:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        for case in cases():
            print(case.path.stem, end=" … ", flush=True)
            rows += _accuracy(case, await hear("ours", case.path, cache))
        rows += await _cost(cache)
    return rows


def cases() -> Iterator[Case]:
    for path in sorted(CALLS.glob("*.mp3")):
        truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        spoken = [(turn["start"], turn["end"], turn["speaker"]) for turn in truth]
        yield Case(path, spoken, [(turn["speaker"], turn["text"]) for turn in truth], most_der=1.0)
    folder = os.environ.get(AUDIO_VARIABLE)
    if not folder:
        print(f"\nReal recordings left out: {AUDIO_VARIABLE} names no folder.", flush=True)
        return
    yield Case(
        Path(folder) / "real-phone.wav", read_rttm(Path(folder) / "real-phone.rttm"), [], most_der=15.0
    )
    for path in sorted(Path(folder).glob("real-meeting-*.wav")):
        name = path.stem.removeprefix("real-meeting-")
        yield Case(path, read_rttm(Path(folder) / "real-meeting.rttm", name), [], most_der=25.0)


def _accuracy(case: Case, heard: dict[str, Any]) -> list[Row]:
    name = case.path.stem
    spoken = [(start, end, who) for start, end, who in heard["spoken"]]
    rows = [
        Row(f"{name}: DER, collar 0.25 s", _der(case, spoken, COLLAR_S), "%", target=case.most_der),
        Row(f"{name}: DER, no collar", _der(case, spoken, 0.0), "%"),
        Row(
            f"{name}: speakers ({len({who for *_, who in case.spoken})} in truth)",
            len({who for *_, who in spoken}),
            "",
        ),
    ]
    if case.said:
        reference = _by_speaker(case.said)
        ours = _by_speaker([(who, text) for who, text in heard["words"]])
        everything = [normalised(" ".join(text for _, text in said)) for said in (case.said, heard["words"])]
        rows += [
            Row(f"{name}: WER", word_error_ratio(*everything) * PERCENT, "%", target=case.most_wer),
            Row(f"{name}: cpWER", speaker_word_error_ratio(reference, ours) * PERCENT, "%"),
        ]
    return rows


def _der(case: Case, spoken: list[Spoken], collar_s: float) -> float:
    return diarization_errors(case.spoken, spoken, collar_s).ratio * PERCENT


def _by_speaker(said: list[tuple[str, str]]) -> dict[str, list[str]]:
    texts: dict[str, str] = {}
    for who, text in said:
        texts[who] = f"{texts.get(who, '')} {text}"
    return {who: normalised(text) for who, text in texts.items()}


async def _cost(cache: Path) -> list[Row]:
    """Ten minutes made of the example calls, heard by us and by the plain script, twice each in turn; the better counts."""
    long_call = cache / "long.wav"
    make_long_call(long_call, LONG_CALL_S)
    print("ten minutes, four times", end=" … ", flush=True)
    runs = [(how, await hear(how, long_call, cache)) for how in ("ours", "plain") * 2]
    best = {how: min(one["took_s"] for other, one in runs if other == how) for how in ("ours", "plain")}
    peak = {how: max(one["peak_mb"] for other, one in runs if other == how) for how in ("ours", "plain")}
    return [
        Row("ten minutes: against a plain script", best["ours"], "s", baseline=best["plain"], target=1.05),
        Row("ten minutes: processing time / audio time", best["ours"] / LONG_CALL_S, "", target=0.08),
        Row("ten minutes: peak memory", peak["ours"], "MB", target=1300),
        Row("ten minutes: peak memory of the plain script", peak["plain"], "MB"),
    ]


def make_long_call(path: Path, length_s: int) -> None:
    import wave

    import numpy as np
    from faster_whisper.audio import decode_audio

    calls = np.concatenate([decode_audio(str(one)) for one in sorted(CALLS.glob("*.mp3"))])
    samples = np.resize(calls, length_s * 16_000)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes((samples * 32767).astype(np.int16).tobytes())


async def hear(how: str, path: Path, cache: Path) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.hearing", how, str(path), str(cache)), stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await process.communicate()
    if process.returncode:
        raise SystemExit(f"Hearing {path.name} ({how}) failed; see above.")
    answer: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return answer
