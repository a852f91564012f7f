"""Decides what each email is for and which facts it uses; no fact is used twice in a sequence.

An email is one argument: a lead, what answers exactly that, what follows from the answer, and proof where there is
some on the same matter. What an email then lacks to its fewest words comes from the facts that are left (`fuller`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from setpiece.agents.sequence.writer.argue import PERSONA, Arguments
from setpiece.agents.sequence.writer.bounds import bounds_for
from setpiece.agents.sequence.writer.fuller import Fuller
from setpiece.agents.sequence.writer.instruct import Instructed
from setpiece.agents.sequence.writer.jobs import (
    OFFER,
    RECIPES,
    Recipe,
    smart_goal,
)
from setpiece.agents.sequence.writer.kinship import FOLLOWS, LINKED, RELATED, Relatedness
from setpiece.agents.sequence.writer.model import Brief, FactRole, Goal, Job, Length, Part, SequenceType
from setpiece.agents.sequence.writer.phrase import Phrase
from setpiece.agents.sequence.writer.pool import (
    OWN,
    PlannedEmail,
    Pool,
    adds,
    holds_any,
    holds_own,
    is_allowed,
    says_more,
)
from setpiece.agents.sequence.writer.shape import Shape

_FAR_BELOW = 0.8
"""An email with fewer than this share of its words is too bare to stand."""
_LONG_AIM = 1.2  # long emails lose words to joined sentences
_MOST_FACTS = {Length.SHORT: 3, Length.MEDIUM: 5, Length.MIXED: 5, Length.LONG: 8}
_ASK_WORDS = 11  # of a goal asked about, so that the question stays short
_FOR_ANYBODY = 5
"""A sequence of so many may hold emails on the offering alone; a longer one would repeat what every persona gets."""
_OF_THE_PERSONA = 0.3
"""An email with a fact as near as that to one of the persona's own is for the persona. Chosen by reading sequences of seven."""
_OWN_GAINS = (FactRole.VALUE_PROP, FactRole.WHY_WE_MATTER)
_ASKED = frozenset({Shape.BARE, Shape.GERUND})


def plan_sequence(
    brief: Brief,
    phrases: Mapping[FactRole, Sequence[Phrase]],
    step_context: Mapping[int, Sequence[Phrase]],
    instructed: Instructed,
    related: Relatedness,
    grade_of: Callable[[str], float],
) -> list[PlannedEmail]:
    """The emails that have something to say, in order and with their phrases; there may be fewer than asked for.

    From the sixth on there are only as many as all say something to this persona.
    """
    emails: list[PlannedEmail] = []
    for count in range(emails_wanted(brief), 0, -1):
        pool = Pool(phrases, related, grade_of)
        to_persona = pool.nearness_to(phrase for role in PERSONA for phrase in phrases.get(role, ()))
        arguments = Arguments(brief, pool, step_context, instructed, to_persona)
        planner = _Planner(brief, pool, step_context, instructed, arguments)
        emails = planner.emails(count)
        if count <= _FOR_ANYBODY or not any(map(planner.is_for_anybody, emails)):
            break
    return emails


def emails_wanted(brief: Brief) -> int:
    """How many emails a sequence has when facts allow: 1 to 7."""
    return max(1, min(brief.style.num_emails, 7))


