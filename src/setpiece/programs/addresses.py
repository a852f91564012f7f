"""Email addresses in the one form in which they are compared."""

import re
from functools import lru_cache

_LONGEST_EMAIL = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
_LONGEST_DOMAIN = 253  # RFC 1035, 2.3.4, as text
_LOCAL = re.compile(r"[^\s@<>(),;:\"\\\[\]\x00-\x1f\x7f\ud800-\udfff]{1,64}")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")


def normal_email(text: str) -> str | None:
    """The address in lower case with its domain in ASCII; None when it is none that mail can be sent to.

    Case in the part before the `@` is told apart by no mail server that matters, and by no person.
    """
    local, at, domain = text.strip().strip("<>").rpartition("@")
    known = normal_domain(domain) if at and _LOCAL.fullmatch(local) else None
    found = f"{local.casefold()}@{known}" if known else None
    return found if found and len(found) <= _LONGEST_EMAIL else None


@lru_cache(maxsize=16_384)  # people of one list share their companies
def normal_domain(text: str) -> str | None:
    """The domain in lower case and ASCII, without a dot at its end; None when it cannot be one, or is a single label."""
    text = text.strip().rstrip(".").lower()
    if not text or len(text) > _LONGEST_DOMAIN:
        return None
    try:
        ascii_text = text if text.isascii() else text.encode("idna").decode()
    except UnicodeError:
        return None
    labels = ascii_text.split(".")
    is_domain = len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
    return ascii_text if is_domain and not labels[-1].isdigit() else None
