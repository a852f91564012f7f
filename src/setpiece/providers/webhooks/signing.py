"""The secret of a webhook and the headers that prove who sent it.

Source: the Standard Webhooks specification (https://www.standardwebhooks.com): HMAC-SHA256 over id, time and body.
"""

import base64
import binascii
import secrets
from datetime import datetime

from standardwebhooks import Webhook

from setpiece.kernel.errors import Invalid

PREFIX = "whsec_"
# Bytes of a secret that the specification allows.
_FEWEST, _MOST = 24, 64
_GENERATED = 32  # as long as the hash


def new_signing_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(_GENERATED)).decode()


def check_secret(secret: str) -> str:
    """The secret, if it is one. Decoding alone would take any text and sign with what is left of it.

    Raises:
        Invalid: it is not `whsec_` and the base64 of 24 to 64 bytes.
    """
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(PREFIX) or not _FEWEST <= len(key) <= _MOST:
        raise Invalid(f"A webhook secret is '{PREFIX}' and the base64 of {_FEWEST} to {_MOST} random bytes.")
    return secret


def signed_headers(secret: str, message_id: str, at: datetime, payload: bytes) -> dict[str, str]:
    """The three headers; `at` is in UTC."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, at, payload.decode()),
    }
