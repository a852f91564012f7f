"""The last gate: what an email must never hold, whatever the facts were.

A sentence that fails is taken out. The tests use the same rules to judge whole drafts.
"""

import re
from functools import lru_cache

from setpiece.agents.sequence.writer import lexicon as lex
from setpiece.agents.sequence.writer.clean import clean_text, holds_placeholder, words_of
from setpiece.agents.sequence.writer.model import Brief
from setpiece.agents.sequence.writer.verbs import word_set

BANNED = re.compile(
    r"just following up|following up on my|circling back|touching base|hope this (?:email )?finds you|"
    r"hope you(?:'re| are) (?:doing )?well",
    re.IGNORECASE,
)
TEMPLATE_FIELD = re.compile(r"\{\{\s*[A-Za-z][\w.]*\s*\}\}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SAME = word_set(
    "i you we they he she it me us them your our their my his her its yours ours theirs yourself yourselves themselves "
    "itself ourselves a an the is are was were be am has have had do does did to"
)


def stems(text: str) -> list[str]:
    """A text's words without case, punctuation, inflection of verbs, pronouns and articles."""
    words = [word.lower().replace("’", "'") for word in words_of(text)]
    return [_stem(word) for word in words if word not in _SAME and word.split("'")[0] not in _SAME]


def _stem(word: str) -> str:
    if word in lex.BASE_BY_THIRD:
        return lex.BASE_BY_THIRD[word]
    return lex.GERUNDS.get(word, word)


def is_recognisable(fact_text: str, sentence: str) -> bool:
    """Whether a fact's words stand in a sentence in their order, apart from pronouns and inflection.

    A sentence about the reader may replace the name it opens with ("Acme is hiring" -> "You are hiring").
    """
    said = iter(stems(sentence))
    wanted = stems(fact_text)
    return all(word in said for word in wanted)


def numbers_in(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(text))


def allowed_numbers(brief: Brief) -> frozenset[str]:
    """The numbers that facts and names hold. A value quoted from an instruction may bring its own."""
    people = (brief.recipient, brief.sender)
    names = [str(getattr(person, name) or "") for person in people for name in person.__slots__]
    facts = [fact for found in brief.facts.values() for fact in found]
    facts += [fact for found in brief.step_context.values() for fact in found]
    texts = [fact.text for fact in facts] + [fact.source.entity_name for fact in facts]
    texts += [*names, brief.offering_name, brief.competitor_name or ""]
    return numbers_in("\n".join(map(clean_text, texts)))


def is_label(name: str | None, job_title: str | None) -> bool:
    """Whether a persona's name reads as an internal label ("RevOps Rachel") and must not be printed.

    Two capitalised words make a label; plain words ("founder", "sales leaders") and the person's own title do not.
    """
    if not name or (job_title and name.strip().casefold() == job_title.strip().casefold()):
        return False
    return sum(1 for word in words_of(name) if word[:1].isupper()) >= 2


def is_unprintable(text: str, brief: Brief) -> bool:
    """Whether a text holds a banned phrase or the persona's internal label."""
    label = _label_of(brief.persona_name, brief.recipient.job_title)
    return (label is not None and label in text.casefold()) or _is_banned(text)


@lru_cache(maxsize=8_192)
def _is_banned(text: str) -> bool:
    return BANNED.search(text) is not None


@lru_cache(maxsize=256)
def _label_of(persona_name: str | None, job_title: str | None) -> str | None:
    persona = clean_text(persona_name or "")
    return persona.casefold() if is_label(persona, job_title) else None


def problem_with(sentence: str, brief: Brief, numbers: frozenset[str]) -> str | None:
    """Why a sentence may not be sent, or None."""
    without_fields = TEMPLATE_FIELD.sub("", sentence)
    if holds_placeholder(without_fields):
        return "leftover bracket"
    if is_unprintable(sentence, brief):
        return "banned phrase or internal name"
    if not numbers_in(without_fields) <= numbers:
        return "number from nowhere"
    return None
