"""An email while it is planned, and the facts left for it: each is given once, to where it is nearest."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from setpiece.agents.sequence.writer.instruct import Directives
from setpiece.agents.sequence.writer.kinship import RESTATED, Relatedness, repeats, saying_the_same
from setpiece.agents.sequence.writer.model import FactRole, Goal, Job, Part, Sender, Style
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.sequence.writer.shape import Shape

_FRAME_WORDS = 1
_LETTER_WORDS = 9  # greeting, call to action
ROLE_STEP, PLACE_STEP = 0.05, 0.02
"""A role further down a list, or an entry further down a field, has to be nearer by this much to be taken first.
Chosen by reading: smaller steps bring asides from distant fields, larger ones facts that answer nothing."""
_ONE_STORY = 0.3
"""Nearness that two fields of one entity have because the library tells them as one story."""
_ONE_PERSONA = 0.1
OWN = frozenset({"persona", "value-prop"})
"""Kinds whose facts are the persona's own."""
STORIES = frozenset({"core-feature", "alternative", "objection", "buying-trigger", "use-case", "proof-point"})
"""Kinds whose fields tell one story: why it exists, what it does, what that brings."""
_OF_PERSONA = frozenset({FactRole.PAIN, FactRole.CONCERN, FactRole.OBJECTIVE, FactRole.RESPONSIBILITY})
_FOR_PERSONA = frozenset({FactRole.WHY_WE_MATTER, FactRole.VALUE_PROP})
_TOLD_APART = frozenset({FactRole.CONTEXT, FactRole.OBJECTION, FactRole.ANSWER})
"""Roles whose facts no other makes redundant."""
READERS_SIDE = _OF_PERSONA | {
    FactRole.CHALLENGE, FactRole.STATUS_QUO, FactRole.SEGMENT, FactRole.TRIGGER, FactRole.SCENARIO,
}  # fmt: skip
"""An answer often repeats the words of its problem, so the two sides are compared among themselves only."""
_PROOFS = frozenset({FactRole.PROOF, FactRole.REFERENCE})
_OF_ONE_STORY = frozenset({FactRole.USE_CASE, FactRole.ANSWER})
_ORDER = (Part.SITUATION, Part.LEAD, Part.COST, Part.ANSWER, Part.CONSEQUENCE, Part.PROOF)


