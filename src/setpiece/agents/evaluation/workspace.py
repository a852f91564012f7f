"""A workspace as a source of choices: what a run of the sequence agent would see."""

from collections.abc import Mapping
from dataclasses import dataclass

from setpiece.agents.evaluation.labels import Labels, label
from setpiece.agents.evaluation.source import Seen
from setpiece.agents.sequence.candidates import load_candidates
from setpiece.agents.sequence.likeness import ask
from setpiece.library.retrieval import RETRIEVED_KINDS
from setpiece.library.service import entities
from setpiece.matching.choose import choose
from setpiece.matching.model import Prospect
from setpiece.providers.embeddings.embedder import Embedder
from setpiece.workspaces.work import Work

_MOST_LABELLED = 10_000
"""Of a kind. Cases are labelled by hand, against libraries that a person knows."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """No agent's settings and no pins: everything competes that would without them."""

    work: Work
    labels: Labels
    embedder: Embedder | None

    @property
    def label_by_id(self) -> Mapping[str, str]:
        return self.labels.by_id

    @property
    def id_by_label(self) -> Mapping[tuple[str, str], str]:
        return self.labels.ids

    async def choose(self, prospect: Prospect) -> Seen:
        asked = ask(self.embedder, prospect)
        loaded = await load_candidates(self.work, prospect, (), asked=asked)
        choice = choose(prospect, loaded.candidates, similar=loaded.similar)
        return Seen(choice, loaded.candidates, loaded.similar)


async def open_workspace(work: Work, embedder: Embedder | None) -> Workspace:
    found = await entities(work).all_of(RETRIEVED_KINDS, _MOST_LABELLED)
    return Workspace(work, label(found), embedder)
