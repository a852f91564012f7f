"""The secret of a webhook and the headers that prove who sent it.

Source: the Standard Webhooks specification (https://www.standardwebhooks.com), HMAC-SHA256 over id, time and body; and
reports-v1, "Webhooks", HMAC-SHA256 over time and body, keyed with the secret's text as it stands.
"""

import base64
import binascii
import hmac
import secrets
from datetime import datetime

from standardwebhooks import Webhook

from setpiece.kernel.errors import Invalid
from setpiece.providers.webhooks.port import Message, Scheme

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


def signed_headers(message: Message, at: datetime) -> dict[str, str]:
    """The headers that prove who sent the message; `at` is in UTC.

    Raises:
        Invalid: the secret is none.
    """
    check_secret(message.secret)
    return _conduit(message, at) if message.scheme is Scheme.CONDUIT else _standard(message, at)


def _standard(message: Message, at: datetime) -> dict[str, str]:
    """While two secrets are good, one signature of each: a receiver takes either."""
    keys = [message.secret, *([message.former_secret] if message.former_secret else [])]
    text = message.payload.decode()
    return {
        "webhook-id": message.id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(Webhook(key).sign(message.id, at, text) for key in keys),
    }


def _conduit(message: Message, at: datetime) -> dict[str, str]:
    """Exactly `t` and `v1`, without a blank: the official client takes nothing else, so there is no room for two secrets."""
    seconds = int(at.timestamp())
    signed = hmac.new(message.secret.encode(), b"%d.%b" % (seconds, message.payload), "sha256")
    return {"conduit-signature": f"t={seconds},v1={signed.hexdigest()}"}
