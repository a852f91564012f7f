"""A fact made ready for a sentence: cleaned, cut to a speakable length, cased, and in the right person."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from setpiece.agents.sequence.writer import lexicon as lex
from setpiece.agents.sequence.writer.casing import lower_start
from setpiece.agents.sequence.writer.clean import (
    clean_text,
    count_words,
    holds_placeholder,
    is_mostly_latin,
    split_sentences,
    words_of,
)
from setpiece.agents.sequence.writer.finite import is_plural
from setpiece.agents.sequence.writer.model import Fact, FactRole
from setpiece.agents.sequence.writer.person import (
    address_reader,
    bare_verb,
    base_after_you,
    name_before,
    reader_from_first_person,
    reader_from_third_person,
)
from setpiece.agents.sequence.writer.shape import Hint, Shape, classify
from setpiece.agents.sequence.writer.verbs import SELLER_INSTRUCTION_VERBS
from setpiece.agents.sequence.writer.voice import Voice

SPEAKABLE_WORDS = 17
"""A frame adds up to seven words."""
LONGEST_WORDS = 24
"""A longer phrase without a boundary to cut at is left out: nobody reads such a sentence in an email."""

PERSONA_ROLES = frozenset({FactRole.PAIN, FactRole.CONCERN, FactRole.OBJECTIVE, FactRole.RESPONSIBILITY})
_ABOUT_READER = PERSONA_ROLES | {
    FactRole.WHY_WE_MATTER, FactRole.VALUE_PROP, FactRole.SEGMENT, FactRole.KEY_INSIGHT, FactRole.OBJECTION,
    FactRole.STATUS_QUO, FactRole.CHALLENGE, FactRole.SCENARIO,
}  # fmt: skip
_SAID_OF_SOMEONE = frozenset({FactRole.PROOF, FactRole.REFERENCE, FactRole.CONTEXT})
_SAID_OF_US = frozenset({
    FactRole.CAPABILITY, FactRole.DIFFERENTIATOR, FactRole.WHY_WE_MATTER, FactRole.VALUE_PROP, FactRole.REASON_WE_WIN,
    FactRole.COMPETITOR_GAP, FactRole.BENEFIT,
})  # fmt: skip
_GUIDANCE_ROLES = frozenset({
    FactRole.APPROACH, FactRole.OBJECTION, FactRole.ANSWER, FactRole.PROOF, FactRole.KEY_INSIGHT, FactRole.CONTEXT,
})  # fmt: skip
_SPLIT_ROLES = frozenset({FactRole.CONTEXT, FactRole.ATTACHED})
_HINTS = {
    role: Hint(role in _SAID_OF_SOMEONE, role in _SAID_OF_US, role is FactRole.OBJECTIVE) for role in FactRole
}
_KEPT_CHARS = 400
"""Longer facts are read anew each time: kept, some thousand of them would take more memory than all others together."""

_CUT = re.compile(
    r"; | [—–-] |, (?=(?:which|so|because|making|meaning|letting|giving|allowing|saving|leaving|including|whereas)\b)"
)
_ASIDE = re.compile(r"\s*\([^()]{1,200}\)$")
_RESTRICTIVE = re.compile(
    r"(?:but|except|unless|only|however|though|although|if|provided|without|nor|or|not|when|until|yet|excluding)\b",
    re.IGNORECASE,
)
_DANGLING = re.compile(r"(?:it|this|that|these|those|he|she|such|also|then|but|and|so)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """`text` stands inside a sentence as it is; `fact_text` is what it says in the source's own words."""

    role: FactRole
    fact: Fact
    shape: Shape
    text: str
    fact_text: str
    words: int

    @property
    def has_number(self) -> bool:
        return any(char.isdigit() for char in self.text)


ToPhrase = Callable[[FactRole, Fact, Voice], Phrase | None]
"""How a language makes a fact ready; None for one that cannot be said."""


def phrases_of(
    role: FactRole, facts: Iterable[Fact], voice: Voice, read: ToPhrase | None = None
) -> tuple[list[Phrase], int]:
    """The usable phrases of a role's facts in their order, and how many facts could not be used; English unless `read` is given."""
    read = read or to_phrase
    phrases: list[Phrase] = []
    unusable = 0
    for fact in facts:
        found = (
            _quoted(fact)
            if role is FactRole.CALL
            else [phrase for part in _parts(role, fact) if (phrase := read(role, part, voice)) is not None]
        )
        unusable += not found and not is_said(role, fact)  # a name that nobody says is no fact that is missed
        phrases += found
    return phrases, unusable


