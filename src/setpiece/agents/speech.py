"""Library facts as statements and as parts of questions, by what the writer knows of grammar.

The one place where agents other than the sequence agent meet the writer's phrases: `Speech` gives the facts of a role
that can be said, `state` makes one stand alone, and `embed` says how one can stand inside a sentence.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from setpiece.agents.forms import Embedded, Form, embed, is_surely_a_deed
from setpiece.agents.sequence.writer.casing import upper_start
from setpiece.agents.sequence.writer.check import is_unprintable
from setpiece.agents.sequence.writer.clean import clean_name, clean_text
from setpiece.agents.sequence.writer.model import Brief, Fact, FactRole
from setpiece.agents.sequence.writer.phrase import Phrase, phrases_of
from setpiece.agents.sequence.writer.shape import Shape
from setpiece.agents.sequence.writer.voice import Voice
from setpiece.library.titles.words import content_words

_ON_US = frozenset(
    {
        FactRole.CAPABILITY,
        FactRole.DIFFERENTIATOR,
        FactRole.WHY_WE_MATTER,
        FactRole.VALUE_PROP,
        FactRole.BENEFIT,
        FactRole.PROOF,
        FactRole.REASON_WE_WIN,
    }
)
_LONGEST_RAW = 400


@dataclass(slots=True)
class Speech:
    """The facts of a brief as phrases; what cannot be said (a question, another script, too long) is left out."""

    brief: Brief
    _voice: Voice = field(init=False)
    _known: dict[FactRole, list[Phrase]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._voice = Voice.of(self.brief)

    def of(self, *roles: FactRole) -> list[Phrase]:
        """The sayable phrases of some roles, in the order of the roles and of the facts."""
        return [phrase for role in roles for phrase in self._of(role)]

    def _of(self, role: FactRole) -> list[Phrase]:
        if role not in self._known:
            found, _ = phrases_of(role, self.brief.facts.get(role, ()), self._voice)
            self._known[role] = [
                _to_the_reader(one) for one in found if not is_unprintable(one.text, self.brief)
            ]
        return self._known[role]

    def state(self, phrase: Phrase) -> str:
        """The phrase as a statement of its own, without a full stop."""
        text, shape, offering = phrase.text, phrase.shape, self.brief.offering_name
        if phrase.role in _ON_US and shape is Shape.THIRD:
            return f"{offering} {text}"
        if phrase.role in _ON_US and shape is Shape.DESCRIPTION:
            return f"{offering} is {text}"
        if phrase.role in _ON_US and shape is Shape.BARE and is_surely_a_deed(phrase):
            return f"You can {text}"
        if phrase.role is FactRole.REFERENCE:
            return _of_customer(phrase)
        return upper_start(phrase.fact_text if shape is Shape.BARE else text)

    def embed(self, phrase: Phrase) -> Embedded:
        """The phrase as it can stand in a sentence; a deed of ours with its subject."""
        if phrase.shape is Shape.THIRD and phrase.role in _ON_US:
            return Embedded(Form.CLAUSE, f"{self.brief.offering_name} {phrase.text}", phrase)
        return embed(phrase)


def _to_the_reader(phrase: Phrase) -> Phrase:
    """What was told of "their" things, said to them: "their last release" -> "your last release"."""
    if phrase.role is not FactRole.CONTEXT or not phrase.text.lower().startswith("their "):
        return phrase
    return replace(phrase, text=f"your{phrase.text[len('their') :]}")


def _of_customer(phrase: Phrase) -> str:
    """What a reference says, with the customer's name, which its own sentence may hold already."""
    name = clean_name(phrase.fact.source.entity_name) or ""
    if not name or name.casefold() in phrase.text.casefold():
        return upper_start(phrase.text)
    if phrase.shape in (Shape.THIRD, Shape.PAST):
        return f"{name} {phrase.text}"
    return f"{name}: {phrase.text}"


def plain(fact: Fact) -> str:
    """A fact for the seller's own eyes: cleaned, in the library's words, without its full stop."""
    text = clean_text(fact.text)[: _LONGEST_RAW + 1]
    if len(text) > _LONGEST_RAW:
        text = text[:_LONGEST_RAW].rsplit(" ", 1)[0] + "…"
    return text.removesuffix(".")


def by_nearness(phrases: Iterable[Phrase], words: frozenset[str]) -> list[Phrase]:
    """Those with more of the words in common first; among equals the given order."""
    return sorted(phrases, key=lambda one: -len(words & content_words(one.text)))


def nearest(phrase: Phrase, others: Iterable[Phrase]) -> Phrase | None:
    """The one that shares most words with a phrase; None when none shares any."""
    words = content_words(phrase.text)
    best = max(others, key=lambda one: len(words & content_words(one.text)), default=None)
    return best if best is not None and words & content_words(best.text) else None
