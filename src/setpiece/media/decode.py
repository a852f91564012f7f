"""Any recording becomes mono float32 at 16 kHz, a few frames at a time."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from setpiece.kernel.errors import Invalid, LimitExceeded, Unavailable
from setpiece.media.model import Progress, Recording, Stage, unheard
from setpiece.media.waveform import Waveform
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ, Samples

if TYPE_CHECKING:
    from av import AudioStream
    from av.audio.frame import AudioFrame
    from av.container import InputContainer

# Containers that hold sound themselves. Playlists (HLS, DASH, concat) are not among them: they name other files and
# addresses, and a recording from outside must not make the server open those.
CONTAINERS = "wav,w64,mp3,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,ogg,flac,aac,aiff,au,caf,amr,amrnb,amrwb,asf,avi,flv,mpeg,mpegts,ac3,gsm,wv,ape"
PROGRESS_EVERY_S = 10.0


@dataclass(frozen=True, slots=True)
class DecodeOptions:
    channel: int | None = None
    """The channel to listen to, counted from 0; None mixes all of them."""
    longest_s: float = 12 * 3600.0
    """The longest recording that is taken; a small file can hold days of silence."""


def decode(
    source: Path | BinaryIO, target: BinaryIO, options: DecodeOptions, progress: Progress = unheard
) -> tuple[Recording, Waveform]:
    """Writes the samples into the empty file `target` and says what the recording was. What it is called plays no part.

    A recording that breaks off keeps what came before.

    Raises:
        Invalid: not sound that can be read (code `not_decodable`), or no such channel (code `no_such_channel`).
        LimitExceeded: longer than the options allow.
        Unavailable: the samples cannot be written (code `no_room`).
    """
    import av

    try:
        with av.open(
            source,
            "r",
            metadata_errors="ignore",
            options={"format_whitelist": CONTAINERS, "protocol_whitelist": "file"},
        ) as container:
            return _decode_open(container, target, options, progress)
    except (av.FFmpegError, ValueError, OSError) as problem:
        raise _not_decodable(f"nothing in it can be read as sound ({_reason(problem)})") from problem


def _reason(problem: Exception) -> str:
    """The decoder's own words, without the path that some of them carry."""
    return str(getattr(problem, "strerror", None) or type(problem).__name__)


def _not_decodable(why: str) -> Invalid:
    return Invalid(
        f"The recording cannot be decoded: {why}. Send an audio or video file with a sound track, such as WAV, MP3, M4A, MP4, WebM, Ogg or FLAC.",
        code="not_decodable",
    )


def _decode_open(
    container: "InputContainer", target: BinaryIO, options: DecodeOptions, progress: Progress
) -> tuple[Recording, Waveform]:
    if not container.streams.audio:
        raise _not_decodable("it has no sound track")
    stream = container.streams.audio[0]
    channels = stream.channels
    if options.channel is not None and not 0 <= options.channel < channels:
        raise Invalid(
            f"The recording has {channels} channel(s), counted from 0; there is no channel {options.channel}.",
            code="no_such_channel",
        )
    expected_s = float(container.duration or 0) / 1_000_000
    blocks = _Blocks(container, stream, options.channel)
    samples_written = _write(blocks, target, options.longest_s, expected_s, progress)
    if not samples_written:
        raise _not_decodable("its sound track is empty")
    waveform = Waveform(target, samples_written)
    return (
        Recording(
            duration_s=waveform.duration_s,
            container=container.format.name,
            codec=stream.codec_context.name,
            sample_rate_hz=stream.sample_rate,
            channels=channels,
            is_cut_off=blocks.is_cut_off,
        ),
        waveform,
    )


def _write(
    blocks: "_Blocks", target: BinaryIO, longest_s: float, expected_s: float, progress: Progress
) -> int:
    written = reported = 0
    for block in blocks:
        _append(target, block)
        written += len(block)
        if written > longest_s * SAMPLE_RATE_HZ:
            raise LimitExceeded(
                f"The recording is longer than {longest_s / 3600:g} hours, the most that is taken.",
                code="too_long",
            )
        if written - reported >= PROGRESS_EVERY_S * SAMPLE_RATE_HZ:
            reported, done_s = written, written / SAMPLE_RATE_HZ
            progress(Stage.DECODE, done_s, max(expected_s, done_s))
    _append(target, None)
    return written


def _append(target: BinaryIO, block: Samples | None) -> None:
    """Write the samples; None: bring to the disk what was written."""
    try:
        target.flush() if block is None else target.write(block.tobytes())
    except OSError as full:
        raise Unavailable(
            f"The decoded sound cannot be written: {full.strerror}. Make room on the worker's disk.",
            code="no_room",
        ) from full


class _Blocks:
    """The samples of a sound track, frame by frame; afterwards `is_cut_off` says whether it broke off."""

    def __init__(self, container: "InputContainer", stream: "AudioStream", channel: int | None) -> None:
        self._container = container
        self._stream = stream
        self._channel = channel
        self.is_cut_off = False

    def __iter__(self) -> Iterator[Samples]:
        import av

        resampler: av.AudioResampler | None = None
        shape: tuple[str, str, int] | None = None
        for frame in itertools.chain(self._frames(), (None,)):
            if frame and (now := (frame.format.name, frame.layout.name, frame.sample_rate)) != shape:
                # Some files change their format on the way; a resampler knows only one.
                if resampler:
                    yield from map(self._mono, resampler.resample(None))
                shape, resampler = now, av.AudioResampler(format="flt", rate=SAMPLE_RATE_HZ)
            if resampler:
                yield from map(self._mono, resampler.resample(frame))

    def _frames(self) -> "Iterator[AudioFrame]":
        import av

        frames = self._container.decode(self._stream)
        heard = False
        while True:
            try:
                frame = next(frames)
            except StopIteration:
                return
            except av.FFmpegError:
                if not heard:
                    raise
                self.is_cut_off = True
                return
            heard = True
            yield frame

    def _mono(self, frame: "AudioFrame") -> Samples:
        """Interleaved samples become one channel, shape (samples,); what is not a number becomes silence."""
        interleaved = frame.to_ndarray().reshape(-1, frame.layout.nb_channels)
        channel = self._channel
        mixed = (
            interleaved.mean(axis=1)
            if channel is None
            else interleaved[:, min(channel, interleaved.shape[1] - 1)]
        )
        samples: Samples = np.clip(np.nan_to_num(mixed, nan=0.0, posinf=1.0, neginf=-1.0), -1, 1).astype(
            np.float32
        )
        return samples
