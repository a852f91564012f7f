import gzip
import zlib
from collections.abc import AsyncIterator

import httpx
import pytest

from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.providers.web.body import read_body

MEGABYTE = 1_000_000


def response(*pieces: bytes, encoding: str = "") -> httpx.Response:
    async def stream() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    return httpx.Response(200, headers={"content-encoding": encoding}, content=stream())


async def read(*pieces: bytes, encoding: str = "", max_bytes: int = 100) -> bytes:
    return await read_body(response(*pieces, encoding=encoding), "shop.example", max_bytes=max_bytes)


async def test_a_body_of_exactly_the_bound_is_read():
    assert await read(b"a" * 60, b"b" * 40) == b"a" * 60 + b"b" * 40


async def test_one_byte_more_is_too_large():
    with pytest.raises(Invalid, match=r"shop\.example is larger than 100 bytes"):
        await read(b"a" * 60, b"b" * 41)


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP"])
async def test_gzip_is_expanded_across_pieces(encoding: str):
    packed = gzip.compress(b"hello " * 10)
    assert await read(packed[:7], packed[7:], encoding=encoding) == b"hello " * 10


async def test_an_empty_body_may_be_called_gzip():
    assert await read(encoding="gzip") == b""


async def test_a_bomb_is_refused():
    with pytest.raises(Invalid, match="larger than"):
        await read(gzip.compress(b"\0" * 50 * MEGABYTE), encoding="gzip", max_bytes=MEGABYTE)


async def test_gzip_that_expands_to_nothing_still_counts_what_was_sent():
    packer = zlib.compressobj(wbits=31)
    nothing = packer.flush(zlib.Z_FULL_FLUSH)
    blocks = [packer.flush(zlib.Z_FULL_FLUSH) or b"\x00\x00\x00\xff\xff" for _ in range(50)]
    with pytest.raises(Invalid, match="larger than"):
        await read(nothing, *blocks, encoding="gzip")


async def test_gzip_cut_short_is_incomplete():
    with pytest.raises(Unavailable, match="complete"):
        await read(gzip.compress(b"hello" * 10)[:-9], encoding="gzip")


async def test_damaged_gzip_is_refused():
    with pytest.raises(Invalid, match="damaged"):
        await read(b"not gzip at all", encoding="gzip")


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip", "compress"])
async def test_an_encoding_that_was_not_asked_for_is_refused(encoding: str):
    with pytest.raises(Invalid, match=r"shop\.example"):
        await read(b"anything", encoding=encoding)
