"""An outcome as a client sends it, checked."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from setpiece.kernel.errors import Invalid
from setpiece.programs.addresses import normal_email
from setpiece.programs.outcomes.model import REPORTABLE, Correction, Event, OutcomeKind

LONGEST_ID = 255
MOST_VALUE = 1e12  # money beyond it is a slip, and a float still tells its cents
_EARLIEST = datetime(
    2000, 1, 1, tzinfo=UTC
)  # what is older is a slip, such as seconds taken for milliseconds
_TEXTS = ("leadId", "accountId", "email", "variant")
_LOOKS_DATED = re.compile(r"\d{4}-\d\d-\d\d")
_KNOWN = frozenset(("kind", "outcome", "at", "sourceEventId", "firstTouchAt", "value", "corrects", *_TEXTS))


def read_reported(content: Any, now: datetime) -> Event | Correction:
    """The event in `content`, or the correction of one, which names it in `corrects`.

    Raises:
        Invalid: with a sentence that says what to change.
    """
    if not isinstance(content, Mapping):
        raise Invalid("An outcome must be an object.", code="invalid_outcome")
    return read_event(content, now) if content.get("corrects") is None else _correction(content)


def _correction(content: Mapping[str, Any]) -> Correction:
    corrects = _text(content, "corrects")
    if corrects is None:
        raise _wrong("corrects", "must be the 'sourceEventId' of an outcome of this run")
    return Correction(
        source_id=_text(content, "sourceEventId") or _digest(content),
        corrects=corrects,
        kind=_kind(content, tuple(OutcomeKind)),
        value=_number(content),
        email=_email(_text(content, "email")),
    )


def read_event(content: Mapping[str, Any], now: datetime) -> Event:
    """The event in `content`. Without `at` it happened now; without `sourceEventId` the same content is the same event.

    Raises:
        Invalid: with a sentence that says what to change.
    """
    kind = _kind(content, REPORTABLE)
    texts = {name: _text(content, name) for name in _TEXTS}
    if not (texts["leadId"] or texts["accountId"] or texts["email"]):
        raise _wrong("leadId", "is required, or 'accountId' or 'email': whom is it about")
    if not (texts["leadId"] or texts["accountId"] or normal_email(texts["email"] or "")):
        raise _wrong(
            "email", "must be an address, such as ada@example.com, where it alone says whom it is about"
        )
    source_id = _text(content, "sourceEventId")
    if source_id is None and content.get("at") is None:
        raise _wrong(
            "sourceEventId", "is required where 'at' is left out: it tells an event from its repetition"
        )
    return Event(
        kind=kind,
        at=_instant(content, "at") or now,
        source_id=source_id or _digest(content),
        lead_id=texts["leadId"],
        account_id=texts["accountId"],
        email=_email(texts["email"]),
        first_touch_at=_instant(content, "firstTouchAt"),
        value=_number(content),
        variant=texts["variant"],
    )


def unknown_names(content: Mapping[str, Any]) -> set[str]:
    return {name[:100] for name in content if name not in _KNOWN}


def _kind(content: Mapping[str, Any], allowed: Sequence[OutcomeKind]) -> OutcomeKind:
    """`outcome` is another name for it."""
    given = content.get("kind", content.get("outcome"))
    if given == OutcomeKind.RETRACTED and given not in allowed:
        raise _wrong("corrects", "has to name what is retracted, by its 'sourceEventId'")
    if given not in allowed:
        raise _wrong("kind", f"must be one of {', '.join(allowed)}")
    return OutcomeKind(given)


def _text(content: Mapping[str, Any], name: str) -> str | None:
    """Ids may come as whole numbers."""
    given = content.get(name)
    if isinstance(given, int) and not isinstance(given, bool):
        given = str(given)
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    if not isinstance(given, str) or len(given) > LONGEST_ID:
        raise _wrong(name, f"must be a text of at most {LONGEST_ID} characters")
    return given.strip()


def _email(given: str | None) -> str | None:
    if given is not None and "@" not in given:
        raise _wrong("email", "must be an address, such as ada@example.com")
    return given


def _instant(content: Mapping[str, Any], name: str) -> datetime | None:
    """A date is its beginning in UTC, as is a moment without a zone."""
    given = content.get(name)
    if given is None:
        return None
    told = "must be a moment from the year 2000 on, such as 2026-01-31T09:00:00Z"
    if not isinstance(given, str) or not _LOOKS_DATED.match(given):
        raise _wrong(name, told)
    try:
        at = datetime.fromisoformat(given)
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _wrong(name, told) from None
    if at < _EARLIEST:
        raise _wrong(name, told)
    return at


def _number(content: Mapping[str, Any]) -> float | None:
    given = content.get("value")
    if given is None:
        return None
    is_number = isinstance(given, int | float) and not isinstance(given, bool)
    if not is_number or not abs(given) <= MOST_VALUE:  # which NaN is not
        raise _wrong("value", "must be a number of at most a million millions")
    return float(given)


def _digest(content: Mapping[str, Any]) -> str:
    known = {name: content[name] for name in sorted(_KNOWN) if name in content}
    return f"sha256:{hashlib.sha256(orjson.dumps(known)).hexdigest()}"


def _wrong(name: str, what: str) -> Invalid:
    return Invalid(f"'{name}' {what}.", code="invalid_outcome")
