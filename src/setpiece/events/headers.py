"""The headers that a caller may have sent along with a webhook. Pure."""

import re
from collections.abc import Mapping

from setpiece.kernel.errors import Invalid

MOST_HEADERS = 32
LONGEST_NAME, LONGEST_VALUE = 128, 4096  # servers take some 8 kB of headers in all; a token is one or two
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")  # RFC 9110, 5.6.2
_VALUE = re.compile(r"[\x20-\x7e\t]*")  # no line ends, and nothing that needs an encoding
_NOT_COPIED = frozenset(
    (
        "host",
        "content-length",
        "conduit-signature",
        "mappa-signature",
        # of one connection: RFC 9110, 7.6.1
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "expect",
    )
)
"""Left out without a word, as clients send what they have. Source: reports-v1, "Webhooks"."""


def copied(headers: Mapping[str, str]) -> dict[str, str]:
    """Those that are sent along, their names in small letters.

    Raises:
        Invalid: too many, too long, or a name or value that no header can have.
    """
    if len(headers) > MOST_HEADERS:
        raise Invalid(f"'webhook.headers' may have at most {MOST_HEADERS} headers.")
    for name, value in headers.items():
        if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
            raise Invalid("'webhook.headers' has a name that is no name of a header.")
        if len(value) > LONGEST_VALUE or not _VALUE.fullmatch(value):
            raise Invalid(
                f"'webhook.headers.{name}' must be one line of at most {LONGEST_VALUE} printable ASCII characters."
            )
    return {name.lower(): value.strip() for name, value in headers.items() if name.lower() not in _NOT_COPIED}
