"""What a field of the caller's JSON asks for, by the words of its name or description, and what there is to give.

In this order: a value that the request gives under the same name; what is known of the person and of the choice;
library facts by what the words mean.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from setpiece.agents.document import render
from setpiece.agents.generate_content.piece import NEXT_STEP, Piece
from setpiece.agents.material import Material
from setpiece.agents.sequence.writer.clean import clean_name, clean_text
from setpiece.agents.sequence.writer.model import Fact, FactRole, Source
from setpiece.agents.told import plain_name, told_values
from setpiece.library.titles.words import stem


@dataclass(frozen=True, slots=True)
class Grounded:
    """A value and the fact it rests on; None for a text made of several."""

    text: str
    fact: Fact | None = None


_ROLES: tuple[tuple[str, tuple[FactRole, ...]], ...] = (
    ("pain problem challenge struggle", (FactRole.PAIN, FactRole.CHALLENGE)),
    ("concern worry risk hesitation fear", (FactRole.CONCERN,)),
    ("objective goal priority aim", (FactRole.OBJECTIVE, FactRole.SEGMENT)),
    ("responsibility duty", (FactRole.RESPONSIBILITY,)),
    ("signal news situation observation context", (FactRole.CONTEXT,)),
    ("trigger urgency why_now inaction", (FactRole.TRIGGER,)),
    ("status_quo current alternative today", (FactRole.STATUS_QUO,)),
    ("capability feature function", (FactRole.CAPABILITY,)),
    ("differentiator differentiation differentiated advantage unique", (FactRole.DIFFERENTIATOR,)),
    ("insight angle hook belief", (FactRole.KEY_INSIGHT, FactRole.APPROACH)),
    ("proof evidence stat statistic metric number claim", (FactRole.PROOF,)),
    ("reference customer case story testimonial quote", (FactRole.REFERENCE,)),
    ("use_case scenario", (FactRole.SCENARIO, FactRole.USE_CASE)),
    ("competitor competition", (FactRole.COMPETITOR_GAP, FactRole.REASON_WE_WIN)),
    (
        "benefit value outcome result gain relevance",
        (FactRole.VALUE_PROP, FactRole.WHY_WE_MATTER, FactRole.BENEFIT),
    ),
)
_BY_WORD = {stem(word.replace("_", " ")): roles for words, roles in _ROLES for word in words.split()}
_OBJECTION, _RESPONSE = (
    frozenset({"objection", "pushback"}),
    frozenset({"response", "answer", "rebuttal", "reframe", "handling"}),
)


@dataclass(slots=True)
class Meaning:
    """What there is for a name; remembers what was given."""

    material: Material
    piece: Piece
    _told: dict[str, Fact] = field(init=False)
    _used: set[tuple[str, str]] = field(default_factory=set)
    _objection: str = ""

    def __post_init__(self) -> None:
        self._told = told_values(self.material.told)

    def candidates(self, schema: Mapping[str, Any], name: str) -> Iterator[Grounded]:
        """Told under this name; known; by the words of the name; by those of the description."""
        if fact := self.given(name):
            yield Grounded(clean_text(fact.text), fact)
        words = plain_name(name).split()
        named = list(self._meant(words))
        yield from named
        if not named:
            yield from self._meant(
                plain_name(str(schema.get("description") or schema.get("title") or "")).split()
            )

    def given(self, name: str) -> Fact | None:
        words = plain_name(name).split()
        keys = (" ".join(words[at:]) for at in range(len(words)))
        return next((self._told[key] for key in keys if key in self._told), None)

    def _meant(self, words: list[str]) -> Iterator[Grounded]:
        """What the words ask for; the last words of a name count first, as the noun that it ends in."""
        for known, give in _KNOWN:
            if any(tuple(words[at : at + len(known)]) == known for at in range(len(words))) and (
                one := give(self)
            ):
                yield one
                return
        stems = [stem(word) for word in words]
        if _RESPONSE & set(stems):
            yield from self._of_objections("reframeAndResponse")
        elif _OBJECTION & set(stems):
            yield from self._of_objections("underlyingConcern")
        pairs = [f"{first} {second}" for first, second in pairwise(stems)]
        for word in (*reversed(pairs), *reversed(stems)):
            if roles := _BY_WORD.get(word):
                yield from self._of_roles(roles)
                return
        if _WHOLE & set(stems[-1:]):
            yield Grounded(render("", self.piece.sections, "TEXT"))

    def _of_roles(self, roles: tuple[FactRole, ...]) -> Iterator[Grounded]:
        for phrase in self.material.speech.of(*roles):
            if _key(phrase.fact) not in self._used:
                yield Grounded(self.material.speech.state(phrase), phrase.fact)

    def _of_objections(self, wanted: str) -> Iterator[Grounded]:
        """A worry, or the answer to the worry that was given last."""
        told = self.material.facts
        for fact in (*told.get(FactRole.OBJECTION, ()), *told.get(FactRole.ANSWER, ())):
            answers = fact.source.oid == self._objection
            if fact.source.field != wanted or _key(fact) in self._used:
                continue
            if wanted == "underlyingConcern" and self._answered(fact):
                continue
            if answers or wanted == "underlyingConcern":
                yield Grounded(clean_text(fact.text).removesuffix("."), fact)

    def _answered(self, fact: Fact) -> bool:
        return any(oid == fact.source.oid for oid, _ in self._used)

    def use(self, fact: Fact) -> None:
        """A library fact is given once, so that two fields of one kind hold two facts."""
        if fact.source.oid:
            self._used.add(_key(fact))
        if fact.source.field == "underlyingConcern":
            self._objection = fact.source.oid


def _request(field_name: str, attribute: str) -> Callable[[Meaning], Grounded | None]:
    def give(meaning: Meaning) -> Grounded | None:
        value = getattr(meaning.material.identity, attribute)
        text = clean_name(value)
        return Grounded(text, Fact(value, Source("", "request", "Request", field_name))) if text else None

    return give


def _next_step(meaning: Meaning) -> Grounded | None:
    lines = [line for one in meaning.piece.sections if one.id == NEXT_STEP for line in one.lines]
    return Grounded(lines[0].text, next(iter(lines[0].facts), None)) if lines else None


def _title(meaning: Meaning) -> Grounded | None:
    return Grounded(meaning.piece.title)


def _chosen(attribute: str) -> Callable[[Meaning], Grounded | None]:
    def give(meaning: Meaning) -> Grounded | None:
        found = getattr(meaning.material.chosen, attribute)
        entity = found.entity if attribute == "playbook" and found else found
        return Grounded(clean_text(entity.name)) if entity else None

    return give


_KNOWN: tuple[tuple[tuple[str, ...], Callable[[Meaning], Grounded | None]], ...] = (
    (("first", "name"), _request("firstName", "first_name")),
    (("last", "name"), _request("lastName", "last_name")),
    (("job", "title"), _request("jobTitle", "job_title")),
    (("company", "name"), _request("companyName", "company_name")),
    (("domain",), _request("companyDomain", "company_domain")),
    (("email", "address"), _request("email", "email")),
    (("company",), _request("companyName", "company_name")),
    (("product",), _chosen("offering")),
    (("offering",), _chosen("offering")),
    (("persona",), _chosen("persona")),
    (("playbook",), _chosen("playbook")),
    (("segment",), _chosen("segment")),
    (("next", "step"), _next_step),
    (("call", "to", "action"), _next_step),
    (("cta",), _next_step),
    (("headline",), _title),
    (("subject",), _title),
    (("title",), _title),
)
_WHOLE = frozenset({"content", "body", "text", "message", "piece", "document", "copy", "markdown"})


def _key(fact: Fact) -> tuple[str, str]:
    return fact.source.oid, fact.text
