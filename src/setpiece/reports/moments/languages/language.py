"""What a rule is, and all that finding moments knows of one language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from setpiece.reports.moments.model import Kind, Topic

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that are evidence of something; `is_whole` quotes all that can be read in one breath, not only the half that matched."""

    id: str
    kind: Kind
    pattern: Pattern
    strength: float
    is_whole: bool


@dataclass(frozen=True, slots=True)
class AskedRule:
    """A question of the other side that tells what its answer is about; no kind when the answer is about nothing."""

    id: str
    kind: Kind | None
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    Attributes:
        topics: The first that matches names what a sentence is about.
        terms: Words that can stand in a sentence of the report; a group `it` is the term, else all of it.
        greeting: Calls somebody by name, in group `name`.
        introduction: Says the speaker's own name, in group `name`.
        lead_in: What a quotation does without: "Sure, ", "But ".
        anaphor: How a sentence begins that is only understood with the one before it.
        joint: Between two halves of a sentence that can each stand alone.
        negative: Turns a good word into none.
        proposal: What a yes can be said to.
        asking: What a real question holds; recognisers put a question mark behind half sentences too.
        selling: What only somebody says who sells.
        offer: What a seller says of price, product and proof.
        promise: What a seller says they will do.
        like: Sentences that mean each kind, for likeness in meaning.
        plain: Words that say nothing about their speaker.
    """

    code: str
    rules: tuple[Rule, ...]
    asked: tuple[AskedRule, ...]
    topics: tuple[tuple[Topic, Pattern], ...]
    terms: Mapping[str, Pattern]
    greeting: Pattern
    introduction: Pattern
    lead_in: Pattern
    anaphor: Pattern
    joint: Pattern
    negative: Pattern
    proposal: Pattern
    asking: Pattern
    selling: Pattern
    offer: Pattern
    promise: Pattern
    like: Mapping[Kind, tuple[str, ...]]
    plain: frozenset[str]
