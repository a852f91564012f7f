"""Errors as each surface shows them: one table from kinds to statuses, one shape per prefix."""

from typing import Any

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
}
GTM_PREFIX = "/api/v2"
_MOST_NAMED = 5  # problems named in one message; more help nobody


def status_of(error: SetpieceError) -> int:
    return STATUS_BY_CODE.get(error.code, STATUS_BY_KIND[error.kind])


def body_of(error: SetpieceError, path: str, request_id: str) -> dict[str, Any]:
    """The error in the shape of the surface that `path` belongs to."""
    if path.startswith(GTM_PREFIX):
        return {"_metadata": metadata(request_id, message=error.message), "message": error.message}
    told: dict[str, Any] = {"code": error.code, "message": error.message}
    if error.details:
        told["details"] = error.details
    return {"error": told}


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
