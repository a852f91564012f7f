"""Material that must not reach a model: texts that give orders, and outside texts that speak of us or hold an address.

This is the first fence and a coarse one: it knows how such texts usually read. The second, which does not depend on knowing them,
is `check`: whatever a model was talked into, it can only say what the facts it cites say.
"""

from dataclasses import fields, replace
from itertools import chain

from setpiece.agents.sequence.llm_writer.support import Names
from setpiece.agents.sequence.writer.clean import clean_text, split_sentences
from setpiece.agents.sequence.writer.model import Brief, Fact, Recipient
from setpiece.agents.sequence.writer.outside import is_outside, may_not_be_passed_on, reads_as_an_order


def safe_material(brief: Brief) -> tuple[Brief, int]:
    """The brief without such texts and names, and how many texts lost something."""
    names = Names(brief)
    facts = {role: [_kept(fact, names) for fact in found] for role, found in brief.facts.items()}
    steps = {step: [_kept(fact, names) for fact in found] for step, found in brief.step_context.items()}
    told = {field.name: getattr(brief.recipient, field.name) for field in fields(Recipient)}
    bad = {name: None for name, value in told.items() if value and reads_as_an_order(value)}
    safe = replace(
        brief,
        facts={role: tuple(fact for fact in found if fact) for role, found in facts.items()},
        step_context={step: tuple(fact for fact in found if fact) for step, found in steps.items()},
        recipient=replace(brief.recipient, **bad),
    )
    before = [*chain(*brief.facts.values()), *chain(*brief.step_context.values())]
    after = [*chain(*facts.values()), *chain(*steps.values())]
    return safe, len(bad) + sum(one != other for one, other in zip(before, after, strict=True))


def _kept(fact: Fact, names: Names) -> Fact | None:
    """The fact, or of an outside text the sentences that may be used; None when nothing is left."""
    if reads_as_an_order(fact.text):
        return None
    if not _oversteps(fact, fact.text, names):
        return fact
    sentences = [one for one in split_sentences(clean_text(fact.text)) if not _oversteps(fact, one, names)]
    return replace(fact, text=" ".join(sentences)) if sentences else None


def _oversteps(fact: Fact, text: str, names: Names) -> bool:
    return (is_outside(fact) and names.name_us(text)) or may_not_be_passed_on(fact, text)
