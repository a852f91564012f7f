"""Ids: UUIDv7 inside, `<prefix>_<22 base62 characters>` outside.

The prefix is for the reader only. A lookup never checks it: clients keep ids from older prefixes.
"""

from typing import NewType
from uuid import UUID

import uuid_utils

ObjectId = NewType("ObjectId", str)
"""An id as shown to clients, such as ``pe_01NKzQm3cXn8pVZ4rS0TfG``."""

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUE = {character: value for value, character in enumerate(_ALPHABET)}
_LENGTH = 22  # 62**22 > 2**128
_PAIRS = tuple(first + second for first in _ALPHABET for second in _ALPHABET)


def new_uuid() -> UUID:
    """A UUIDv7: unique, and later ones sort after earlier ones of the same process."""
    return UUID(int=uuid_utils.uuid7().int)


def show(prefix: str, value: UUID) -> ObjectId:
    """The outside form of `value`."""
    number, pairs = value.int, []
    for _ in range(_LENGTH // 2):  # two characters at a time: a list of records shows dozens of ids
        number, rest = divmod(number, 62 * 62)
        pairs.append(_PAIRS[rest])
    return ObjectId(f"{prefix}_{''.join(reversed(pairs))}")


def parse(shown: str) -> UUID | None:
    """The UUID within `shown`, whatever its prefix; None when it cannot be one of ours."""
    body = shown.rpartition("_")[2]
    if len(body) != _LENGTH:
        return None
    number = 0
    for character in body:
        value = _VALUE.get(character)
        if value is None:
            return None
        number = number * 62 + value
    return UUID(int=number) if number < 1 << 128 else None
