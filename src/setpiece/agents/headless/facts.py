"""What a headless sequence may say: what was given, then what the page says."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from setpiece.agents.extraction.claims import MOST_OF_A_ROLE, facts_on
from setpiece.agents.headless.schemas import HeadlessRun
from setpiece.agents.sequence.gather import from_request
from setpiece.agents.sequence.writer import (
    Brief,
    Fact,
    FactRole,
    Goal,
    Length,
    Recipient,
    Sender,
    SequenceType,
    Source,
    Style,
    Tone,
)
from setpiece.providers.web.page import WebPage

_GIVEN = {
    "offering.statusQuo": FactRole.STATUS_QUO,
    "offering.challengesAddressed": FactRole.CHALLENGE,
    "offering.capabilities": FactRole.CAPABILITY,
    "offering.differentiatedValue": FactRole.DIFFERENTIATOR,
    "offering.customerBenefits": FactRole.BENEFIT,
    "offering.proofPoints": FactRole.PROOF,
    "recipient.painPoints": FactRole.PAIN,
    "recipient.keyObjectives": FactRole.OBJECTIVE,
}
"""What each field of the request is to the sale."""


def brief_of(request: HeadlessRun, page: WebPage | None) -> Brief:
    """Everything the writer may use, and nothing else."""
    person, told = request.recipient, request.sequence
    sender = request.sender
    return Brief(
        recipient=Recipient(
            person.firstName,
            person.lastName,
            person.jobTitle,
            person.companyName,
            person.companyDomain,
            person.email,
        ),
        sender=Sender(sender.name, sender.title, sender.company, sender.signOff) if sender else Sender(),
        offering_name=request.offering.name,
        offering_kind=request.offering.kind,
        facts=_facts(request, page),
        step_context=_step_context(request),
        lang=told.language,
        instructions=_instructions(request),
        style=Style(
            num_emails=told.steps,
            tone=Tone(told.tone or Tone.PLAIN),
            length=Length(told.length),
            sequence_type=SequenceType(told.type)
            if told.type in list(SequenceType)
            else SequenceType.COLD_OUTBOUND,
            goal=Goal(told.primaryGoal) if told.primaryGoal in list(Goal) else Goal.INITIATE_CONVERSATION,
        ),
        seed="|".join((person.email or person.firstName, person.companyDomain, request.offering.name)),
    )


def _facts(request: HeadlessRun, page: WebPage | None) -> Mapping[FactRole, tuple[Fact, ...]]:
    found: dict[FactRole, list[Fact]] = defaultdict(list)
    for place, role in _GIVEN.items():
        part, _, field = place.partition(".")
        found[role] += _given(getattr(getattr(request, part), field), place)
    if request.offering.description:
        found[FactRole.CAPABILITY] += _given([request.offering.description], "offering.description")
    found[FactRole.CONTEXT] += from_request(request.runtimeContext, "all")
    for role, facts in (facts_on(page, request.offering.name) if page else {}).items():
        said = {one.text.casefold() for one in found[role]}
        found[role] += [fact for fact in facts if fact.text.casefold() not in said]
    return {role: tuple(facts[:MOST_OF_A_ROLE]) for role, facts in found.items() if facts}


def _given(texts: Sequence[str], place: str) -> list[Fact]:
    return [
        Fact(
            text, Source("", "request", "Request", place, index if place != "offering.description" else None)
        )
        for index, text in enumerate(texts)
        if text.strip()
    ]


def _step_context(request: HeadlessRun) -> dict[int, tuple[Fact, ...]]:
    steps = (step for step in request.runtimeContext or () if step != "all")
    return {int(step): tuple(from_request(request.runtimeContext, step)[:MOST_OF_A_ROLE]) for step in steps}


def _instructions(request: HeadlessRun) -> dict[str, str]:
    """Those of the sequence and those of the request for all; a step's add to them."""
    given = dict(request.runtimeInstructions or {})
    both = "\n".join(filter(None, (request.sequence.customInstructions, given.get("all"))))
    return given | ({"all": both} if both else {})
