"""The port: what turns texts into vectors."""

from collections.abc import Sequence
from typing import Protocol

Vector = tuple[float, ...]
"""Length 1, so that the scalar product of two is their cosine, -1..1."""


class Embedder(Protocol):
    """One model. Vectors of different models cannot be compared."""

    @property
    def model(self) -> str:
        """Names the model and its version; stored beside every vector."""
        ...

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """A vector for each text, in their order; equal texts get equal vectors, whatever stands beside them.

        Any text is accepted: an empty one too, and of a long one only the beginning is read.

        Raises:
            Unavailable: the model's files are missing or are not the ones that are expected.
        """
        ...