def _quoted(fact: Fact) -> list[Phrase]:
    """What the reader said, word for word between quotation marks; a question stays theirs, because an email asks one of its own."""
    said = _unstopped(clean_text(fact.text))
    if not 0 < count_words(said) <= LONGEST_WORDS or len(split_sentences(said)) > 1:
        return []
    if "?" in said or holds_placeholder(said) or not is_mostly_latin(said):
        return []
    return [Phrase(FactRole.CALL, fact, Shape.CLAUSE, f"“{said}”", said, count_words(said))]


def _parts(role: FactRole, fact: Fact) -> list[Fact]:
    """Context and attached sources hold several facts in one text, one per line or sentence."""
    if role not in _SPLIT_ROLES:
        return [fact]
    lines = [clean_text(line) for line in fact.text[:6_000].splitlines()]
    sentences = [sentence for line in lines for sentence in split_sentences(line)]
    return [replace(fact, text=sentence) for sentence in sentences if not _dangles(role, sentence, sentences)]


def _dangles(role: FactRole, sentence: str, sentences: list[str]) -> bool:
    return role is FactRole.ATTACHED and sentence != sentences[0] and _DANGLING.match(sentence) is not None


def to_phrase(role: FactRole, fact: Fact, voice: Voice) -> Phrase | None:
    """The fact as a phrase, or None: empty, not Latin script, with something to fill in, too long, or a note to us."""
    excerpt = (_excerpt if len(fact.text) <= _KEPT_CHARS else _excerpt.__wrapped__)(role, fact.text)
    if excerpt is None:
        return None
    said = _put(role, is_said(role, fact), excerpt, voice.within(excerpt))
    return Phrase(role, fact, *said) if said is not None else None


@lru_cache(maxsize=8_192)
def _excerpt(role: FactRole, raw: str) -> str | None:
    """What of a fact can be said, in its own words."""
    excerpt = shorten(clean_text(raw), _HINTS[role])
    if excerpt is None or "?" in excerpt or holds_placeholder(excerpt) or not is_mostly_latin(excerpt):
        return None
    return excerpt


@lru_cache(maxsize=8_192)
def _put(role: FactRole, is_name: bool, excerpt: str, voice: Voice) -> tuple[Shape, str, str, int] | None:
    """Shape, text, own words and number of words of a phrase; kept, because the same facts are told to many readers."""
    hint = _HINTS[role]
    text = lower_start(excerpt, voice.protected)
    shape = classify(text, hint)
    if _is_note_to_seller(role, shape, text) or (is_name and not _is_spoken(text, shape)):
        return None
    text, shape = _in_person(role, text, shape, voice, hint)
    if role is FactRole.CONTEXT and shape is Shape.FRAGMENT:
        return None
    named = name_before(excerpt, voice.reader_names)
    if named and not text.lower().startswith(named.lower()):
        excerpt = excerpt[len(named) :].strip()
    text = _with_article(text, shape)
    return shape, text, excerpt, count_words(text)


def is_said(role: FactRole, fact: Fact) -> bool:
    """Whether a fact is an objection's name, which may be what those who raise it say."""
    return role is FactRole.OBJECTION and fact.source.field == "name"


def _is_spoken(text: str, shape: Shape) -> bool:
    """A name is printed only where it is a sentence of the reader's own: "We do not want to run another server"."""
    return shape is Shape.CLAUSE and text.split(" ", 1)[0].lower() in {"we", "our", "i", "my"}


def _is_note_to_seller(role: FactRole, shape: Shape, text: str) -> bool:
    if role is FactRole.CONTEXT:
        return shape is Shape.BARE
    first = text.split(" ", 1)[0].lower()
    if role in {FactRole.APPROACH, FactRole.KEY_INSIGHT}:
        return shape is Shape.BARE or (shape is Shape.FRAGMENT and first in SELLER_INSTRUCTION_VERBS)
    return role in _GUIDANCE_ROLES and shape is not Shape.CLAUSE and first in SELLER_INSTRUCTION_VERBS


@lru_cache(maxsize=4_096)
def shorten(text: str, hint: Hint | None = None) -> str | None:
    """The first sentence without its full stop, cut at a clause boundary when long; None when it cannot be said.

    Nothing is cut that could turn the meaning (a part that opens with "but", "only", "unless" and the like), and
    what is left keeps its shape. Cuts are at punctuation followed by a space, so a number keeps its unit.
    """
    sentences = split_sentences(text)
    if not sentences or (len(sentences) > 1 and _RESTRICTIVE.match(sentences[1])):
        return None
    sentence = _unstopped(sentences[0])
    if count_words(sentence) > SPEAKABLE_WORDS:
        sentence = _cut(_unstopped(_ASIDE.sub("", sentence)), hint)
    words = count_words(sentence)
    return sentence if 0 < words <= LONGEST_WORDS and len(sentence) <= 12 * LONGEST_WORDS else None


