"""What each email is for and the facts it may cite, each under an id of its own.

`outline` is the one place that knows the planner of the embedded writer; the rest of this package sees only what is here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from setpiece.agents.sequence.writer.check import is_unprintable
from setpiece.agents.sequence.writer.clean import clean_name, count_words
from setpiece.agents.sequence.writer.instruct import read_instructions
from setpiece.agents.sequence.writer.kinship import Kinship
from setpiece.agents.sequence.writer.letter import greeting, signature
from setpiece.agents.sequence.writer.model import Brief, Fact, FactRole, Goal, Tone
from setpiece.agents.sequence.writer.phrase import Phrase, Voice, phrases_of
from setpiece.agents.sequence.writer.plan import plan_sequence
from setpiece.agents.sequence.writer.pool import PlannedEmail

_MOST_EMAILS = 7
_LETTER_WORDS, _FRAME_WORDS = (
    10,
    2,
)  # as the embedded planner counts greeting and ask, and the words around a fact


def is_outside(fact: Fact) -> bool:
    """Whether a fact comes from a lead record or a page: such a text may speak of the reader and not of us."""
    return fact.source.kind in ("request", "context-source")


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
    brief = replace(brief, offering_name=clean_name(brief.offering_name) or "our offer")
    count = max(1, min(brief.style.num_emails, _MOST_EMAILS))
    voice = Voice.of(brief)
    phrases = {role: _phrases(role, brief.facts.get(role, ()), voice, brief) for role in FactRole}
    steps = {
        step: _phrases(FactRole.CONTEXT, facts, voice, brief) for step, facts in brief.step_context.items()
    }
    planned = _planned(brief, phrases, steps, count)
    ids = (f"f{number}" for number in range(1, 1_000))
    emails = tuple(_email(one, brief, ids) for one in planned)
    return Outline(brief, emails, count, shares_subject=not brief.style.unique_subjects)


def _phrases(role: FactRole, facts: Sequence[Fact], voice: Voice, brief: Brief) -> list[Phrase]:
    found, _ = phrases_of(role, facts, voice)
    return [phrase for phrase in found if not is_unprintable(phrase.text, brief)]


def _planned(
    brief: Brief,
    phrases: Mapping[FactRole, Sequence[Phrase]],
    steps: Mapping[int, Sequence[Phrase]],
    count: int,
) -> list[PlannedEmail]:
    kinship = Kinship(phrase for found in (*phrases.values(), *steps.values()) for phrase in found)
    return plan_sequence(brief, phrases, steps, read_instructions(brief.instructions, count), kinship)


def _email(planned: PlannedEmail, brief: Brief, ids: Iterator[str]) -> EmailOutline:
    directives = planned.directives
    tone = Tone(directives.tone or brief.style.tone)
    return EmailOutline(
        planned.step,
        planned.job.value,
        brief.style.goal,
        planned.bounds,
        tuple(_citables(planned, ids)),
        (greeting(brief, tone),) if directives.greeting else (),
        signature(brief, tone, directives.sign_off, directives.signed_as),
        directives.subject,
        directives.cta,
        directives.avoid,
        int(directives.questions),
    )


def _citables(planned: PlannedEmail, ids: Iterator[str]) -> Iterator[Citable]:
    asked = [planned.ask] if planned.ask else []
    last = [planned.ps] if planned.ps else []
    placed = (("opening", planned.opening), ("body", planned.body), ("ask", asked), ("ps", last))
    for place, found in placed:
        for phrase in found:
            yield Citable(next(ids), place, phrase.role, phrase.fact, phrase.fact_text)
