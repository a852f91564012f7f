"""Recordings of every kind, made with PyAV: what comes out, and what is refused and how."""

import io
import wave
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO, cast

import av
import numpy as np
import pytest

from setpiece.kernel.errors import Invalid, LimitExceeded, Unavailable
from setpiece.media.decode import DecodeOptions, decode
from setpiece.media.model import Recording
from setpiece.media.waveform import Waveform
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ


def plain_wav(path: Path, samples: np.ndarray, rate_hz: int = 16000) -> Path:
    """Shape: (channels, samples)."""
    with wave.open(str(path), "wb") as file:
        file.setparams((len(samples), 2, rate_hz, 0, "NONE", ""))
        file.writeframes((samples.T * 32767).astype(np.int16).tobytes())
    return path


def tones(channels: int, seconds: float, rate_hz: int) -> np.ndarray:
    """Channel n is a tone of 200 (n + 1) Hz and its own loudness, shape (channels, samples)."""
    times = np.arange(int(seconds * rate_hz)) / rate_hz
    return np.stack(
        [0.1 * (n + 1) * np.sin(2 * np.pi * 200 * (n + 1) * times) for n in range(channels)]
    ).astype(np.float32)


def record(
    path: Path, *, codec: str = "pcm_s16le", container: str = "wav", seconds: float = 2.0,     rate_hz: int = 16000, silent: bool = False, video: bool = False, sound: bool = True,
) -> Path:  # fmt: skip
    with av.open(str(path), "w", format=container) as file:
        picture = file.add_stream("mpeg4", rate=10) if video else None
        if picture:
            picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
        stream: Any = file.add_stream(codec, rate=rate_hz, layout="mono") if sound else None
        if picture:
            for _ in range(int(seconds * 10)):
                file.mux(
                    picture.encode(
                        av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
                    )
                )
            file.mux(picture.encode(None))
        if stream:
            samples = tones(1, seconds, rate_hz) * (0 if silent else 1)
            fifo = av.AudioResampler(format=stream.codec_context.format, layout="mono", rate=rate_hz)
            size = stream.codec_context.frame_size or 1024
            for first in range(0, samples.shape[1], size):
                frame = av.AudioFrame.from_ndarray(
                    np.ascontiguousarray(samples[:, first : first + size]),
                    format="fltp",
                    layout="mono",
                )
                frame.rate, frame.pts = rate_hz, first
                for ready in fifo.resample(frame):
                    file.mux(stream.encode(ready))
            file.mux(stream.encode(None))
    return path


@pytest.fixture
def hear() -> Iterator[Callable[..., tuple[Recording, Waveform]]]:
    with ExitStack() as opened:

        def decoded(source: Any, **options: Any) -> tuple[Recording, Waveform]:
            return decode(source, opened.enter_context(TemporaryFile()), DecodeOptions(**options))

        yield decoded


def frequency_hz(waveform: Waveform) -> float:
    samples = waveform.read(0.5, 1.5)
    return float(np.abs(np.fft.rfft(samples)).argmax())


KINDS = [
    ("wav", "pcm_s16le", 16000),
    ("mp3", "mp3", 44100),
    ("ogg", "libopus", 48000),
    ("flac", "flac", 22050),
    ("mp4", "aac", 44100),
    ("webm", "libopus", 48000),
    ("wav", "pcm_mulaw", 8000),
]


@pytest.mark.parametrize(("container", "codec", "rate_hz"), KINDS, ids=lambda value: str(value))
def test_every_usual_format_is_decoded(tmp_path: Path, hear: Any, container: str, codec: str, rate_hz: int):
    recording, waveform = hear(record(tmp_path / "a", container=container, codec=codec, rate_hz=rate_hz))
    assert recording.duration_s == pytest.approx(2, abs=0.1)
    assert (recording.sample_rate_hz, recording.channels, recording.is_cut_off) == (rate_hz, 1, False)
    assert frequency_hz(waveform) == pytest.approx(200, abs=2)


def test_a_video_gives_its_sound(tmp_path: Path, hear: Any):
    recording, waveform = hear(
        record(tmp_path / "a", container="mp4", codec="aac", rate_hz=44100, video=True)
    )
    assert frequency_hz(waveform) == pytest.approx(200, abs=2)
    assert "mp4" in recording.container


def test_the_content_decides_and_not_the_name(tmp_path: Path, hear: Any):
    recording, _ = hear(record(tmp_path / "picture.jpg", container="mp3", codec="mp3", rate_hz=44100))
    assert recording.codec == "mp3float"


