"""Who is spoken of: library fields speak of the persona as "they" or "we", an email says "you"."""

import re
from functools import lru_cache

from setpiece.agents.sequence.writer import lexicon as lex
from setpiece.agents.sequence.writer.clean import words_of
from setpiece.agents.sequence.writer.finite import is_plural

_FIRST_PERSON = {
    "we": "you", "i": "you", "our": "your", "my": "your", "us": "you", "me": "you", "ours": "yours",
    "ourselves": "yourselves", "myself": "yourself", "we're": "you're", "we've": "you've", "i'm": "you're", "i've": "you've",
}  # fmt: skip
_THIRD_PERSON = {
    "they": "you", "their": "your", "them": "you", "theirs": "yours", "themselves": "yourselves",
    "they're": "you're", "they've": "you've",
}  # fmt: skip
_AGREEING = {"is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't", "wasn't": "weren't",
             "hasn't": "haven't", "doesn't": "don't"}  # fmt: skip
_TOKEN = re.compile(r"(?<![\w/&+.-])[A-Za-z]+(?:['’][A-Za-z]+)?(?![\w/&+-])")

_RUN = re.compile(r"[a-z]+")


def _replace(text: str, mapping: dict[str, str]) -> str:
    if mapping.keys().isdisjoint(
        _RUN.findall(text.lower())
    ):  # most texts: of "we're", "we" is looked for as well
        return text

    def swap(match: re.Match[str]) -> str:
        word = match.group().replace("’", "'")
        new = mapping.get(word.lower())
        if new is None or (word.isupper() and len(word) > 1):
            return match.group()
        return new

    return _TOKEN.sub(swap, text)


def reader_from_first_person(text: str) -> str:
    """Turns "We cannot trace our copy" (said by the persona) into "you cannot trace your copy"."""
    return _replace(text, _FIRST_PERSON)


def reader_from_third_person(text: str) -> str:
    """Turns "they lose track of their copy" into "you lose track of your copy"; "reps waste their time" stays.

    "They" stands for the persona unless a plural noun before it could be meant.
    """
    words = words_of(text)
    at = next((at for at, word in enumerate(words) if word.lower() in _THIRD_PERSON), None)
    if at is None or any(_may_be_meant(word.lower()) for word in words[:at]):
        return text
    return _replace(text, _THIRD_PERSON)


def _may_be_meant(word: str) -> bool:
    return word in _SEVERAL or (is_plural(word) and word not in lex.SENTENCE_VERBS)


_SEVERAL = frozenset({"each", "every", "everybody", "everyone", "somebody", "nobody", "whoever"})


def address_reader(text: str, subjects: tuple[str, ...]) -> str:
    """A sentence about the reader by name or pronoun, in the second person, or unchanged when unsure.

    "Acme is hiring five SDRs" -> "you are hiring five SDRs"; "She runs her team from Lisbon" -> "you run your team ...".
    """
    for subject in subjects:
        if _opens_otherwise(text, subject):
            continue
        match = re.match(re.escape(subject) + r"(?:'s|’s)?\s+(\S+)(.*)$", text, re.IGNORECASE | re.DOTALL)
        if match is None:
            continue
        if text[len(subject) : len(subject) + 2] in {"'s", "’s"}:
            return f"your {match[1]}{match[2]}"
        verb = _verb_after_you(match[1])
        return text if verb is None else f"you {verb}{_reflexive(match[2])}"
    return text


def _opens_otherwise(text: str, subject: str) -> bool:
    """Whether it is plain that a text does not open with the subject; other scripts have several letters for one."""
    opening = text[: len(subject)]
    return opening.isascii() and subject.isascii() and opening.lower() != subject.lower()


@lru_cache(maxsize=256)
def _openings(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{name.lower()} " for name in names)


def name_before(text: str, names: tuple[str, ...]) -> str | None:
    """The name or title a text opens with, which "you" has replaced; None for a pronoun or another opening."""
    lowered = text.lower()
    if not lowered.startswith(_openings(names)):
        return None
    return next((name for name in names if lowered.startswith(f"{name.lower()} ")), None)


def _verb_after_you(word: str) -> str | None:
    lowered = word.lower()
    if lowered in _AGREEING:
        return _AGREEING[lowered]
    if any(lowered in known for known in (lex.FINITE_AUXILIARIES, lex.PASTS, lex.ALL_VERBS, lex.ADVERBS)):
        return lowered
    return lex.BASE_BY_THIRD.get(lowered)


def _reflexive(rest: str) -> str:
    return _replace(
        rest, {**_THIRD_PERSON, "her": "your", "his": "your", "its": "your", "itself": "yourselves"}
    )


def base_after_you(text: str) -> str:
    """A third-person verb phrase as it follows "you": "loses hours" -> "lose hours", "is blamed" -> "are blamed"."""
    first, _, rest = text.partition(" ")
    verb = _AGREEING.get(first.lower()) or lex.BASE_BY_THIRD.get(first.lower(), first)
    return f"{verb} {rest}" if rest else verb


def bare_verb(text: str) -> str:
    """A third-person verb phrase as it follows "to": "keeps the CRM clean" -> "keep the CRM clean"."""
    first, _, rest = text.partition(" ")
    verb = lex.BASE_BY_THIRD.get(first.lower(), first)
    return f"{verb} {rest}" if rest else verb


def as_gerund(text: str) -> str:
    """A bare verb phrase in its -ing form: "keep the CRM clean" -> "keeping the CRM clean"; "" when unsure."""
    first, _, rest = text.partition(" ")
    return f"{lex.gerund(first)} {rest}" if first in lex.ALL_VERBS and rest else ""


def as_base(text: str) -> str:
    """A deed in its base form: "waiting a minute for each row" -> "wait a minute for each row"; "" when unsure."""
    first, _, rest = text.partition(" ")
    base = lex.GERUNDS.get(first)
    several = re.search(r"\b(?:and|or)\b \w+ing\b", rest)
    return f"{base} {rest}" if base and rest and several is None else ""
