"""An email while it is planned, and the facts left for it: each is given once, to where it is nearest."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from setpiece.agents.sequence.writer.instruct import Directives
from setpiece.agents.sequence.writer.jobs import ANSWERS, Job, Slot
from setpiece.agents.sequence.writer.kinship import Kinship, says_the_same
from setpiece.agents.sequence.writer.model import FactRole
from setpiece.agents.sequence.writer.phrase import Phrase

_FRAME_WORDS = 2
_LETTER_WORDS = 10  # greeting, call to action
# A role further down a list, or an entry further down a field, has to be nearer by this much to be taken first.
# Chosen by reading: smaller steps bring asides from distant fields, larger ones facts that answer nothing.
_ROLE_STEP, _PLACE_STEP = 0.05, 0.02
_LEAD_ROLE_STEP = 0.15
"""Leads keep closer to their order: the reader's own problem comes before the offering's list of challenges."""
_ANSWERED = 0.35
"""A lead is answered well enough at this nearness; more does not make it a better lead."""
_TOLD_APART = frozenset({FactRole.CONTEXT, FactRole.OBJECTION})
"""Roles whose facts no other makes redundant."""
_READERS_SIDE = frozenset({
    FactRole.PAIN, FactRole.CONCERN, FactRole.OBJECTIVE, FactRole.RESPONSIBILITY, FactRole.CHALLENGE,
    FactRole.STATUS_QUO, FactRole.SEGMENT, FactRole.TRIGGER,
})  # fmt: skip
"""An answer often repeats the words of its problem, so the two sides are compared among themselves only."""


@dataclass(slots=True)
class PlannedEmail:
    """One email while it is planned: its job and the phrases of each section, in order."""

    step: int
    job: Job
    bounds: tuple[int, int]
    directives: Directives
    opening: list[Phrase] = field(default_factory=list)
    body: list[Phrase] = field(default_factory=list)
    lead: Phrase | None = None
    """What the email is about; the facts that go with it are chosen by how near they are to it."""
    ask: Phrase | None = None
    """A goal to ask the reader about instead of asking for interest in general."""
    ps: Phrase | None = None

    @property
    def words(self) -> int:
        return _LETTER_WORDS + sum(phrase.words + _FRAME_WORDS for phrase in (*self.opening, *self.body))

    def fits(self, phrase: Phrase) -> bool:
        return self.words + phrase.words + _FRAME_WORDS <= self.bounds[1]

    def add(self, section: str, phrase: Phrase) -> None:
        (self.opening if section == "opening" else self.body).append(phrase)


class Pool:
    """The phrases not used yet. `take` gives the best one for some roles and never gives it again."""

    def __init__(self, phrases: Mapping[FactRole, Sequence[Phrase]], kinship: Kinship) -> None:
        self._left = {role: list(found) for role, found in phrases.items()}
        self.kinship = kinship

    def take(
        self, roles: Iterable[FactRole], email: PlannedEmail, fits: bool = True, at_least: float = 0.0
    ) -> Phrase | None:
        """The phrase nearest to what the email says already; of equally near ones the first role's first.

        None when none is as near as `at_least`: a shorter email is better than one with an aside.
        """
        near = partial(nearness, email, self.kinship)
        return self._take(roles, email, near, fits=fits, at_least=at_least)

    def take_lead(self, slot: Slot, email: PlannedEmail) -> Phrase | None:
        """The phrase with the best counterpart left: a problem that is answered, a proof of something wanted."""
        counterparts = ANSWERS if slot.section == "opening" else (FactRole.PAIN, FactRole.OBJECTIVE)
        others = [phrase for role in counterparts for phrase in self._left.get(role, ())]
        known = self._left.get(FactRole.CONTEXT, ())

        def worth(phrase: Phrase) -> float:
            answered = self.kinship.nearest(phrase, others, enough=_ANSWERED)
            return answered + 2 * self.kinship.nearest(phrase, known)

        return self._take(slot.roles, email, worth, role_step=_LEAD_ROLE_STEP)

    def _take(
        self,
        roles: Iterable[FactRole],
        email: PlannedEmail,
        worth: Callable[[Phrase], float],
        *,
        fits: bool = True,
        at_least: float = 0.0,
        role_step: float = _ROLE_STEP,
    ) -> Phrase | None:
        preferred = email.directives.prefer
        best: tuple[bool, float, Phrase] | None = None
        for rank, role in enumerate(roles):
            for at, phrase in enumerate(self._left.get(role, ())):
                if not is_allowed(phrase, email.directives) or (fits and not email.fits(phrase)):
                    continue
                value, wished = worth(phrase), bool(preferred) and holds_any(phrase, preferred)
                if value < at_least and not wished:
                    continue
                key = (wished, value - role_step * rank - _PLACE_STEP * min(at, 5))
                if best is None or key > best[:2]:
                    best = (*key, phrase)
        if best is None:
            return None
        self.drop(best[2])
        return best[2]

    def drop(self, phrase: Phrase) -> None:
        """Takes a phrase out, and with it those of the same side that say the same in much the same words."""
        key, mine = phrase.text.casefold(), phrase.role in _READERS_SIDE
        for role, left in self._left.items():
            alike = role not in _TOLD_APART and (role in _READERS_SIDE) is mine
            self._left[role] = [
                other
                for other in left
                if other.text.casefold() != key and not (alike and says_the_same(phrase, other))
            ]

    def has(self, role: FactRole) -> bool:
        return bool(self._left.get(role))

    def left(self, role: FactRole) -> Sequence[Phrase]:
        return self._left.get(role, ())

    def find(self, role: FactRole, fits: Callable[[Phrase], bool]) -> Phrase | None:
        return next((phrase for phrase in self._left.get(role, ()) if fits(phrase)), None)


def nearness(email: PlannedEmail, kinship: Kinship, phrase: Phrase) -> float:
    """How near a phrase is to the email's lead; what stands in the body counts half."""
    lead = kinship.between(email.lead, phrase) if email.lead is not None else 0.0
    return max(lead, kinship.nearest(phrase, (*email.body, *email.opening)) / 2)


def holds_any(phrase: Phrase, terms: Iterable[str]) -> bool:
    text = f"{phrase.text} {phrase.fact.source.entity_name}".casefold()
    return any(term.casefold() in text for term in terms)


def is_allowed(phrase: Phrase, directives: Directives) -> bool:
    return not any(term.casefold() in phrase.text.casefold() for term in directives.avoid)
