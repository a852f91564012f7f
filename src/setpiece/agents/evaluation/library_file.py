"""A library file as a source of choices: no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from setpiece.agents.evaluation.labels import Labels, label
from setpiece.agents.evaluation.source import Seen
from setpiece.agents.sequence.candidates import as_candidates
from setpiece.agents.sequence.likeness import understand
from setpiece.library.model import Entity
from setpiece.library.retrieval import RETRIEVED_KINDS
from setpiece.library.service import KIND_BY_NAME
from setpiece.library.similarity.texts import text_of
from setpiece.library.transfer.document import Document
from setpiece.library.transfer.plan import plan_alone
from setpiece.matching.choose import choose
from setpiece.matching.model import Candidates, Prospect
from setpiece.providers.embeddings.embedder import Embedder, Vector


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """Every entity of the file competes."""

    candidates: Candidates
    vector_by_id: Mapping[str, Vector]
    labels: Labels
    embedder: Embedder | None

    @property
    def label_by_id(self) -> Mapping[str, str]:
        return self.labels.by_id

    @property
    def id_by_label(self) -> Mapping[tuple[str, str], str]:
        return self.labels.ids

    async def choose(self, prospect: Prospect) -> Seen:
        similar = (await understand(self.embedder, prospect)).compare_at_hand(self.vector_by_id)
        return Seen(choose(prospect, self.candidates, similar=similar), self.candidates, similar)


async def open_library(document: Document, embedder: Embedder | None) -> LibraryFile:
    """Raises Invalid with all that is wrong with the file."""
    changes = plan_alone(document)
    found: dict[UUID, Entity] = {one.after.id: one.after for one in changes}
    usable = {one.id for one in found.values() if one.active}
    candidates = as_candidates(found, [one.playbook for one in changes if one.playbook], usable)
    vectors = await _vectors(embedder, [one for one in found.values() if one.kind in RETRIEVED_KINDS])
    return LibraryFile(candidates, vectors, label(found.values()), embedder)


async def _vectors(embedder: Embedder | None, several: Iterable[Entity]) -> dict[str, Vector]:
    if embedder is None:
        return {}
    texts = {str(one.id): text_of(KIND_BY_NAME[one.kind], one) for one in several}
    return dict(zip(texts, await embedder.embed(list(texts.values())), strict=True))
