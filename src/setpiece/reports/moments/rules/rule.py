"""What a rule is, and all that is known of one language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from setpiece.reports.moments.model import Kind, Topic


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that are evidence of something.

    Attributes:
        strength: 0..1, by judgement: 0.9 where the words hardly mean anything else, 0.5 where they often do.
        is_whole: Quote the whole sentence, because the rest of it says why.
    """

    id: str
    kind: Kind
    pattern: re.Pattern[str]
    strength: float
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class AskedRule:
    """A question of the other side that tells what its answer is about."""

    id: str
    kind: Kind
    pattern: re.Pattern[str]
    strength: float = 0.8


@dataclass(frozen=True, slots=True)
class Language:
    """Everything that finding moments knows of one language.

    Attributes:
        topics: The first that matches names what a sentence is about.
        terms: Patterns for words that can stand in a sentence of the report; a group `it` is the term, else all of it.
        greeting: Calls somebody by name, in group `name`.
        introduction: Says the speaker's own name, in group `name`.
        lead_in: What a quotation does without: "Sure, ", "But ".
        joint: Between two halves of a sentence that can each stand alone.
        negative: Turns a good word into none.
        selling: What only somebody says who sells.
        plain: Words that say nothing about their speaker.
    """

    code: str
    rules: tuple[Rule, ...]
    asked: tuple[AskedRule, ...]
    topics: tuple[tuple[Topic, re.Pattern[str]], ...]
    terms: Mapping[str, re.Pattern[str]]
    greeting: re.Pattern[str]
    introduction: re.Pattern[str]
    lead_in: re.Pattern[str]
    anaphor: re.Pattern[str]
    """How a sentence begins that is only understood with the one before it."""
    joint: re.Pattern[str]
    negative: re.Pattern[str]
    selling: re.Pattern[str]
    offer: re.Pattern[str]
    promise: re.Pattern[str]
    asking: re.Pattern[str]
    """What a real question holds; recognisers put a question mark behind half sentences too."""
    plain: frozenset[str]


def compiled(text: str) -> re.Pattern[str]:
    """A pattern in which case does not matter."""
    return re.compile(text, re.IGNORECASE)


def rules(code: str, kind: Kind, *lines: tuple[str, float, str], whole: bool = False) -> tuple[Rule, ...]:
    """Rules of one kind: name, strength, pattern."""
    return tuple(
        Rule(f"{code}.{kind.value}.{name}", kind, compiled(pattern), strength, whole)
        for name, strength, pattern in lines
    )


def asked(code: str, *lines: tuple[str, Kind, str]) -> tuple[AskedRule, ...]:
    return tuple(AskedRule(f"{code}.asked.{name}", kind, compiled(pattern)) for name, kind, pattern in lines)
