"""What the sentence of a fact does in its email."""

from setpiece.agents.sequence.writer.model import Brief, FactRole
from setpiece.agents.sequence.writer.phrase import Phrase, is_said
from setpiece.agents.sequence.writer.shape import Shape
from setpiece.agents.sequence.writer.tongues.tongue import Use

_USE_BY_ROLE = {
    FactRole.PAIN: Use.PROBLEM, FactRole.CONCERN: Use.CONCERN, FactRole.CHALLENGE: Use.PROBLEM, FactRole.OBJECTIVE: Use.OBJECTIVE,
    FactRole.RESPONSIBILITY: Use.RESPONSIBILITY, FactRole.SEGMENT: Use.SEGMENT, FactRole.TRIGGER: Use.TRIGGER,
    FactRole.SCENARIO: Use.SCENARIO, FactRole.CONTEXT: Use.CONTEXT, FactRole.KEY_INSIGHT: Use.INSIGHT,
    FactRole.USE_CASE: Use.USE_CASE, FactRole.APPROACH: Use.APPROACH, FactRole.PROOF: Use.PROOF,
    FactRole.REFERENCE: Use.REFERENCE, FactRole.COMPETITOR_GAP: Use.GAP, FactRole.ATTACHED: Use.ATTACHED,
    FactRole.ANSWER: Use.ANSWER, FactRole.CALL: Use.CALL,
}  # fmt: skip


def use_of(phrase: Phrase, brief: Brief, *, named: bool) -> Use:
    """What a fact's sentence does; `named` says whether the offering was named in the email's body."""
    if is_said(phrase.role, phrase.fact):
        return Use.SAID
    if phrase.role is FactRole.OBJECTION:
        return Use.OBJECTION
    if phrase.role is FactRole.STATUS_QUO:
        return Use.ALTERNATIVE if phrase.fact.source.kind == "alternative" else Use.STATUS_QUO
    if phrase.role is FactRole.PROOF and not named and not names(phrase, brief.offering_name):
        return Use.OFFER_FIRST if phrase.shape in {Shape.CLAUSE, Shape.NOUN, Shape.THIRD} else Use.PROOF
    if phrase.role is FactRole.USE_CASE and named:
        return Use.BENEFIT
    if phrase.role in _USE_BY_ROLE:
        return _USE_BY_ROLE[phrase.role]
    if phrase.role is FactRole.BENEFIT and named:
        return Use.BENEFIT
    if brief.offering_kind == "service" and phrase.role is not FactRole.BENEFIT:
        return Use.SERVICE_MORE if named else Use.SERVICE_FIRST
    return Use.OFFER_MORE if named else Use.OFFER_FIRST


def names(phrase: Phrase, name: str) -> bool:
    return bool(name) and name.lower() in phrase.text.lower()
