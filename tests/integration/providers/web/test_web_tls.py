"""TLS keeps to the name in the URL although the connection goes to an address."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from setpiece.kernel.errors import Unavailable
from setpiece.providers.web.http_pages import HttpPages, ReadingBounds

BOUNDS = ReadingBounds(connect_timeout_s=2, total_timeout_s=4)
NAMES = "subjectAltName=DNS:shop.example"

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with openssl")


async def resolve(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    key, chain = folder / "key.pem", folder / "chain.pem"
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    subject = ["-subj", "/CN=shop.example", "-addext", NAMES, "-days", "2"]
    made = ["-keyout", str(key), "-out", str(chain)]
    command = ["openssl", "req", "-x509", "-nodes", *curve, *subject, *made]
    subprocess.run(command, check=True, capture_output=True)
    return key, chain


@pytest.fixture
async def secure(site, reply, certificate) -> AsyncIterator[tuple[int, list[str | None]]]:
    """The port of a TLS server, and the names clients asked it for."""
    key, chain = certificate
    asked: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    site.answer_by_path["/"] = reply(b"secure")
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1], asked


@pytest.fixture
def reader(certificate) -> HttpPages:
    trust = ssl.create_default_context(cafile=str(certificate[1]))
    return HttpPages(BOUNDS, resolve=resolve, tls=trust, allow_private=True)


@pytest.mark.parametrize("host", ["shop.example", "shop.example."], ids=["name", "name with a final dot"])
async def test_the_certificate_is_checked_against_the_name(secure, reader: HttpPages, host: str):
    port, asked = secure
    assert (await reader.read(f"https://{host}:{port}/")).text == "secure"
    assert asked == ["shop.example"]


@pytest.mark.parametrize("host", ["other.example", "127.0.0.1"])
async def test_a_certificate_for_another_name_is_refused(secure, site, reader: HttpPages, host: str):
    with pytest.raises(Unavailable, match="certificate is not valid"):
        await reader.read(f"https://{host}:{secure[0]}/")
    assert site.requests == []


async def test_an_unknown_authority_is_refused(secure, site):
    reader = HttpPages(BOUNDS, resolve=resolve, allow_private=True)
    with pytest.raises(Unavailable, match="certificate is not valid"):
        await reader.read(f"https://shop.example:{secure[0]}/")
    assert site.requests == []