def _unstopped(sentence: str) -> str:
    sentence = sentence.strip().rstrip("。").strip()
    sentence = sentence.removesuffix("...")
    return sentence.rstrip(" .,;:!…-–—")


def _cut(sentence: str, hint: Hint | None) -> str:
    whole = classify(sentence, hint)
    best = sentence
    for match in _CUT.finditer(sentence):
        kept, dropped = sentence[: match.start()], sentence[match.end() :]
        if _RESTRICTIVE.match(dropped) or count_words(kept) < 4 or kept.count("(") != kept.count(")"):
            continue
        if count_words(best) > SPEAKABLE_WORDS and classify(kept, hint) is whole:
            best = kept
    return _unstopped(best)


def _in_person(role: FactRole, text: str, shape: Shape, voice: Voice, hint: Hint) -> tuple[str, Shape]:
    if role is FactRole.CONTEXT:
        return _context_in_person(text, shape, voice)
    if role in PERSONA_ROLES or role is FactRole.OBJECTION:
        text = reader_from_first_person(text)
    if shape is Shape.CLAUSE and (role in _ABOUT_READER or role is FactRole.BENEFIT):
        text = address_reader(text, voice.reader_titles)
    if role in _ABOUT_READER:
        text = reader_from_third_person(text)
    if shape is Shape.BARE:
        text = re.sub(r"^to ", "", text)
    if role in PERSONA_ROLES and shape is Shape.THIRD:
        return (
            base_after_you(text) if role in {FactRole.PAIN, FactRole.CONCERN} else bare_verb(text)
        ), Shape.BARE
    if role in {FactRole.PAIN, FactRole.CONCERN} and text.startswith(("you ", "cannot ", "can't ", "don't ")):
        return text.removeprefix("you "), Shape.BARE
    if role is FactRole.STATUS_QUO and shape is Shape.THIRD:
        return bare_verb(text), Shape.BARE
    if shape is Shape.CLAUSE and role in {FactRole.OBJECTIVE, FactRole.RESPONSIBILITY}:
        return text, classify(text, hint)
    return text, shape


def _context_in_person(text: str, shape: Shape, voice: Voice) -> tuple[str, Shape]:
    said = address_reader(reader_from_first_person(text), voice.reader_names)
    if shape is Shape.THIRD:
        return f"you {base_after_you(text)}", Shape.CLAUSE
    if shape is Shape.PAST:
        return f"you {text}", Shape.CLAUSE
    if shape is Shape.GERUND:
        return f"you are {text}", Shape.CLAUSE
    return said, Shape.CLAUSE if said.startswith("you ") and said != text else shape


_TAKE_NO_ARTICLE = lex.DETERMINERS | {"how", "what", "which", "where", "when", "whether"}


@lru_cache(maxsize=4_096)
def _with_article(text: str, shape: Shape) -> str:
    """A bare countable noun gets its article: "single source of truth" -> "a single source of truth"."""
    if shape is not Shape.NOUN:
        return text
    words = [word.lower() for word in words_of(text)]
    if words[0] in _TAKE_NO_ARTICLE or words[0][:1].isdigit():
        return text
    end = next(
        (at for at, word in enumerate(words) if word in lex.PREPOSITIONS or word in lex.SUBORDINATORS),
        len(words),
    )
    if end > 1 and is_plural(words[end - 2]) and words[end - 1] in lex.PASTS:
        return text  # "targets set on leads"
    if end == 0 or not _is_countable(words[end - 1]) or "and" in words[:end] or "," in text.split(" of ")[0]:
        return text
    if words[0] not in lex.COUNT_NOUNS and not text[:1].islower():
        return text
    return f"{article_for(text)} {text}"


def _is_countable(noun: str) -> bool:
    return noun in lex.COUNT_NOUNS or (noun.endswith("ist") and noun != "list")


def article_for(text: str) -> str:
    """The article "a" or "an" before a word, by its first sound."""
    first = words_of(text)[0]
    if first.isupper() and len(first) > 1:
        return "an" if first[0] in "AEFHILMNORSX" else "a"
    lowered = first.lower()
    if lowered.startswith(("uni", "use", "euro", "one", "util")):
        return "a"
    return "an" if lowered[0] in "aeiou" or lowered.startswith(("hour", "honest")) else "a"
