"""What each email is for and the facts it may cite, each under an id of its own.

`outline` is the one place that knows the planner of the embedded writer; the rest of this package sees only what is here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from setpiece.agents.sequence.writer.clean import count_words
from setpiece.agents.sequence.writer.letter import greeting, signature
from setpiece.agents.sequence.writer.model import Brief, Fact, FactRole, Goal, Part, Tone
from setpiece.agents.sequence.writer.outside import is_outside
from setpiece.agents.sequence.writer.plan import emails_wanted
from setpiece.agents.sequence.writer.pool import PlannedEmail
from setpiece.agents.sequence.writer.write import Prepared, prepare

_LETTER_WORDS, _FRAME_WORDS = (
    10,
    2,
)  # as the embedded planner counts greeting and ask, and the words around a fact


@dataclass(frozen=True, slots=True)
class Citable:
    """A fact of one email; `said` is what of it may be said, in the source's own words."""

    id: str
    place: str
    """Where the planner has it: opening, body, ask or ps."""
    role: FactRole
    fact: Fact
    said: str

    @property
    def is_outside(self) -> bool:
        return is_outside(self.fact)


@dataclass(frozen=True, slots=True)
class EmailOutline:
    """One email to be written. `words` are fewest and most, from greeting to call to action.

    Greeting and signature stand already; `subject` and `cta` do when an instruction gives them word for word. `avoid` are terms
    that an instruction rules out.
    """

    step: int
    job: str
    goal: Goal
    words: tuple[int, int]
    facts: tuple[Citable, ...]
    greeting: tuple[str, ...]
    signature: tuple[str, ...]
    subject: str | None
    cta: str | None
    avoid: tuple[str, ...]
    most_questions: int

    @property
    def expected_words(self) -> int:
        """What the facts make; with few facts fewer than `words` ask for."""
        return _LETTER_WORDS + sum(count_words(fact.said) + _FRAME_WORDS for fact in self.facts)


@dataclass(frozen=True, slots=True)
class Outline:
    brief: Brief
    emails: tuple[EmailOutline, ...]
    wanted: int
    """How many emails were asked for."""
    shares_subject: bool = False
    """Whether all emails have the first one's subject."""


def outline(brief: Brief) -> Outline:
    """The plan of the embedded writer for this brief."""
    prepared = prepare(brief)
    ids = (f"f{number}" for number in range(1, 1_000))
    emails = tuple(_email(one, prepared, ids) for one in prepared.emails)
    shares = brief.style.same_subject or not brief.style.unique_subjects
    return Outline(prepared.brief, emails, emails_wanted(brief), shares_subject=shares)


def _email(planned: PlannedEmail, prepared: Prepared, ids: Iterator[str]) -> EmailOutline:
    directives, style, tongue = planned.directives, planned.style, prepared.tongue
    tone = Tone(directives.tone or style.tone)
    line = greeting(tongue, prepared.brief, tone, style.greeting) if directives.greeting else ""
    return EmailOutline(
        planned.step,
        planned.job.value,
        planned.goal,
        planned.bounds,
        tuple(_citables(planned, ids)),
        (line,) if line else (),
        signature(tongue, planned.sender, tone, directives.sign_off, directives.signed_as),
        directives.subject or style.subject,
        directives.cta or style.cta,
        directives.avoid,
        int(directives.questions),
    )


def _citables(planned: PlannedEmail, ids: Iterator[str]) -> Iterator[Citable]:
    for part, place in _PLACES.items():
        for phrase in planned.of(part):
            yield Citable(next(ids), place, phrase.role, phrase.fact, phrase.fact_text)


_PLACES = {
    Part.SITUATION: "opening",
    Part.LEAD: "opening",
    Part.COST: "opening",
    Part.ANSWER: "body",
    Part.CONSEQUENCE: "body",
    Part.PROOF: "body",
    Part.ASK: "ask",
    Part.PS: "ps",
}
