"""A question to the library, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass

from setpiece.library.model import Entity


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is what is asked; the rest says for whom, and helps to find and to rank."""

    text: str
    details: str = ""
    job_title: str | None = None
    company_name: str | None = None
    company_domain: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of an entity that bears on the question, and where it stands."""

    field: str
    index: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A found entity: `score` from 0 to 1, `reason` in a sentence."""

    entity: Entity
    score: float
    reason: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The best documents, how many were compared, and milliseconds by stage."""

    documents: tuple[Document, ...]
    compared: int
    spent_ms: Mapping[str, float]

    @property
    def reasoning(self) -> str:
        """One sentence on the whole."""
        if not self.documents:
            return "Nothing in the library shares a word with the question."
        first = self.documents[0]
        return f"{self.compared} entries share a word with the question; “{first.entity.name}” comes first: {first.reason}"
