"""Three hours of sound against ten minutes: what the memory of the process that hears them grows by, with the real models.

Both are joined from the example calls, and from the recordings in the folder that SETPIECE_BENCH_AUDIO names. It takes some
13 minutes of two free cores, and several times as long on busy ones.
"""

import os
import tempfile
import wave
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from bench.place import Place
from bench.speech import AUDIO_VARIABLE, CALLS, LONG_CALL_S, hear
from bench.table import Row
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ

HOURS_S = 3 * 3600
MOST_GROWTH_MB = 500
_BYTES_A_SECOND = 2 * SAMPLE_RATE_HZ


async def measure(_place: Place) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        short, long = [
            await hear("ours", _joined(cache / f"{length_s}.wav", length_s), cache)
            for length_s in (LONG_CALL_S, HOURS_S)
        ]
    growth_mb = long["peak_mb"] - short["peak_mb"]
    return [
        Row("three hours: peak memory", long["peak_mb"], "MB"),
        Row("ten minutes of the same: peak memory", short["peak_mb"], "MB"),
        Row("  the difference", growth_mb, "MB", target=MOST_GROWTH_MB),
        Row("three hours: processor time / audio time", long["cpu_s"] / HOURS_S, ""),
        Row("ten minutes of the same: processor time / audio time", short["cpu_s"] / LONG_CALL_S, ""),
    ]


def _joined(path: Path, length_s: int) -> Path:
    """Written a recording at a time: a process that is started by a large one is counted as large."""
    left = length_s * _BYTES_A_SECOND
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        for sound in cycle(_recordings()):
            file.writeframes(sound[:left])
            left -= len(sound)
            if left <= 0:
                return path
    raise AssertionError("there are example calls")


def _recordings() -> Iterator[bytes]:
    import numpy as np
    from faster_whisper.audio import decode_audio

    paths = sorted(CALLS.glob("*.mp3"))
    if folder := os.environ.get(AUDIO_VARIABLE):
        paths += sorted(Path(folder).glob("*.wav"))
    for path in paths:
        yield (np.asarray(decode_audio(str(path))) * 32767).astype(np.int16).tobytes()