@dataclass(slots=True)
class PlannedEmail:
    """One email while it is planned: its job and the phrases of each part."""

    step: int
    job: Job
    goal: Goal
    bounds: tuple[int, int]
    style: Style
    sender: Sender
    directives: Directives
    parts: dict[Part, list[Phrase]] = field(default_factory=dict)

    @property
    def lead(self) -> Phrase | None:
        return next(iter(self.of(Part.LEAD)), None)

    @property
    def answer(self) -> Phrase | None:
        return next(iter(self.of(Part.ANSWER)), None)

    @property
    def phrases(self) -> list[Phrase]:
        """What the letter is made of, in the order of its argument; not the ask and the postscript."""
        return [phrase for part in _ORDER for phrase in self.parts.get(part, ())]

    @property
    def words(self) -> int:
        return _LETTER_WORDS + sum(phrase.words + _FRAME_WORDS for phrase in self.phrases)

    def of(self, *parts: Part) -> list[Phrase]:
        return [phrase for part in parts for phrase in self.parts.get(part, ())]

    def add(self, part: Part, phrase: Phrase) -> None:
        self.parts.setdefault(part, []).append(phrase)

    @property
    def room(self) -> int:
        """The words that a further fact may have."""
        return self.bounds[1] - self.words - _FRAME_WORDS


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may answer, with what the choice asks of it again and again."""

    phrase: Phrase
    text: str
    story: str | None
    for_persona: bool
    bound: bool
    """Whether it answers its own entity only: why we are better than one alternative says nothing on another."""

    @classmethod
    def of(cls, phrase: Phrase) -> "Candidate":
        return cls(phrase, phrase.text, _story_of(phrase), phrase.role in _FOR_PERSONA, is_bound(phrase))


Answer = tuple[float, Candidate]
"""A candidate after what it loses for its place and for being hard to read."""


def is_bound(phrase: Phrase) -> bool:
    return phrase.role in _OF_ONE_STORY or (
        phrase.role is FactRole.REASON_WE_WIN and phrase.fact.source.kind == "alternative"
    )


class Pool:
    """The phrases not used yet. What is taken is never given again, nor what says the same."""

    def __init__(
        self,
        phrases: Mapping[FactRole, Sequence[Phrase]],
        related: Relatedness,
        grade_of: Callable[[str], float],
    ) -> None:
        self.grade_of = grade_of
        self._left = {role: list(found) for role, found in phrases.items()}
        self._roles_by_text: dict[str, set[FactRole]] = defaultdict(set)
        for role, left in self._left.items():
            for phrase in left:
                self._roles_by_text[phrase.text].add(role)
        self._ranked_by_role: dict[FactRole, dict[int, list[tuple[float, Phrase]]]] = {}
        self._near = related.near
        self._candidates: dict[int, Candidate] = {}

    def left(self, *roles: FactRole) -> Iterable[tuple[float, Phrase]]:
        """The phrases of the roles, each with what it loses for standing further down."""
        return chain.from_iterable(self._ranked(role, rank) for rank, role in enumerate(roles))

    def _ranked(self, role: FactRole, rank: int) -> Sequence[tuple[float, Phrase]]:
        """One role's part of `left`, kept until something of the role is taken: it is asked for a thousand times."""
        lists = self._ranked_by_role.setdefault(role, {})
        found = lists.get(rank)
        if found is None:
            found = lists[rank] = [
                (ROLE_STEP * rank + PLACE_STEP * min(at, 5), phrase)
                for at, phrase in enumerate(self._left.get(role, ()))
            ]
        return found

    def texts(self) -> frozenset[str]:
        return frozenset(phrase.text for left in self._left.values() for phrase in left)

    def has(self, *roles: FactRole) -> bool:
        return any(self._left.get(role) for role in roles)

    def take(self, phrase: Phrase) -> Phrase:
        """Takes it out, and with it those of the same side that say the same in much the same words."""
        mine, near = phrase.role in READERS_SIDE, self._near(phrase.text)
        side = {role for role in self._left if role not in _TOLD_APART and (role in READERS_SIDE) is mine}
        others = {other.text for role in side for other in self._left[role] if other.text in near}
        self._remove({phrase.text}, self._left.keys())
        self._remove(saying_the_same(phrase.text, others), side)
        return phrase

    def _remove(self, texts: Set[str], roles: Set[FactRole]) -> None:
        """The texts are no longer left in the roles."""
        for role in roles & {role for text in texts for role in self._roles_by_text[text]}:
            self._left[role] = [other for other in self._left[role] if other.text not in texts]
            self._ranked_by_role.pop(role, None)

    def relation(self, one: Phrase, other: Phrase) -> float:
        """How much two phrases speak of one thing: their words, and the entity that tells both."""
        return self.relation_to(one)(other)

    def relation_to(self, one: Phrase | None) -> Callable[[Phrase], float]:
        """The same for whoever compares one with many; with nothing, nothing has to do."""
        if one is None:
            return lambda _: 0.0
        near, mates, story = self._near(one.text), _mates(one.role), _story_of(one)

        def relation(other: Phrase) -> float:
            related = near.get(other.text, 0.0)
            if story is not None and other.fact.source.oid == story:
                return related + _ONE_STORY
            return related + _ONE_PERSONA if other.role in mates else related

        return relation

    def effort(self, phrase: Phrase, grade: float) -> float:
        """What a phrase loses for being hard to read or hard to say: a clause reads best, a fragment worst."""
        return _effort(phrase.text, phrase.shape, grade, self.grade_of)

    def repeats(self, one: Phrase, other: Phrase) -> bool:
        """Whether one only says again, in one email, what the other says."""
        return self._near(one.text).get(other.text, 0.0) >= RESTATED or repeats(one.text, other.text)

    def candidate(self, phrase: Phrase) -> Candidate:
        """A phrase of this pool as one that may answer."""
        found = self._candidates.get(id(phrase))
        if found is None:
            found = self._candidates[id(phrase)] = Candidate.of(phrase)
        return found

    def best_answer(self, lead: Phrase, answers: Iterable[Answer]) -> tuple[Phrase | None, float]:
        """The answer nearest to a lead, and how near it is: `relation`, put flat, because it is asked ten thousand times."""
        near, story = self._near(lead.text), _story_of(lead)
        ours = _ONE_PERSONA if lead.role in _OF_PERSONA else 0.0
        best, best_worth, best_related = None, -1.0, 0.0
        for loss, one in answers:
            if one.bound and one.story != story:
                continue
            related = near.get(one.text, 0.0)
            if story is not None and one.story == story:
                related += _ONE_STORY
            elif ours and one.for_persona:
                related += ours
            if related - loss > best_worth and one.text != lead.text:
                best, best_worth, best_related = one.phrase, related - loss, related
        return best, best_related

    def nearness_to(self, phrases: Iterable[Phrase]) -> dict[str, float]:
        """How near each text is to the nearest of some phrases."""
        nearest: dict[str, float] = {}
        for phrase in phrases:
            for text, value in self._near(phrase.text).items():
                if value > nearest.get(text, 0.0):
                    nearest[text] = value
        return nearest

    def still_has(self, *phrases: Phrase | None) -> bool:
        return all(phrase is None or phrase in self._left.get(phrase.role, ()) for phrase in phrases)


