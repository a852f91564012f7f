"""Fills emails that are short of their fewest words: the next best facts of the pool, shared out fairly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from setpiece.agents.sequence.writer.grade import grade_of
from setpiece.agents.sequence.writer.jobs import OFFER
from setpiece.agents.sequence.writer.kinship import RELATED
from setpiece.agents.sequence.writer.model import FactRole, Length, Part
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.sequence.writer.pool import (
    READERS_SIDE,
    PlannedEmail,
    Pool,
    adds,
    effort,
    is_allowed,
)
from setpiece.agents.sequence.writer.shape import Shape

_READER = (FactRole.CHALLENGE, FactRole.STATUS_QUO, FactRole.KEY_INSIGHT, FactRole.PAIN, FactRole.SEGMENT)
_PROOFS = (FactRole.PROOF, FactRole.REFERENCE, FactRole.ATTACHED)
_LETTER_WORDS = 5
"""The fewest of a greeting and an ask: "Hi Ana," and "Want to see it?". Frames may add none, so none are counted."""
_MOST_FACTS = {Length.SHORT: 4, Length.MEDIUM: 7, Length.MIXED: 7, Length.LONG: 9}
_MOST_COSTS = 2
"""Further sentences on the problem: more would be a complaint."""
_ASIDE = 0.1
"""What a sentence on us loses that speaks to nothing in its email; any that does is taken first."""


def fill_up(emails: Sequence[PlannedEmail], pool: Pool, grade_counts: bool) -> None:
    """One more fact for each email in turn, the shortest first, until all have their words or no fact fits."""
    hungry = [email for email in emails if _is_short(email)]
    while hungry:
        still = []
        for email in sorted(hungry, key=lambda one: one.words):
            found = _next_best(email, pool, grade_counts)
            if found is None:
                continue
            part, phrase = found
            email.add(part, pool.take(phrase))
            still += [email] if _is_short(email) else []
        hungry = still


def _is_short(email: PlannedEmail) -> bool:
    most = _MOST_FACTS[email.style.length]
    words = _LETTER_WORDS + sum(phrase.words for phrase in email.phrases)
    return words < email.bounds[0] and len(email.phrases) < most


@dataclass(frozen=True, slots=True)
class _Choice:
    worth: float
    part: Part
    phrase: Phrase


def _next_best(email: PlannedEmail, pool: Pool, grade_counts: bool) -> tuple[Part, Phrase] | None:
    """The fact that carries the argument furthest, and where it stands; one that reads too hard only when no other is left."""
    ranked = sorted(_choices(email, pool), key=lambda one: -one.worth)
    hard: _Choice | None = None
    for one in ranked:
        if not adds(email, one.phrase, pool):
            continue
        if not grade_counts or _stays_easy(email, one.phrase):
            return one.part, one.phrase
        hard = hard or one
    return (hard.part, hard.phrase) if hard else None


def _choices(email: PlannedEmail, pool: Pool) -> Iterator[_Choice]:
    near = pool.nearness_to(email.phrases)
    grade, room = email.style.craft.grade[1], email.room
    costs = len(email.of(Part.COST)) < _MOST_COSTS
    for part, roles in ((Part.COST, _READER if costs else ()), (Part.CONSEQUENCE, OFFER), (Part.PROOF, _PROOFS)):
        for loss, phrase in pool.left(*roles):
            if phrase.words > room or not _is_plain(phrase) or not is_allowed(phrase, email.directives):
                continue
            related = near.get(phrase.text, 0.0)
            if part is Part.COST and related < RELATED:
                continue  # a second problem that is another one changes the subject
            aside = _ASIDE * (related < RELATED)
            worth = related - loss - aside - effort(phrase.text, phrase.shape, grade)
            yield _Choice(worth, part, phrase)


def _is_plain(phrase: Phrase) -> bool:
    """Whether it makes a sentence without a colon; a problem has to be one already."""
    if phrase.role in READERS_SIDE or phrase.role is FactRole.KEY_INSIGHT:
        return phrase.shape is Shape.CLAUSE
    return phrase.shape is not Shape.FRAGMENT


def _stays_easy(email: PlannedEmail, phrase: Phrase) -> bool:
    texts = [f"{one.text}." for one in (*email.phrases, phrase)]
    return grade_of(" ".join(texts)) <= max(email.style.craft.grade[1], grade_of(" ".join(texts[:-1])))
