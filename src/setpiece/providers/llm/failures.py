"""From what a vendor's server or the network did to a house error, and to whether another attempt makes sense."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from setpiece.kernel.errors import Invalid, LimitExceeded, SetpieceError, Unavailable
from setpiece.providers.llm.vendor import Failed

_QUOTED_CHARS = 200
_NO_QUOTA = ("insufficient_quota", "billing_error", "credit balance")
"""In a 429 or 400 that time does not heal."""


def unreachable(where: str) -> Failed:
    """No connection, or one that broke before the answer was complete."""
    message = f"The language model at {where} cannot be reached, or hung up before it had answered."
    return Failed(Unavailable(message, code="llm_unavailable"), again=True)


def too_slow(waited_s: float) -> Failed:
    message = f"The language model did not answer within {waited_s:g} s (SETPIECE_LLM_TIMEOUT_S)."
    return Failed(Unavailable(message, code="llm_timeout"), again=True)


def unreadable(where: str) -> Failed:
    """A success that is not in the vendor's protocol: a proxy's page, half a body."""
    message = (
        f"What answers at {where} does not speak the protocol that was expected; check SETPIECE_LLM_BASE_URL."
    )
    return Failed(Unavailable(message, code="llm_answer_invalid"), again=True)


def refused(status: int, headers: Mapping[str, str], said: str, *, model: str, secret: str) -> Failed:
    """An answer with an error status; `said` is the vendor's own message.

    The message of a 401 is never repeated: vendors quote a part of the key in it.
    """
    wait_s = retry_after_s(headers)
    error = _error(status, _quoted(said, secret), model, wait_s)
    again = status in (408, 409, 429) or status >= 500
    if any(word in said for word in _NO_QUOTA):
        again = False
    told = headers.get("x-should-retry")  # both vendors' clients obey it
    if told in ("true", "false"):
        again = told == "true"
    return Failed(error, again=again, wait_s=wait_s)


def _error(status: int, said: str, model: str, wait_s: float | None) -> SetpieceError:
    if status in (401, 403):
        return Unavailable(
            "The language model's server refused the key; check SETPIECE_LLM_API_KEY.", code="llm_key_refused"
        )
    if status == 429:
        when = f" It asks to wait {wait_s:g} s." if wait_s else ""
        return LimitExceeded(f"The language model is over its limit{said}.{when}", code="llm_limit")
    if status in (408, 409) or status >= 500:
        return Unavailable(f"The language model's server answered {status}{said}.", code="llm_unavailable")
    if status == 404:
        return Invalid(
            f"The language model's server does not know the model '{model[:80]}', or the address is wrong{said}.",
            code="llm_request_refused",
        )
    return Invalid(
        f"The language model's server refused the request with {status}{said}.", code="llm_request_refused"
    )


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as a date; None without one.

    Source: RFC 9110, section 10.2.3; the milliseconds are both vendors' own.
    """
    for name, divisor in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            wait_s = float(headers.get(name, "")) / divisor
        except ValueError:
            continue
        if math.isfinite(wait_s):
            return max(0.0, wait_s)
    try:
        at = parsedate_to_datetime(headers.get("retry-after", ""))
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())


def _quoted(said: str, secret: str) -> str:
    """The vendor's message on one short line, without the key."""
    line = " ".join(said.split())
    if secret:
        line = line.replace(secret, "***")
    line = line[:_QUOTED_CHARS].rstrip(" .")
    return f": {line}" if line else ""
