"""The argument of each email: a lead, and the answer to exactly that; which job gets which, and none of it twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from setpiece.agents.sequence.writer.instruct import Directives, Instructed
from setpiece.agents.sequence.writer.jobs import (
    FIRST_BY_TYPE,
    MIDDLE_BY_WORTH,
    RECIPES,
    WHY_CHANGE_BY_WORTH,
    in_order,
)
from setpiece.agents.sequence.writer.kinship import LINKED, RELATED
from setpiece.agents.sequence.writer.model import Brief, FactRole, Job, SequenceType
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.sequence.writer.pool import Answer, Pool, holds_any, is_allowed

_CAP = 0.45
"""A lead is answered well enough at this nearness; more does not make it a better lead."""
_STRANGER = 0.45
"""What a lead that has nothing to do with the persona loses, so that two personas do not get the same email."""
_STEP, _IN_TURN = 0.04, 0.5
"""What a job loses for each place in the order of worth; why-change keeps to its order, whatever the facts are."""
_AGAIN = 0.12
"""What a second problem loses against a job that the sequence does not have yet."""
_WISHED = 10.0
_LEAD_FACTOR = (
    2.0  # leads keep closer to their order: the reader's own problem comes before the offering's list
)
PERSONA = (FactRole.PAIN, FactRole.CONCERN, FactRole.OBJECTIVE)


@dataclass(frozen=True, slots=True)
class Argument:
    """A lead with its best answer; `related` is how near they are, `score` what the pair is worth."""

    lead: Phrase
    answer: Phrase | None
    related: float
    score: float


@dataclass(frozen=True, slots=True)
class _Lead:
    """A lead before its answer is looked for."""

    phrase: Phrase
    gain: float
    """What it is worth for being near to what is known of the reader."""
    loss: float
    """What it loses for its place and for being hard to read."""
    most: float
    """What it and an answer could be worth to each other at most."""

    def score(self, argument: float, wishes: int) -> float:
        """What its argument is worth; it grows with both, in floating point too."""
        return argument + self.gain - self.loss + _WISHED * wishes


@dataclass(slots=True)
class Arguments:
    """Looks for the arguments of one sequence and takes what they use out of the pool."""

    brief: Brief
    pool: Pool
    step_context: Mapping[int, Sequence[Phrase]]
    instructed: Instructed
    to_persona: Mapping[str, float]
    """How near each text is to the persona's own facts."""
    found: dict[Job, Argument] = field(default_factory=dict)
    """The best argument of each job as last looked for: it stays the best until its lead or answer is taken."""

    def of_sequence(self, count: int) -> list[tuple[Job, Argument]]:
        """Jobs and arguments in the order of sending: first and last are settled before what comes between."""
        first = self._settle(self._first_jobs(), 1) or self._fallback(1)
        if first is None:
            return []
        last = self._closing(count) if count >= 3 else None
        middle: list[tuple[Job, Argument]] = []
        used: set[Job] = {first[0]} - {Job.OFFER}
        for step in range(2, count + 1 - (last is not None)):
            found = self._settle_best(used, step) or self._fallback(step)
            if found is None:
                break
            middle.append(found)
            used |= {found[0]} - {Job.OFFER}
        middle.sort(key=lambda one: in_order(one[0]))
        return [first, *middle, *([last] if last else [])]

    def _closing(self, step: int) -> tuple[Job, Argument] | None:
        """A last email on a matter of the persona's own, even when no answer is near to it: a sequence has an end."""
        own = self._look_for(Job.CLOSE, step, own=True)
        argument = own if own is not None and own.answer is not None else self._look_for(Job.CLOSE, step)
        if argument is None or argument.answer is None:
            return None
        return Job.CLOSE, self._take(argument)

    def _first_jobs(self) -> tuple[Job, ...]:
        return FIRST_BY_TYPE.get(self.brief.style.sequence_type, (Job.PROBLEM,))

    def _settle(self, jobs: Iterable[Job], step: int) -> tuple[Job, Argument] | None:
        for job in jobs:
            argument = self._best(job, step)
            if argument is not None and (argument.related >= RELATED or argument.score > _WISHED / 2):
                return job, self._take(argument)
        return None

    def _settle_best(self, used: set[Job], step: int) -> tuple[Job, Argument] | None:
        """The job between first and last whose argument is worth most; each job once before any comes again."""
        why_change = self.brief.style.sequence_type is SequenceType.CVI_WHY_CHANGE
        order = WHY_CHANGE_BY_WORTH if why_change else MIDDLE_BY_WORTH
        found = []
        for at, job in enumerate(order):
            argument = self._best(job, step) if job not in used or job is Job.PROBLEM else None
            least = LINKED if job is Job.PROOF else RELATED * (job is not Job.STATUS_QUO or not why_change)
            if argument is not None and argument.related >= least:
                again = _AGAIN if job in used else 0.0
                found.append(
                    (argument.score - (_IN_TURN if why_change else _STEP) * at - again, job, argument)
                )
        own = [one for one in found if why_change or not self._is_strange(one[2])]
        if not (own or found):
            return None
        _, job, argument = max(own or found, key=lambda one: one[0])
        return job, self._take(argument)

    def _fallback(self, step: int) -> tuple[Job, Argument] | None:
        """What a poor library still allows: a problem with what may answer it, what the offering does, or a bare problem."""
        problem, offer = self._best(Job.PROBLEM, step), self._best(Job.OFFER, step)
        goal = self._best(Job.GOAL, step)
        if offer is not None and offer.related >= RELATED and step > 1:
            return Job.OFFER, self._take(offer)
        for job, argument in ((Job.PROBLEM, problem), (Job.GOAL, goal), (Job.OFFER, offer)):
            if argument is not None and argument.answer is not None:
                return job, self._take(argument)
        for job, argument in ((Job.PROBLEM, problem), (Job.OFFER, offer), (Job.GOAL, goal)):
            if argument is not None:
                return job, self._take(argument)
        return self._any_lead(step)

    def _any_lead(self, step: int) -> tuple[Job, Argument] | None:
        """A lead of a role that no recipe of a poor library asks for, alone."""
        directives = self.instructed.at(step)
        rest = (FactRole.STATUS_QUO, FactRole.KEY_INSIGHT, FactRole.SEGMENT, FactRole.RESPONSIBILITY,
                FactRole.SCENARIO, FactRole.COMPETITOR_GAP)  # fmt: skip
        for _, phrase in self.pool.left(*rest):
            if is_allowed(phrase, directives):
                return Job.GOAL if phrase.role is FactRole.RESPONSIBILITY else Job.STATUS_QUO, self._take(
                    Argument(phrase, None, 0.0, 0.0)
                )
        return None

    def _take(self, argument: Argument) -> Argument:
        self.pool.take(argument.lead)
        if argument.answer is not None:
            self.pool.take(argument.answer)
        return argument

    def _best(self, job: Job, step: int) -> Argument | None:
        """The lead and answer of a job that are worth most together."""
        alike = step > 1 and step not in self.instructed.by_step and not self.step_context.get(step)
        found = self.found.get(job) if alike else None
        if found is not None and self.pool.still_has(found.lead, found.answer):
            return found
        best = self._look_for(job, step)
        if alike and best is not None:
            self.found[job] = best
        return best

    def _look_for(self, job: Job, step: int, *, own: bool = False) -> Argument | None:
        recipe, directives = RECIPES[job], self.instructed.at(step)
        grade = self.brief.at(step).style.craft.grade[1]
        said = [phrase for _, phrase in self.pool.left(FactRole.CALL)]
        context = [phrase for _, phrase in self.pool.left(FactRole.CONTEXT)]
        known = (
            said[:1] + context if step == 1 else said[1:]
        )  # the first email opens with the first thing said
        to_known = self.pool.nearness_to([*known, *self.step_context.get(step, ())])
        answers = [
            (loss + self.pool.effort(phrase, grade), self.pool.candidate(phrase))
            for loss, phrase in self.pool.left(*recipe.answers)
            if is_allowed(phrase, directives)
        ]
        told = [one for one in answers if one[1].phrase.role is FactRole.ANSWER]
        others = [one for one in answers if one[1].phrase.role is not FactRole.ANSWER]
        known_best = max((self.to_persona.get(one.text, 0.0) for _, one in answers), default=0.0)
        leads = [
            _Lead(
                lead,
                gain=2 * to_known.get(lead.text, 0.0),
                loss=_LEAD_FACTOR * loss + self.pool.effort(lead, grade),
                most=_CAP + self._affinity(lead, known_best),
            )
            for loss, lead in self.pool.left(*recipe.leads)
            if is_allowed(lead, directives) and (not own or lead.role in PERSONA)
        ]
        return self._best_of(leads, told, others, directives)

    def _best_of(
        self,
        leads: Sequence["_Lead"],
        told: Sequence[Answer],
        others: Sequence[Answer],
        directives: Directives,
    ) -> Argument | None:
        """The first of the best arguments; a lead that cannot be part of it, whatever its answer, is not looked at."""
        wishes = len(directives.prefer)
        by_promise = sorted(
            ((lead.score(lead.most, wishes), -at) for at, lead in enumerate(leads)), reverse=True
        )
        best: tuple[float, int, Argument] | None = None
        for promised, place in by_promise:
            if best is not None and (promised, place) < best[:2]:
                break
            one = leads[-place]
            argument = self._argument(one.phrase, told if one.phrase.role is FactRole.OBJECTION else others)
            score = one.score(argument.score, _wishes(directives, one.phrase, argument.answer))
            if best is None or (score, place) > best[:2]:
                best = score, place, argument
        return replace(best[2], score=best[0]) if best is not None else None

    def _argument(self, lead: Phrase, answers: Sequence[Answer]) -> Argument:
        """A lead with the answer nearest to it. An objection is answered by its own entity, or not at all."""
        if lead.role is FactRole.OBJECTION:
            answers = [one for one in answers if one[1].story == lead.fact.source.oid]
        answer, related = self.pool.best_answer(lead, answers)
        return Argument(lead, answer, related, min(related, _CAP) + self._affinity(lead, self._known(answer)))

    def _is_strange(self, argument: Argument) -> bool:
        """Whether it has nothing to do with the persona: anybody could get that email."""
        return self._affinity(argument.lead, self._known(argument.answer)) < RELATED - _STRANGER

    def _known(self, answer: Phrase | None) -> float:
        """How near an answer is to the persona's own facts."""
        return self.to_persona.get(answer.text, 0.0) if answer is not None else 0.0

    def _affinity(self, lead: Phrase, known_answer: float) -> float:
        """What a fact that is not the persona's own gains or loses by how near it, or its answer, is to one that is."""
        if lead.role in PERSONA or not self.to_persona:
            return 0.0
        return min(max(self.to_persona.get(lead.text, 0.0), known_answer), _CAP) - _STRANGER


def _wishes(directives: Directives, *phrases: Phrase | None) -> int:
    return sum(
        any(phrase is not None and holds_any(phrase, (term,)) for phrase in phrases)
        for term in directives.prefer
    )
