"""Asking a server over HTTP, as its users do."""

from typing import Any

import httpx

from setpiece.cli.installation import Running
from setpiece.kernel.errors import Invalid, NotFound, SetpieceError, Unavailable

_TIMEOUT_S = 60


def connect(server: Running) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=server.base_url, headers={"api_key": server.key}, timeout=_TIMEOUT_S, trust_env=False
    )


async def ask(client: httpx.AsyncClient, method: str, path: str, **options: Any) -> dict[str, Any]:
    """The answer of one request, as JSON.

    Raises:
        NotFound, Invalid: the server refused it; its message says why.
        Unavailable: the server cannot answer now.
    """
    answer = await client.request(method, path, **options)
    if answer.is_success:
        content: dict[str, Any] = answer.json()
        return content
    raise refusal(answer, path)


def refusal(answer: httpx.Response, path: str) -> SetpieceError:
    """The error that an answer is."""
    message = f"{path} answered {answer.status_code}: {_message(answer.json())}"
    if answer.status_code == httpx.codes.NOT_FOUND:
        return NotFound(message)
    return Invalid(message) if answer.is_client_error else Unavailable(message)


def _message(content: dict[str, Any]) -> Any:
    """From the shape of any surface."""
    error = content.get("error")
    return error.get("message") if isinstance(error, dict) else content.get("message") or error
