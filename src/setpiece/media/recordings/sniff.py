"""The content decides the type: a recording's first bytes against a table of containers.

Names and declared types are hints that clients get wrong: the official one sends bytes from memory as `upload.bin`,
`application/octet-stream`. Whether the rest can be decoded shows when it is.

Source: the file signatures in the containers' own specifications, and in the IANA media types where one exists.
"""

from collections.abc import Callable
from struct import unpack_from

HEAD_BYTES = 4096
"""Enough for every rule below: the longest look is at six MPEG transport packets."""

_TS_PACKET_BYTES = 188
_TS_PACKETS = 6  # five repeats of one byte at a fixed distance are no accident
_MP4_AUDIO_BRANDS = (b"M4A ", b"M4B ", b"M4P ")
_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_W64 = b"riff" + bytes.fromhex("2e91cf11a5d628db04c10000")


def detect_media_type(head: bytes) -> str | None:
    """The media type of a recording that begins with `head`, or None when it is not audio or video that is known."""
    for begins, media_type in _BY_FIRST_BYTES:
        if head.startswith(begins):
            return media_type
    return next((found for look in _LOOKS if (found := look(head))), None)


def has_no_sound(head: bytes) -> bool:
    """Whether the beginning of a WAV says that nothing can be heard: no channel, or 0 Hz."""
    place = head.find(b"fmt ", 12, 512)
    if _riff(head) != "audio/wav" or place < 0 or len(head) < place + 16:
        return False
    channels, rate_hz = unpack_from("<HI", head, place + 10)
    return bool(channels == 0 or rate_hz == 0)


def _riff(head: bytes) -> str | None:
    if head[:4] not in (b"RIFF", b"RF64", b"BW64"):
        return None
    return {b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}.get(head[8:12])


def _aiff(head: bytes) -> str | None:
    return "audio/aiff" if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC") else None


def _ogg(head: bytes) -> str | None:
    if not head.startswith(b"OggS\x00"):
        return None
    return "video/ogg" if b"theora" in head[:200] else "audio/ogg"


def _matroska(head: bytes) -> str | None:
    """EBML, whose document type stands within the first bytes."""
    if not head.startswith(b"\x1a\x45\xdf\xa3"):
        return None
    if b"webm" in head[:64]:
        return "video/webm"
    return "video/x-matroska" if b"matroska" in head[:64] else None


def _mp4(head: bytes) -> str | None:
    """ISO base media, and the older QuickTime files that begin with another box."""
    box, brand = head[4:8], head[8:12]
    if box == b"ftyp":
        if brand in _MP4_AUDIO_BRANDS:
            return "audio/mp4"
        if brand == b"qt  ":
            return "video/quicktime"
        if brand in (b"avif", b"heic", b"heix", b"mif1", b"msf1", b"crx "):  # pictures in the same container
            return None
        return "video/3gpp" if brand.startswith((b"3gp", b"3g2")) else "video/mp4"
    return "video/quicktime" if box in (b"moov", b"mdat", b"wide") and len(head) >= 16 else None


def _transport_stream(head: bytes) -> str | None:
    marks = head[: _TS_PACKET_BYTES * _TS_PACKETS : _TS_PACKET_BYTES]
    return "video/mp2t" if marks == b"G" * _TS_PACKETS else None


def _adts(head: bytes) -> str | None:
    """AAC without a container: a second frame stands where the first says that it ends."""
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return None
    length = (head[3] & 0x03) << 11 | head[4] << 3 | head[5] >> 5
    after = head[length : length + 2]
    return "audio/aac" if length >= 7 and after == head[:2] else None


def _mpeg_audio(head: bytes) -> str | None:
    """MP3 or MP2 without tags: a second frame of the same kind stands where the first says that it ends."""
    length = _mpeg_frame_bytes(head)
    if length is None or _mpeg_frame_bytes(head[length:]) is None:
        return None
    return "audio/mpeg" if head[1] == head[length + 1] else None


_BIT_RATES_KBPS = {
    # Source: ISO/IEC 11172-3 and 13818-3, tables of bit rates; (is version 1, layer).
    (True, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (True, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (False, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SAMPLE_RATES_HZ = (44_100, 48_000, 32_000)
_RATE_DIVISOR_BY_VERSION = {3: 1, 2: 2, 0: 4}
_LAYER_BY_BITS = {1: 3, 2: 2}


def _mpeg_frame_bytes(frame: bytes) -> int | None:
    """Length of the MPEG audio frame that begins here, or None when none does."""
    if len(frame) < 4 or frame[0] != 0xFF or frame[1] & 0xE0 != 0xE0:
        return None
    version, layer = frame[1] >> 3 & 3, _LAYER_BY_BITS.get(frame[1] >> 1 & 3)
    rate, frequency, padding = frame[2] >> 4, frame[2] >> 2 & 3, frame[2] >> 1 & 1
    if version == 1 or layer is None or not 1 <= rate <= 14 or frequency == 3:
        return None
    bit_rate = _BIT_RATES_KBPS[version == 3, layer][rate - 1] * 1000
    sample_rate = _SAMPLE_RATES_HZ[frequency] // _RATE_DIVISOR_BY_VERSION[version]
    samples = 1152 if layer == 2 or version == 3 else 576
    return samples // 8 * bit_rate // sample_rate + padding


_BY_FIRST_BYTES = (
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR-WB\n", "audio/amr-wb"),
    (b"#!AMR\n", "audio/amr"),
    (b".snd", "audio/basic"),
    (b"caff\x00\x01", "audio/x-caf"),
    (b"FLV\x01", "video/x-flv"),
    (_ASF, "video/x-ms-asf"),
    (_W64, "audio/x-w64"),
    (b"wvpk", "audio/x-wavpack"),
    (b"MAC ", "audio/x-ape"),
    (b"\x00\x00\x01\xba", "video/mpeg"),
    (b"\x0b\x77", "audio/ac3"),
)
_LOOKS: tuple[Callable[[bytes], str | None], ...] = (
    _riff,
    _aiff,
    _ogg,
    _matroska,
    _mp4,
    _transport_stream,
    _adts,
    _mpeg_audio,
)
