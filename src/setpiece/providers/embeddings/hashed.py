"""The fake: words in common instead of meaning, the same everywhere and at once."""

import math
import re
from collections.abc import Sequence
from hashlib import blake2b

from setpiece.providers.embeddings.embedder import Vector

_WORD = re.compile(r"\w+")


class HashedWords:
    """Each word has a place and a sign, both from its hash; a text is the sum of its words, made length 1."""

    def __init__(self, model: str = "hashed-words-1", dimension: int = 384) -> None:
        self.model = model
        self.dimension = dimension

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> Vector:
        sums = [0.0] * self.dimension
        for word in _WORD.findall(text.casefold()) or [""]:
            number = int.from_bytes(
                blake2b(f"{self.model} {word}".encode(errors="replace"), digest_size=8).digest()
            )
            sums[(number >> 1) % self.dimension] += 1.0 if number & 1 else -1.0
        length = math.sqrt(math.fsum(one * one for one in sums))
        if not length:  # words that cancel each other out
            return self._vector("")
        return tuple(one / length for one in sums)
