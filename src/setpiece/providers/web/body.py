"""The body of an answer, never more of it than allowed."""

import zlib

import httpx

from setpiece.kernel.errors import Invalid, Unavailable

ACCEPTED_ENCODING = "gzip"
# zlib's code for "a gzip header and the largest window" (zlib manual, inflateInit2).
GZIP_WINDOW_BITS = 16 + zlib.MAX_WBITS


async def read_body(response: httpx.Response, host: str, *, max_bytes: int) -> bytes:
    """The body after decompression.

    Decompression is done here and not by httpx, which expands a received piece whole before anyone can count:
    64 KB of gzip may become 64 MB.

    Raises:
        Invalid: Larger than `max_bytes`, sent or expanded; an encoding that was not asked for; damaged.
        Unavailable: The compressed body ends midway.
    """
    gunzip = _gunzip_for(response, host)
    body, received = bytearray(), 0
    async for piece in response.aiter_raw():
        received += len(piece)
        room = max_bytes + 1 - len(body)
        body += _expand(gunzip, piece, room, host) if gunzip else piece[:room]
        if max(received, len(body)) > max_bytes:
            raise Invalid(f"The page at {host} is larger than {max_bytes:,} bytes.")
    if gunzip and received and not gunzip.eof:
        raise Unavailable(f"{host} stopped before the page was complete.")
    return bytes(body)


def _gunzip_for(response: httpx.Response, host: str) -> "zlib._Decompress | None":
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding in {"", "identity"}:
        return None
    if encoding in {"gzip", "x-gzip"}:
        return zlib.decompressobj(GZIP_WINDOW_BITS)
    raise Invalid(f"{host} compressed its page in a way that was not asked for.")


def _expand(gunzip: "zlib._Decompress", piece: bytes, room: int, host: str) -> bytes:
    try:
        return gunzip.decompress(piece, room)
    except zlib.error as error:
        raise Invalid(f"{host} sent a damaged page.") from error
