"""Errors as each surface shows them: one table from kinds to statuses, one shape per prefix."""

from typing import Any, Literal

from pydantic import ValidationError

from setpiece.kernel.clock import now, show_instant
from setpiece.kernel.errors import ErrorKind, Invalid, SetpieceError
from setpiece.kernel.field_problems import findings, sentence

STATUS_BY_KIND = {
    ErrorKind.NOT_FOUND: 404,
    ErrorKind.CONFLICT: 409,
    ErrorKind.INVALID: 400,
    ErrorKind.UNAUTHORIZED: 401,
    ErrorKind.FORBIDDEN: 403,
    ErrorKind.LIMIT: 429,
    ErrorKind.UNAVAILABLE: 503,
    ErrorKind.BUG: 500,
}
STATUS_BY_CODE = {
    "body_too_large": 413,
    "method_not_allowed": 405,
    "body_too_slow": 408,
    "head_too_slow": 408,
    "head_too_large": 431,
    "gone": 410,
    "precondition_failed": 412,
    "unsupported_media_type": 415,
    "range_not_satisfiable": 416,
}
GTM_PREFIX = "/api/v2"
PROGRAMS_PREFIXES = ("/v1/playbooks", "/api/v1/playbooks")
ErrorShape = Literal["object", "text"]
"""`{"error": {"code", "message"}}`, or `{"error": "…"}` for clients that show whatever stands there."""
RETRY_AFTER = "retryAfter"
"""Name in an error's details of the whole seconds to wait."""
_UNREADABLE = frozenset(
    (
        "empty_body",
        "incomplete_body",
        "incomplete_request",
        "invalid_http",
        "invalid_json",
        "invalid_multipart",
        "not_an_object",
        "too_deep",
        "too_many_values",
    )
)
"""Codes of requests that cannot be read at all: a 400 on every surface."""
_REPORTS_CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    413: "payload_too_large",
    422: "validation_error",
    429: "RATE_LIMITED",
    503: "unavailable",
}
_MOST_NAMED = 5  # problems named in one message; more help nobody


def status_of(error: SetpieceError, path: str) -> int:
    """The status on the surface that `path` belongs to: what can be read and is wrong is a 422 on the reports surface."""
    status = STATUS_BY_CODE.get(error.code, STATUS_BY_KIND[error.kind])
    is_readable = error.code not in _UNREADABLE
    return 422 if status == 400 and is_readable and is_reports(path) else status


def is_reports(path: str) -> bool:
    """Whether `path` is of the reports surface: what under `/v1` and `/v2` is no program."""
    return path.startswith(("/v1/", "/v2/")) and not is_programs(path)


def is_programs(path: str) -> bool:
    """Whether `path` is of the programs surface, at either prefix."""
    return path.startswith(PROGRAMS_PREFIXES)


def body_of(
    error: SetpieceError, path: str, request_id: str, *, programs_as: ErrorShape = "object"
) -> dict[str, Any]:
    """The error in the shape of the surface that `path` belongs to; that of programs can be chosen, its reference shows none."""
    if path.startswith(GTM_PREFIX):
        return {"_metadata": metadata(request_id, message=error.message), "message": error.message}
    if is_reports(path):
        return _reports_body(error, status_of(error, path))
    details = {"details": error.details} if error.details else {}
    if programs_as == "text" and is_programs(path):
        return {"error": error.message, "code": error.code, **details}
    return {"error": {"code": error.code, "message": error.message, **details}}


def _reports_body(error: SetpieceError, status: int) -> dict[str, Any]:
    """One code for each status, as the contract has them; our finer one is the reason in `details`.

    Source: reports-v1, "Error envelope"; what it leaves free is chosen in docs/files.md.
    """
    if status == 410 and error.details:
        return {"error": "gone", "message": error.message, **error.details}
    code = _REPORTS_CODES.get(status, error.code)
    details = dict(error.details or {})
    if error.code != code:
        details.setdefault("reason", error.code)
    told: dict[str, Any] = {"code": code, "message": error.message}
    if RETRY_AFTER in details:
        told[RETRY_AFTER] = details.pop(RETRY_AFTER)
    return {"error": told | ({"details": details} if details else {})}


def extra_headers(error: SetpieceError) -> dict[str, str]:
    """`Retry-After` where the error says when to come again."""
    wait_s = (error.details or {}).get(RETRY_AFTER)
    return {} if wait_s is None else {"retry-after": str(wait_s)}


def metadata(request_id: str, *, usage: int = 0, message: str = "OK") -> dict[str, Any]:
    """The `_metadata` of every answer under `/api/v2`."""
    return {"requestId": request_id, "timestamp": show_instant(now()), "usage": usage, "message": message}


def invalid_fields(problem: ValidationError) -> Invalid:
    """A sentence for each wrong field: where it is, what it must be."""
    found = findings(problem)
    named = [sentence(one) for one in found[:_MOST_NAMED]]
    if len(found) > _MOST_NAMED:
        named.append(f"and {len(found) - _MOST_NAMED} more")
    return Invalid("; ".join(named) + ".", code="invalid_fields")
