"""What the model reads of an entity. Pure."""

from hashlib import sha256

from setpiece.library.kind import Kind
from setpiece.library.model import Entity, named_texts

_MOST_CHARS = 300
"""Some sixty tokens. On the labelled cases four times as much brought no right choice more, and took twice the time."""

_TITLES = 12
"""Titles that are read; more would leave no room for anything else."""


def text_of(kind: Kind, entity: Entity) -> str:
    """Its name first, then job titles where it has them, then what it says of itself."""
    name, *told = named_texts(kind, entity)
    titles = entity.texts(kind.title_field)[:_TITLES] if kind.title_field else ()
    return ". ".join(one.strip().rstrip(".") for one in (name, *titles, *told))[:_MOST_CHARS]


def hash_of(text: str) -> bytes:
    """16 bytes that change when the text does."""
    return sha256(text.encode(errors="surrogatepass")).digest()[:16]