def adds(email: PlannedEmail, phrase: Phrase, pool: Pool) -> bool:
    """Whether a sentence says more than those of its side; what belongs to one story stays with that story."""
    if phrase.shape is Shape.FRAGMENT and phrase.role not in _PROOFS:
        return False  # what stands after a colon is too weak to be a further sentence
    if phrase.role in READERS_SIDE and phrase.shape is not Shape.CLAUSE:
        return False  # a second problem is said plainly or not at all
    if is_bound(phrase) or phrase.fact.source.kind == "alternative":
        return any(phrase.fact.source.oid == one.fact.source.oid for one in email.of(Part.LEAD, Part.ANSWER))
    return says_more(email, phrase, pool)


def says_more(email: PlannedEmail, phrase: Phrase, pool: Pool) -> bool:
    """Whether no sentence of its side says it already, in the same words or in others."""
    others = email.of(Part.ANSWER, Part.CONSEQUENCE, Part.PROOF)
    if phrase.role in READERS_SIDE or phrase.role is FactRole.KEY_INSIGHT:
        others = email.of(Part.SITUATION, Part.LEAD, Part.COST)
    return not any(pool.repeats(other, phrase) for other in others)


def are_of_one_story(one: Phrase, other: Phrase) -> bool:
    """Whether one entity tells both, and tells them as one story."""
    story = _story_of(one)
    return story is not None and story == other.fact.source.oid


def _story_of(phrase: Phrase) -> str | None:
    """The entity whose fields are told as one story with the phrase; None where there is none."""
    source = phrase.fact.source
    return source.oid if source.kind in STORIES and source.oid else None


def _mates(role: FactRole) -> Set[FactRole]:
    """The roles that belong to one of this role because both speak of the persona."""
    if role in _OF_PERSONA:
        return _FOR_PERSONA
    return _OF_PERSONA if role in _FOR_PERSONA else frozenset()


@lru_cache(maxsize=8_192)
def _effort(text: str, shape: Shape, grade: float, grade_of: Callable[[str], float]) -> float:
    hard = 0.015 * min(max(grade_of(text) - grade - 2, 0.0), 8.0)
    return hard + {Shape.CLAUSE: 0.0, Shape.FRAGMENT: 0.25, Shape.QUOTE: 0.1}.get(shape, 0.04)


def holds_any(phrase: Phrase, terms: Iterable[str]) -> bool:
    text = f"{phrase.text} {phrase.fact.source.entity_name}".casefold()
    return any(term.casefold() in text for term in terms)


def is_allowed(phrase: Phrase, directives: Directives) -> bool:
    if not directives.avoid:
        return True
    text = phrase.text.casefold()
    return not any(term.casefold() in text for term in directives.avoid)


def holds_own(email: PlannedEmail) -> bool:
    """Whether an email holds a fact that is its persona's own."""
    return any(phrase.fact.source.kind in OWN for phrase in email.phrases)
