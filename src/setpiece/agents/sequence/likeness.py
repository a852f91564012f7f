"""What a prospect's texts mean, and how near the candidates are to it."""

from asyncio import Future, ensure_future, get_running_loop
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import mul
from uuid import UUID

import structlog

from setpiece.kernel.errors import Unavailable
from setpiece.library.model import Entity
from setpiece.library.similarity.refresh import refresh
from setpiece.library.similarity.repository import EmbeddingRepository
from setpiece.library.titles.parse import in_english
from setpiece.matching.model import Cosines, Prospect, Similar
from setpiece.providers.embeddings.embedder import Embedder, Vector
from setpiece.workspaces.work import Work

log = structlog.get_logger(__name__)

_MADE_AT_ONCE = 150
"""Vectors that one run makes when they are missing: two seconds at most. With more the signals take no part until a worker
has caught up."""

_STILL_READING = (
    "Chosen without comparing meanings: {} entries of the library have still to be read, which a worker does."
)

COMPARED_KINDS = ("persona", "playbook", "segment", "product", "service")
_ASKED_BY_KIND = {"persona": ("title",), "playbook": ("selection", "runtime")}
"""Which text of a prospect the nearest of a large kind are looked up with; the first that was given."""
MEANT_KINDS = tuple(_ASKED_BY_KIND)
"""Kinds of which the nearest are looked up, those first whose text is read first."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The texts of one prospect as vectors, by the names that `Similar` gives them, and the embedder that made them.

    Empty where nothing was given or no embedder works; `problem` then says why, when somebody has to know.
    """

    embedder: Embedder | None = None
    vectors: Mapping[str, Vector] = field(default_factory=dict)
    problem: str = ""

    async def nearest(self, work: Work, kind: str, most: int, of: int) -> list[UUID]:
        """Of a large kind, what is nearest to the text that tells most about it."""
        asked = next((self.vectors[one] for one in _ASKED_BY_KIND.get(kind, ()) if one in self.vectors), None)
        if self.embedder is None or asked is None:
            return []
        return await EmbeddingRepository(work.scope, self.embedder.model).nearest(kind, asked, most, of)

    async def compare(self, work: Work, several: Sequence[Entity]) -> tuple[Similar, str]:
        """How near these entities are, by their stored vectors; a few that are missing or old are made first.

        With more than a few, nothing is compared; the text says so, and why when the embedder does not work.
        """
        if self.embedder is None or not self.vectors:
            return Similar(), self.problem
        repository, ids = EmbeddingRepository(work.scope, self.embedder.model), [one.id for one in several]
        found = await repository.compare(ids, list(self.vectors.values()))
        if len(found.stale) > _MADE_AT_ONCE:
            return Similar(), _STILL_READING.format(len(found.stale))
        if found.stale:
            await refresh(work, self.embedder, [one for one in several if one.id in found.stale])
            await repository.settle(found.marks)
            found = await repository.compare(ids, list(self.vectors.values()))
        named = zip(self.vectors, found.similar, strict=True)
        return Similar(**{name: _by_text(cosines) for name, cosines in named}), ""

    def compare_at_hand(self, vector_by_id: Mapping[str, Vector]) -> Similar:
        """The same for vectors that are not stored."""
        cosines: dict[str, Cosines] = {
            name: {one: sum(map(mul, asked, vector)) for one, vector in vector_by_id.items()}
            for name, asked in self.vectors.items()
        }
        return Similar(**cosines)


@dataclass(frozen=True, slots=True)
class Asked:
    """A prospect's texts while the model reads them: the title first, because the largest search waits for it alone."""

    title: Future[Likeness]
    whole: Future[Likeness]

    async def nearest(self, work: Work, kind: str, most: int, of: int) -> list[UUID]:
        """As of the likeness, once as much of it is known as that takes."""
        likeness = await (self.title if _ASKED_BY_KIND[kind] == ("title",) else self.whole)
        return await likeness.nearest(work, kind, most, of)


def ask(embedder: Embedder | None, prospect: Prospect) -> Asked:
    """Let the model begin to read; meanwhile there is something else to do."""
    texts = _texts(prospect)
    title = ensure_future(_understand(embedder, {"title": texts.pop("title")}))
    return Asked(title, ensure_future(_with_rest(title, embedder, texts)))


def nothing_asked() -> Asked:
    nothing: Future[Likeness] = get_running_loop().create_future()
    nothing.set_result(Likeness())
    return Asked(nothing, nothing)


async def understand(embedder: Embedder | None, prospect: Prospect) -> Likeness:
    """An embedder that cannot work is said and left out: the choice stands without it."""
    return await _understand(embedder, _texts(prospect))


async def _with_rest(title: Future[Likeness], embedder: Embedder | None, rest: Mapping[str, str]) -> Likeness:
    read = await _understand(embedder, rest)
    first = await title
    return Likeness(
        first.embedder or read.embedder, {**first.vectors, **read.vectors}, first.problem or read.problem
    )


async def _understand(embedder: Embedder | None, given: Mapping[str, str]) -> Likeness:
    texts = {name: text for name, text in given.items() if text.strip()}
    if embedder is None or not texts:
        return Likeness()
    try:
        vectors = await embedder.embed(list(texts.values()))
    except Unavailable as problem:
        log.warning("similarity_left_out", reason=problem.message)
        return Likeness(problem=problem.message)
    return Likeness(embedder, dict(zip(texts, vectors, strict=True)))


def _texts(prospect: Prospect) -> dict[str, str]:
    known = (prospect.industry, prospect.company_size, prospect.location, prospect.company_facts)
    return {
        # The model knows little but English: on the labelled cases, a title as it stands leads it to the right persona in 52
        # of 100, its English reading in 66.
        "title": in_english(prospect.job_title or ""),
        "selection": prospect.selection_context or "",
        "runtime": prospect.runtime_context or "",
        "company": ". ".join(text for text in known if text),
    }


def _by_text(similarity: Mapping[UUID, float]) -> Cosines:
    return {str(one): cosine for one, cosine in similarity.items()}
