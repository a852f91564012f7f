"""Keys: how a file names an entity within its kind, across imports. Pure."""

import re
import unicodedata
from collections.abc import Container

_KEY = re.compile(r"[^\W_][\w.-]*")
_WORD = re.compile(r"[^\W_]+")
_SLUG_CHARACTERS = 80
MOST_CHARACTERS = 100


def check_key(key: str) -> str:
    """Raises ValueError, with a sentence, when `key` cannot be one."""
    if len(key) > MOST_CHARACTERS or not _KEY.fullmatch(key):
        raise ValueError(
            f"must be letters, digits, '-', '_' and '.', {MOST_CHARACTERS} at most, beginning with a letter or digit"
        )
    return key


def slug(name: str, otherwise: str) -> str:
    """The key of an entity that was given none, from its name; `otherwise` when the name has no letters."""
    words = _WORD.findall(unicodedata.normalize("NFKC", name).casefold())
    return "-".join(words)[:_SLUG_CHARACTERS].rstrip("-") or otherwise


def made_unique(key: str, taken: Container[str]) -> str:
    """`key`, or with the first number that makes it another than those taken."""
    number, unique = 1, key
    while unique in taken:
        number += 1
        unique = f"{key}-{number}"
    return unique
