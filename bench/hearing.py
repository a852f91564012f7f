"""`python -m bench.hearing ours|plain FILE CACHE`: hear one recording in a process of its own; prints JSON.

`plain` is the script one would write without Setpiece: the same models, called on the whole recording.
"""

import json
import re
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from setpiece.media.pipeline import PipelineOptions, run_pipeline
from setpiece.media.speech import SpeechOptions
from setpiece.media.windows import short_windows
from setpiece.providers.speech.models import load_speech_models
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ, Span, SpeechModels
from setpiece.providers.speech.weights import whisper_folder
from setpiece.providers.speech.whisper import BEAMS

MEGABYTE_KB = 1024


def ours(path: Path, models: SpeechModels, _cache: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        heard = run_pipeline(path, Path(folder), models, PipelineOptions())
    return {
        "audio_s": heard.recording.duration_s,
        "spoken": [(one.span.start_s, one.span.end_s, str(one.speaker)) for one in heard.speakers.spans],
        "words": [(str(turn.speaker), turn.text) for turn in heard.turns.turns],
    }


def plain(path: Path, models: SpeechModels, cache: Path) -> dict[str, Any]:
    """Window after window, and faster-whisper as its own documentation calls it."""
    from faster_whisper import WhisperModel
    from faster_whisper.audio import decode_audio

    samples = decode_audio(str(path), SAMPLE_RATE_HZ)
    audio_s = len(samples) / SAMPLE_RATE_HZ
    regions = models.detector.find_speech(samples)
    step = round(SpeechOptions().step_s * SAMPLE_RATE_HZ)
    for first in range(0, len(samples), step):
        models.segmenter.segment([samples[first : first + round(models.segmenter.window_s * SAMPLE_RATE_HZ)]])
    models.embedder.embed(
        samples, short_windows([Span(one.start_s, one.end_s) for one in regions], 1.5, 0.75)
    )
    whisper = WhisperModel(str(whisper_folder(cache)), device="cpu", compute_type="int8", cpu_threads=2)
    segments, _ = whisper.transcribe(samples, beam_size=BEAMS, temperature=0.0, word_timestamps=True)
    list(segments)
    models.pitch.track(samples)
    return {"audio_s": audio_s}


def _peak_mb() -> float:
    """Of this program alone: what `getrusage` gives begins with the memory of the process that started it."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:  # no Linux
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE_KB
    (peak_kb,) = re.findall(r"VmHWM:\s*(\d+) kB", status)
    return int(peak_kb) / MEGABYTE_KB


def main(how: str, path: str, cache: str) -> None:
    models = load_speech_models(Path(cache), threads=2)
    started, used = time.perf_counter(), time.process_time()
    answer = {"ours": ours, "plain": plain}[how](Path(path), models, Path(cache))
    answer["took_s"] = time.perf_counter() - started
    answer["cpu_s"] = time.process_time() - used
    answer["peak_mb"] = _peak_mb()
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
