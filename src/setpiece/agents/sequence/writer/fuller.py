"""Fills emails that are short of their fewest words: the next best facts of the pool, shared out fairly."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from setpiece.agents.sequence.writer.jobs import OFFER
from setpiece.agents.sequence.writer.kinship import LINKED, RELATED
from setpiece.agents.sequence.writer.model import FactRole, Job, Length, Part
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.sequence.writer.pool import (
    READERS_SIDE,
    PlannedEmail,
    Pool,
    adds,
    is_allowed,
    says_more,
)
from setpiece.agents.sequence.writer.shape import Shape

_READER = (FactRole.CHALLENGE, FactRole.STATUS_QUO, FactRole.KEY_INSIGHT, FactRole.PAIN, FactRole.SEGMENT)
_OFFER = (*OFFER, FactRole.ANSWER)
"""An answer to an objection says something of us also where nobody objects."""
_LAST = frozenset(
    {FactRole.PROOF, FactRole.REFERENCE, FactRole.ATTACHED, FactRole.ANSWER, FactRole.KEY_INSIGHT}
)
"""What the argument of an email takes before: here it stands behind facts that are as near."""
_OURS = 0.6
"""How much nearness to the persona's own facts counts beside nearness to the email, so that two personas get two emails."""
_PROOFS = (FactRole.PROOF, FactRole.REFERENCE, FactRole.ATTACHED)
_LETTER_WORDS = 5
"""The fewest of a greeting and an ask: "Hi Ana," and "Want to see it?". Frames may add none, so none are counted."""
_MOST_FACTS = {Length.SHORT: 4, Length.MEDIUM: 7, Length.MIXED: 7, Length.LONG: 9}
_PROBLEMS = frozenset({FactRole.PAIN, FactRole.CHALLENGE, FactRole.STATUS_QUO, FactRole.SCENARIO})
_LOSS = 0.4
"""How much of a fact's loss for its place counts here: nearness counts more than the order of fields."""
_MOST_COSTS = 2
"""Further sentences on the problem: more would be a complaint."""
_ASIDE = 0.1
"""What a sentence loses that speaks to nothing in its email, and a proof that nobody asked for: nearer ones come first."""


@dataclass(frozen=True, slots=True)
class _Choice:
    worth: float
    part: Part
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Fuller:
    """Adds the next best facts of the pool to emails that are short."""

    pool: Pool
    to_persona: Mapping[str, float]
    """How near each text is to the persona's own facts."""

    def fill_up(self, emails: Sequence[PlannedEmail]) -> None:
        """One more fact for the email that is shortest now, until all have their words or no fact fits."""
        hungry = [email for email in emails if _is_short(email)]
        ranked = {
            email.step: sorted(self._choices(email), key=lambda one: one.worth, reverse=True)
            for email in hungry
        }
        while hungry:
            email = min(hungry, key=_sure_words)
            found = self._next_best(email, ranked[email.step])
            if found is not None:
                email.add(found.part, self.pool.take(found.phrase))
            if found is None or not _is_short(email):
                hungry.remove(email)
        for email in emails:
            self._order(email)

    def _order(self, email: PlannedEmail) -> None:
        """What speaks to the lead or the answer comes before what only speaks of the offering."""
        near = self.pool.nearness_to(email.of(Part.LEAD, Part.ANSWER))
        further = email.of(Part.CONSEQUENCE)
        linked = [one for one in further if near.get(one.text, 0.0) >= RELATED]
        aside = [one for one in further if one not in linked]
        if email.job is Job.PROOF:  # there the proof is the answer, and stands behind what follows
            email.parts[Part.PROOF] = [*email.of(Part.PROOF), *aside]
            aside = []
        email.parts[Part.CONSEQUENCE] = [*linked, *aside]

    def _next_best(self, email: PlannedEmail, ranked: Sequence[_Choice]) -> _Choice | None:
        """The fact that carries the argument furthest, and where it stands; none that makes the email hard to read."""
        left, room = self.pool.texts(), email.room
        costs = len(email.of(Part.COST)) < _MOST_COSTS
        for one in ranked:
            phrase = one.phrase
            if phrase.text not in left or phrase.words > room or (one.part is Part.COST and not costs):
                continue
            new = says_more if phrase.role is FactRole.ANSWER else adds
            if new(email, phrase, self.pool) and self._stays_easy(email, phrase):
                return one
        return None

    def _stays_easy(self, email: PlannedEmail, phrase: Phrase) -> bool:
        texts = [f"{one.text}." for one in (*email.phrases, phrase)]
        now = self.pool.grade_of(" ".join(texts[:-1]))
        return self.pool.grade_of(" ".join(texts)) <= max(email.style.craft.grade[1], now)

    def _choices(self, email: PlannedEmail) -> Iterator[_Choice]:
        lead = [one for one in (email.lead,) if one is not None]
        argued = email.of(Part.LEAD, Part.ANSWER)
        to_lead, to_all = self.pool.nearness_to(lead), self.pool.nearness_to(argued)
        grade, costs = email.style.craft.grade[1], any(one.role in _PROBLEMS for one in lead)
        for part, roles in (
            (Part.COST, _READER if costs else ()),
            (Part.CONSEQUENCE, _OFFER),
            (Part.PROOF, _PROOFS),
        ):
            for loss, phrase in self.pool.left(*roles):
                if not _is_plain(phrase) or not is_allowed(phrase, email.directives):
                    continue
                mine, related = to_lead.get(phrase.text, 0.0), to_all.get(phrase.text, 0.0)
                if part is Part.COST and not mine and phrase.role is not FactRole.KEY_INSIGHT:
                    continue  # a second problem that is another one changes the subject
                aside = _ASIDE * (
                    (phrase.role in _LAST) + (related < RELATED) + 3 * (part is Part.COST and mine < LINKED)
                )
                ours = _OURS * self.to_persona.get(phrase.text, 0.0)
                worth = mine + related + ours - _LOSS * loss - aside - self.pool.effort(phrase, grade)
                yield _Choice(worth, part, phrase)


def _is_short(email: PlannedEmail) -> bool:
    most = _MOST_FACTS[email.style.length]
    return _sure_words(email) < email.bounds[0] and len(email.phrases) < most


def _sure_words(email: PlannedEmail) -> int:
    return _LETTER_WORDS + sum(phrase.words for phrase in email.phrases)


def _is_plain(phrase: Phrase) -> bool:
    """Whether it makes a sentence without a colon; a problem has to be one already."""
    if phrase.role in READERS_SIDE or phrase.role is FactRole.KEY_INSIGHT:
        return phrase.shape is Shape.CLAUSE
    return phrase.shape is not Shape.FRAGMENT
