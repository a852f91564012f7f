"""Whether the facts that a sentence cites support it.

The rule, sentence by sentence. (1) Every word that says something stands in a cited fact, apart from inflection, or belongs to a
name of the brief that is written out in full. (2) Every number counts what it counts in a cited fact. (3) What a cited fact negates
is negated, and nothing else is. (4) What is quoted stands in a cited fact to the letter. (5) A sentence that speaks of us cites a fact
about us and no outside text; a sentence on an outside text gives no order and no address. (6) Every cited fact is used: a third
of its words, and two of them, are in the sentence.
"""

import re
from collections.abc import Iterator, Sequence

from setpiece.agents.sequence.llm_writer.outline import Citable
from setpiece.agents.sequence.llm_writer.words import (
    COURTESY,
    content_of,
    counted_in,
    miscounted,
    negated_in,
    stem,
    tokens_of,
)
from setpiece.agents.sequence.writer.model import Brief, FactRole
from setpiece.agents.sequence.writer.outside import ADDRESS
from setpiece.agents.sequence.writer.shape import Shape, classify

_QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
_US = frozenset({"we", "us", "our", "ours", "i", "me", "my"})
_LONGEST_NAME_WORDS = 6
"""A longer "name" can say something, so its words count like others."""
_LEAST_SHARE, _LEAST_WORDS = 1 / 3, 2  # chosen by judgement: one word in common is a coincidence

ABOUT_US = frozenset({
    FactRole.CAPABILITY, FactRole.DIFFERENTIATOR, FactRole.BENEFIT, FactRole.VALUE_PROP, FactRole.WHY_WE_MATTER,
    FactRole.APPROACH, FactRole.PROOF, FactRole.REFERENCE, FactRole.REASON_WE_WIN, FactRole.USE_CASE,
    FactRole.OBJECTION, FactRole.COMPETITOR_GAP, FactRole.KEY_INSIGHT,
})  # fmt: skip
"""Roles whose facts may carry a sentence about us; pain points, context and the like speak of the reader."""


class Names:
    """The names that a brief gives: the reader's, ours, the offering's."""

    def __init__(self, brief: Brief) -> None:
        person, sender = brief.recipient, brief.sender
        full = " ".join(part for part in (person.first_name, person.last_name) if part)
        ours = (brief.offering_name, sender.company, sender.name)
        theirs = (full, person.first_name, person.company_name, person.job_title)
        self.ours = _printable(ours)
        self.all = sorted({*self.ours, *_printable(theirs)}, key=len, reverse=True)

    def out_of(self, text: str) -> str:
        """The text without them."""
        return _without(text, self.all)

    def name_us(self, text: str) -> bool:
        return _without(text, self.ours) != text

    def speaks_of_us(self, text: str) -> bool:
        return self.name_us(text) or not _US.isdisjoint(tokens_of(text))


def unsupported(text: str, cited: Sequence[Citable], names: Names) -> Iterator[str]:
    """Why the cited facts do not support a sentence; nothing when they do."""
    bare = names.out_of(text)
    if not cited:
        if strange := [word for word in tokens_of(bare) if stem(word) not in COURTESY]:
            yield f"it cites no fact, so it may not say {_listed(strange)}"
        return
    told = [fact.said for fact in cited]
    ids = ", ".join(fact.id for fact in cited)
    known = {word for one in told for word in content_of(one)}
    unknown = [
        word for word in tokens_of(bare) if content_of(word) and not known.issuperset(content_of(word))
    ]
    if unknown:
        yield f"{_listed(unknown)} is in none of the facts it cites ({ids})"
    if wrong := miscounted(bare, set().union(*map(counted_in, told))):
        yield f"the number {_listed(wrong)} counts something else in {ids}"
    yield from _negation(bare, told)
    yield from _quotations(text, told)
    yield from _provenance(text, cited, names)
    yield from _unused(bare, cited)


def _negation(bare: str, told: Sequence[str]) -> Iterator[str]:
    said, meant = negated_in(bare), set().union(*map(negated_in, told))
    if wrong := sorted(said - meant):
        yield f"it negates {_listed(wrong)}, and the facts do not"
    plain = {word for one in told for word in content_of(one) if word not in negated_in(one)}
    if lost := sorted((meant - plain - said) & set(content_of(bare))):
        yield f"the facts negate {_listed(lost)}, and it does not"


def _quotations(text: str, told: Sequence[str]) -> Iterator[str]:
    for quoted in _QUOTED.findall(text):
        if not any(_plain(quoted) in _plain(one) for one in told):
            yield f"the quotation “{quoted[:60]}” is not in the facts to the letter"


def _provenance(text: str, cited: Sequence[Citable], names: Names) -> Iterator[str]:
    outside = [fact.id for fact in cited if fact.is_outside]
    if names.speaks_of_us(text):
        if outside:
            yield f"it speaks of us, and {_listed(outside)} may only be used to speak of the reader"
        elif not any(fact.role in ABOUT_US for fact in cited):
            yield "it speaks of us and cites no fact about us"
    if outside and ADDRESS.search(text):
        yield "an address from outside may not be passed on"
    if outside and classify(text[:1].lower() + text[1:].rstrip(".!")) is Shape.BARE:
        yield "it gives an order that comes from outside"


def _unused(bare: str, cited: Sequence[Citable]) -> Iterator[str]:
    said = set(content_of(bare))
    for fact in cited:
        words = set(content_of(fact.said))
        if len(words & said) < min(len(words), max(_LEAST_WORDS, round(_LEAST_SHARE * len(words)))):
            yield f"it cites {fact.id} and hardly says what that says"


def _printable(names: Sequence[str | None]) -> list[str]:
    return [name for name in names if name and len(name.split()) <= _LONGEST_NAME_WORDS]


def _without(text: str, names: Sequence[str]) -> str:
    """The text without whole names; a part of an address is none."""
    for name in names:
        whole = rf"(?<![\w@/.-]){re.escape(name)}(?:['’]s)?(?!\w|[@/.-]\w)"
        text = re.sub(whole, " ", text, flags=re.IGNORECASE)
    return text


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split()).strip(" .,;:!?")


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{word[:40]}”" for word in dict.fromkeys(words[:6]))
