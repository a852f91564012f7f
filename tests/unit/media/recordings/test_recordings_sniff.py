"""What a recording's first bytes say that it is."""

import os
import random

import pytest

from setpiece.media.recordings.sniff import HEAD_BYTES, detect_media_type


def mp4(brand: bytes) -> bytes:
    return b"\x00\x00\x00\x18ftyp" + brand + b"\x00\x00\x02\x00isomiso2"


def mp3_frame(second: int = 0xFB, third: int = 0x90, length: int = 417) -> bytes:
    """MPEG 1 layer 3, 128 kbit/s at 44.1 kHz: 144 * 128000 / 44100 = 417.96 bytes."""
    return bytes([0xFF, second, third, 0x00]).ljust(length, b"\x00")


def adts_frame(length: int = 200) -> bytes:
    head = [0xFF, 0xF1, 0x50, 0x80 | length >> 11, length >> 3 & 0xFF, (length & 7) << 5 | 0x1F, 0xFC]
    return bytes(head).ljust(length, b"\x00")


def ts() -> bytes:
    return b"".join(b"G".ljust(188, b"\x00") for _ in range(10))


KNOWN = {
    "wav": (b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio/wav"),
    "rf64": (b"RF64\xff\xff\xff\xffWAVEds64", "audio/wav"),
    "avi": (b"RIFF\x24\x00\x00\x00AVI LIST", "video/x-msvideo"),
    "aiff": (b"FORM\x00\x00\x00\x24AIFFCOMM", "audio/aiff"),
    "flac": (b"fLaC\x00\x00\x00\x22", "audio/flac"),
    "opus": (b"OggS\x00\x02".ljust(28, b"\x00") + b"OpusHead", "audio/ogg"),
    "ogv": (b"OggS\x00\x02".ljust(28, b"\x00") + b"\x80theora", "video/ogg"),
    "mp3-tagged": (b"ID3\x04\x00\x00\x00\x00\x00\x00", "audio/mpeg"),
    "mp3-bare": (mp3_frame() * 3, "audio/mpeg"),
    "mp3-vbr": (mp3_frame() + mp3_frame(third=0x80, length=365) * 2, "audio/mpeg"),
    "mp3-8k": (mp3_frame(0xF3, 0x28, 72) * 3, "audio/mpeg"),
    "aac": (adts_frame() * 3, "audio/aac"),
    "m4a": (mp4(b"M4A "), "audio/mp4"),
    "mp4": (mp4(b"isom"), "video/mp4"),
    "quicktime": (mp4(b"qt  "), "video/quicktime"),
    "old-quicktime": (b"\x00\x00\x00\x08wide\x00\x01\x02\x03mdat", "video/quicktime"),
    "3gp": (mp4(b"3gp4"), "video/3gpp"),
    "webm": (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "video/webm"),
    "mkv": (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x88matroska", "video/x-matroska"),
    "wma": (bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + bytes(20), "video/x-ms-asf"),
    "mpeg-ts": (ts(), "video/mp2t"),
    "mpeg-ps": (b"\x00\x00\x01\xba\x44", "video/mpeg"),
    "amr": (b"#!AMR\n\x3c", "audio/amr"),
    "amr-wb": (b"#!AMR-WB\n\x3c", "audio/amr-wb"),
    "au": (b".snd\x00\x00\x00\x18", "audio/basic"),
}


@pytest.mark.parametrize(("head", "expected"), KNOWN.values(), ids=KNOWN.keys())
def test_a_container_is_known_by_its_first_bytes(head: bytes, expected: str):
    assert detect_media_type(head) == expected


OTHERS = {
    "nothing": b"",
    "one-byte": b"\xff",
    "pdf": b"%PDF-1.7",
    "zip": b"PK\x03\x04",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(500),
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "heic": mp4(b"heic"),
    "json": b'{"a": 1}',
    "midi": b"MThd\x00\x00\x00\x06",
    "utf-16": "just words".encode("utf-16"),
    "one-mp3-frame-then-text": mp3_frame() + b"words " * 100,
    "cut-mp3-frame": mp3_frame()[:200],
    "cut-aac-frame": adts_frame()[:50],
    "one-g": b"G" + b"o".ljust(1200, b"o"),
    "cut-wav": b"RIFF\x24\x00",
    "ebml-of-something-else": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01",
}


@pytest.mark.parametrize("head", OTHERS.values(), ids=OTHERS.keys())
def test_what_is_no_recording_is_not_taken_for_one(head: bytes):
    assert detect_media_type(head) is None


def test_random_bytes_are_hardly_ever_a_recording():
    chosen = random.Random(7)
    heads = [chosen.randbytes(HEAD_BYTES) for _ in range(3000)]
    assert sum(detect_media_type(head) is not None for head in heads) <= 1


def test_every_prefix_of_every_container_is_looked_at_without_an_error():
    for head, _ in KNOWN.values():
        for length in range(len(head)):
            detect_media_type(head[:length])
    for length in range(64):
        detect_media_type(b"\xff" * length + os.urandom(4))