@dataclass(slots=True)
class _Planner:
    brief: Brief
    pool: Pool
    step_context: Mapping[int, Sequence[Phrase]]
    instructed: Instructed
    arguments: Arguments

    def emails(self, count: int) -> list[PlannedEmail]:
        emails = self._with_arguments(count)
        for email in emails:
            self._add_situation(email)
        bare = self.brief.style.sequence_type is SequenceType.BARE_METAL
        for email in emails:
            self._add_preferred(email)
        for add in () if bare else (self._add_consequence, self._add_proof, self._add_cost):
            for email in emails:
                add(email)
        for _ in range(0 if bare else 3):
            for email in emails:
                self._lengthen(email)
        for email in emails:
            self._add_ask(email)
            self._add_ps(email)
        if not bare:
            Fuller(self.pool, self.arguments.to_persona).fill_up(emails)
            for email in emails:
                self._add_own(email)
        return emails

    def is_for_anybody(self, email: PlannedEmail) -> bool:
        """Whether it has nothing to do with the persona, so that another one might get the same."""
        to_persona = self.arguments.to_persona
        near = max((to_persona.get(phrase.text, 0.0) for phrase in email.phrases), default=0.0)
        return bool(self.brief.persona_name) and not holds_own(email) and near < _OF_THE_PERSONA

    def _with_arguments(self, count: int) -> list[PlannedEmail]:
        arguments = self.arguments.of_sequence(count)
        emails = []
        for step, (job, argument) in enumerate(arguments, start=1):
            email = self._email(step, job, is_last=step == len(arguments))
            email.add(Part.LEAD, argument.lead)
            if argument.answer is not None:
                email.add(Part.ANSWER, argument.answer)
            emails.append(email)
        return emails

    def _email(self, step: int, job: Job, *, is_last: bool) -> PlannedEmail:
        directives, at = self.instructed.at(step), self.brief.at(step)
        goal = at.style.goal
        if goal is Goal.SMART_CTA:
            goal = smart_goal(self.brief, job, is_last=is_last)
        bounds = bounds_for(self.brief, directives, step)
        return PlannedEmail(step, job, goal, bounds, at.style, at.sender, directives)

    def _add_situation(self, email: PlannedEmail) -> None:
        """What is known of the reader stands first: two facts in the first email, later one that speaks to the lead.

        Before it stands what the reader said on a call.
        """
        own = [
            one
            for one in self.step_context.get(email.step, ())
            if is_allowed(one, email.directives) and one.words <= email.room
        ]
        room = 2 if email.step == 1 else 1
        least = RELATED if email.step > 1 else 0.0
        chosen = self._said(email) + own[:room]
        while len(chosen) < room:
            phrase = self._nearest(email, (FactRole.CONTEXT,), least)
            if phrase is None:
                break
            chosen.append(self.pool.take(phrase))
        if not chosen and email.step == 1:
            phrase = self._nearest(email, (FactRole.SEGMENT,), RELATED, lambda one: one.shape is Shape.CLAUSE)
            chosen = [self.pool.take(phrase)] if phrase is not None else []
        email.parts[Part.SITUATION] = chosen

    def _said(self, email: PlannedEmail) -> list[Phrase]:
        """The first thing that the reader said on a call, in the first email; later one that speaks to the email's matter."""
        if email.step == 1:
            said = next((one for _, one in self.pool.left(FactRole.CALL)), None)
        else:
            said = self._nearest(email, (FactRole.CALL,), RELATED)
        return [self.pool.take(said)] if said is not None else []

    def _add_own(self, email: PlannedEmail) -> None:
        """Something of the persona's own for an email that anybody could get, so that two personas never get the same."""
        if not self.brief.persona_name or holds_own(email):
            return
        gain = self._nearest(
            email,
            _OWN_GAINS,
            0.0,
            lambda one: one.fact.source.kind in OWN and says_more(email, one, self.pool),
        )
        if gain is not None:
            email.add(Part.PROOF if email.job is Job.PROOF else Part.CONSEQUENCE, self.pool.take(gain))
            return
        problem = self._nearest(email, (FactRole.PAIN,), 0.0, lambda one: one.shape is Shape.CLAUSE)
        if problem is not None and not email.of(Part.SITUATION):
            email.add(Part.COST, self.pool.take(problem))

    def _add_consequence(self, email: PlannedEmail) -> None:
        self._add(email, Part.CONSEQUENCE, self._recipe(email).consequences)

    def _add_proof(self, email: PlannedEmail) -> None:
        if email.job is not Job.PROOF:
            self._add(email, Part.PROOF, self._recipe(email).proofs)

    def _add_cost(self, email: PlannedEmail) -> None:
        """A second sentence on the problem; a trigger only when its occasion is known of the reader."""
        if not email.of(Part.SITUATION):
            self._add(email, Part.COST, self._recipe(email).costs, LINKED)

    def _add(
        self,
        email: PlannedEmail,
        part: Part,
        roles: Sequence[FactRole],
        least: float = RELATED,
        together: float = FOLLOWS,
    ) -> bool:
        enough = email.bounds[0] * (_LONG_AIM if email.style.length is Length.LONG else 1.0)
        if email.words >= enough or len(email.phrases) >= _MOST_FACTS[email.style.length]:
            return False
        phrase = self._nearest(email, roles, least, together=together)
        if phrase is None:
            return False
        email.add(part, self.pool.take(phrase))
        return True

    def _lengthen(self, email: PlannedEmail) -> None:
        """One more fact on the same matter while the email is short of its aim.

        A long email, and one far below its aim, takes a fact that is less near, but still one with something in common.
        """
        recipe = self._recipe(email)
        far = email.words < _FAR_BELOW * email.bounds[0] or email.style.length is Length.LONG
        least, together = (0.75 * RELATED, 0.75 * FOLLOWS) if far else (RELATED, FOLLOWS)
        for part, roles in (
            (Part.CONSEQUENCE, (*recipe.consequences, *OFFER)),
            (Part.PROOF, recipe.proofs),
            (Part.COST, recipe.costs),
        ):
            most = (1 if part is Part.COST else 2) + (email.style.length is Length.LONG)
            if len(email.of(part)) < most and self._add(email, part, roles, least, together):
                return

    def _recipe(self, email: PlannedEmail) -> Recipe:
        return RECIPES[email.job]

    def _nearest(
        self,
        email: PlannedEmail,
        roles: Sequence[FactRole],
        least: float,
        suits: Callable[[Phrase], bool] = lambda _: True,
        together: float = 0.0,
    ) -> Phrase | None:
        """The phrase left that speaks most to lead and answer; with a `least` it has to speak to both together."""
        lead, answer, grade = email.lead, email.answer, email.style.craft.grade[1]
        best: tuple[float, Phrase] | None = None
        room = email.room
        to_lead_of, to_answer_of = self.pool.relation_to(lead), self.pool.relation_to(answer)
        for loss, phrase in self.pool.left(*dict.fromkeys(roles)):
            if phrase.words > room or not (suits(phrase) and is_allowed(phrase, email.directives)):
                continue
            to_lead, to_answer = to_lead_of(phrase), to_answer_of(phrase)
            near, both = max(to_lead, to_answer), to_lead + to_answer
            if email.job is Job.PROOF:
                near = to_lead  # what stands between a problem and its proof has to answer the problem
            if near < least or (together and both < together):
                continue
            if best is not None and both - loss <= best[0]:
                continue  # the effort only takes from it
            worth = both - loss - self.pool.effort(phrase, grade)
            if best is not None and worth <= best[0]:
                continue
            if (not together or adds(email, phrase, self.pool)) and self._has_occasion(phrase):
                best = worth, phrase
        return best[1] if best else None

    def _has_occasion(self, phrase: Phrase) -> bool:
        if phrase.role is not FactRole.TRIGGER:
            return True
        known = [one for _, one in self.pool.left(FactRole.CONTEXT)]
        return any(self.pool.relation(one, phrase) >= LINKED for one in known)

    def _add_preferred(self, email: PlannedEmail) -> None:
        """Facts asked for by name ("mention X") that the argument does not hold."""
        roles = (*OFFER, FactRole.USE_CASE, FactRole.PROOF, FactRole.REFERENCE, FactRole.ATTACHED)
        for term in email.directives.prefer:
            if any(holds_any(phrase, (term,)) for phrase in email.phrases):
                continue
            found = self._nearest(email, roles, 0.0, lambda one, term=term: holds_any(one, (term,)))  # type: ignore[misc]
            if found is not None:
                email.add(Part.CONSEQUENCE, self.pool.take(found))

    def _add_ask(self, email: PlannedEmail) -> None:
        """A goal of the reader's on the email's matter, to ask about instead of asking for interest in general."""
        if email.goal is not Goal.INITIATE_CONVERSATION or email.job is Job.CLOSE or email.style.cta:
            return
        if email.style.same_cta or (email.step == 1 and self.brief.recipient.company_name):
            return
        phrase = self._nearest(
            email,
            (FactRole.OBJECTIVE,),
            RELATED,
            lambda one: one.shape in _ASKED and one.words <= _ASK_WORDS,
        )
        if phrase is not None:
            email.add(Part.ASK, self.pool.take(phrase))

    def _add_ps(self, email: PlannedEmail) -> None:
        wanted = email.directives.ps if email.directives.ps is not None else email.style.include_ps
        roles = (FactRole.PROOF, FactRole.BENEFIT, FactRole.DIFFERENTIATOR, FactRole.CAPABILITY, FactRole.ATTACHED)  # fmt: skip
        found = [(loss, one) for loss, one in self.pool.left(*roles) if is_allowed(one, email.directives)]
        if wanted and found:
            lead = email.lead
            best = max(found, key=lambda one: (self.pool.relation(lead, one[1]) if lead else 0.0) - one[0])
            email.add(Part.PS, self.pool.take(best[1]))