def test_a_stream_is_as_good_as_a_file(tmp_path: Path, hear: Any):
    content = record(tmp_path / "a", container="mp4", codec="aac", rate_hz=44100).read_bytes()
    assert hear(io.BytesIO(content))[0].duration_s == pytest.approx(2, abs=0.1)


def test_eight_channels_are_mixed_or_heard_one_at_a_time(tmp_path: Path, hear: Any):
    path = plain_wav(tmp_path / "a", tones(8, 2.0, 16000))
    assert hear(path)[0].channels == 8
    for channel in (0, 5):
        assert frequency_hz(hear(path, channel=channel)[1]) == pytest.approx(200 * (channel + 1), abs=2)
    with pytest.raises(Invalid, match=r"8 channel.*no channel 8") as refused:
        hear(path, channel=8)
    assert refused.value.code == "no_such_channel"


def test_one_second_and_silence_are_recordings(tmp_path: Path, hear: Any):
    _, waveform = hear(record(tmp_path / "a", seconds=1, silent=True))
    assert waveform.duration_s == pytest.approx(1, abs=0.01)
    assert not waveform.read(0, 1).any()


def test_what_breaks_off_keeps_what_came_before(tmp_path: Path, hear: Any):
    path = record(tmp_path / "a", container="mp3", codec="mp3", rate_hz=44100, seconds=10)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert hear(path)[0].duration_s == pytest.approx(5, abs=0.5)


def zero_hertz(path: Path) -> bytes:
    content = bytearray(record(path).read_bytes())
    content[24:28] = bytes(4)  # the sample rate of a WAV header
    return bytes(content)


def without_samples(path: Path) -> bytes:
    return plain_wav(path, tones(1, 0, 16000)).read_bytes()


def without_sound(path: Path) -> bytes:
    return record(path, container="mp4", video=True, sound=False).read_bytes()


def cut_before_its_index(path: Path) -> bytes:
    return record(path, container="mp4", codec="aac", rate_hz=44100).read_bytes()[:200]


NOT_SOUND = {
    "empty": lambda _: b"",
    "text": lambda _: b"Hello, this is not sound. " * 50,
    "zeros": lambda _: bytes(4096),
    "zero hertz": zero_hertz,
    "no samples": without_samples,
    "video without sound": without_sound,
    "cut before its index": cut_before_its_index,
    "playlist": lambda path: (
        b"#EXTM3U\n#EXTINF:10,\nfile://" + str(record(path)).encode() + b"\n#EXT-X-ENDLIST\n"
    ),
    "concat": lambda path: b"ffconcat version 1.0\nfile " + str(record(path)).encode() + b"\n",
}


@pytest.mark.parametrize("make", NOT_SOUND.values(), ids=NOT_SOUND.keys())
def test_what_is_not_a_recording_is_refused(tmp_path: Path, hear: Any, make: Callable[[Path], bytes]):
    path = tmp_path / "upload.m3u8"
    path.write_bytes(make(tmp_path / "other"))
    for source in (path, io.BytesIO(path.read_bytes())):
        with pytest.raises(Invalid, match="cannot be decoded") as refused:
            hear(source)
        assert refused.value.code == "not_decodable"
        assert str(tmp_path) not in refused.value.message


def test_a_recording_longer_than_allowed_is_refused(tmp_path: Path, hear: Any):
    with pytest.raises(LimitExceeded) as refused:
        hear(record(tmp_path / "a", seconds=3), longest_s=2)
    assert refused.value.code == "too_long"


def test_samples_that_are_no_numbers_become_silence(tmp_path: Path, hear: Any):
    path = record(tmp_path / "a", codec="pcm_f32le")
    content = bytearray(path.read_bytes())
    content[-4000:] = np.full(1000, np.nan, np.float32).tobytes()
    path.write_bytes(content)
    _, waveform = hear(path)
    samples = waveform.read(0, 2)
    assert np.isfinite(samples).all()
    assert np.abs(samples).max() <= 1


def test_a_waveform_is_read_by_the_stretch(tmp_path: Path, hear: Any):
    _, waveform = hear(record(tmp_path / "a"))
    assert len(waveform.read(0.5, 1.0)) == SAMPLE_RATE_HZ // 2
    assert len(waveform.read(-1, 99)) == waveform.sample_count
    assert [len(samples) for _, samples in waveform.blocks(0.75)] == [12000, 12000, 8000]


def test_a_full_disk_is_not_the_recordings_fault(tmp_path: Path):
    with (
        Path("/dev/full").open("wb", buffering=0) as full,
        pytest.raises(Unavailable, match="No space") as refused,
    ):
        decode(record(tmp_path / "a"), cast("BinaryIO", full), DecodeOptions())
    assert refused.value.code == "no_room"
