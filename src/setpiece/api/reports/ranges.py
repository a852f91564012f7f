"""The `Range` header: which bytes of a content are wanted.

Source: RFC 9110, sections 13.1.5 and 14. A range that cannot be read, or several at once, are ignored, which it allows.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_ONE_RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,19})\s*-\s*(\d{0,19})\s*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes from `start` up to and without `end`."""

    start: int
    end: int


class Unsatisfiable(Exception):
    """The range lies outside the content."""


def wanted_span(header: str | None, size: int) -> Span | None:
    """The part of a content of `size` bytes that is asked for; None for all of it.

    Raises:
        Unsatisfiable: no byte of the content is in the range.
    """
    found = _ONE_RANGE.fullmatch(header or "")
    if found is None or found[1] == found[2] == "":
        return None
    first, last = found[1], found[2]
    if not first:  # the last so many bytes
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return None
    if start >= end:
        raise Unsatisfiable
    return Span(start, end)


def is_unchanged(if_range: str | None, etag: str, modified: datetime) -> bool:
    """Whether what the client has a part of is still this content; a weak tag never proves that."""
    if if_range is None or if_range.strip() == etag:
        return True
    try:
        since = parsedate_to_datetime(if_range)
    except ValueError:
        return False
    if since.tzinfo is None:
        since = since.replace(tzinfo=UTC)
    return since == modified.replace(microsecond=0)
