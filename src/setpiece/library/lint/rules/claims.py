"""Claims that nothing proves, and proof that proves nothing in particular."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from setpiece.library.lint.model import Fact, LintedLibrary, Place, Rule, Said, Severity, facts_of
from setpiece.library.lint.rules.wording import at, quoted
from setpiece.library.model import Entity
from setpiece.library.titles.words import content_words

_CLAIMING: Mapping[str, frozenset[str]] = {
    "product": frozenset(
        {"capabilities", "differentiatedValue", "customerBenefits", "distinctCapabilities", "keyFeatures"}
    ),
    "service": frozenset({"comparativeAdvantage", "customerBenefits", "competencies"}),
    "core-feature": frozenset({"whatItDoes", "whatItImpacts"}),
    "persona": frozenset({"whyWeMatterToThem"}),
    "playbook": frozenset({"differentiatedValue"}),
}
_SPELLED = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "ten": "10",
    "half": "0.5",
    "twice": "2",
}
_UNIT = (
    r"(?:%|percent\b|per cent\b|x\b|×|times\b|-fold\b|fold\b|ms\b|milliseconds?\b|seconds?\b|minutes?\b|hours?\b|days?\b|weeks?\b"
    r"|months?\b|kb\b|mb\b|gb\b|tb\b|customers?\b|users?\b|companies\b|teams?\b|countries\b|k\b|m\b|million\b|billion\b)"
)
_NUMBER = re.compile(
    rf"[$€£]\s?(\d[\d.,]*)|(\d[\d.,]*)\s?\+|(\d[\d.,]*|\b(?:{'|'.join(_SPELLED)})\b)[\s-]?{_UNIT}|\b(\d{{1,3}}(?:,\d{{3}})+)\b",
    re.IGNORECASE,
)
"""A quantity: with a unit, a currency, a plus or thousands. `404` and `Python 3.11` are none."""
_PEOPLE = r"(?:sellers?|reps?|people|persons?|teams?|engineers?|writers?|customers?|clients?|buyers?|prospects?|leads?|managers?|users?)"
_SUPERLATIVE = re.compile(
    rf"\b(?:best|fastest|cheapest|easiest|simplest|largest|biggest|smartest|safest)\b(?![\s-]{_PEOPLE}\b)"
    r"|\b(?:leading|unrivall?ed|unmatched|unparalleled|guaranteed|world[- ]class|number one|industry[- ]first)\b"
    r"|\b(?:the only|nobody else|no other|the most \w+)\b|#1\b",
    re.IGNORECASE,
)
"""Words that set the offering above others. `What the best seller knows` speaks of the customer's people, not of us."""
_OF_ITS_WORDS = 0.5
"""Part of the claim's words that a proof has to share to support a superlative. Judgement."""


def _unproved(library: LintedLibrary) -> Iterator[Said]:
    proofs = _Proofs(library)
    for fact in library.facts:
        if fact.place.field not in _CLAIMING.get(fact.entity.kind, ()):
            continue
        for claim in _claims(fact.text):
            if not proofs.support(fact, claim):
                yield Said(
                    f"{at(fact.place)} claims {quoted(claim)}, and no proof point or reference says so; add one, or take it out.",
                    (fact.place,),
                )


def _claims(text: str) -> Iterator[str]:
    yield from (found[0].strip() for found in _NUMBER.finditer(text))
    yield from (found[0] for found in _SUPERLATIVE.finditer(text))


def _numbers(text: str) -> frozenset[str]:
    """The figures of a text without separators; spelled ones as digits."""
    digits = re.findall(r"\d[\d.,]*", text)
    words = re.findall(r"[a-z]+", text.lower())
    return frozenset(
        [
            *(one.rstrip(".,").replace(",", "") for one in digits),
            *(_SPELLED[one] for one in words if one in _SPELLED),
        ]
    )


class _Proofs:
    """Proof points and references by the figures and words they hold."""

    def __init__(self, library: LintedLibrary) -> None:
        self._by_number: dict[str, list[tuple[Entity, frozenset[str]]]] = defaultdict(list)
        self._by_superlative: dict[str, list[tuple[Entity, frozenset[str]]]] = defaultdict(list)
        for entity in (*library.of("proof-point"), *library.of("reference")):
            text = " ".join(fact.text for fact in facts_of(entity))
            words = content_words(text)
            for number in _numbers(text):
                self._by_number[number].append((entity, words))
            for found in _SUPERLATIVE.finditer(text):
                self._by_superlative[found[0].lower()].append((entity, words))

    def support(self, fact: Fact, claim: str) -> bool:
        """Whether a proof for the same offering has the figure and a word of its sentence, or the superlative and half of them."""
        words = content_words(fact.text)
        numbers = _numbers(claim)
        if numbers:
            found = [one for number in numbers for one in self._by_number.get(number, ())]
            return any(words & told and _meets(fact.entity, proof) for proof, told in found)
        told_of = self._by_superlative.get(claim.lower(), ())
        return any(
            len(words & told) >= _OF_ITS_WORDS * len(words) and _meets(fact.entity, proof)
            for proof, told in told_of
        )


def _meets(entity: Entity, proof: Entity) -> bool:
    """Whether the proof may be used for an offering of the entity."""
    own: Sequence[UUID] = [entity.id] if entity.kind in ("product", "service") else entity.offerings.named
    return not own or any(proof.offerings.open_to(one) for one in own)


def _without_offering(library: LintedLibrary) -> Iterator[Said]:
    if len(library.of("product")) + len(library.of("service")) < 2:
        return
    for proof in library.of("proof-point"):
        if not proof.offerings.named and not proof.offerings.all:
            yield Said(
                f"{quoted(proof.name)} is linked to no offering, so it is taken to prove every one; link it.",
                (Place(proof, "offerings"),),
            )


CLAIM_WITHOUT_PROOF = Rule(
    "claim-without-proof",
    Severity.WARNING,
    "A capability, benefit or differentiator holds a figure or a superlative that no proof point or reference has.",
    _unproved,
)
PROOF_WITHOUT_OFFERING = Rule(
    "proof-without-offering",
    Severity.INFO,
    "There are several offerings, and a proof point is linked to none.",
    _without_offering,
)
