"""Errors with a stable code and a kind; front doors turn the kind into a status or an exit code.

SetpieceError
├── NotFound      the thing named is not there, or belongs to another workspace
├── Conflict      the thing exists already, or changed meanwhile
├── Invalid       the request is wrong; its message says what to change
├── Unauthorized  no key, or a key that is not valid
├── Forbidden     the key is valid and may not do this
├── LimitExceeded a bound on size, count or rate was passed
└── Unavailable   something Setpiece depends on does not answer
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar


class ErrorKind(StrEnum):
    """What an error means to its caller, apart from any protocol."""

    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    INVALID = "invalid"
    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    LIMIT = "limit"
    UNAVAILABLE = "unavailable"
    BUG = "bug"


class SetpieceError(Exception):
    """Something went wrong inside Setpiece."""

    kind: ClassVar[ErrorKind] = ErrorKind.BUG
    default_code: ClassVar[str] = "internal"

    def __init__(
        self, message: str, *, code: str | None = None, details: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.default_code
        self.details = dict(details) if details else None


class NotFound(SetpieceError):
    kind = ErrorKind.NOT_FOUND
    default_code = "not_found"


class Conflict(SetpieceError):
    kind = ErrorKind.CONFLICT
    default_code = "conflict"


class Invalid(SetpieceError):
    kind = ErrorKind.INVALID
    default_code = "invalid"


class Unauthorized(SetpieceError):
    kind = ErrorKind.UNAUTHORIZED
    default_code = "unauthorized"


class Forbidden(SetpieceError):
    kind = ErrorKind.FORBIDDEN
    default_code = "forbidden"


class LimitExceeded(SetpieceError):
    kind = ErrorKind.LIMIT
    default_code = "limit_exceeded"


class Unavailable(SetpieceError):
    kind = ErrorKind.UNAVAILABLE
    default_code = "unavailable"
