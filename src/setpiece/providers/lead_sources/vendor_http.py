"""One vendor over HTTP: never faster than it allows, patient when it is busy, and plain about what went wrong."""

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx
import orjson

from setpiece import __version__
from setpiece.kernel.errors import Invalid, Unavailable

_RETRY_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT_S = 60.0
_MOST_BYTES = 32 * 1024 * 1024
"""Of one answer; 30,000 members of a Customer.io segment, the largest page there is, have some 4 MB."""
_MOST_SAID = 200  # characters of a vendor's message that are repeated


@dataclass(frozen=True, slots=True)
class VendorOptions:
    """How one vendor is asked.

    Attributes:
        name: As people know it.
        base_url: Where it answers.
        per_second: Requests that it takes; the bucket holds as many.
        retry_waits_s: Before each further try, unless the vendor says how long.
        timeout_s: For each piece of an answer.
    """

    name: str
    base_url: str
    per_second: float
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    retry_waits_s: tuple[float, ...] = (1.0, 4.0, 15.0)
    timeout_s: float = 30.0


class TokenBucket:
    """Lets as many through as there are tokens; one more arrives every `1 / per_second`.

    Args:
        clock: Monotonic seconds. With `sleep`, an argument so that tests need not wait.
    """

    def __init__(
        self,
        per_second: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._per_second = per_second
        self._clock, self._sleep = clock, sleep
        self._tokens = self._most = max(1.0, per_second)
        self._at = clock()

    async def take(self) -> None:
        """Wait for a token. Who waits has taken it already, so that waiters are served in turn."""
        now = self._clock()
        self._tokens = min(self._most, self._tokens + (now - self._at) * self._per_second) - 1
        self._at = now
        if self._tokens < 0:
            await self._sleep(-self._tokens / self._per_second)


@cache
def _authorities() -> ssl.SSLContext:
    """Whom to trust, read once for all vendors: it takes 30 ms."""
    return httpx.create_ssl_context()


class VendorHttp:
    """Asks for JSON and gives it. Nothing is connected before the first request.

    Redirects are not followed, so that a key goes nowhere else.
    """

    def __init__(
        self, options: VendorOptions, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._options = options
        self._sleep = sleep
        self._bucket = TokenBucket(options.per_second, sleep=sleep)
        self._client = httpx.AsyncClient(
            base_url=options.base_url.rstrip("/"),
            headers={
                "User-Agent": f"Setpiece/{__version__}",
                "Accept": "application/json",
                **options.headers,
            },
            timeout=options.timeout_s,
            follow_redirects=False,
            verify=_authorities(),
        )

    @property
    def name(self) -> str:
        return self._options.name

    @property
    def base_url(self) -> str:
        return self._options.base_url

    async def aclose(self) -> None:
        await self._client.aclose()

    async def get(self, path: str, **parameters: str | int | None) -> Any:
        """The JSON at the path; parameters that are None are left out."""
        given = {name: value for name, value in parameters.items() if value is not None}
        return read_json(await self.send("GET", path, params=given), self.name)

    async def post(self, path: str, content: Any, **parameters: str) -> Any:
        """The JSON that answers `content`."""
        return read_json(await self.send("POST", path, json=content, params=parameters), self.name)

    async def send(self, method: str, path: str, **request: Any) -> httpx.Response:
        """A good answer, after as many tries as it takes.

        Raises:
            Invalid: the vendor refuses the key or the request.
            Unavailable: it did not answer, or was busy until the last try.
        """
        waits = iter(self._options.retry_waits_s)
        while True:
            await self._bucket.take()
            answer = await self._try(method, path, request)
            wait_s = next(waits, None)
            if not isinstance(answer, httpx.Response):
                if wait_s is None:
                    raise Unavailable(
                        f"{self.name} does not answer ({answer}).", code="lead_source_unavailable"
                    )
                await self._sleep(wait_s)
            elif answer.status_code not in _RETRY_STATUSES:
                return judged(answer, self.name)
            elif wait_s is None:
                raise Unavailable(
                    f"{self.name} is busy or out of order: it answers {answer.status_code}{_said(answer)}.",
                    code="lead_source_unavailable",
                )
            else:
                await self._sleep(asked_wait_s(answer, wait_s))

    async def _try(self, method: str, path: str, request: Mapping[str, Any]) -> httpx.Response | str:
        """The whole answer, or in a word what happened on the way."""
        try:
            async with self._client.stream(method, path, **request) as answer:
                body = bytearray()
                async for piece in answer.aiter_bytes():
                    body += piece
                    if len(body) > _MOST_BYTES:
                        raise Invalid(f"An answer of {self.name} is larger than {_MOST_BYTES:,} bytes.")
                return httpx.Response(answer.status_code, headers=_kept(answer), content=bytes(body))
        except httpx.HTTPError as lost:
            return type(lost).__name__


def _kept(answer: httpx.Response) -> dict[str, str]:
    """Its headers without those that describe how the body was sent: it is decoded."""
    return {
        name: value
        for name, value in answer.headers.items()
        if name not in ("content-encoding", "content-length", "transfer-encoding")
    }


def asked_wait_s(answer: httpx.Response, otherwise_s: float) -> float:
    """What the vendor asks for in seconds, within reason, else `otherwise_s`."""
    asked = answer.headers.get("retry-after", "")
    return min(float(asked), _LONGEST_WAIT_S) if asked.isdecimal() and len(asked) < 10 else otherwise_s


def judged(answer: httpx.Response, name: str) -> httpx.Response:
    """The answer, when it is a good one.

    Raises:
        Invalid: it is none; a sentence says what to look at.
    """
    status = answer.status_code
    if status in (401, 403):
        raise Invalid(
            f"{name} refuses the key ({status}){_said(answer)}; check it, and what it may read, in the file of lead sources.",
            code="lead_source_refused",
        )
    if status == 404:
        raise Invalid(
            f"{name} has nothing under that name or id; check 'leadSource.query'.",
            code="lead_source_not_found",
        )
    if not 200 <= status < 300:
        raise Invalid(f"{name} refuses the request ({status}){_said(answer)}.", code="lead_source_query")
    return answer


def read_json(answer: httpx.Response, name: str) -> Any:
    """Raises Unavailable when it is none: a proxy in between, or an answer that broke off."""
    try:
        return orjson.loads(answer.content)
    except orjson.JSONDecodeError as unreadable:
        raise Unavailable(f"The answer of {name} is no JSON.", code="lead_source_unavailable") from unreadable


@contextmanager
def documented(name: str) -> Iterator[None]:
    """Around the reading of an answer: what is not there, or is something else, is told as a change of the vendor's API.

    Raises:
        Unavailable: the answer has not the documented form.
    """
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as wrong:
        raise shape_problem(name, wrong) from wrong


def shape_problem(name: str, wrong: Exception) -> Unavailable:
    """For an answer in a form that is not the documented one."""
    return Unavailable(
        f"{name} answers in a form that is not known ({type(wrong).__name__}: {str(wrong)[:60]}); its API may have changed.",
        code="lead_source_changed",
    )


def _said(answer: httpx.Response) -> str:
    """What a vendor says of an error, wherever it puts it."""
    try:
        content = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        return ""
    if isinstance(content, list) and content:
        content = content[0]
    said = content.get("message") or content.get("error_description") if isinstance(content, dict) else None
    return f": {' '.join(said.split())[:_MOST_SAID]}" if isinstance(said, str) and said else ""
