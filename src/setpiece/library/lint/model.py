"""Rules, what they find, and the library they look at. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from setpiece.library.kind import Shape
from setpiece.library.model import Entity
from setpiece.library.playbooks.model import Playbook
from setpiece.library.service import KIND_BY_NAME

NEVER_IN_COPY = frozenset(
    """whyTheyMatterToUs keyDifferentiators customersWeWon customersWeSwitched areasToProbeAndClarify
    assumptionsAndMisconceptions relevanceToOurBusiness keyConsiderations uniqueApproach fitExplanation exampleDomains
    commonJobTitles""".split()  # noqa: SIM905 - twelve names read better so
)
"""Fields that are for the team; what stands in them never reaches an email."""


class Severity(StrEnum):
    """Error: an email can come out wrong. Warning: a choice or a text suffers. Info: worth a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    def reaches(self, other: "Severity") -> bool:
        """Whether this is as bad as `other`, or worse."""
        order = tuple(Severity)
        return order.index(self) <= order.index(other)


@dataclass(frozen=True, slots=True)
class LintSettings:
    """Bounds of the rules."""

    stale_after_days: int = 180
    """Days that an entity may lie behind the newest change of the library. Two quarters; judgement."""
    longest_fact_words: int = 40
    """Half of what a first email holds (50 to 90 words): a fact that fills it leaves no room for a second."""


@dataclass(frozen=True, slots=True)
class Place:
    """A field of an entity; `index` counts from 0 in a field of texts, and among the questions."""

    entity: Entity
    field: str
    index: int | None = None

    @property
    def path(self) -> str:
        return self.field if self.index is None else f"{self.field}[{self.index}]"


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule says once: a sentence to act on, and the places meant."""

    message: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A text of the library and its place."""

    text: str
    place: Place

    @property
    def entity(self) -> Entity:
        return self.place.entity


@dataclass(frozen=True)
class LintedLibrary:
    """A whole library. `entities` are the live ones, the oldest first; `gone` the names of what links lead to nothing.

    `stored` is False for a library that was read from a file: it has neither ids nor dates.
    """

    entities: tuple[Entity, ...]
    playbooks: Mapping[UUID, Playbook] = field(default_factory=dict)
    gone: Mapping[UUID, str] = field(default_factory=dict)
    stored: bool = True
    settings: LintSettings = LintSettings()

    @cached_property
    def by_id(self) -> Mapping[UUID, Entity]:
        return {one.id: one for one in self.entities}

    def of(self, kind: str) -> list[Entity]:
        return [one for one in self.entities if one.kind == kind]

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Every text an email can be made of, and names and descriptions."""
        return tuple(fact for entity in self.entities for fact in facts_of(entity))


def facts_of(entity: Entity) -> Iterator[Fact]:
    yield Fact(entity.name, Place(entity, "name"))
    if entity.description:
        yield Fact(entity.description, Place(entity, "description"))
    for one in KIND_BY_NAME[entity.kind].fields:
        if one.name in NEVER_IN_COPY:
            continue
        if one.shape is Shape.TEXTS:
            yield from (
                Fact(text, Place(entity, one.name, at)) for at, text in enumerate(entity.texts(one.name))
            )
        elif one.shape is Shape.TEXT and entity.data.get(one.name):
            yield Fact(str(entity.data[one.name]), Place(entity, one.name))


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to look for. `about` is the sentence that the documents have for it."""

    id: str
    severity: Severity
    about: str
    find: Callable[[LintedLibrary], Iterator[Said]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule said, under its name."""

    rule: str
    severity: Severity
    message: str
    places: tuple[Place, ...]
